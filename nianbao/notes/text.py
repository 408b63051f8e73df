"""A note as it was handed in: its passages, the sentences in them, and where a quotation stands.

A quotation is verbatim if it is one unbroken run of signs of one passage, where full-width and plain forms of a sign
(NFKC), the forms of quotation marks and dashes, and spaces make no difference. What is kept are the note's own signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from nianbao.findings import Value

_ENDS = "。！？；!?;"
_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」", "‘": "’"}
_SAME = str.maketrans("“”„‟＂「」‘’‚‛＇—–―−‐‑‒～〜", '"' * 7 + "'" * 5 + "-" * 7 + "~~")
_LONGEST_PAIR = 200


class Passage(Value):
    """A paragraph or table row of a note, and where a person finds it (第3行, 第2张表第1行)."""

    place: str
    text: str


class Aside(Value):
    """What stands in a file without being its text: comments, hidden words, and what to think of them."""

    place: str
    kind: Literal["suspicious", "hint"]
    reason: str
    text: str = ""


class Note(Value):
    """One file that a department handed in. `file`: its name as the candidates' file gives it."""

    file: str
    passages: tuple[Passage, ...]
    asides: tuple[Aside, ...] = ()


class Sentence(NamedTuple):
    """A sentence within its passage, its end mark included."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """Cut after 。！？； and line breaks, but not within titles, quotation marks and brackets that are closed."""
    start = at = 0
    while at < len(text):
        sign = text[at]
        close = text.find(_PAIRS[sign], at, at + _LONGEST_PAIR) if sign in _PAIRS else -1
        if close > 0 and "\n" not in text[at:close]:
            at = close
        elif sign in _ENDS or sign == "\n":
            while at + 1 < len(text) and text[at + 1] in _ENDS + "”’）":
                at += 1
            yield from _sentence(text, start, at + 1)
            start = at + 1
        at += 1
    yield from _sentence(text, start, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if start < end:
        yield Sentence(start, end, text[start:end])


def same(text: str) -> str:
    """What makes two quotations one."""
    return _same(text)[0]


def find_quote(quote: str, text: str) -> list[tuple[int, int]]:
    """Every place of a quotation in a passage, as the passage writes it."""
    wanted, (signs, places) = same(quote), _same(text)
    if not wanted:
        return []
    starts = [found.start() for found in re.finditer(f"(?={re.escape(wanted)})", signs)]
    return [(places[start], places[start + len(wanted) - 1] + 1) for start in starts]


def _same(text: str) -> tuple[str, list[int]]:
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign.isspace():
            continue
        plain = unicodedata.normalize("NFKC", sign.translate(_SAME)).translate(_SAME)
        plain = "".join(one for one in plain if not one.isspace())
        signs.append(plain)
        places += [at] * len(plain)
    return "".join(signs), places
