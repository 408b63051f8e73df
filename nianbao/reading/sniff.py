"""What a file is, by its content; the extension is only a hint for texts."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from nianbao.errors import UnusableInput
from nianbao.reading.safety import OLE, check_container

LEDGER_KINDS = frozenset({".xlsx", ".xls", ".et", ".csv"})
Kind = Literal["dossier", "database", "text", "html", "docx", "pdf"]
CAN_READ = (
    "可以读取：底稿（.yaml、.yml、.json），填报表（.xlsx），台账（.xlsx、.xls、.et、.csv），数据库说明（.yaml），"
    "已公布年度报告的网页（.html）、Word（.docx）、PDF 或文本（.txt、.md）"
)
_SQLITE = b"SQLite format 3\0"
_HEAD, _DESCRIPTION = 8192, 3_000_000
_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|table|div|p|span|h[1-6]|meta|article)\b[^>]*>")
_DOSSIER = re.compile(rb"\A\s*(?:\{\s*\"|(?:#[^\n]*\n|---[^\n]*\n|\s)*(?:unit|year|figures|edition)\s*:)")
_DATABASE = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?kind[ \t]*:")  # no dossier has it at its outermost level
_TEXT_ENDINGS, _DOSSIERS = {".txt", ".md"}, {".yaml", ".yml", ".json"}
_OTHERS = (
    (b"{\\rtf", "RTF 文件"), (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"), (b"\x1f\x8b", "压缩包"),
    (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"), (b"II*\0", "图片"),
    (b"MIME-Version:", "单个文件网页（.mht）"),
)  # fmt: skip


def kind_of(path: Path) -> Kind:
    """The kind of a file that can be read; what cannot is an `UnusableInput` with what to do."""
    head = _read(path, _HEAD)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(path)
    if head.startswith(OLE):
        check_container(path)
    for signature, name in _OTHERS:
        if head.startswith(signature):
            raise UnusableInput(f"这是{name}，不能读取；请另存为 .docx、.pdf 或 .html 后再试", path.name)
    if head.startswith(_SQLITE):
        from nianbao.reading.databases import what_to_write

        raise what_to_write(path)
    ending = path.suffix.lower()
    bare = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if ending in _DOSSIERS and not bare.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "database" if ending != ".json" and _DATABASE.search(_read(path, _DESCRIPTION)) else "dossier"
    if _PAGE.search(bare) and (ending not in _TEXT_ENDINGS or re.search(rb"(?i)<(?:html|body|table)\b", bare)):
        return "html"
    return "dossier" if ending not in _TEXT_ENDINGS and _DOSSIER.match(bare.lstrip(b"\xef\xbb\xbf")) else "text"


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        raise UnusableInput("打不开这个文件，请核对路径和权限", path.name) from None


def _zipped(path: Path) -> Kind:
    check_container(path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise UnusableInput("这是 Excel 工作簿，请把文件名改为以 .xlsx 结尾；" + CAN_READ, path.name)
    raise UnusableInput("不认识这种文件；" + CAN_READ, path.name)
