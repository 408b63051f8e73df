"""The answers of a database, counted as the sheets of a ledger are."""

from __future__ import annotations

from functools import partial

from nianbao.errors import UnusableInput
from nianbao.reading.databases._description import Description
from nianbao.reading.databases._query import ALONE
from nianbao.reading.databases._snapshot import Snapshot
from nianbao.reading.ledgers import HEADINGS, Part, Sheet, count, headings, shown
from nianbao.settings import DatabaseSettings

_TOLD = 15


def read_database(source: Description, year: int, settings: DatabaseSettings | None = None) -> Part:
    """Ask all queries in one snapshot and count them for a year; `UnusableInput` for whatever goes wrong."""
    part = Part(source.name, year)
    with Snapshot(source, settings) as snapshot:
        for sheet in [_sheet(snapshot, source, name) for name in source.queries]:
            count(sheet, part)
    return part


def _sheet(snapshot: Snapshot, source: Description, name: str) -> Sheet:
    query = source.queries[name]
    columns = snapshot.headings(name, query)
    found = headings(columns, "" if name == ALONE else name)
    if found is None:
        told = "、".join(map(shown, columns[:_TOLD])) + ("等" if len(columns) > _TOLD else "")
        raise UnusableInput(
            f"查到的列（{told}）不是台账的表头：{HEADINGS}；请用 AS 给各列写上这些名称",
            source.where(name),
        )
    return Sheet(*found, name, "", 1, partial(snapshot.rows, name, query))
