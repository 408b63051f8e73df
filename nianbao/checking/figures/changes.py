"""Changes against last year or beside another figure: 增加26件, 增长96.3%, 增至53件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import about, base_missing, prior_of, pronoun
from nianbao.checking.figures.carried import only_in_its_unit
from nianbao.checking.figures.judging import Moves, compare, judge, name_of, total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.ratios import ratio, two_shares
from nianbao.checking.known.frames import frame_of
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading, resolved
from nianbao.checking.state import Said


def change(reading: Reading, number: Number, move: Token) -> None:
    """增加26件, 增长96.3%, 多5件, 增长0.5倍."""
    one, start, end = number.quantity, number.start, number.end
    if base_missing(reading, number):
        return
    if _net(reading, number):
        return
    than = next((t for t in number.pre if t.kind == "than"), None)
    other = _beside(reading, number, than, move) if than else ()
    subjects = about(reading, number, than.start if than and other else None)
    if than is None and (pair := _beside_told(reading, number)):
        subjects, other = pair
    apart = reading.text[than.end : move.start] if than and not other else ""
    if len(apart) > 1 and not re.search(r"上年|去年|上一年|20\d\d|此|以往", apart):
        _, facts, _ = total_of(reading, subjects)
        reason = f"没有“{apart}”的数据，未能核对。"
        reading.claim(start, end, "unverified", facts=facts, reason=reason, rule="X-12")
        return
    subjects = _fitting(reading, number, subjects)
    if "人次" in reading.text[start : number.token.start] and one.unit in ("%", "倍"):
        people = only_in_its_unit(reading, number, "人次")
        subjects = (people,) if people else subjects  # 开办轮训班5期，参训人次增长三分之一
    if not other and (named := _other_base(reading, number, subjects)):
        other, start = named
    falling = move.kind == "down"
    if reading.state.share and one.unit == "%" and not other and not reading.labels(number.segment, number.pre):
        _share_growth(reading, number, falling)
        return
    if not subjects:
        reading.claim(start, end, "unverified", reason="未能确定比较的是哪一项。", rule="X-12")
        return
    items = items_of(reading, number, subjects)
    now, facts, known = total_of(reading, items[0] if items else subjects)
    before, more, _ = total_of(reading, items[1] if items else other or prior_of(subjects))
    if now is None or before is None:
        right = None
    else:
        right = before - now if falling else now - before
        if one.unit in ("%", "倍"):
            right = right / before * (100 if one.unit == "%" else 1) if before > 0 else None
    up, down = ("增长", "下降") if one.unit in ("%", "倍") else ("增加", "减少")
    moves = None if other else Moves(down, up) if falling else Moves(up, down)
    what = f"“{name_of(reading, subjects)}”{'相差' if other else '比上年'}"
    if known and one.unit not in ("%", "倍", "") and right is not None and not compatible(one.unit, known[0].unit):
        reason = f"“{name_of(reading, subjects)}”的单位是{known[0].unit}。"
        reading.claim(start, end, "unverified", facts=facts + more, reason=reason, rule="X-12")
        return
    ids = facts + more
    if not items and not other and len(facts) == 1 and one.unit != "倍":
        worked = f"{'growth' if one.unit == '%' else 'change'}.{facts[0]}"
        ids = (worked, *ids) if worked in reading.evidence.figures.facts else ids
    compare(reading, start, end, one, right, ids, what, known=known, moves=moves)
    _say(reading, number, subjects, now)
    reading.state.speak_of(subjects)


def _net(reading: Reading, number: Number) -> bool:
    """新制发2件、废止1件，净增1件: what came in less what went out."""
    said = [s for s in reading.state.said if s.sentence == reading.state.sentence and len(s.subjects) == 1]
    word = re.search("净[增减](?:加|少)?了?$", reading.text[number.start : number.token.start])
    if word is None or len(said) < 2:
        return False
    came, went = (s.subjects[0] for s in said[-2:])
    if (came.column, went.column) != ("issued", "repealed") or came.row != went.row:
        return False
    now, facts, known = total_of(reading, (came,))
    gone, more, _ = total_of(reading, (went,))
    right = None if now is None or gone is None else (now - gone if "增" in word.group() else gone - now)
    what = "制发件数与废止件数之差"
    compare(reading, number.start, number.end, number.quantity, right, facts + more, what, known=known)
    return True


def _say(reading: Reading, number: Number, subjects: tuple[Subject, ...], now: Fraction | None) -> None:
    """新媒体增长15%，网站增长16.5%，两者…: figures of which only the change is told are spoken of too."""
    said, unit = reading.state.said, reading.evidence.figures.known(subjects[0]).unit
    told = said and said[-1].sentence == reading.state.sentence and said[-1].subjects == subjects
    if now is not None and not told and all(s.domain == "supp" for s in subjects):
        reading.state.say(Said(subjects, now, now, unit, reading.state.sentence, number.segment.number))


def _beside_told(reading: Reading, number: Number) -> tuple[tuple[Subject, ...], tuple[Subject, ...]] | None:
    """办结106件，比新收的104件多2件: the figure between 比 and the change."""
    said = reading.state.said
    before = [t for t in number.segment.tokens if t.end <= number.token.start]
    than = next((t for t in before if t.kind == "than"), None)
    told = [t for t in before if t.kind == "num" and than and t.start > than.end]
    if than is None or not told or len(said) < 2 or (said[-1].subjects[:1] and said[-1].subjects[0].prior):
        return None
    return said[-2].subjects, said[-1].subjects


_WEIGHED_WITH = re.compile(r"(?:总?数?量|数|的申请)?相[比较]")


def _other_base(
    reading: Reading, number: Number, subjects: tuple[Subject, ...]
) -> tuple[tuple[Subject, ...], int] | None:
    """与上年结转量相比，新收申请增长20%: the base that the sentence names, where it is another figure."""
    for segment in reading.segments[: number.segment.number]:
        at = next((i for i, t in enumerate(segment.tokens) if t.kind == "base_prior"), None)
        named = segment.tokens[at + 1 :] if at is not None else []
        labels = [t for t in named if t.kind in ("row", "column")]
        if not labels or not _WEIGHED_WITH.match(reading.text, labels[-1].end):
            continue
        frame = frame_of(labels, reading.text, reading.evidence.figures)
        if frame and not frame.several and not {subjects_of(frame)[0].row, ""} & {s.row for s in subjects}:
            return prior_of(subjects_of(frame)), segment.start
    return None


def _fitting(reading: Reading, number: Number, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The subjects in the number's own unit: 培训2次，比上年多15人次参加; 采购增加1个、41万元."""
    unit = number.quantity.unit
    if not subjects or unit in ("%", "倍", "个百分点", ""):
        return subjects
    first = subjects[0]
    if first.domain == "disclosure" and first.row == "procurement":
        return (first._replace(column="amount" if unit == "元" else "projects"),)
    known = reading.evidence.figures.known(first)
    if known.value is None or compatible(unit, known.unit):
        return subjects
    near = reading.text[number.start : number.segment.end]
    own = best(reading.evidence.labels, near, unit, 0.5, context=reading.text[max(0, number.start - 40) : number.start])
    if own and compatible(unit, own.label.unit):
        return (Subject("supp", own.label.id),)
    only = only_in_its_unit(reading, number)
    return (only,) if only else subjects


