"""Lines of a published report as the formats with real tables yield them: paragraphs, and rows of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.errors import UnusableInput
from nianbao.reading.pages import Line, cells_of

MOST_LINES, MOST_CELLS, LONGEST = 20_000, 100, 20_000
_LAYOUT = 60  # a longer single cell holds running text
_SPACE = re.compile(r"[ \t\u00a0\r\f\v]+")
_CJK_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) ?\n ?(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Row:
    """The cells of one row as they stand, blank ones too; `width` in grid columns, spans counted.

    `continued`: the first row below a page break within a table; `lefts`: where each cell begins, on a page.
    """

    cells: tuple[str, ...]
    width: int
    where: str = ""
    continued: bool = False
    lefts: tuple[int, ...] = ()


@dataclass
class PageLines:
    """Collects lines; what no report has is refused on the way, so that memory stays bounded."""

    source: str
    lines: list[Line] = field(default_factory=list)
    tables: int = 0

    def text(self, text: str, where: str = "") -> None:
        """Running text; line breaks part lines."""
        for part in text.split("\n"):
            if part.strip(" \u3000\t"):
                cut = part.strip()[:LONGEST]
                self._add(Line(len(self.lines) + 1, cut, cells_of(part[:LONGEST]), where or self._paragraph))

    def table(self, rows: Sequence[Row]) -> None:
        """A table; rows that hold nothing are left out, but counted."""
        self.tables += 1
        full = max((row.width for row in rows), default=0)
        for number, row in enumerate(rows, 1):
            filled = [cell for cell in row.cells if cell]
            where = row.where or f"第{self.tables}张表第{number}行"
            if not filled:
                continue
            if (len(filled) == 1 and len(filled[0]) > _LAYOUT) or len(row.cells) > MOST_CELLS:
                self.text("\n".join(filled)[:LONGEST], where)
                continue
            cells = tuple(cell[:LONGEST] for cell in row.cells)
            text = "\t".join(cells) if len(filled) > 1 else filled[0]
            short = row.width < full
            self._add(Line(len(self.lines) + 1, text.strip(), cells, where, True, short, row.continued, row.lefts))

    @property
    def _paragraph(self) -> str:
        return f"第{len(self.lines) + 1}段"

    def _add(self, line: Line) -> None:
        if len(self.lines) >= MOST_LINES:
            raise UnusableInput("内容过多，请只保留需要的部分", self.source)
        self.lines.append(line)


def tidy(text: str) -> str:
    """Spaces folded, line breaks of the typesetting taken out of Chinese text; `\\n` parts lines."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def unwrapped(text: str) -> str:
    """One stretch of source text: its line breaks are spaces, and none between two Chinese characters."""
    return _CJK_BREAK.sub("", text).replace("\n", " ")
