"""A PDF with text into lines; a scan has none and is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nianbao.errors import UnusableInput
from nianbao.reading.page_lines import PageLines, Row, tidy
from nianbao.reading.pages import Line

LARGEST_PDF = 30_000_000
_WORKER = Path(__file__).with_name("pdf_worker.py")
_TIMEOUT, _LEAST_TEXT = 40, 50
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）")
_SAME, _APART = 0.85, 2.6  # sizes of one paragraph; lines of one paragraph, in sizes
_PAIRS = "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻨麦⻩黄⻬齐⻰龙⼾户"
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= {ord(radical): sign for radical, sign in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
Item = dict[str, Any]
_ASK = "请提供不加密的文字版 PDF，或 .docx、.html"
_REFUSED = {
    "locked": f"PDF 设有打开密码，不能读取；{_ASK}",
    "broken": f"PDF 已损坏或不完整，不能读取；{_ASK}",
    "long": "PDF 超过100页，不像是一份年度报告，请只保留报告正文",
    "dense": f"PDF 的内容过多或过大，不像是一份年度报告；{_ASK}",
    "scan": "这份 PDF 是扫描件，没有可以读取的文字；请提供文字版 PDF，或 .docx、.html",
}


def begin_pdf(path: Path) -> Callable[[], list[Line]]:
    """Set a process to take the document apart; what is returned waits for it and gives the lines."""
    process = subprocess.Popen(
        [sys.executable, "-I", str(_WORKER), str(path.absolute())],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return lambda: _lines(_pages(process, path), path)


def _lines(found: list[list[Item]], path: Path) -> list[Line]:
    pages = without_running(found)
    if sum(len(_letters(item)) for page in pages for item in page) < _LEAST_TEXT:
        raise UnusableInput(_REFUSED["scan"], path.name)
    out = PageLines(path.name)
    margins = _margins(pages)
    paragraph = ""
    last: Item | None = None
    for number, page in enumerate(pages, 1):
        goes_on = number > 1 and _table_goes_on(pages[number - 2], page)
        for item in page:
            if "cells" in item:
                out.text(tidy(paragraph))
                paragraph, last = "", None
                where = f"第{number}页第{item['table']}张表第{item['row']}行"
                cells = tuple(tidy(cell) for cell in item["cells"])
                out.table([Row(cells, 0, where, goes_on, tuple(item["lefts"]))])
                goes_on = False
                continue
            if last is not None and _begins(item, last, margins):
                out.text(tidy(paragraph))
                paragraph = ""
            paragraph += item["text"]
            last = item
    out.text(tidy(paragraph))
    return out.lines


def without_running(pages: list[list[Item]]) -> list[list[Item]]:
    """The pages without the lines that stand at the head or foot of most of them, whatever their numbers."""
    ends = Counter(mask for page in pages for mask in {_mask(item) for item in (*page[:1], *page[-1:])} if mask)
    running = {mask for mask, times in ends.items() if times >= max(2, len(pages) - 1)}
    return [
        [item for at, item in enumerate(page) if at not in (0, len(page) - 1) or _mask(item) not in running]
        for page in pages
    ]


def _mask(item: Item) -> str:
    return re.sub(r"\d+", "0", item.get("text", ""))


def _table_goes_on(before: list[Item], page: list[Item]) -> bool:
    """Whether a table may go on over a page break, but for one line at the foot or head of the page."""
    below = next((at for at, item in enumerate(reversed(before)) if "cells" in item), 2)
    above = next((at for at, item in enumerate(page) if "cells" in item), 2)
    return below < 2 and above < 2


def _pages(process: subprocess.Popen[bytes], path: Path) -> list[list[Item]]:
    with process:
        try:
            answer = json.loads(process.communicate(timeout=_TIMEOUT)[0])
        except (subprocess.TimeoutExpired, ValueError):  # a ValueError: it was ended by its limits
            process.kill()
            raise UnusableInput(_REFUSED["dense"], path.name) from None
    if "refused" in answer:
        raise UnusableInput(_REFUSED[answer["refused"]], path.name)
    pages: list[list[Item]] = answer["pages"]
    return [[_item(item) for item in page] for page in pages]


def _item(item: Item) -> Item:
    if "text" in item:
        return item | {"text": _readable(item["text"])}
    return item | {"cells": [_readable(cell) for cell in item["cells"]]}


def _readable(text: str) -> str:
    """The text with the radicals that some printers put in place of characters as what they stand for."""
    return text.translate(_RADICALS) if any("\u2e80" <= sign <= "\u2fd5" for sign in text) else text


def _letters(item: Item) -> str:
    text: str = item["text"] if "text" in item else "".join(item["cells"])
    return text.strip()


def _margins(pages: list[list[Item]]) -> dict[float, tuple[float, float]]:
    """Left and right edge of the running text on pages of each width."""
    edges: dict[float, list[tuple[float, float]]] = {}
    for item in (item for page in pages for item in page if "text" in item):
        edges.setdefault(item["page"], []).append((item["x0"], item["x1"]))
    return {width: (min(x0 for x0, _ in found), max(x1 for _, x1 in found)) for width, found in edges.items()}


def _begins(item: Item, before: Item, margins: dict[float, tuple[float, float]]) -> bool:
    """Whether a line begins a paragraph: numbered, indented, of another size, apart, or behind one that ends early."""
    size = item["size"]
    return bool(
        _NUMBERED.match(item["text"])
        or item["x0"] > margins[item["page"]][0] + size
        or before["x1"] < margins[before["page"]][1] - 2 * size
        or not _SAME * size < before["size"] < size / _SAME
        or item["top"] - before["top"] > _APART * size
    )
