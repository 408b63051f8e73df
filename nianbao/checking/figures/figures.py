"""Reads the numbers of a sentence: in which role each stands."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from nianbao.checking.figures.averages import average
from nianbao.checking.figures.changes import change, prior_value
from nianbao.checking.figures.derived import apart, multiple, remainder
from nianbao.checking.figures.naming import rest_is_part
from nianbao.checking.figures.nothing import rest_is_zero
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.one_in import one_in
from nianbao.checking.figures.predicates import read
from nianbao.checking.figures.queues import labelled, queue_of
from nianbao.checking.figures.rate_names import note_rate
from nianbao.checking.figures.rates import rate, rated
from nianbao.checking.figures.roles import from_prior, goes_on, move_of, with_unit
from nianbao.checking.figures.shares import base_just_told, points, share
from nianbao.checking.figures.times import note_times
from nianbao.checking.figures.values import value
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_ROUTES = ("direct_suit", "suit_after_review")


def read_figures(reading: Reading) -> None:
    """All claims of the sentence that rest on figures."""
    state = reading.state
    remedies = (t.entry.row for t in reading.tokens if t.kind == "row" and t.entry and t.entry.domain == "remedies")
    state.begin_sentence(next(remedies, ""))
    for segment in reading.segments:
        if segment.opener == "；":
            state.begin_part(reading.dated)
        _segment(reading, segment)
    _parts_make_whole(reading)


def _parts_make_whole(reading: Reading) -> None:
    """三种方式合计536件：网上358件、信函142件、当面36件: a total without a figure is the sum of what is listed."""
    claims = {f.number: f for f in reversed(reading.found) if f.number}
    told = [(t, claims.get((t.start, t.end))) for t in reading.tokens if t.quantity]
    for i, (token, claim) in enumerate(told):
        if claim is None or claim.verdict != "unverified" or claim.facts or token.quantity is None:
            continue
        total = Fraction(0)
        facts: list[str] = []
        for part, known in told[i + 1 :]:
            if part.quantity is None or known is None or known.verdict != "supported":
                break
            total += part.quantity.value
            facts += known.facts
            if total >= token.quantity.value:
                break
        if total == token.quantity.value and len(facts) > 1:
            at = reading.found.index(claim)
            reading.found[at] = replace(claim, verdict="supported", facts=tuple(dict.fromkeys(facts)), reason="")


def _segment(reading: Reading, segment: Segment) -> None:
    note_times(reading, segment)
    reading.averaging = reading.averaging or any(t.kind == "average" for t in segment.tokens)
    state, tokens = reading.state, segment.tokens
    _brackets(reading, segment)
    note_rate(reading, segment)
    reading.segment_start = segment.start
    among = bool(tokens) and tokens[0].text in ("当中", "之中") and tokens[0].start == segment.start
    if segment.opener == "（" or among or any(t.kind in ("of_which", "except") for t in tokens[:3]):
        _open_whole(reading, segment)
    numbers = [i for i, t in enumerate(tokens) if t.kind == "num"]
    queue = queue_of(reading, segment, numbers)
    start, before, listed = segment.start, 0, ""
    for k, i in enumerate(numbers):
        limit = numbers[k + 1] if k + 1 < len(numbers) else len(tokens)
        pre = tokens[before:i]
        if k and reading.text[tokens[i].start - 1] in "和及与" and not labelled(segment, i):
            pre, start = [], tokens[i].start  # 643份征地批复和128宗矿业权出让
        cut = next((j for j in range(i + 1, limit) if tokens[j].kind == "list"), limit)
        free = cut < limit or limit == len(tokens)
        post = tokens[i + 1 : cut] if free else _next_to(tokens, i)
        number = Number(segment, pre, with_unit(reading, tokens, i), post, start, queue, bool(listed))
        if (stop := one_in(reading, number)) is not None:
            start = max(stop, start)
            before = next((j for j, t in enumerate(tokens) if t.start >= stop), len(tokens))
            reading.judged_to = stop
            continue
        if tokens[i].start < reading.judged_to or _any_one(reading, number):
            before = i + 1
            continue
        if _fraction(reading, number):
            before = i + 1
            continue
        reading.number = number.token
        listed, end, consumed = _read(reading, number, listed)
        reading.number = None
        before = i + 1 + consumed
        start = end
        while start < segment.end and reading.text[start] in "、和及与":
            start += 1
        if reading.text[end : end + 1] == "中" or (before < len(tokens) and tokens[before].kind == "within"):
            state.whole = state.context
    read(reading, segment, tokens[before:], start, bool(numbers))
    _opened(reading, segment, bool(numbers))


def _opened(reading: Reading, segment: Segment, counted: bool) -> None:
    """承办的21件建议提案里，…; 以办结的309件为基数，…: the whole that the next segments are of."""
    state, text = reading.state, reading.text[segment.start : segment.end]
    if counted and text.endswith(("里", "中", "内")) and state.context:
        state.whole = state.context
    if not counted and text.endswith(("里", "中")) and state.pending:
        state.whole = state.pending[-1]
    if (
        counted
        and re.search("为(?:基数|分母|基准)$|件计$", text)
        and state.said
        and not state.said[-1].subjects[0].prior
    ):
        state.base = state.said[-1].subjects


_FRACTION = re.compile(r"([0-9]{1,9})[件起个人条篇]?/([0-9]{1,9})[件起个人条篇]?")
_PER_PLACE = re.compile("每个?(?:村|社区|乡镇|镇|街道|部门|单位|科室|学校|校)(?![0-9]|的)")
_PER_CENT = re.compile(r"([0-9.]{1,9})%（?$")


def _fraction(reading: Reading, number: Number) -> bool:
    """66.7%（4/6）: the two counts of a percentage, which is judged itself."""
    start, end, text = number.token.start, number.token.end, reading.text
    if text[start - 1 : start] == "/" and reading.found and reading.found[-1].about == "fraction":
        return True
    found = _FRACTION.match(text, start) if text[end : end + 1] == "/" else None
    if found is None and text[start - 1 : start] != "/":
        return False
    if found is None:
        return _FRACTION.search(text[max(0, start - 10) : end]) is not None
    told = _PER_CENT.search(text[:start])
    lower = int(found[2])
    if told and lower and abs(Fraction(int(found[1]) * 100, lower) - Fraction(told[1])) <= Fraction(1, 20):
        return True
    reason = "这两个数与前面的比例不相符，未能核对。"
    reading.claim(start, found.end(), "unverified", reason=reason, rule="X-11", about="fraction")
    return True


def _any_one(reading: Reading, number: Number) -> bool:
    """未对任何一件申请不予公开: no count."""
    return number.quantity.value == 1 and reading.text[: number.token.start].endswith(("任何", "哪怕"))


def _brackets(reading: Reading, segment: Segment) -> None:
    """After a bracket the text speaks again of what stood before it."""
    state = reading.state
    if segment.opener == "（":
        reading.before_bracket = (state.context, state.whole, len(state.said))
    elif segment.opener == "）" and reading.before_bracket:
        context, state.whole, count = reading.before_bracket
        route = state.context and state.context.domain == "remedies" and state.context.row in _ROUTES
        if not (route and context and context.row == "suits" and count == len(state.said)):
            state.context = context
        if 0 < count <= len(state.said):
            state.said.append(state.said.pop(count - 1))
        reading.before_bracket = None


def _open_whole(reading: Reading, segment: Segment) -> None:
    state = reading.state
    if segment.tokens and segment.tokens[0].kind == "except":
        own = state.last is not None and state.context and state.context.domain == "supp"
        state.whole = state.context if own else state.whole
        return
    if segment.opener == "（" or state.whole is None or any(t.text == "其中" for t in segment.tokens[:3]):
        state.whole = state.pending[-1] if state.pending else state.context


def _read(reading: Reading, number: Number, listed: str) -> tuple[str, int, int]:
    """Reads one number; gives its role (carried on over a list), the end of its claim and tokens used after it."""
    kinds = [t.kind for t in number.pre]
    unit = number.quantity.unit
    move = move_of(reading, number)
    often = "frequency" in kinds and not reading.evidence.statements.said_so(reading.text)
    per_place = _PER_PLACE.search(reading.text, number.start, number.token.start) is not None
    if "average" in kinds or often or per_place or listed == "average" or goes_on(reading, number):
        average(reading, number)
        return "average", number.end, 0
    if "differ" in kinds:
        apart(reading, number)
    elif unit == "个百分点":
        points(reading, number, move)
    elif unit == "倍" and not (move and move.kind in ("up", "down")):
        multiple(reading, number)
    elif move is not None and move.kind in ("up", "down"):
        change(reading, number, move)
        return "change" + move.kind, number.end, 0
    elif from_prior(reading, number) or (unit == "%" and reading.state.share and "prior" in kinds):
        prior_value(reading, number)
    elif unit == "%" and reading.state.rate and rated(reading, number):
        pass
    elif unit == "%" and ("share" in kinds or listed == "share" or base_just_told(reading, number)):
        share(reading, number)
        return "share", number.end, 0
    elif listed.startswith("change") and not [k for k in kinds if k not in ("list", "bland")]:
        change(reading, number, Token(number.token.start, number.token.start, listed[6:], ""))
        return listed, number.end, 0
    elif unit == "%":
        rate(reading, number)
    elif "rest" in kinds and number.quantity.value == 0 and rest_is_zero(reading, number.segment):
        return "", number.segment.end, _until_number(number)
    elif "rest" in kinds and not rest_is_part(reading, number) and not _named_rest(number):
        remainder(reading, number)
        return ("", number.end, 0) if _of_next(number) else ("", _last_end(reading, number), _until_number(number))
    else:
        reading.state.averaged = None
        end, used = value(reading, number, move)
        return "", end, used
    return "", number.end, 0


def _named_rest(number: Number) -> bool:
    """其余为予以公开854件和部分公开330件: each with its own name."""
    at = next(i for i, t in enumerate(number.pre) if t.kind == "rest")
    after = number.pre[at + 1 :]
    led = number.pre[at].text.endswith("为") or any(t.kind == "is" or t.text == "依次为" for t in after)
    return led and any(t.kind in ("row", "column") and t.entry and not t.entry.weak for t in after)


def _next_to(tokens: list[Token], at: int) -> list[Token]:
    """3份收费通知共应收…: the word right behind a number is its own."""
    behind = tokens[at + 1 : at + 2]
    return behind if behind and behind[0].kind == "row" and behind[0].start == tokens[at].end else []


def _of_next(number: Number) -> bool:
    """其余8件依次为不予公开3件、…: the label is the next number's."""
    rest = [t for t in number.segment.tokens if t.start >= number.end]
    at = _until_number(number)
    return 0 < at < len(rest) and rest[at - 1].kind in ("row", "column") and rest[at - 1].end == rest[at].start


def _until_number(number: Number) -> int:
    """How many tokens stand after a number up to the next one."""
    rest = [t for t in number.segment.tokens if t.start >= number.end]
    return next((i for i, t in enumerate(rest) if t.kind == "num"), len(rest))


def _last_end(reading: Reading, number: Number) -> int:
    found = reading.found[-1] if reading.found else None
    return max(number.end, found.end if found and found.start == number.start else 0)
