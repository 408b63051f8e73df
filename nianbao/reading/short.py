"""What can be said of a row that lacks a value: only what holds wherever the gap may be."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.forms import Form


def sum_column(form: Form, table: str, row: str) -> str | None:
    """The column of a row that is the sum of all its other columns, by the form's relations."""
    mine = {address for address, cell in form.cells.items() if cell.table == table and cell.row.id == row}
    for relation in form.relations:
        if relation.must == "equal" and len(relation.minus) == 1 and set(relation.cells) == mine:
            return relation.minus[0].rsplit(".", 1)[1]
    return None


UNSURE = "这一行比表格少一格，首尾又有空格，不能确定各数属于哪一列，全部留空，请对照原件补填"


def settled(values: Sequence[str], wanted: int, ragged: bool) -> tuple[list[str], bool]:
    """The value cells of a row of a real table, and whether blank cells leave open which they are.

    Blank cells too many are label cells at the left or padding at the right: taken off where that can be done in one
    way only. A row that lacks a cell may have lost it at either blank end.
    """
    found = list(values)
    extra = len(found) - wanted
    if extra > 0:
        ways = {
            tuple(found[left : left + wanted])
            for left in range(extra + 1)
            if not any(found[:left]) and not any(found[left + wanted :])
        }
        return (list(ways.pop()), False) if len(ways) == 1 else (found, False)
    blank_end = bool(found) and not (found[0] and found[-1])
    return found, ragged and blank_end and any(found)


def in_order(order: Sequence[str], form_order: Sequence[str]) -> bool:
    """Whether columns stand as in the form, so that a lost one has one possible place."""
    return list(order) == [name for name in form_order if name in order]


def with_lost(order: Sequence[str], lost: str, form_order: Sequence[str]) -> list[str]:
    """The order with the one column whose heading is lost, behind its neighbour in the form."""
    before = [name for name in form_order[: form_order.index(lost)] if name in order]
    at = order.index(before[-1]) + 1 if before else 0
    return [*order[:at], lost, *order[at:]]


def possible(order: Sequence[str], values: Sequence[str], total: str | None, lost: Sequence[str]) -> dict[str, str]:
    """The values that are certain in a row with one value too few.

    Every column in turn is taken for the missing one and its value computed from the sum; what comes out
    the same each time is certain. Without a sum, or with more values missing, nothing is.
    """
    if (
        lost
        or total is None
        or total not in order
        or len(values) != len(order) - 1
        or not all(value.isdecimal() for value in values)
    ):
        return {}
    numbers = [int(value) for value in values]
    outcomes: list[dict[str, int]] = []
    for at, missing in enumerate(order):
        row = dict(zip(order, [*numbers[:at], 0, *numbers[at:]], strict=True))
        rest = sum(value for name, value in row.items() if name not in (missing, total))
        row[missing] = rest if missing == total else row[total] - rest
        if row[missing] >= 0:
            outcomes.append(row)
    return {name: str(outcomes[0][name]) for name in order if len({row[name] for row in outcomes}) == 1}
