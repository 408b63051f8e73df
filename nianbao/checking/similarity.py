"""How alike two texts are, figures apart, and where: for copies of last year's text and of another unit's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz, process

from nianbao.checking.language.text import normalise

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万亿]{2,}")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_SHORTEST, _SAME = 8, 90.0


class Passage(NamedTuple):
    """Two sentences that read alike: their places (code points) in the one text and in the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    alike: float


class Similarity(NamedTuple):
    """`ratio` 0 to 1 over the whole texts, numbers masked; the passages that match."""

    ratio: float
    passages: tuple[Passage, ...]


class Copy(NamedTuple):
    """Two units whose texts are alike."""

    one: str
    other: str
    similarity: Similarity


def similarity(text: str, other: str) -> Similarity:
    """How alike two texts are."""
    return Similarity(fuzz.ratio(masked(text), masked(other)) / 100, _passages(text, other))


def copies(texts: Mapping[str, str], least: float = 0.7) -> tuple[Copy, ...]:
    """The pairs of a batch that are at least so alike, the most alike first."""
    plain = {name: masked(text) for name, text in texts.items()}
    found = []
    for one, other in combinations(plain, 2):
        if not plain[one] or not plain[other]:
            continue
        ratio = fuzz.ratio(plain[one], plain[other], score_cutoff=least * 100) / 100
        if ratio >= least:
            found.append(Copy(one, other, Similarity(ratio, _passages(texts[one], texts[other]))))
    return tuple(sorted(found, key=lambda c: -c.similarity.ratio))


def masked(text: str) -> str:
    """The text with every number the same, without spaces and line breaks."""
    return _NUMBER.sub("0", normalise(text).text.replace("\n", ""))


def _passages(text: str, other: str) -> tuple[Passage, ...]:
    theirs = [(m.span(), masked(m.group())) for m in _SENTENCE.finditer(other)]
    words = [plain for _, plain in theirs]
    found = []
    for sentence in _SENTENCE.finditer(text):
        plain = masked(sentence.group())
        if len(plain) < _SHORTEST:
            continue
        best = process.extractOne(plain, words, scorer=fuzz.ratio, score_cutoff=_SAME)
        if best:
            span = theirs[best[2]][0]
            found.append(Passage(*sentence.span(), *span, best[1] / 100))
    return tuple(found)
