"""A part and its whole: their ratio, and the whole that is meant where none is named."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import prior_of
from nianbao.checking.figures.judging import total_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.reading import Reading


def two_shares(
    reading: Reading, part: Sequence[Subject], whole: Sequence[Subject]
) -> tuple[Fraction | None, Fraction | None, tuple[str, ...]]:
    now, facts, _ = ratio(reading, part, whole)
    before, more, _ = ratio(reading, prior_of(part), prior_of(whole))
    return now, before, facts + more


def ratio(
    reading: Reading, part: Sequence[Subject], whole: Sequence[Subject]
) -> tuple[Fraction | None, tuple[str, ...], list[object]]:
    upper, facts, known = total_of(reading, part)
    lower, more, _ = total_of(reading, whole)
    ids = tuple(dict.fromkeys(facts + more))
    if upper is None or lower is None or lower == 0:
        return None, ids, [*known]
    return upper / lower * 100, ids, [*known]


def narrow_whole(reading: Reading, part: Sequence[Subject]) -> tuple[Subject, ...]:
    """The whole that parts were opened under: 法人或其他组织申请中，商业企业…, else the usual one."""
    whole, groups = reading.state.whole, reading.evidence.figures.groups
    if part and part[0].domain == "remedies" and part[0].column in ("upheld", "corrected", "other"):
        closed = (part[0]._replace(column="concluded"),)
        if any(s.subjects == closed and s.sentence == reading.state.sentence for s in reading.state.said):
            return closed  # 8件审结的复议案件里有2件被纠正，占25%
    same = whole and part and whole.domain == part[0].domain and whole.row == part[0].row
    if whole and same and part[0].column in groups.get(f"{whole.domain}..{whole.column}", ()):
        return (whole,)
    return usual_whole(part)


def usual_whole(part: Sequence[Subject]) -> tuple[Subject, ...]:
    """Where no whole is named: applicants of what was received, results of what was handled, of the group's total."""
    if len(part) < 1:
        return ()
    first = part[0]
    if first.domain == "requests":
        if first.column:
            return (Subject("requests", first.row, ""),)
        if first.row in ("granted", "partial", "refused", "unavailable", "declined", "other"):
            return (Subject("requests", "total_handled"),)
    if first.domain == "remedies" and first.column:
        return (Subject("remedies", first.row),)
    return ()
