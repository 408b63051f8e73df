"""Reads a text and gives each claim in it a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nianbao.checking.doubt import spread_doubt
from nianbao.checking.figures.figures import read_figures
from nianbao.checking.known.evidence import Evidence, evidence_of
from nianbao.checking.language.text import SENTENCE, Normal, normalise
from nianbao.checking.language.tokens import tokenise
from nianbao.checking.law import read_law
from nianbao.checking.names import read_names
from nianbao.checking.reading import Reading
from nianbao.checking.state import State
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.sayings import read_sayings
from nianbao.dossier import Dossier
from nianbao.facts import FactTable

_LONGEST = 2000
_HEADING = re.compile(r"[一二三四五六]、")
# A row of a printed table that came along with the text; the tables have rules of their own.
_TABLE_ROW = re.compile(r"^.*(?:[|\t].*[|\t]|(?:\d[ \u3000]+){4}).*$", re.M)
_HIDDEN = "夹有看不见的字符，请删去后重新核对。"


def check_text(text: str, dossier: Dossier, facts: FactTable | None = None) -> tuple[Claim, ...]:
    """A verdict for every claim of a text, in order; offsets are code points of the text."""
    return check_with(text, evidence_of(dossier, facts))


def check_with(text: str, evidence: Evidence) -> tuple[Claim, ...]:
    """The same with the evidence at hand."""
    plain = normalise(_TABLE_ROW.sub(lambda row: " " * len(row.group()), text))._replace(given=text)
    claims: list[Claim] = []
    state = State()
    for start, words in _sentences(plain.text):
        if words[0] == "\n":
            state = State(mode=state.mode, sentence=state.sentence)
            continue
        if _HEADING.match(words):
            state.mode = "problem" if "问题" in words else ""
        state.sentence += 1
        claims += _placed(read_sentence(words, evidence, state), start, plain)
    claims += _hidden(plain, claims)
    told = (c for c in claims if c.kind == "figure" or c.verdict != "unverified" or not _said_by_a_figure(c, claims))
    return tuple(sorted(told, key=lambda c: (c.start, c.end)))


def _said_by_a_figure(words: Claim, claims: list[Claim]) -> bool:
    """Whether what an event claim tells is judged already: the same span as an open figure, or one of the office's own.

    召开新闻发布会2场 needs no statement where the figure 新闻发布会2场 is known.
    """
    return any(
        ((c.verdict == "unverified" or words.about == "event") and (c.start, c.end) == (words.start, words.end))
        or (
            c.verdict == "supported" and c.start <= words.start and words.end <= c.end and (_own(c) or c.number is None)
        )
        for c in claims
        if c.kind == "figure"
    ) or _covered(words, claims)


def _covered(words: Claim, claims: list[Claim]) -> bool:
    """Whether figures of the office's own fill an event claim: 举行媒体见面会11场、“区长在线”访谈6期."""
    own = [c for c in claims if c.kind == "figure" and c.verdict == "supported" and _own(c)]
    inside = [c for c in own if words.start <= c.start and c.end <= words.end]
    return bool(inside) and words.end - words.start - sum(c.end - c.start for c in inside) <= 1


def _own(claim: Claim) -> bool:
    return any(fact.startswith("supplementary.") for fact in claim.facts)


def read_sentence(words: str, evidence: Evidence, state: State) -> list[Claim]:
    """The claims of one plain sentence; `state` carries over to the next."""
    reading = Reading(evidence, words, tokenise(words, evidence.words), state)
    read_figures(reading)
    read_law(reading)
    read_names(reading)
    read_sayings(reading)
    spread_doubt(reading)
    return reading.found


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their places; an endless one is cut at a comma, so that the cost stays linear."""
    for found in SENTENCE.finditer(text):
        start, end = found.span()
        while end - start > _LONGEST:
            cut = text.rfind("，", start + 1, start + _LONGEST) + 1 or start + _LONGEST
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]


def _placed(found: list[Claim], shift: int, plain: Normal) -> Iterator[Claim]:
    """The claims of a plain sentence at their places in the given text."""
    for one in found:
        start, end = plain.span(shift + one.start, shift + one.end)
        number = plain.span(shift + one.number[0], shift + one.number[1]) if one.number else None
        reason = one.reason or (_HIDDEN if any(start <= at < end for at in plain.hidden) else "")
        yield replace(one, start=start, end=end, text=plain.given[start:end], reason=reason, number=number)


def _hidden(plain: Normal, claims: list[Claim]) -> list[Claim]:
    """Hidden signs outside every claim; inside one the claim says it."""
    return [
        Claim(at, at + 1, "unverified", (), None, _HIDDEN, "EV-23", kind="words", about="hidden", text=plain.given[at])
        for at in plain.hidden
        if not any(c.start <= at < c.end for c in claims)
    ]
