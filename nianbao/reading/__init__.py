"""Readers: files an office has, into a dossier. Each is imported with the first file that needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading.dossier_file import load_dossier, write_dossier
from nianbao.reading.ledgers import LEDGER_KINDS, Part, ledger_year, read_ledger
from nianbao.reading.merging import merge, settled
from nianbao.reading.sniff import CAN_READ, Kind, kind_of

if TYPE_CHECKING:
    from nianbao.reading.databases import Description
    from nianbao.reading.pages import Line
    from nianbao.settings import DatabaseSettings

__all__ = ["load_dossier", "read", "write_dossier"]


def read(paths: Sequence[Path], year: int | None = None, *, database: DatabaseSettings | None = None) -> Dossier:
    """The dossier of one unit and one year from all that is given.

    Dossiers, filled workbooks, published reports (web page, Word, PDF, text), ledgers, descriptions of databases;
    last year's dossier becomes `prior_year`, and of candidates out of notes only the confirmed ones become statements.
    `year` is needed where nothing but ledgers is given and no file tells it; `database`: what a database is entered
    with, else as the environment says. Anything that cannot be used raises
    `UnusableInput`; what the sources disagree on stays blank, with all values in `provenance`.
    """
    if not paths:
        raise UnusableInput(f"没有指定文件；{CAN_READ}")
    files = [Path(path) for path in paths]
    for path in files:
        _check(path)
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


def _check(path: Path) -> None:
    try:
        if path.is_dir():
            raise UnusableInput("这是一个文件夹，请指定其中的一个文件", str(path))
        if not path.exists():
            raise UnusableInput("找不到这个文件，请核对路径", str(path))
        size = path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        raise UnusableInput("打不开这个文件，请核对路径和权限", str(path)) from None
    if size == 0:
        raise UnusableInput("文件是空的，请放入内容后再试", path.name)
    if path.suffix.lower() not in LEDGER_KINDS and size > (largest := _largest(kind_of(path))):
        raise UnusableInput(f"文件超过{largest // 1_000_000}MB，请只保留底稿或报告正文", path.name)


def _largest(kind: Kind) -> int:
    """Bytes of a file of this kind."""
    from nianbao.reading.html_lines import LARGEST_PAGE
    from nianbao.reading.pages import LARGEST_FILE
    from nianbao.reading.pdf_lines import LARGEST_PDF
    from nianbao.reading.safety import FORM_BYTES

    return {"html": LARGEST_PAGE, "docx": FORM_BYTES, "pdf": LARGEST_PDF}.get(kind, LARGEST_FILE)


def _is_ledger(path: Path) -> bool:
    """Whether a table is a ledger, and no fill-in workbook."""
    kind = path.suffix.lower()
    if kind != ".xlsx":
        return kind in LEDGER_KINDS
    from nianbao.reading.fill_in import is_fill_in

    return not is_fill_in(path)


def _is_sheet(path: Path) -> bool:
    """Whether a file holds candidates out of notes."""
    if path.suffix.lower() in LEDGER_KINDS:
        return False
    from nianbao.reading.notes import is_sheet

    return is_sheet(path)


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
    from nianbao.reading.published import read_lines, read_text_report

    return read_text_report(path) if kind == "text" else read_lines(_lines(path, kind), path.name)


def _described(paths: list[Path]) -> dict[Path, Description]:
    if not paths:
        return {}
    from nianbao.reading.databases import load_description

    return {path: load_description(path) for path in paths}


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


def _lines(path: Path, kind: Kind) -> list[Line]:
    if kind == "html":
        from nianbao.reading.html_lines import LARGEST_PAGE, lines_of_html
        from nianbao.reading.pages import read_bytes

        return lines_of_html(read_bytes(path, LARGEST_PAGE), path.name)
    if kind == "docx":
        from nianbao.reading.docx_lines import lines_of_docx

        return lines_of_docx(path)
    from nianbao.reading.pdf_lines import lines_of_pdf

    return lines_of_pdf(path)