_YEAR_START = ("年初", "期初", "上年末", "上年底")
_YEAR_END = Subject("requests", "carried_out")


def _beside(reading: Reading, number: Number, than: Token, move: Token) -> tuple[Subject, ...]:
    """What stands between 比 and the word of change: another figure, not last year's."""
    inside = [t for t in number.pre if t.start >= than.end and t.end <= move.start]
    if antecedent := pronoun(reading, inside):
        return antecedent
    if reading.text[than.end : move.start] in _YEAR_START:
        return (Subject("requests", "carried_in"),) if reading.state.context == _YEAR_END else ()
    frame = reading.labels(number.segment, inside)
    if frame:
        return tuple(resolved(s, reading.state, False, True)[0] for s in subjects_of(frame))
    own = best(reading.evidence.labels, reading.text[than.end : move.start], "", 0.5)
    return (Subject("supp", own.label.id),) if own else ()


def moved_to(reading: Reading, number: Number, move: Token, subjects: Sequence[Subject]) -> None:
    """增加到N, 降至N: the direction must be that of the figures too."""
    now, facts, _ = total_of(reading, [s._replace(prior=False) for s in subjects])
    before, more, _ = total_of(reading, prior_of(subjects))
    if items := items_of(reading, number, tuple(subjects)):
        before, more, _ = total_of(reading, items[1])
    if now is None or before is None:
        if reading.state.compared:
            reason = "没有上年的数据，增减方向未能核对。"
            reading.claim(move.start, number.end, "unverified", facts=facts, reason=reason, rule="X-12")
        return
    if (now > before) != (move.kind == "up_to"):
        word = "增加" if now > before else "减少" if now < before else "持平"
        reason = f"“{name_of(reading, subjects)}”比上年{word}，文中写的是“{move.text}”。"
        reading.claim(
            move.start, number.end, "contradicted", facts=facts + more, expected=word, reason=reason, rule="X-12"
        )


