"""A published text, cut into lines, cells and the six parts of the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from nianbao.errors import UnusableInput
from nianbao.forms import Form, Section
from nianbao.reading.labels import key, plain

LARGEST_FILE = 5_000_000
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*\Z")
_VALUES_AT_END = re.compile(r"\s+[-+\d.,/—]+(?:\s+[-+\d.,/—]+)+\s*\Z")
_LONGEST_HEADING = 40
_LONGEST_ROW = 2_000  # a longer line is no row of a table; the patterns above are not for it
NEAR, _ALIKE = 80, 60  # of a heading with the right number: as good as the form's; another, but for this part


@dataclass(frozen=True)
class Line:
    """One line of the source: its number as an editor counts it, and its cells.

    `where`: its place in a format that has no lines. `exact`: the cells are those of a real table, blank ones too;
    `ragged`: the row is narrower than its table, so that a cell may be lost.
    """

    number: int
    text: str
    cells: tuple[str, ...]
    where: str = ""
    exact: bool = False
    ragged: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)

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
        raise UnusableInput("文件的文字编码无法识别，请另存为 UTF-8 后再试", path.name)
    if "\0" in text:
        raise UnusableInput("这不是文本文件，请把内容另存为 .txt 后再试", path.name)
    if not text.strip():
        raise UnusableInput("文件是空的，请放入内容后再试", path.name)
    return text


def lines_of(text: str) -> list[Line]:
    """The lines of a text; tabs, table bars or wide gaps part the cells."""
    parts = re.split(r"\r\n|\r|\n", text)
    return [Line(number, part.strip(), cells_of(part)) for number, part in enumerate(parts, 1)]


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a line of text: parted by bars, tabs or wide gaps."""
    if len(text) > _LONGEST_ROW:
        return (text.strip(),)
    if text.count("|") >= 2:
        if _RULE.match(text):
            return ()
        parts = text.strip().removeprefix("|").removesuffix("|").split("|")
    elif "\t" in text:
        parts = text.split("\t")
    elif hit := _VALUES_AT_END.search(text):
        parts = [text[: hit.start()], *hit.group().split()]
    else:
        parts = re.split(r" {2,}|\u3000+", text.strip())
    return tuple(part.strip().strip('"').strip() for part in parts)


def headings(lines: list[Line], form: Form) -> dict[str, int]:
    """Where each part begins (index of its heading); of several the last that keeps the order."""
    found: dict[str, int] = {}
    before = len(lines)
    for section in reversed(form.sections):
        hits = [at for at, line in enumerate(lines[:before]) if is_heading(line, section)]
        if not hits:  # numbered by the word processor, so that the number is not in the text
            bare = key(section.heading[2:])
            hits = [at for at, line in enumerate(lines[:before]) if key(line.text) == bare]
        if hits:
            before = found[section.id] = hits[-1]
    return found


def is_heading(line: Line, section: Section, least: float = _ALIKE) -> bool:
    """Whether a line is the heading of a part, its words alike by at least so much."""
    if not 0 < len(line.text) <= 2 * _LONGEST_HEADING:
        return False
    text = plain(line.text).lstrip("#* ").rstrip("* ")
    if not text or len(text) > _LONGEST_HEADING or len(line.filled) > 1:
        return False
    mine = key(text)
    names = [key(name) for name in (section.heading, *section.read_as)]
    if mine in names:
        return True
    return text[:2] == section.heading[:2] and max(fuzz.ratio(mine, name) for name in names) >= least


def part(lines: list[Line], found: dict[str, int], section: str) -> list[Line]:
    """The lines of one part, without its heading."""
    if section not in found:
        return []
    start = found[section]
    end = min((at for at in found.values() if at > start), default=len(lines))
    return lines[start + 1 : end]


def prose(lines: list[Line]) -> str:
    """The running text of a part, one paragraph a line, without tables."""
    kept = (line for line in lines if line.text and "\t" not in line.text and line.text.count("|") < 2)
    return "\n".join(line.text.lstrip("#").strip() for line in kept).strip()
