"""Rows of real tables whose values fit their headings, but may do so by chance.

A lost cell and a blank one, or a lost heading and a lost cell, make up for each other in number. So a row is held
against the others of its table and against its own total; what stays open is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.forms import Block
from nianbao.reading.rows import Found
from nianbao.reading.short import in_order, settled
from nianbao.reading.values import number_in

UNEVEN = "列标题不全，各行的格数又不一致，不能确定各数属于哪一列，全部留空，请对照原件补填"
NO_SUM = "这一行可能缺格，各数相加又不等于总计，不能排除错位，全部留空，请对照原件补填"
BROKEN = "下一行只有数，可能是这一行的数断成了两行，全部留空，请对照原件补填"
GAPS = "这一行有空格，表中又有缺格的行，不能排除错位，全部留空，请对照原件补填"


@dataclass
class TableRow:
    """A found row with the headings that hold for it and its values; `unsure` says why none of them is taken.

    `headings`: as they are printed, by column; `framed`: as many cells as the line of headings above; `even`: that line
    is as wide as the table; `proved`: the place of each value is known from its total.
    """

    found: Found
    block: Block
    order: list[str]
    values: list[str]
    where: str
    total: str | None
    unsure: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    framed: bool = False
    even: bool = False
    proved: bool = False

    @property
    def lost(self) -> list[str]:
        return [c.id for c in self.block.columns if c.id not in self.order]

    @property
    def full(self) -> bool:
        """More values than headings, by the heading of the total that is lost."""
        regular = in_order(self.order, [c.id for c in self.block.columns])
        return regular and self.lost == [self.total] and len(self.values) == len(self.order) + 1

    @property
    def fits(self) -> bool:
        """As many values as headings."""
        return len(self.values) == len(self.order)

    @property
    def gaps(self) -> bool:
        """Whether some values are blank, and some are not."""
        return any(self.values) and not all(self.values)

    @property
    def padded(self) -> bool:
        """Whether blank cells were taken off to make it fit."""
        return len(self.found.raw) != len(self.values)


def mark_doubtful(rows: Sequence[TableRow], blocks: Mapping[str, int]) -> None:
    """Say of each row why it is not taken, where that is so: of a real table, or with blanks that text has kept."""
    for row in rows:
        if row.unsure or row.proved or not row.fits or not (row.found.line.exact or row.gaps or row.lost):
            continue
        same = [one for one in rows if blocks[one.found.row.id] == blocks[row.found.row.id]]
        uneven = not all(one.fits or not any(one.values) for one in same)
        if not row.found.line.exact:
            by_chance = uneven and row.lost and row.lost != [row.total]
            row.unsure = UNEVEN if by_chance else _with_gaps(row, same, uneven) if row.gaps else ""
        elif row.lost:
            swapped = row.lost == [row.total] and _totals_stand_last(same)
            row.unsure = UNEVEN if uneven or row.padded or row.found.line.ragged or swapped else ""
        elif row.padded:
            framed = row.framed and all(row.values)
            sure = framed or (row.even and len(row.order) == 1) or adds_up(row.order, row.values, row.total)
            row.unsure = "" if sure else NO_SUM
        elif row.gaps:
            row.unsure = _with_gaps(row, same, uneven)


def beside_others(found: Found, columns: Sequence[str], total: str | None) -> list[str]:
    """The values under the headings of the form where columns of its own making ("") stand among them.

    Only where the total proves it: it is the sum of the others, with or without what stands in the new columns.
    """
    raw, unsure = settled(found.raw, len(columns), found.line.ragged)
    if unsure or len(raw) != len(columns) or total not in columns or not all(raw):
        return []
    numbers = [number_in(text) for text in raw]
    if any(number is None for number in numbers):
        return []
    mine = {name: number or Decimal(0) for name, number in zip(columns, numbers, strict=True) if name}
    rest = sum(mine.values()) - mine[str(total)]
    others = sum((number or Decimal(0)) for number in numbers) - sum(mine.values())
    if mine[str(total)] not in (rest, rest + others):
        return []
    return [text for name, text in zip(columns, raw, strict=True) if name]


def _totals_stand_last(same: Sequence[TableRow]) -> bool:
    """Whether the last values may be the totals whose heading is lost: in every row the largest."""
    rows = [[number_in(text) or Decimal(0) for text in one.values] for one in same if any(one.values)]
    return any(row[-1] for row in rows) and all(row[-1] >= max(row) for row in rows)


def _with_gaps(row: TableRow, same: Sequence[TableRow], uneven: bool) -> str:
    if row.total not in row.order or not any(_total(one) for one in same):
        return GAPS if uneven else ""
    return "" if adds_up(row.order, row.values, row.total) else NO_SUM


def _total(row: TableRow) -> str:
    at = row.order.index(row.total) if row.total in row.order else -1
    return row.values[at] if 0 <= at < len(row.values) else ""


def adds_up(order: Sequence[str], values: Sequence[str], total: str | None) -> bool:
    """Whether the values that are there add up to the total."""
    if total not in order or len(order) != len(values):
        return False
    known = {name: number_in(text) for name, text in zip(order, values, strict=True)}
    whole = known.pop(str(total))
    return whole is not None and sum(value or 0 for value in known.values()) == whole
