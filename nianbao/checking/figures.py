"""Reads the numbers of a sentence: what each is about, and in which role it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nianbao.checking import predicates, relations
from nianbao.checking.frames import subjects as subjects_of
from nianbao.checking.judging import judge
from nianbao.checking.quantity import Quantity, compatible
from nianbao.checking.reading import Reading, Segment, resolved
from nianbao.checking.subjects import Subject
from nianbao.checking.supplementary import best, pairs_of, score
from nianbao.checking.tokens import Token

_GLUE = frozenset({"bland", "fixed", "some", "sum", "is", "done", "this", "self", "each", "every", "object", "date", "prior", "both"})
_MOVES = ("up", "down", "up_to", "down_to")
_ROUTES = ("direct_suit", "suit_after_review")
_JOINERS = re.compile(r"[、和及与]|以及")


@dataclass
class Number:
    """A number in its segment. `pre`, `post`: the tokens around it; `start`: where its claim begins."""

    segment: Segment
    pre: list[Token]
    token: Token
    post: list[Token]
    start: int
    queue: list[tuple[Subject, ...]]
    listed: bool = False

    @property
    def quantity(self) -> Quantity:
        assert self.token.quantity is not None
        return self.token.quantity

    @property
    def end(self) -> int:
        return self.token.end


def read_figures(reading: Reading) -> None:
    """All claims of the sentence that rest on figures."""
    state = reading.state
    state.period, state.scope, state.compared, state.share, state.base = "this", "", "", None, ()
    state.pending = ()
    state.whole, state.period_at, state.scope_at, state.base_at = None, -1, -1, -1
    for segment in reading.segments:
        if segment.opener == "；":
            state.whole, state.share, state.base = None, None, ()
            state.period = "this" if state.period in ("prior", "part") and not reading.dated else state.period
        _segment(reading, segment)


def _segment(reading: Reading, segment: Segment) -> None:
    relations.note_times(reading, segment)
    state, tokens = reading.state, segment.tokens
    _brackets(reading, segment)
    reading.segment_start = segment.start
    if segment.opener == "（" or any(t.kind == "of_which" for t in tokens[:3]):
        _open_whole(reading, segment)
    numbers = [i for i, t in enumerate(tokens) if t.kind == "num"]
    queue = _queue(reading, segment, numbers)
    start, before, listed = segment.start, 0, ""
    for k, i in enumerate(numbers):
        limit = numbers[k + 1] if k + 1 < len(numbers) else len(tokens)
        pre = tokens[before:i]
        cut = next((j for j in range(i + 1, limit) if tokens[j].kind == "list"), limit)
        free = cut < limit or limit == len(tokens)
        post = tokens[i + 1 : cut] if free else _next_to(tokens, i)
        number = Number(segment, pre, tokens[i], post, start, queue, bool(listed))
        reading.number = tokens[i]
        listed, end, consumed = _read(reading, number, listed)
        reading.number = None
        before = i + 1 + consumed
        start = end
        while start < segment.end and reading.text[start] in "、和及与":
            start += 1
        if reading.text[end : end + 1] == "中" or (before < len(tokens) and tokens[before].kind == "within"):
            state.whole = state.context
    predicates.read(reading, segment, tokens[before:], start, bool(numbers))


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
    if segment.opener == "（" or state.whole is None or any(t.text == "其中" for t in segment.tokens[:3]):
        state.whole = state.pending[-1] if state.pending else state.context


def _queue(reading: Reading, segment: Segment, numbers: list[int]) -> list[tuple[Subject, ...]]:
    """The subjects that 分别 hands out in order."""
    at = next((i for i, t in enumerate(segment.tokens) if t.kind == "respectively"), None)
    if at is None or not numbers:
        return []
    first = next((i for i in numbers if i > at), None)
    if first is None:
        return []
    count = sum(i > at for i in numbers)
    names = [t for t in segment.tokens[:first]]
    frame = reading.labels(segment, names)
    state = reading.state
    if frame and frame.several:
        return [(resolved(s, state, state.whole is not None, True)[0],) for s in subjects_of(frame)]
    text = reading.text[segment.start : segment.tokens[at].start]
    tail = reading.text[segment.tokens[at].end : segment.tokens[first].start]
    unit = segment.tokens[first].quantity.unit if segment.tokens[first].quantity else ""
    found = [best(reading.evidence.labels, part + tail, unit) for part in _JOINERS.split(text)]
    named = [(Subject("supp", m.label.id),) for m in found if m]
    if len(named) >= 2 and len(named) == len(found):
        return named
    if len(state.pending) >= count > 1:
        return [(s,) for s in state.pending]
    said = [s for s in state.said if s.sentence >= state.sentence - 1 and s.subjects]
    return [s.subjects for s in said[-count:]] if len(said) >= count else []


def _read(reading: Reading, number: Number, listed: str) -> tuple[str, int, int]:
    """Reads one number; gives its role (carried on over a list), the end of its claim and tokens used after it."""
    kinds = [t.kind for t in number.pre]
    unit = number.quantity.unit
    move = _move(number)
    if "average" in kinds:
        relations.average(reading, number)
    elif "differ" in kinds:
        relations.apart(reading, number)
    elif unit == "个百分点":
        relations.points(reading, number, move)
    elif unit == "倍" and not (move and move.kind in ("up", "down")):
        relations.multiple(reading, number)
    elif move is not None and move.kind in ("up", "down"):
        relations.change(reading, number, move)
        return "change" + move.kind, number.end, 0
    elif _from_prior(reading, number):
        relations.prior_value(reading, number)
    elif unit == "%" and ("share" in kinds or listed == "share" or relations.base_just_told(reading, number)):
        relations.share(reading, number)
        return "share", number.end, 0
    elif listed.startswith("change") and not [k for k in kinds if k not in ("list", "bland")]:
        relations.change(reading, number, Token(number.token.start, number.token.start, listed[6:], ""))
        return listed, number.end, 0
    elif unit == "%":
        relations.rate(reading, number)
    elif "rest" in kinds and number.quantity.value == 0 and predicates.rest_is_zero(reading, number.segment):
        return "", number.segment.end, _until_number(number)
    elif "rest" in kinds:
        relations.remainder(reading, number)
        return "", _last_end(reading, number), _until_number(number)
    else:
        end, used = value(reading, number, move)
        return "", end, used
    return "", number.end, 0


def _next_to(tokens: list[Token], at: int) -> list[Token]:
    """3份收费通知共应收…: the word right behind a number is its own."""
    behind = tokens[at + 1 : at + 2]
    return behind if behind and behind[0].kind == "row" and behind[0].start == tokens[at].end else []


def _until_number(number: Number) -> int:
    """How many tokens stand after a number up to the next one."""
    rest = [t for t in number.segment.tokens if t.start >= number.end]
    return next((i for i, t in enumerate(rest) if t.kind == "num"), len(rest))


def _last_end(reading: Reading, number: Number) -> int:
    found = reading.found[-1] if reading.found else None
    return max(number.end, found.end if found and found.start == number.start else 0)


def _move(number: Number) -> Token | None:
    """The word of change right before the number: 增加了约…, 多…"""
    for token in reversed(number.pre):
        if token.kind in _MOVES:
            gap = number.token.start - token.end
            return token if gap <= (0 if len(token.text) == 1 else 3) or (len(token.text) == 1 and gap == 1) else None
        if token.kind not in ("done", "is", "bland", "sum"):
            return None
    return None


def _from_prior(reading: Reading, number: Number) -> bool:
    """由上年的20人次增加到…, 比2024年的2600件…, 由460个减少到…"""
    words = [t for t in number.pre if t.kind != "bland"]
    if not words:
        return False
    last = words[-1]
    between = reading.text[last.end : number.token.start]
    if last.kind == "from" and between == "":
        return True
    if last.kind in ("base_prior", "prior") and between in ("", "的"):
        led = len(words) > 1 and words[-2].kind in ("is", "from", "than")
        return led or reading.text[: number.token.start].endswith("的")
    return last.kind == "date" and between == "的" and reading.state.compared == "prior" and last.data[0] < reading.evidence.year


def value(reading: Reading, number: Number, move: Token | None = None) -> tuple[int, int]:
    """A plain number: its subject from the words before it, after it, or said before."""
    state, segment, token = reading.state, number.segment, number.token
    end, used = number.end, 0
    cut = next((i for i, t in enumerate(number.post) if t.kind in ("every", "timely")), len(number.post))
    open_post = number.post[:cut]
    after = reading.labels(segment, open_post)
    found = bind(reading, number)
    if found and after and not after.rows and all(not s.column and s.domain == after.domain for s in found[0]):
        found = [s._replace(column=c) for s in found[0] for c in after.columns], found[1]
        end, used = after.end, max(i for i, t in enumerate(open_post) if t.end <= after.end) + 1
    if found is None:
        own = _own_words(reading, number, 0.75)
        if own is not None:
            after = None
            found, uses_post = own
            if uses_post:
                end, used = number.post[-1].end if number.post else number.end, len(number.post)
    if found is None:
        if after is not None:
            last = max(i for i, t in enumerate(open_post) if t.end <= after.end) + 1
            subjects = [resolved(s, state, state.whole is not None, True) for s in subjects_of(after)]
            found = [s for s, _ in subjects], all(sure for _, sure in subjects)
            end, used = after.end, last
    if found is None and (own := _own_words(reading, number)) is not None:
        found, uses_post = own
        if uses_post:
            end, used = number.post[-1].end if number.post else number.end, len(number.post)
    if found is None:
        found = _carried(reading, number)
    if found is None:
        reading.claim(number.start, end, "unverified", reason="没有对应的数据，未能核对。", kind="figure")
        return end, used
    subjects_found, sure = found
    if state.period == "prior":
        subjects_found = [s._replace(prior=True) for s in subjects_found]
    each = any(t.kind == "each" or (t.kind == "every" and t.end >= token.start - 2) for t in number.pre)
    groups = [[s] for s in subjects_found] if each and len(subjects_found) > 1 else [list(subjects_found)]
    if state.period == "both":
        groups = [[s._replace(prior=p) for s in g] for g in groups for p in (False, True)]
        state.period = "this"
    for group in groups:
        judge(reading, number.start, end, number.quantity, group, sure=sure, segment=segment.number)
    if move is not None:
        relations.moved_to(reading, number, move, subjects_found)
    state.context = subjects_found[-1]._replace(prior=False)
    state.pending = ()
    return end, used


def bind(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """The subjects that the words before a number name."""
    state = reading.state
    if number.queue:
        return list(number.queue.pop(0)), True
    if any(t.kind == "carry" for t in number.pre) and reading.labels(number.segment, number.pre) is None:
        return [Subject("requests", "carried_in")], True
    marks = [t for t in number.pre if t.kind == "share"]
    if marks:
        number = replace(number, pre=[t for t in number.pre if t.start >= marks[-1].end], start=marks[-1].end)
    frame = reading.labels(number.segment, number.pre)
    text = reading.text[number.start : number.token.start]
    if frame is None and text.strip() == "其他" and (other := _other(state.context)):
        return [other], True
    if any(t.kind in ("sum", "channels", "each", "both") for t in number.pre):
        several = _several(reading, text, number.quantity.unit)
        if several:
            return several, True
    if any(t.kind == "channels" for t in number.pre):
        return None
    own = best(reading.evidence.labels, text, number.quantity.unit, 0.5)
    if own and (frame is None or own.score >= 0.8):
        return [Subject("supp", own.label.id)], own.score >= 0.5
    if frame is None:
        return None
    part = state.whole is not None
    out = [resolved(s, state, part, True) for s in subjects_of(frame)]
    out = [(_with_carry(reading, number, s), sure) for s, sure in out]
    out = [(_by_unit(reading, s, number.quantity.unit), sure) for s, sure in out]
    return [s for s, _ in out], all(sure for _, sure in out)


def _other(context: Subject | None) -> Subject | None:
    """其他20件 at the end of a list: of applicants, of results, of outcomes."""
    if context is None:
        return None
    if context.domain == "requests":
        return context._replace(column="other_org") if context.column else context._replace(row="other")
    return context._replace(column="other") if context.domain == "remedies" and context.column else None


def _several(reading: Reading, text: str, unit: str) -> list[Subject]:
    """公开栏和网站共发布…: figures of the dossier's own that are joined."""
    parts = [p for p in _JOINERS.split(text) if p]
    if len(parts) < 2:
        return []
    found = [best(reading.evidence.labels, part, unit, 0.4) for part in parts]
    named = list(dict.fromkeys(m.label.id for m in found if m))
    return [Subject("supp", name) for name in named] if len(named) == len(parts) else []


