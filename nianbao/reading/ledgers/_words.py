"""The words of the ledgers, from `data/ledgers`: names of columns, categories, and how an entry is looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from data import load
from nianbao.reading.labels import key, plain

KINDS = ("requests", "cases", "decisions", "documents")
_MARKER = re.compile(r"\s*(\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、])\s*")
_PARTS = re.compile(r"[、;,/+]|以及|和|及")


@dataclass(frozen=True)
class Book:
    """One kind of ledger. `data` is its page of `data/ledgers`."""

    kind: str
    data: dict[str, Any]

    def find(self, row: Sequence[Any], title: str) -> dict[str, int] | None:
        """Where its columns stand in a row of headings; None where a needed one is missing.

        The kind of decisions or documents may be told by the title of the sheet instead of a column.
        """
        said = {key(str(cell)): at for at, cell in reversed(list(enumerate(row))) if cell not in (None, "")}
        columns = {
            name: next(said[key(word)] for word in words if key(word) in said)
            for name, words in self.data["columns"].items()
            if any(key(word) in said for word in words)
        }
        missing = set(self.data["needed"]) - set(columns)
        titled = missing == {"kind"} and self.titled(title)
        return columns if not missing or titled else None

    def titled(self, title: str) -> str:
        """The kind that a title names, where it names only one."""
        said = key(title)
        named = {kind for kind, words in self.data.get("kind", {}).items() if any(key(w) in said for w in words)}
        return named.pop() if len(named) == 1 else ""

    def words(self, name: str) -> dict[str, str]:
        """`{word as compared: code}` of a list of categories."""
        return _words(self.kind, name)


@cache
def books() -> tuple[Book, ...]:
    """All kinds; a KeyError is a defect of the data."""
    return tuple(Book(kind, page(kind)) for kind in KINDS)


@cache
def page(name: str) -> Any:
    return load("ledgers", name)


@cache
def _words(kind: str, name: str) -> dict[str, str]:
    listed = page(kind)[name]
    pairs = listed.items() if isinstance(listed, dict) else [(name, listed)]
    return {key(str(word)): code for code, words in pairs for word in words}


def entry(value: Any) -> str:
    """An entry as it is compared: without numbering, brackets, spaces and marks."""
    return key(_MARKER.sub("", plain(str(value)))) if value not in (None, "") else ""


def shown(value: Any, most: int = 40) -> str:
    """An entry as it is quoted: short, and only what can be printed."""
    said = "" if value is None else f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    printable = "".join(sign if sign.isprintable() else " " for sign in said[: 2 * most])
    text = " ".join(printable.replace("{", "｛").replace("}", "｝").split())
    return text if len(text) <= most else text[:most] + "…"


def parts(value: Any) -> list[str]:
    """The entries that one cell names beside one another."""
    return [found for part in _PARTS.split(plain(str(value))) if (found := entry(part))]
