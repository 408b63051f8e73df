"""Reads a text and gives each claim in it a verdict."""

from __future__ import annotations

from nianbao.checking.evidence import Evidence, evidence_of
from nianbao.checking.figures import read_figures
from nianbao.checking.law import read_law
from nianbao.checking.names import read_names
from nianbao.checking.reading import Reading, State
from nianbao.checking.sayings import read_sayings
from nianbao.checking.text import SENTENCE, Normal, normalise
from nianbao.checking.tokens import tokenise
from nianbao.checking.verdicts import Claim
from nianbao.dossier import Dossier
from nianbao.facts import FactTable


def check_text(text: str, dossier: Dossier, facts: FactTable | None = None, section: str = "") -> tuple[Claim, ...]:
    """A verdict for every claim of a text, in order; offsets are code points of the text."""
    return check_with(text, evidence_of(dossier, facts), section)


def check_with(text: str, evidence: Evidence, section: str = "") -> tuple[Claim, ...]:
    plain = normalise(text)
    state = State()
    claims: list[Claim] = []
    for found in SENTENCE.finditer(plain.text):
        words = found.group()
        if words[0] == "\n":
            state = State(sentence=state.sentence)
        state.sentence += 1
        reading = Reading(evidence, words, tokenise(words), state)
        read_figures(reading)
        read_law(reading)
        read_names(reading)
        read_sayings(reading)
        claims += _placed(reading, found.start(), plain)
    return tuple(sorted(claims, key=lambda c: (c.start, c.end)))


def _placed(reading: Reading, shift: int, plain: Normal) -> list[Claim]:
    out = []
    for one in reading.found:
        start, end = plain.span(shift + one.start, shift + one.end)
        out.append(
            Claim(
                start, end, plain.given[start:end], one.verdict, one.facts, one.expected, one.reason, one.rule,
                one.scope, one.kind,
            )  # fmt: skip
        )
    return out