def _with_carry(reading: Reading, number: Number, subject: Subject) -> Subject:
    """收到（含上年结转）申请N件, and N件（含上年结转…）."""
    if subject.domain == "requests" and subject.row == "new":
        after = [t for t in reading.tokens if t.start >= number.end][:2]
        inside = any(t.kind == "carry" for t in number.pre) or any(t.kind == "carry" for t in after)
        if inside or (number.segment.opener == "）" and _carry_before(reading, number)):
            return subject._replace(row="workload")
    return subject


def _carry_before(reading: Reading, number: Number) -> bool:
    return any(t.kind == "carry" for t in reading.tokens if t.end <= number.segment.start)


def has_items(reading: Reading, subject: Subject) -> bool:
    """Whether the form counts items of the row (2019: 上一年项目数量, 本年增/减)."""
    return f"disclosure.{subject.row}.prior_items" in reading.evidence.figures.form.cells


def _by_unit(reading: Reading, subject: Subject, unit: str) -> Subject:
    if subject.domain == "disclosure" and subject.row == "procurement" and not subject.column:
        return subject._replace(column="amount" if unit == "元" else "projects")
    if subject.domain == "disclosure" and unit == "项" and subject.column != "prior_items" and has_items(reading, subject):
        return subject._replace(column="items")
    if subject.domain == "disclosure" and subject.column == "amount" and subject.row not in ("procurement", "fees"):
        return subject._replace(column="")
    if subject.domain == "fees" and subject.row == "any":
        return subject._replace(row="notices" if unit in ("件", "份") else "received")
    return subject


