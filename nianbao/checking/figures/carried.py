"""A number without words of its own: what was told before, or the one figure in its unit."""

from __future__ import annotations

import re

from nianbao.checking.figures.derived import together
from nianbao.checking.figures.judging import total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import pairs_of
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.tokens import MOVES
from nianbao.checking.reading import Reading

GLUE = frozenset(
    {"bland", "fixed", "some", "sum", "is", "done", "this", "self", "each", "every", "object", "date", "prior", "both"}
)
_ASKED = re.compile("提出|递交|新收|提交|申请")
_TELLING = frozenset({"人次", "人", "场", "期", "篇", "册"})


def carried(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """A number without words of its own: 共53件 after a label, 合计56件 after two figures, 达到12件."""
    state = reading.state
    kinds = {t.kind for t in number.pre}
    words = "".join(t.text for t in number.pre)
    if "prior" in kinds and (before := same_last_year(reading, number)):
        return before, True
    if "every" in kinds and (told := together(reading, number)):
        total, _, _ = total_of(reading, told[0])
        if total == number.quantity.value:
            return told[0], True
    fees = state.context is not None and state.context.domain == "fees"
    paid = state.last is not None and state.last.unit == "元"
    if fees and not paid and kinds <= {"sum", "bland", "is"} and number.quantity.unit == "元" and not state.pending:
        return [Subject("fees", "charged")], False
    part = state.share[0] if state.share and kinds <= GLUE else ()
    if part and total_of(reading, part)[0] == number.quantity.value:
        return list(part), False  # 占了78.1%，共75件
    if "channels" in kinds or "both" in kinds or (kinds & {"sum"} and not state.pending):
        added = together(reading, number)
        only = None if added else only_in_its_unit(reading, number)
        if only or added or state.said or not state.fresh:
            return ([only], False) if only else added
    bare = all(t.kind in GLUE or t.kind in MOVES for t in number.pre) and len(words) >= (
        number.token.start - number.start - 3
    )
    if len(state.pending) > 1 and "sum" in kinds and _adds_up(reading, number):
        return list(state.pending), True
    if bare and state.pending:
        known = reading.evidence.figures.known(state.pending[0])
        if state.pending[0].domain != "supp" or compatible(number.quantity.unit, known.unit):
            return list(state.pending), True
    if only := only_in_its_unit(reading, number):
        return [only], False
    if bare and state.context and state.fresh and not state.said:
        return [state.context], True
    if bare and state.context and state.said and state.said[-1].sentence >= state.sentence - 1:
        last = state.said[-1]
        if last.unit == number.quantity.unit and len(last.subjects) == 1:
            near = state.context if state.fresh else last.subjects[0]
            same = near._replace(prior=False)
            if same.row == "carried_in" and _ASKED.search(reading.text, number.start, number.token.start):
                same = same._replace(row="new")  # 上年结转2件，本年又提出21件
            same = same._replace(column="items") if same.column == "prior_items" else same
            return [same], bool(kinds & {"up_to", "down_to", "is", "sum"})
    if bare and state.context and state.context.domain == "fees":
        return [Subject("fees", "charged" if number.quantity.unit == "元" else "notices")], False
    return None


def _adds_up(reading: Reading, number: Number) -> bool:
    total, _, _ = total_of(reading, reading.state.pending)
    return total == number.quantity.value


def same_last_year(reading: Reading, number: Number) -> list[Subject]:
    """两个渠道共366条，上年为360条: the same figures a year before."""
    last = reading.state.last
    bare = all(t.kind in GLUE for t in number.pre)
    return list(last.subjects) if last and bare and last.unit == number.quantity.unit else []


def only_in_its_unit(reading: Reading, number: Number, unit: str = "") -> Subject | None:
    """两期共有32人次参加, after 举办培训2期: the figure in a unit that says what is counted, and of the same thing."""
    unit, said = unit or number.quantity.unit, reading.state.said
    if unit not in _TELLING or not said or not said[-1].subjects or said[-1].unit == unit:
        return None
    last = said[-1].subjects[0]
    name = next((x.words for x in reading.evidence.labels if last.domain == "supp" and x.id == last.row), "")
    shared = [(len(pairs_of(name) & pairs_of(x.words)), x) for x in reading.evidence.labels if x.unit == unit]
    shared.sort(key=lambda item: -item[0])
    if not shared or not shared[0][0] or (len(shared) > 1 and shared[0][0] - shared[1][0] < 2):
        return None
    return Subject("supp", shared[0][1].id)
