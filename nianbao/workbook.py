"""What the fill-in workbook holds: its sheets, its words, and the defined names by which it is read back.

The writer (`nianbao.documents.workbook`) and the reader (`nianbao.reading.workbook`) know each other only
through this page and the form. A cell is found by its name wherever rows have moved it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from data import load
from nianbao.findings import Value
from nianbao.forms import Form

META_SHEET = "_meta"
NumberKind = Literal["whole", "amount", "any"]


class Field(Value):
    """One label with a place to fill in. `words`: which list of words it is chosen from."""

    id: str
    label: str
    hint: str = ""
    words: str = ""
    number: NumberKind | None = None
    width: int = 16
    needed: bool = False
    locked: bool = False


class Block(Value):
    """Fields below one another under a caption."""

    id: str
    caption: str
    fields: tuple[Field, ...]


class Basics(Value):
    """The sheet with one value beside each label."""

    title: str
    blocks: tuple[Block, ...]


class Listing(Value):
    """A sheet with one item in a row."""

    title: str
    note: str
    rows: int
    columns: tuple[Field, ...]


class Instructions(Value):
    """The first sheet."""

    title: str
    heading: str
    basis: str
    paragraphs: tuple[str, ...]


class Layout(Value):
    """All of it. `words[list][code]` is what the clerk sees for a code of the dossier."""

    version: str
    tables: dict[str, str]
    words: dict[str, dict[str, str]]
    basics: Basics
    lists: dict[str, Listing]
    instructions: Instructions
    marks: dict[str, str]

    def code(self, words: str, shown: str) -> str | None:
        """The code of a word as it is shown, None where the list has no such word."""
        return next((code for code, word in self.words[words].items() if shown in (word, code)), None)


@cache
def layout() -> Layout:
    """Read `data/templates/workbook.yaml`; a ValidationError is a defect of the data."""
    data = load("templates", "workbook")
    return Layout.model_validate(data)


def cell_name(address: str) -> str:
    """The defined name of a cell of the form; last year's (`prior.…`) has one too."""
    return "nb." + address


def field_name(block: str, field: str) -> str:
    """The defined name of a field of the basics, or of a column's heading in a list."""
    return f"nb.{block}.{field}"


def sums(form: Form, table: str) -> dict[str, tuple[str, ...]]:
    """The cells that are nothing but a sum of others (总计), each with its parts, in an order to reckon them.

    They follow from the relations of the form: one cell on one side, several of its own report on the other.
    """
    found = {
        relation.minus[0]: relation.plus
        for relation in form.relations
        if relation.must == "equal" and _is_sum(relation.minus, relation.plus, table)
    }
    return {address: found[address] for address in _by_depth(found)}


def _is_sum(total: Iterable[str], parts: tuple[str, ...], table: str) -> bool:
    cells = (*total, *parts)
    return len(cells) == len(parts) + 1 and len(parts) > 2 and all(one.startswith(f"{table}.") for one in cells)


def _by_depth(found: dict[str, tuple[str, ...]]) -> list[str]:
    def depth(address: str) -> int:
        return 1 + max(map(depth, found[address])) if address in found else 0

    return sorted(found, key=depth)