def _own_words(
    reading: Reading, number: Number, least: float = 0.4
) -> tuple[tuple[list[Subject], bool], bool] | None:
    """A figure of the dossier named around the number: 126人次参加 after 举办培训4期."""
    labels, unit = reading.evidence.labels, number.quantity.unit
    last = number.post[-1].end if number.post else number.end
    stop = number.segment.end
    for token in reading.tokens:
        if token.start >= last and token.kind in ("num", "list", "break"):
            stop = min(stop, token.start)
            break
    if any(t.kind == "channels" for t in number.pre):
        return None
    ahead, behind = reading.text[number.start : number.token.start], reading.text[number.end : stop]
    near = ahead + "，" + behind
    found = best(labels, near, unit, least)
    if found is None and least < 0.5:
        before = reading.text[max(0, number.start - 40) : number.start]
        found = best(labels, near, unit, 0.48, context=before)
        if found and not (compatible(unit, found.label.unit) and _no_other_words(reading, number, found.label.words)):
            found = None
    if found is None:
        return None
    return ([Subject("supp", found.label.id)], True), score(found.label, pairs_of(behind)) > 0.2


def _no_other_words(reading: Reading, number: Number, label: str) -> bool:
    """Whether the words before a number say nothing that its label does not."""
    known = {i for t in number.pre if t.kind != "trigger" for i in range(t.start, t.end)}
    return all(
        i in known or reading.text[i : i + 2] in label or reading.text[i - 1 : i + 1] in label
        for i in range(number.start, number.token.start)
        if "\u4e00" <= reading.text[i] <= "\u9fff"
    )


def _carried(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """A number without words of its own: 共53件 after a label, 合计56件 after two figures, 达到12件."""
    state = reading.state
    kinds = {t.kind for t in number.pre}
    words = "".join(t.text for t in number.pre)
    if "channels" in kinds or "both" in kinds or (kinds & {"sum"} and not state.pending):
        return relations.together(reading, number)
    bare = all(t.kind in _GLUE or t.kind in _MOVES for t in number.pre) and len(words) >= (
        number.token.start - number.start - 3
    )
    if bare and state.pending:
        known = reading.evidence.figures.known(state.pending[0])
        if state.pending[0].domain != "supp" or compatible(number.quantity.unit, known.unit):
            return list(state.pending), True
    if bare and state.context and state.fresh and not state.said:
        return [state.context], True
    if bare and state.context and state.said and state.said[-1].sentence >= state.sentence - 1:
        last = state.said[-1]
        if last.unit == number.quantity.unit and len(last.subjects) == 1:
            same = last.subjects[0]._replace(prior=False)
            same = same._replace(column="items") if same.column == "prior_items" else same
            return [same], bool(kinds & {"up_to", "down_to", "is", "sum"})
    return None

