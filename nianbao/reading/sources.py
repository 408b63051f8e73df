"""Several sources into one dossier, of whatever kind each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading import read_report
from nianbao.reading.dossier_file import load_dossier
from nianbao.reading.ledgers import Part, ledger_year, read_ledger
from nianbao.reading.merging import merge, settled
from nianbao.reading.sniff import LEDGER_KINDS, kind_of

if TYPE_CHECKING:
    from nianbao.reading.databases import Description
    from nianbao.settings import DatabaseSettings


def read_sources(files: list[Path], year: int | None, database: DatabaseSettings | None = None) -> Dossier:
    """The dossier of files that were seen to be readable; `UnusableInput` where they do not go together."""
    sheets = [path for path in files if _is_sheet(path)]
    files = [path for path in files if path not in sheets]
    if not files:
        raise UnusableInput("候选清单要和底稿一起读取，请把底稿也写上", sheets[0].name)
    dossier = _read(files, year, database)
    if not sheets:
        return dossier
    from nianbao.reading.notes import confirmed, with_confirmed

    return with_confirmed(dossier, [confirmed(path) for path in sheets])


def _read(files: list[Path], year: int | None, database: DatabaseSettings | None) -> Dossier:
    """All but the candidates."""
    ledgers = [path for path in files if _is_ledger(path)]
    databases = _described([path for path in files if _is_database(path)])
    dossiers = [_one(path) for path in files if path not in ledgers and path not in databases]
    if len(files) == len(dossiers) == 1 and year in (None, dossiers[0].year):
        return dossiers[0]
    wanted = _agreed(databases.values(), year) or max((one.year for one in dossiers), default=0)
    wanted = wanted or _told([*ledgers, *databases])
    parts: list[Part] = [read_ledger(path, wanted) for path in ledgers]
    if databases:
        from nianbao.reading.databases import read_database

        parts += [read_database(one, wanted, database) for one in databases.values()]
    return merge(dossiers, parts, wanted)


def _described(paths: list[Path]) -> dict[Path, Description]:
    if not paths:
        return {}
    from nianbao.reading.databases import load_description

    return {path: load_description(path) for path in paths}


def _is_sheet(path: Path) -> bool:
    """Whether a file holds candidates out of notes."""
    if path.suffix.lower() in LEDGER_KINDS:
        return False
    from nianbao.reading.notes import is_sheet

    return is_sheet(path)


def _is_ledger(path: Path) -> bool:
    """Whether a table is a ledger, and no fill-in workbook."""
    kind = path.suffix.lower()
    if kind != ".xlsx":
        return kind in LEDGER_KINDS
    from nianbao.reading.fill_in import is_fill_in

    return not is_fill_in(path)


def _is_database(path: Path) -> bool:
    return path.suffix.lower() not in LEDGER_KINDS and kind_of(path) == "database"


def _one(path: Path) -> Dossier:
    """What one file holds: by its ending for tables, else by what stands in it."""
    if path.suffix.lower() in LEDGER_KINDS:
        from nianbao.reading.fill_in import read_workbook

        return read_workbook(path)
    kind = kind_of(path)
    if kind == "dossier":
        return settled(load_dossier(path))
    return read_report(path)


def _agreed(databases: Iterable[Description], year: int | None) -> int | None:
    """The year that was asked for, or that the descriptions of databases name."""
    for one in databases:
        if one.year and year and one.year != year:
            raise UnusableInput(f"数据库说明写的是{one.year}年度，要编的是{year}年度，请核对 year 和查询", one.source)
        year = year or one.year
    return year


def _told(ledgers: list[Path]) -> int:
    """The year that the names of the ledgers tell."""
    years = {found for path in ledgers if (found := ledger_year(path))}
    if len(years) != 1:
        raise UnusableInput(
            "没有写明报告年度，请用 --year 写明，例如 --year 2025（数据库的也可以在说明中写 year: 2025）",
            ledgers[0].name,
        )
    return years.pop()
