"""A published text, cut into lines and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UnusableInput

LARGEST_FILE = 5_000_000
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*\Z")
_VALUES_AT_END = re.compile(r"\s+[-+\d.,/—]+(?:\s+[-+\d.,/—]+)+\s*\Z")
_VALUE_AT_END = re.compile(r"(?:\s+|\|\s*)([-+]?\d[\d.,]*|[-/—]+)\s*\Z")
_SENTENCE = re.compile(r"[。；]")
_BARS = str.maketrans("│┃｜", "|||")
_LONGEST_ROW = 2_000  # a longer line is no row of a table; the patterns above are not for it
_LONGEST_LABEL = 60
_BROKEN, _MOST_BROKEN = "\ufffd", 0.001  # of all characters


@dataclass(frozen=True)
class Line:
    """One line of the source: its number as an editor counts it, and its cells.

    `where`: its place in a format that has no lines. `exact`: the cells are those of a real table, blank ones too;
    `ragged`: the row is narrower than its table, so that a cell may be lost; `continued`: the first row below a page
    break within a table; `lefts`: where each cell begins, on a page.
    """

    number: int
    text: str
    cells: tuple[str, ...]
    where: str = ""
    exact: bool = False
    ragged: bool = False
    continued: bool = False
    lefts: tuple[int, ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table; a tab within a sentence makes none."""
        tabs = "\t" in self.text and (self.exact or not _SENTENCE.search(self.text))
        return tabs or self.text.count("|") >= 2

    @property
    def place(self) -> str:
        return self.where or f"第{self.number}行"


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """All of a file that is not too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnusableInput("这是一个文件夹，请指定其中的一个文件", path.name)
        if size > largest:
            raise UnusableInput(f"文件超过{largest // 1_000_000}MB，请只保留需要的部分", path.name)
        return path.read_bytes()
    except (OSError, ValueError):
        raise UnusableInput("找不到或打不开这个文件，请核对路径和权限", str(path)) from None


def read_text(path: Path, largest: int = LARGEST_FILE) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; anything else is an `UnusableInput`."""
    raw = read_bytes(path, largest)
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        if (mend := mended(raw, ["utf-8-sig", "gb18030"])) is None:
            raise UnusableInput("文件的文字编码无法识别，请另存为 UTF-8 后再试", path.name)
        text = mend
    if "\0" in text:
        raise UnusableInput("这不是文本文件，请把内容另存为 .txt 后再试", path.name)
    if not text.strip():
        raise UnusableInput("文件是空的，请放入内容后再试", path.name)
    return text


def mended(raw: bytes, encodings: Sequence[str]) -> str | None:
    """A text with a few broken bytes, each a sign that is read as no other; None where there are many."""
    tries = (raw.decode(encoding, "replace") for encoding in encodings)
    best = min(tries, key=lambda text: text.count(_BROKEN))
    return best if best.count(_BROKEN) <= _MOST_BROKEN * len(best) else None


def lines_of(text: str) -> list[Line]:
    """The lines of a text; tabs, table bars or wide gaps part the cells."""
    parts = re.split(r"\r\n|\r|\n", text)
    return [Line(number, part.strip(), cells_of(part)) for number, part in enumerate(parts, 1)]


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a line of text: parted by bars, tabs or wide gaps."""
    if len(text) > _LONGEST_ROW:
        return (text.strip(),)
    text = text.translate(_BARS)
    if text.count("|") >= 2:
        if _RULE.match(text):
            return ()
        parts = text.strip().removeprefix("|").removesuffix("|").split("|")
    elif "\t" in text:
        parts = text.split("\t")
    elif hit := _VALUES_AT_END.search(text):
        parts = [text[: hit.start()], *hit.group().split()]
    elif len(text) <= _LONGEST_LABEL and (hit := _VALUE_AT_END.search(text)):
        parts = [text[: hit.start()], hit[1]]
    else:
        parts = re.split(r" {2,}|\u3000+", text.strip())
    return tuple(part.strip().strip('"').strip() for part in parts)
