"""Readers: files an office has, into a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading.docx_lines import lines_of_docx
from nianbao.reading.dossier_file import load_dossier, write_dossier
from nianbao.reading.html_lines import LARGEST_PAGE, lines_of_html
from nianbao.reading.pages import LARGEST_FILE, Line, read_bytes
from nianbao.reading.pdf_lines import LARGEST_PDF, lines_of_pdf
from nianbao.reading.published import read_lines, read_text_report
from nianbao.reading.safety import FORM_BYTES
from nianbao.reading.sniff import CAN_READ, Kind, kind_of

__all__ = ["load_dossier", "read", "read_text_report", "write_dossier"]

_LARGEST: dict[Kind, int] = {
    "dossier": LARGEST_FILE, "text": LARGEST_FILE, "html": LARGEST_PAGE, "docx": FORM_BYTES, "pdf": LARGEST_PDF,
}  # fmt: skip


def read(paths: Sequence[Path]) -> Dossier:
    """The dossier that one file holds: a dossier of its own, or a published report (web page, Word, PDF, text)."""
    if not paths:
        raise UnusableInput(f"没有指定文件；{CAN_READ}")
    if len(paths) > 1:
        raise UnusableInput(f"一次只能读取一个文件，这里给了{len(paths)}个；请分别读取")
    path = Path(paths[0])
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
    kind = kind_of(path)
    if size > _LARGEST[kind]:
        raise UnusableInput(f"文件超过{_LARGEST[kind] // 1_000_000}MB，请只保留底稿或报告正文", path.name)
    if kind == "dossier":
        return load_dossier(path)
    return read_text_report(path) if kind == "text" else read_lines(_lines(path, kind), path.name)


def _lines(path: Path, kind: Kind) -> list[Line]:
    if kind == "html":
        return lines_of_html(read_bytes(path, LARGEST_PAGE), path.name)
    return lines_of_docx(path) if kind == "docx" else lines_of_pdf(path)
