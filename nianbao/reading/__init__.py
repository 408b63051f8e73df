"""Readers: files an office has, into a dossier. Each is imported with the first file that needs it.

A PDF is taken apart by a process of its own while the rest is loaded: of the time that a person waits for one published
report, most would else go into what is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import UnusableInput
from nianbao.reading.sniff import CAN_READ, LEDGER_KINDS, Kind, kind_of

if TYPE_CHECKING:
    from nianbao.dossier import Dossier
    from nianbao.reading.dossier_file import load_dossier, write_dossier
    from nianbao.reading.pages import Line
    from nianbao.settings import DatabaseSettings

__all__ = ["load_dossier", "read", "read_report", "write_dossier"]


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
    if len(files) == 1 and year is None and _is_report(files[0]):
        return read_report(files[0])
    from nianbao.reading.sources import read_sources

    return read_sources(files, year, database)


def read_report(path: Path) -> Dossier:
    """One published report in whatever format."""
    lines = _begun(path)
    from nianbao.reading.published import read_lines

    return read_lines(lines(), path.name)


def _begun(path: Path) -> Callable[[], list[Line]]:
    """What gives the lines of a report; the work has begun where another process does it."""
    kind = kind_of(path)
    if kind == "pdf":
        from nianbao.reading.pdf_lines import begin_pdf

        return begin_pdf(path)
    if kind == "html":
        from nianbao.reading.html_lines import LARGEST_PAGE, lines_of_html
        from nianbao.reading.pages import read_bytes

        return lambda: lines_of_html(read_bytes(path, LARGEST_PAGE), path.name)
    if kind == "docx":
        from nianbao.reading.docx_lines import lines_of_docx

        return lambda: lines_of_docx(path)
    from nianbao.reading.pages import lines_of, read_text

    return lambda: lines_of(read_text(path))


def _is_report(path: Path) -> bool:
    return path.suffix.lower() not in LEDGER_KINDS and kind_of(path) not in ("dossier", "database")


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
    from nianbao.reading.pages import LARGEST_FILE

    if kind == "html":
        from nianbao.reading.html_lines import LARGEST_PAGE

        return LARGEST_PAGE
    if kind == "docx":
        from nianbao.reading.safety import FORM_BYTES

        return FORM_BYTES
    if kind == "pdf":
        from nianbao.reading.pdf_lines import LARGEST_PDF

        return LARGEST_PDF
    return LARGEST_FILE


def __getattr__(name: str) -> Any:
    """The readers and writers of dossiers, which not every file needs."""
    if name in ("load_dossier", "write_dossier"):
        return getattr(import_module("nianbao.reading.dossier_file"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