def prior_value(reading: Reading, number: Number) -> None:
    """比2024年的2600件, 由上年的20人次: last year's value, or last year's share."""
    state, one = reading.state, number.quantity
    start, end = number.start, number.end
    if one.unit == "%" and state.share:
        part, whole = state.share
        right, facts, _ = ratio(reading, prior_of(part), prior_of(whole))
        compare(reading, start, end, one, right, facts, "上年的这一比例")
        return
    subjects = _joined(reading, number) or about(reading, number)
    if not subjects:
        subjects = _named_later(reading, number)
    if not subjects:
        own = best(reading.evidence.labels, reading.text[max(0, start - 30) : number.token.start], one.unit, 0.4)
        subjects = (Subject("supp", own.label.id),) if own else ()
    unit = reading.evidence.figures.known(subjects[0]).unit if subjects else ""
    if not compatible(one.unit, unit) and (only := only_in_its_unit(reading, number)):
        subjects = (only,)
    if not subjects:
        reading.claim(start, end, "unverified", reason="未能确定这个数说的是哪一项。", rule="X-12")
        return
    period = state.period
    state.period = "this"
    if items := items_of(reading, number, subjects):
        judge(reading, start, end, one, items[1], segment=number.segment.number)
        state.context = items[0][0]
    else:
        judge(reading, start, end, one, prior_of(subjects), segment=number.segment.number)
        state.speak_of(subjects)
    state.period = "other" if period == "other" else "this"
    state.pending = ()


def _joined(reading: Reading, number: Number) -> tuple[Subject, ...]:
    """两渠道共555条，较上年合计的480条…: the sum that was told."""
    said = reading.state.said
    sums = any(t.kind in ("sum", "channels", "both") for t in number.pre)
    here = [s.subjects for s in said if s.sentence == reading.state.sentence and len(s.subjects) > 1]
    return here[-1] if sums and here else ()


def items_of(
    reading: Reading, number: Number | None, subjects: tuple[Subject, ...]
) -> tuple[tuple[Subject, ...], tuple[Subject, ...]] | None:
    """Items at the year's end and before it (2019 edition), where the text counts items."""
    if number is not None and number.quantity.unit != "项":
        return None
    cells = reading.evidence.figures.form.cells
    if not subjects or any(f"{s.domain}.{s.row}.prior_items" not in cells for s in subjects):
        return None
    plain = [s._replace(prior=False) for s in subjects]
    return tuple(s._replace(column="items") for s in plain), tuple(s._replace(column="prior_items") for s in plain)


def _share_growth(reading: Reading, number: Number, falling: bool) -> None:
    """占…的91.2%，比上年下降0.8%: the share itself in per cent."""
    part, whole = reading.state.share or ((), ())
    now, before, facts = two_shares(reading, part, whole)
    right = None if now is None or not before else (before - now if falling else now - before) / before * 100
    compare(reading, number.start, number.end, number.quantity, right, facts, "这一比例比上年的增减幅度")


def _named_later(reading: Reading, number: Number) -> tuple[Subject, ...]:
    """与2024年的8件相比，新收申请…: the figure that the sentence comes to."""
    for segment in reading.segments[number.segment.number + 1 :]:
        frame = reading.labels(segment, segment.tokens)
        if frame and not frame.several:
            found = resolved(subjects_of(frame)[0], reading.state, False, False)[0]
            return (found,) if found.row else ()
    return ()
