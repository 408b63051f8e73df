"""Where one report ends in a file that holds more than one: a copy for telephones, another year's, another unit's.

Reports are told apart by their headings, which begin anew, and by the rows of the tables under them; a list of
contents has the headings and no rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.forms import Form
from nianbao.reading.labels import key
from nianbao.reading.pages import Line
from nianbao.reading.parts import NEAR, is_heading
from nianbao.reading.title import is_title
from nianbao.reading.values import is_value

_SAME_ROWS = 3  # as many rows of the tables twice are two reports
_TITLE_ABOVE = 12  # lines


@dataclass(frozen=True)
class _Stretch:
    """Headings in their order with all below them, and the labels of the rows there."""

    start: int
    end: int
    rows: frozenset[str]


def reports_in(lines: Sequence[Line], form: Form) -> list[list[Line]]:
    """The lines of each report; all lines where no more than one is found, but what stands behind it."""
    stretches = _stretches(lines, form)
    holding = [one for one in stretches if len(one.rows) >= _SAME_ROWS]
    if not holding:
        return [list(lines)]
    if not any(len(a.rows & b.rows) >= _SAME_ROWS for a, b in pairwise(holding)):
        return [list(lines[: holding[-1].end])]
    starts = [0, *(_title(lines, before.start, one.start) for before, one in pairwise(holding))]
    ends = [*starts[1:], holding[-1].end]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _stretches(lines: Sequence[Line], form: Form) -> list[_Stretch]:
    hits = [(at, number) for at, line in enumerate(lines) if (number := _section(line, form)) is not None]
    starts = [at for n, (at, number) in enumerate(hits) if n == 0 or number < hits[n - 1][1]]
    labels = {key(row.label) for table in form.tables for row in table.rows}
    return [
        _Stretch(start, end, frozenset(_rows(lines[start:end], labels)))
        for start, end in pairwise([*starts, len(lines)])
    ]


def _section(line: Line, form: Form) -> int | None:
    sections = enumerate(form.sections)
    return next((number for number, section in sections if is_heading(line, section, NEAR)), None)


def _rows(lines: Sequence[Line], labels: set[str]) -> set[str]:
    """The labels of rows with values."""
    return {
        key(cell)
        for line in lines
        if any(cell and is_value(cell) for cell in line.cells)
        for cell in line.cells
        if key(cell) in labels
    }


def _title(lines: Sequence[Line], after: int, heading: int) -> int:
    """Where the title above a heading begins: the nearest line that may be one, or the heading itself."""
    near = range(heading - 1, max(after, heading - _TITLE_ABOVE), -1)
    return next((at for at in near if is_title(lines[at].text)), heading)
