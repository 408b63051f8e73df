"""Claims about figures without a number: none, all, more than last year, the most, ended so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking import relations
from nianbao.checking.frames import Frame
from nianbao.checking.frames import subjects as subjects_of
from nianbao.checking.judging import UNKNOWN, in_scope, name_of, out_of_period, out_of_scope, total_of
from nianbao.checking.reading import Reading, Segment, resolved
from nianbao.checking.subjects import Subject
from nianbao.checking.supplementary import best
from nianbao.checking.tokens import Token

_MOVES = {"up", "down", "flat", "double"}
_HINTS = re.compile("有所|明显|大幅|略有|小幅|显著|稳步|逐步|持续|进一步|均|都|双双|数量|件数|量")
_RECEIVED = re.compile("收到|接到|受理")
_RESULTS = ("granted", "partial", "refused", "unavailable", "declined", "other")
_WHOLES = ("new", "workload", "total_handled", "carried_in", "carried_out")


def read(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool) -> None:
    """The claims of the rest of a segment, after its last number."""
    kinds = {t.kind for t in tokens}
    done = (
        ("table" in {t.kind for t in segment.tokens} and _whole_tables(reading, segment))
        or ("rest" in kinds and rest_is_zero(reading, segment))
        or ("zero" in kinds and _zero_after(reading, segment, tokens, start))
        or ("no_one" in kinds and _none(reading, segment, tokens, start))
        or ("not" in kinds and _none(reading, segment, tokens, start))
        or (kinds & {"more_than", "less_than"} and _versus(reading, segment, tokens, start))
        or (kinds & _MOVES and _moved(reading, segment, tokens, start))
        or (kinds & {"most", "least"} and _ranked(reading, segment, tokens, start))
        or ("timely" in kinds and _in_time(reading, segment, tokens, start))
        or (kinds & {"majority", "minority"} and _most_of(reading, segment, tokens, start))
        or ("scope_below" in kinds and kinds & {"every", "each"} and _spread(reading, segment, tokens, start))
        or ("ratio" in kinds and _proportion(reading, segment, tokens, start))
        or _all(reading, segment, tokens, start, after_number)
    )
    if not done:
        _pend(reading, segment, tokens, start, after_number)


def _frame(reading: Reading, segment: Segment, tokens: Sequence[Token]) -> Frame | None:
    return reading.labels(segment, tokens)


def _subjects(reading: Reading, frame: Frame, same: bool = True) -> list[Subject]:
    state = reading.state
    out = [resolved(s, state, state.whole is not None, same)[0] for s in subjects_of(frame)]
    return [s for s in out if s.row]


def _report(
    reading: Reading, start: int, end: int, subjects: Sequence[Subject], right: bool | None,
    reason: str, expected: str | None = None, rule: str = "",
) -> None:  # fmt: skip
    """A verdict about some subjects: `right` None where it cannot be decided."""
    _, facts, known = total_of(reading, subjects)
    rule = rule or "X-13"
    if why := out_of_period(reading):
        reading.claim(start, end, "unverified", facts=facts, reason=why, rule=rule)
    elif why := out_of_scope(reading, known):
        reading.claim(start, end, "unverified", facts=facts, reason=why, rule=rule, scope=True)
    elif right is None:
        reading.claim(start, end, "unverified", facts=facts, reason=UNKNOWN, rule=rule)
    elif right:
        reading.claim(start, end, "supported", facts=facts, rule=rule)
    else:
        reading.claim(start, end, "contradicted", facts=facts, expected=expected, reason=reason, rule=rule)


def _with_period(reading: Reading, subjects: list[Subject]) -> list[Subject]:
    return [s._replace(prior=True) for s in subjects] if reading.state.period == "prior" else subjects


def _zero_claim(reading: Reading, start: int, end: int, subjects: list[Subject]) -> None:
    subjects = _with_period(reading, subjects)
    known = [(s, reading.evidence.figures.known(s)) for s in subjects]
    against = [(s, k) for s, k in known if k.value]
    right = False if against else None if any(k.value is None for _, k in known) else True
    shown = "、".join(f"{k.label}{reading.show(k.value or Fraction(0), None, k.unit)}" for _, k in against)
    reason = f"表中{shown}，文中写的是“{reading.text[start:end]}”。"
    _report(reading, start, end, [s for s, _ in against] or subjects, right, reason, shown)
    if subjects:
        reading.state.context = subjects[-1]._replace(prior=False)


def _none(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """未收到…, 没有…的申请, 无一件被纠正: every figure named after it is 0."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("not", "no_one"))
    mark = tokens[at]
    if any(t.kind == "except" for t in segment.tokens):
        return False
    after = list(tokens[at + 1 :])
    frame = _frame(reading, segment, after)
    if any(t.kind in _MOVES for t in after[:1]):
        return False
    objects = {t.entry.domain for t in segment.tokens if t.kind == "object" and t.entry}
    received = _RECEIVED.search(mark.text) and "requests" in objects and "foreign" not in objects
    subjects = _subjects(reading, frame) if frame else []
    if frame and received and frame.domain == "requests" and not frame.rows:
        subjects = [s._replace(row="new") for s in subjects_of(frame)]
    if not subjects and received:
        subjects = [Subject("requests", "new")]
    if not subjects and "requests" in objects and after and after[0].kind == "object":
        subjects = [Subject("requests", "new")]
    if not subjects:
        own = best(reading.evidence.labels, reading.text[mark.end : segment.end], "", 0.7)
        if own is None:
            return False
        subjects = [Subject("supp", own.label.id)]
    subjects = [_default_act(s) for s in subjects]
    _zero_claim(reading, start, segment.end, subjects)
    return True


