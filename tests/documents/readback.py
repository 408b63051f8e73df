"""Tables read back out of documents, by the means of each format."""

from __future__ import annotations

import io
import re
import zipfile

import pdfplumber
from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Rows = list[list[str]]


def docx_part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t"))


def docx_tables(data: bytes) -> list[Rows]:
    """Every `w:tc` of every row in order."""
    tables = docx_part(data).iter(W + "tbl")
    return [[[_text(cell) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")] for table in tables]


def docx_text(data: bytes) -> str:
    return "\n".join(_text(paragraph) for paragraph in docx_part(data).iter(W + "p"))


def html_tables(page: str) -> list[Rows]:
    tables = html.fromstring(page).iter("table")
    return [[[cell.text_content() for cell in row] for row in table.iter("tr")] for table in tables]


def pdf_tables(data: bytes) -> list[Rows]:
    """Cells with their line breaks and layout spaces folded away."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            [[re.sub(r"\s+", "", cell or "") for cell in row] for row in table.extract()]
            for page in document.pages
            for table in page.find_tables()
        ]


def pdf_text(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join(re.sub(r"\s+", "", page.extract_text()) for page in document.pages)
