"""The quantities of a text, without asking what they are about."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.checking.language.quantity import Quantity
from nianbao.checking.language.text import SENTENCE, normalise
from nianbao.checking.language.tokens import tokenise


class Mention(NamedTuple):
    """A quantity at its place (code points of the given text)."""

    start: int
    end: int
    text: str
    quantity: Quantity


def quantities(text: str) -> tuple[Mention, ...]:
    """Every quantity of a text in order; dates, ordinals, numbers of documents and set terms are none."""
    plain = normalise(text)
    found = []
    for sentence in SENTENCE.finditer(plain.text):
        for token in tokenise(sentence.group()):
            if token.quantity is not None:
                start, end = plain.span(sentence.start() + token.start, sentence.start() + token.end)
                found.append(Mention(start, end, text[start:end], token.quantity))
    return tuple(found)