def _default_act(subject: Subject) -> Subject:
    if subject.domain == "fees" and subject.row == "any":
        return subject._replace(row="received")
    if subject.domain == "disclosure" and subject.row in ("regulations", "normative_documents") and not subject.column:
        return subject._replace(column="issued")
    return subject


def _zero_after(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """规章的制发、废止件数均为零: every figure named before it is 0."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "zero")
    frame = _frame(reading, segment, [*tokens[:at], *tokens[at + 1 :]] if tokens[at].text.startswith("零") else tokens[:at])
    if frame is None and reading.state.context:
        subjects = [reading.state.context]
    elif frame:
        subjects = _subjects(reading, frame)
    else:
        return False
    subjects = [w for s in subjects for w in _every_act(reading, s)]
    _zero_claim(reading, start, tokens[at].end, subjects)
    return True


def _every_act(reading: Reading, subject: Subject) -> list[Subject]:
    """规章均为零: made, repealed and in force."""
    if subject.domain != "disclosure" or subject.column or subject.row not in ("regulations", "normative_documents"):
        return [subject]
    cells = reading.evidence.figures.form.cells
    return [Subject(*a.split(".")) for a in cells if a.startswith(f"disclosure.{subject.row}.")]


def _whole_tables(reading: Reading, segment: Segment) -> bool:
    """表三、表四各项数据均为0."""
    if not any(t.kind == "zero" or (t.quantity and t.quantity.value == 0) for t in segment.tokens):
        return False
    names = {"表二": "disclosure", "表三": "requests", "表四": "remedies"}
    wanted = {names[t.text] for t in segment.tokens if t.kind == "table"}
    cells = [a for a, c in reading.evidence.figures.form.cells.items() if c.table in wanted]
    subjects = [Subject(*a.split(".")) for a in cells]
    known = [reading.evidence.figures.known(s) for s in subjects]
    right = False if any(k.value for k in known) else None if any(k.value is None for k in known) else True
    reading.found = [f for f in reading.found if f.start < segment.start or f.start >= segment.end]
    _report(reading, segment.start, segment.end, subjects, right, "表中有不为0的数据。")
    return True


def rest_is_zero(reading: Reading, segment: Segment) -> bool:
    """其余均为0: the other results, columns or applicants beside those told."""
    zero = any(t.kind == "zero" or (t.quantity and t.quantity.value == 0) for t in segment.tokens)
    context = reading.state.context
    if not zero or context is None:
        return False
    told = {s for one in reading.state.said for s in one.subjects} | set(reading.named)
    if context.domain == "remedies":
        others = [Subject("remedies", context.row, c) for c in ("upheld", "corrected", "other", "pending")]
    elif context.column:
        columns = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
        others = [Subject("requests", context.row, c) for c in columns]
    else:
        others = [Subject("requests", row) for row in _RESULTS]
    _zero_claim(reading, segment.start, segment.end, [s for s in others if s not in told])
    return True


def _versus(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """后者多于前者, 自然人申请超过法人或其他组织申请."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("more_than", "less_than"))
    left, right = _side(reading, segment, tokens[:at]), _side(reading, segment, tokens[at + 1 :])
    if any(t.kind in ("half", "majority") for t in tokens[at + 1 :]):
        return _half(reading, segment, start, left, right, tokens[at].kind == "more_than")
    if not right:
        return False
    left = left or (reading.state.said[-1].subjects if reading.state.said else ())
    one, facts, _ = total_of(reading, left)
    other, _, _ = total_of(reading, right)
    decided = None if one is None or other is None else (one > other) == (tokens[at].kind == "more_than") and one != other
    reason = f"“{name_of(reading, left)}”是{one}，“{name_of(reading, right)}”是{other}。"
    _report(reading, start, segment.end, [*left, *right], decided, reason)
    return bool(facts)


def _half(
    reading: Reading, segment: Segment, start: int, left: tuple[Subject, ...], right: tuple[Subject, ...], more: bool
) -> bool:
    """超过办结总数的一半."""
    left = left or (reading.state.said[-1].subjects if reading.state.said else ())
    right = right or relations._usual_whole(left)
    part, _, _ = total_of(reading, left)
    whole, _, _ = total_of(reading, right)
    if not left or not right:
        return False
    decided = None if part is None or whole is None else (part * 2 > whole) == more and part * 2 != whole
    _report(reading, start, segment.end, [*left, *right], decided, f"两数分别是{part}和{whole}。")
    return True


def _side(reading: Reading, segment: Segment, tokens: Sequence[Token]) -> tuple[Subject, ...]:
    if named := relations.pronoun(reading, tokens):
        return named
    frame = _frame(reading, segment, tokens)
    if frame:
        return tuple(_subjects(reading, frame))
    if not tokens:
        return ()
    own = best(reading.evidence.labels, reading.text[tokens[0].start : tokens[-1].end], "", 0.5)
    return (Subject("supp", own.label.id),) if own else ()


def _moved(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """同比下降, 比上年有所增加, 与上年持平, 两者都比上年增加, 翻了一番."""
    state = reading.state
    at = next(i for i, t in enumerate(tokens) if t.kind in _MOVES)
    move = tokens[at]
    text = reading.text[segment.start : segment.end]
    named = _movers(reading, segment, tokens[:at], start, move.start)
    trend = re.search("连续|逐年|连年|历年|近[两三四五]年", text)
    hinted = bool(named) and _HINTS.search(text) is not None and len(move.text) > 1
    if move.text.startswith("与之"):
        state.compared = state.compared or "prior"
    if not state.compared and not trend and not hinted and move.kind != "double":
        return False
    if move.kind == "flat" and not state.compared and "持平" not in move.text:
        return False
    groups = named or ([state.said[-1].subjects] if state.said and state.said[-1].sentence >= state.sentence - 1 else [])
    if not groups and state.context is None and not trend:
        return False
    groups = groups or ([(state.context,)] if state.context else [])
    end = move.end
    if state.compared not in ("", "prior") or trend:
        if not groups:
            return False
        reason = "没有文中所比较的年份（时段）的数据，未能核对。"
        reading.claim(start, end, "unverified", reason=reason, rule="X-12")
        return True
    for group in groups:
        plain = tuple(s._replace(prior=False) for s in group)
        now, facts, _ = total_of(reading, plain)
        before, _, _ = total_of(reading, tuple(s._replace(prior=True) for s in plain))
        items = relations._items(reading, None, plain) if "项目" in text else None
        if items:
            now, _, _ = total_of(reading, items[0])
            before, _, _ = total_of(reading, items[1])
        _direction(reading, start, end, move, plain, now, before)
    state.pending = tuple(s for group in groups for s in group) if len(groups) > 1 else state.pending
    return True


def _direction(
    reading: Reading, start: int, end: int, move: Token, subjects: Sequence[Subject],
    now: Fraction | None, before: Fraction | None,
) -> None:  # fmt: skip
    right: bool | None = None
    word = ""
    if now is not None and before is not None:
        right = {"up": now > before, "down": now < before, "flat": now == before, "double": now == 2 * before}[move.kind]
        if move.kind == "flat" and "基本" in reading.text[max(0, move.start - 3) : move.end]:
            right = abs(now - before) * 20 <= before
        word = "增加" if now > before else "减少" if now < before else "持平"
    _, more, _ = total_of(reading, [s._replace(prior=True) for s in subjects])
    reason = f"“{name_of(reading, subjects)}”比上年{word}，文中写的是“{move.text}”。"
    reading.state.period = "this"
    _report(reading, start, end, [*subjects], right, reason, word, "X-12")


def _movers(
    reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, end: int
) -> list[tuple[Subject, ...]]:
    """What a movement is said of: words before it, 两者, 前者."""
    if any(t.kind == "both" for t in tokens):
        return relations.last_two(reading)
    if named := relations.pronoun(reading, tokens):
        return [named]
    frame = _frame(reading, segment, tokens)
    if frame:
        return [(s,) for s in _subjects(reading, frame)]
    own = best(reading.evidence.labels, reading.text[start:end], "", 0.5)
    if own:
        return [(Subject("supp", own.label.id),)]
    if reading.state.pending:
        return [reading.state.pending]
    return []


def _ranked(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """予以公开最多: among its like."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("most", "least"))
    frame = _frame(reading, segment, tokens[:at]) or _frame(reading, segment, tokens[at + 1 :])
    if frame is None:
        said = reading.state.said
        wide = any(t.kind.startswith("scope_") for t in segment.tokens)
        if not said or said[-1].sentence != reading.state.sentence or (said[-1].segment != segment.number and not wide):
            return False
        subject = said[-1].subjects[0]
    else:
        found = _subjects(reading, frame)
        if not found:
            return False
        subject = found[-1]
    wide = [t for t in segment.tokens if t.kind.startswith("scope_")]
    known = reading.evidence.figures.known(subject)
    if wide and not in_scope(wide[-1].kind, known.scope):
        reason = "没有其他地区、单位的数据，名次未能核对。"
        reading.claim(start, segment.end, "unverified", facts=known.facts, reason=reason, rule="X-13")
        return True
    like = siblings(reading, subject)
    if not like:
        return False
    values = [reading.evidence.figures.known(s).value for s in like]
    mine = known.value
    right = None
    if mine is not None and all(v is not None for v in values):
        edge = max if tokens[at].kind == "most" else min
        right = mine == edge(v for v in values if v is not None) and mine > 0
    if tokens[at].text in ("为主", "居多", "占主体", "占多数") and right:
        right = True
    end = max(tokens[at].end, frame.end if frame else 0)
    _report(reading, start, end, [subject], right, f"“{name_of(reading, [subject])}”不是各项中{tokens[at].text}的。")
    reading.state.context = subject
    reading.state.pending = (subject,)
    return True


def siblings(reading: Reading, subject: Subject) -> list[Subject]:
    """The figures that a rank is among."""
    groups = reading.evidence.figures.groups
    if subject.domain == "requests":
        if subject.column == "organisations" or (subject.column == "natural_person" and reading.state.whole is None):
            return [subject._replace(column=c) for c in ("natural_person", "organisations")]
        if subject.column:
            return [subject._replace(column=c) for c in ("natural_person", *groups["requests..organisations"])]
        if subject.row in _RESULTS:
            return [subject._replace(row=row) for row in _RESULTS]
        return [
            subject._replace(row=row)
            for name, rows in groups.items()
            if name.startswith("requests.") and subject.row in rows and not name.endswith("workload")
            for row in rows
        ]
    if subject.domain == "remedies" and subject.column:
        return [subject._replace(column=c) for c in ("upheld", "corrected", "other", "pending")]
    if subject.domain == "disclosure" and subject.row in ("licences", "penalties", "coercion"):
        return [subject._replace(row=row) for row in ("licences", "penalties", "coercion")]
    return []


def _spread(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """…的申请各县区均有发生: the dossier has no figures by place."""
    frame = _frame(reading, segment, tokens)
    if frame is None:
        return False
    _, facts, _ = total_of(reading, _subjects(reading, frame))
    reason = "底稿没有按地区、单位分列的数据，未能核对。"
    reading.claim(start, segment.end, "unverified", facts=facts, reason=reason, rule="X-13")
    return True


def _proportion(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """自然人申请与法人或其他组织申请之比为7∶5."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "ratio")
    first, second = tokens[at].data
    frame = _frame(reading, segment, tokens[:at])
    subjects = _subjects(reading, frame) if frame else [s for g in relations.last_two(reading) for s in g]
    if len(subjects) != 2:
        reading.claim(start, tokens[at].end, "unverified", reason="未能确定是哪两项之比。", rule="X-11")
        return True
    left, right = (reading.evidence.figures.known(s).value for s in subjects)
    decided = None if left is None or right is None else left * second == right * first
    _report(reading, start, tokens[at].end, subjects, decided, f"两项分别是{left}和{right}。", f"{left}∶{right}", "X-11")
    return True


def _in_time(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """均在法定期限内办结: only with the dossier's own count."""
    if not any(t.kind in ("every", "done", "each") for t in tokens) and "办结" not in reading.text[start : segment.end]:
        return False
    told = reading.text[: segment.end]
    if not re.search("申请|答复|办结", told):
        return False
    timely = relations.timely_subject(reading)
    if not timely:
        reason = "没有按期办结的数据或者已确认的情况，未能核对。"
        reading.claim(start, segment.end, "unverified", reason=reason, rule="X-13")
        return True
    count, _, _ = total_of(reading, timely)
    handled, _, _ = total_of(reading, [Subject("requests", "total_handled")])
    right = None if count is None or handled is None else count == handled
    reason = f"在法定期限内办结的是{count}件，办结总数是{handled}件。"
    _report(reading, start, segment.end, [*timely, Subject("requests", "total_handled")], right, reason)
    return True


def _most_of(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """自然人申请占比过半."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("majority", "minority"))
    if tokens[at].text in ("个别", "少数", "极少数", "多数", "大多数", "少部分", "小部分", "大部分"):
        return False
    frame = _frame(reading, segment, segment.tokens)
    if frame is None and not reading.state.said:
        return False
    subjects = _subjects(reading, frame) if frame else list(reading.state.said[-1].subjects)
    whole = relations._usual_whole(subjects)
    part, _, _ = total_of(reading, subjects[:1])
    total, _, _ = total_of(reading, whole)
    if not whole:
        return False
    more = tokens[at].kind == "majority"
    right = None if part is None or total is None else (part * 2 > total) == more and part * 2 != total
    end = max(tokens[at].end, frame.end if frame else 0)
    _report(reading, start, end, subjects[:1], right, f"{name_of(reading, subjects[:1])}为{part}，总数为{total}。")
    return True


def _all(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool) -> bool:
    """申请人均为自然人, 结果均为维持, 全部办结, （未经复议直接起诉）: the part is the whole."""
    state = reading.state
    mark = next((i for i, t in enumerate(tokens) if t.kind in ("every", "each")), None)
    verb = mark if mark is not None else next((i for i, t in enumerate(tokens) if t.kind == "is"), None)
    predicate = _frame(reading, segment, tokens[verb + 1 :] if verb is not None else tokens)
    if predicate is None:
        return False
    before = list(segment.tokens[: segment.tokens.index(tokens[verb])]) if verb is not None else []
    if verb is None and not _ends(reading, segment, predicate, after_number):
        return False
    if "主要" in reading.text[segment.start : predicate.start] and mark is None:
        return _chief(reading, segment, predicate, start)
    if verb is not None and mark is None and not _told_as_all(reading, segment, predicate, before):
        return False
    whole = _whole_of(reading, segment, before, predicate)
    if not whole:
        return False
    subjects = list(whole)
    parts = [p for w in subjects for p in _of_whole(w, predicate)]
    if not parts or set(parts) == set(subjects):
        return False
    total, _, _ = total_of(reading, _with_period(reading, subjects))
    value, _, _ = total_of(reading, _with_period(reading, parts))
    right = None if total is None or value is None else total == value and total > 0
    if _finished(predicate) and right is not None:
        left, _, _ = total_of(reading, [Subject("requests", "carried_out")])
        right = None if left is None else left == 0 and total is not None and total > 0
        parts = [*parts, Subject("requests", "carried_out")]
    reason = f"“{name_of(reading, subjects)}”是{total}，其中“{name_of(reading, parts[:1])}”是{value}，文中说成全部。"
    end = max(predicate.end, tokens[-1].end if tokens and tokens[-1].kind in ("row", "column") else predicate.end)
    _report(reading, start, end, [*subjects, *parts], right, reason)
    reading.named += parts
    if predicate.columns and subjects[-1].domain == "requests":
        state.context = subjects[-1]._replace(column=predicate.columns[-1])
    if predicate.domain == "remedies" and predicate.rows and not predicate.several:
        state.context = parts[0]
    return True


def _chief(reading: Reading, segment: Segment, frame: Frame, start: int) -> bool:
    """主要原因是…: the greatest of its like."""
    found = _subjects(reading, frame)
    like = siblings(reading, found[-1]) if found else []
    values = [reading.evidence.figures.known(s).value for s in like]
    if not like:
        return False
    mine = reading.evidence.figures.known(found[-1]).value
    known = [v for v in values if v is not None]
    right = None if mine is None or len(known) < len(values) else mine == max(known) and mine > 0
    _report(reading, start, frame.end, found[-1:], right, f"“{name_of(reading, found[-1:])}”不是各项中最多的。")
    return True


def _finished(frame: Frame) -> bool:
    return frame.domain == "requests" and frame.rows == ("total_handled",)


def _ends(reading: Reading, segment: Segment, frame: Frame, after_number: bool) -> bool:
    """A result or route told alone after a count: 行政复议1件，结果维持."""
    state = reading.state
    if not state.said or state.said[-1].sentence != state.sentence:
        return False
    last = state.said[-1].subjects
    alone = frame.domain == "remedies" and bool(last) and last[0].domain == "remedies"
    outcome = alone and not frame.rows and bool(frame.columns) and not last[0].column
    route = alone and segment.opener == "（" and frame.rows in (("direct_suit",), ("suit_after_review",))
    return (outcome or route) and frame.start - segment.start <= 6 and not after_number


def _told_as_all(reading: Reading, segment: Segment, frame: Frame, before: list[Token]) -> bool:
    """申请人为自然人, 办理结果为予以公开, 结果为维持 — but not 自然人为7件."""
    text = reading.text[segment.start : frame.start]
    return bool(re.search(r"申请人(?:类型|身份)?[为是系]|结果[为是系]|原因[为是]|[的]?[件起][系为是属]|系因?$|属于?$", text))


def _whole_of(
    reading: Reading, segment: Segment, before: list[Token], predicate: Frame
) -> tuple[Subject, ...]:
    state = reading.state
    if any(t.kind == "both" for t in before):
        return tuple(s for group in relations.last_two(reading) for s in group)
    if named := relations.pronoun(reading, before):
        return named
    frame = _frame(reading, segment, before)
    if frame and frame.domain == predicate.domain:
        return tuple(_subjects(reading, frame))
    if frame and frame.domain == "remedies":
        return tuple(_subjects(reading, frame))
    said = [s for s in state.said if s.subjects and s.sentence >= state.sentence - 1]
    asked = predicate.domain == "requests" and not predicate.rows and "申请人" in reading.text[segment.start : predicate.start]
    if asked and (not said or said[-1].sentence < state.sentence) and not state.pending:
        state.context = Subject("requests", "new")
        return (state.context,)
    if said and said[-1].subjects[0].domain == predicate.domain:
        return said[-1].subjects
    if state.pending and state.pending[0].domain == predicate.domain:
        return state.pending
    if predicate.domain == "requests":
        return (Subject("requests", "workload" if _finished(predicate) else "total_handled" if predicate.rows else "new"),)
    if predicate.domain == "remedies" and state.context and state.context.domain == "remedies":
        return (state.context._replace(column=""),)
    return ()


def _of_whole(whole: Subject, predicate: Frame) -> list[Subject]:
    """The part of a whole that the predicate names."""
    out: list[Subject] = []
    for one in subjects_of(predicate):
        row, column = one.row or whole.row, one.column or whole.column
        if whole.domain == "remedies" and one.row and whole.row not in ("suits", "both", one.row):
            continue
        out.append(Subject(whole.domain, row, column, whole.prior))
    return out


def _pend(
    reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool
) -> None:
    """A label without a number: what the next segment's number is about."""
    if after_number:
        return
    state = reading.state
    frame = _frame(reading, segment, tokens)
    if frame:
        found = _subjects(reading, frame)
        if found:
            state.pending = tuple(found)
            state.context = found[-1]
            if any(t.kind == "within" for t in tokens):
                state.whole = found[-1]
        return
    own = best(reading.evidence.labels, reading.text[start : segment.end], "", 0.6)
    if own:
        state.pending = (Subject("supp", own.label.id),)
        state.context = state.pending[0]
    elif relations.pronoun(reading, tokens):
        state.pending = relations.pronoun(reading, tokens)
