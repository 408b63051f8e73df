"""Readers: files an office has, into a dossier.

One published report is read with no more loaded than it needs, and a PDF is taken apart by a process of its own while
the rest is loaded: of the time that a person waits, most would else go into what is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import UnusableInput
from nianbao.reading.docx_lines import lines_of_docx
from nianbao.reading.html_lines import LARGEST_PAGE, lines_of_html
from nianbao.reading.pages import LARGEST_FILE, Line, lines_of, read_bytes, read_text
from nianbao.reading.pdf_lines import LARGEST_PDF, begin_pdf
from nianbao.reading.safety import FORM_BYTES
from nianbao.reading.sniff import CAN_READ, LEDGER_KINDS, Kind, kind_of

if TYPE_CHECKING:
    from nianbao.dossier import Dossier
    from nianbao.reading.dossier_file import load_dossier, write_dossier
    from nianbao.reading.published import read_text_report

__all__ = ["load_dossier", "read", "read_report", "read_text_report", "write_dossier"]

_HOMES = {
    "load_dossier": "nianbao.reading.dossier_file",
    "read_text_report": "nianbao.reading.published",
    "write_dossier": "nianbao.reading.dossier_file",
}
_LARGEST: dict[Kind, int] = {
    "dossier": LARGEST_FILE,
    "database": LARGEST_FILE,
    "text": LARGEST_FILE,
    "html": LARGEST_PAGE,
    "docx": FORM_BYTES,
    "pdf": LARGEST_PDF,
}


def read(paths: Sequence[Path], year: int | None = None) -> Dossier:
    """The dossier of one unit and one year from all that is given.

    Dossiers, filled workbooks, published reports (web page, Word, PDF, text), ledgers, descriptions of databases;
    last year's dossier becomes `prior_year`, and of candidates out of notes only the confirmed ones become statements.
    `year` is needed where nothing but ledgers is given and no file tells it. Anything that cannot be used raises
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

    return read_sources(files, year)


def read_report(path: Path) -> Dossier:
    """One published report in whatever format."""
    lines = _begun(path)
    from nianbao.reading.published import read_lines

    return read_lines(lines(), path.name)


def _begun(path: Path) -> Callable[[], list[Line]]:
    """What gives the lines of a report; the work has begun where another process does it."""
    kind = kind_of(path)
    if kind == "pdf":
        return begin_pdf(path)
    if kind == "html":
        return lambda: lines_of_html(read_bytes(path, LARGEST_PAGE), path.name)
    return lambda: lines_of_docx(path) if kind == "docx" else lines_of(read_text(path))


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
    if path.suffix.lower() not in LEDGER_KINDS and size > (largest := _LARGEST[kind_of(path)]):
        raise UnusableInput(f"文件超过{largest // 1_000_000}MB，请只保留底稿或报告正文", path.name)


def __getattr__(name: str) -> Any:
    """What this package offers but does not need itself."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
