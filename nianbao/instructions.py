"""Words that speak to a program, in whatever an office hands in: found and shown to a person, obeyed by nothing.

Full-width signs, spaces between the signs, zero-width and other invisible signs do not hide them.
Source: TC260-004《政务大模型应用安全规范》, on injected instructions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from data import load

# Control signs, format signs (zero-width, bidi, tags), halves of characters, private use, separators of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")  # letters and marks that print nothing
_EXCERPT = 30


class Order(NamedTuple):
    """One such place (code points), what it is, and how it reads."""

    start: int
    end: int
    what: str
    excerpt: str


class Folded(NamedTuple):
    """A text without what hides its words: its plain signs, and where each of them stood."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of a stretch of the signs that is not empty."""
        return self.places[start], self.places[end - 1] + 1


def find_orders(text: str) -> tuple[Order, ...]:
    """All of them, in the order of the text."""
    folded = fold(text)
    found = []
    for what, pattern in _patterns():
        for hit in pattern.finditer(folded.signs):
            start, end = folded.span(*hit.span())
            found.append(Order(start, end, what, seen(text[start:end])[:_EXCERPT]))
    return tuple(sorted(found))


def find_unseen(text: str) -> tuple[int, ...]:
    """Where signs stand that nobody sees; line breaks and tabs are none."""
    return tuple(at for at, sign in enumerate(text) if sign not in "\n\t" and _is_unseen(sign))


def seen(text: str) -> str:
    """The text in one line, with every sign that nobody sees written out: 忽〔U+200B〕略."""
    plain = text.replace("\n", " ").replace("\t", " ")
    return "".join(f"〔U+{ord(sign):04X}〕" if _is_unseen(sign) else sign for sign in plain)


def fold(text: str) -> Folded:
    """Compatible signs as one (NFKC), without spaces and signs that nobody sees."""
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign.isspace() or _is_unseen(sign) or unicodedata.category(sign) == "Mn":
            continue
        plain = "".join(one for one in unicodedata.normalize("NFKC", sign) if not one.isspace())
        signs.append(plain)
        places += [at] * len(plain)
    return Folded("".join(signs), tuple(places))


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN or sign in _BLANK_LETTERS or "\ufe00" <= sign <= "\ufe0f"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load("phrases", "instructions")
    return tuple((what, re.compile("|".join(f"(?:{one})" for one in said))) for what, said in data["orders"].items())
