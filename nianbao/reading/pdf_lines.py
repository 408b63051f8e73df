"""A PDF with text into lines; a scan has none and is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from nianbao.errors import UnusableInput
from nianbao.reading.page_lines import PageLines, Row, tidy
from nianbao.reading.pages import Line

LARGEST_PDF = 30_000_000
_WORKER = Path(__file__).with_name("pdf_worker.py")
_TIMEOUT, _LEAST_TEXT = 40, 50
_ASK = "请提供不加密的文字版 PDF，或 .docx、.html"
_REFUSED = {
    "locked": f"PDF 设有打开密码，不能读取；{_ASK}",
    "broken": f"PDF 已损坏或不完整，不能读取；{_ASK}",
    "long": "PDF 超过100页，不像是一份年度报告，请只保留报告正文",
    "dense": f"PDF 的内容过多或过大，不像是一份年度报告；{_ASK}",
    "scan": "这份 PDF 是扫描件，没有可以读取的文字；请提供文字版 PDF，或 .docx、.html",
}


def lines_of_pdf(path: Path) -> list[Line]:
    """The lines of one document."""
    pages = _pages(path)
    if sum(len(_letters(item)) for page in pages for item in page) < _LEAST_TEXT:
        raise UnusableInput(_REFUSED["scan"], path.name)
    out = PageLines(path.name)
    paragraph = ""
    last: dict[str, Any] | None = None
    for number, page in enumerate(pages, 1):
        margins = _margins(page)
        for item in page:
            if "cells" in item:
                out.text(tidy(paragraph))
                paragraph, last = "", None
                where = f"第{number}页第{item['table']}张表第{item['row']}行"
                out.table([Row(tuple(tidy(cell) for cell in item["cells"]), 0, where)])
                continue
            if last is not None and _begins(item, last, margins):
                out.text(tidy(paragraph))
                paragraph = ""
            paragraph += item["text"]
            last = item
    out.text(tidy(paragraph))
    return out.lines


def _pages(path: Path) -> list[list[dict[str, Any]]]:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_WORKER), str(path.absolute())],
            capture_output=True, timeout=_TIMEOUT, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise UnusableInput(_REFUSED["dense"], path.name) from None
    except ValueError:  # it was ended by its limits
        raise UnusableInput(_REFUSED["dense"], path.name) from None
    if "refused" in answer:
        raise UnusableInput(_REFUSED[answer["refused"]], path.name)
    pages: list[list[dict[str, Any]]] = answer["pages"]
    return pages


def _letters(item: dict[str, Any]) -> str:
    text: str = item["text"] if "text" in item else "".join(item["cells"])
    return text.strip()


def _margins(page: list[dict[str, Any]]) -> tuple[float, float]:
    """Left and right edge of the running text."""
    lines = [item for item in page if "text" in item]
    return min((line["x0"] for line in lines), default=0.0), max((line["x1"] for line in lines), default=0.0)


def _begins(item: dict[str, Any], before: dict[str, Any], margins: tuple[float, float]) -> bool:
    """Whether a line begins a paragraph: indented, or behind a line that ends early."""
    left, right = margins
    size = item["size"]
    return bool(item["x0"] > left + size or before["x1"] < right - 2 * size)
