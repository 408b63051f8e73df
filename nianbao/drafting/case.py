"""One drafting case: a dossier with its facts, and the small steps that all sections share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from nianbao.dossier import Dossier, Statement
from nianbao.drafting.phrases import choose, ordinal, phrases, topic_of
from nianbao.facts import FactTable
from nianbao.narrative import SLOT, Gap, Origin, Paragraph, Sentence, SentenceKind

_DATE = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")


def _month_and_day(date: re.Match[str] | None) -> tuple[int, int]:
    return (int(date[1]), int(date[2] or 0)) if date else (0, 0)


@dataclass(frozen=True)
class Case:
    """`brief`: leave out what a short text can do without. `gaps` collects what is missing."""

    section: str
    dossier: Dossier
    facts: FactTable
    brief: bool = False
    gaps: list[Gap] = field(default_factory=list)

    def value(self, fact_id: str) -> Fraction | None:
        return self.facts.value(fact_id)

    def positive(self, fact_id: str) -> bool:
        return (self.value(fact_id) or 0) > 0

    def zero(self, fact_id: str) -> bool:
        return self.value(fact_id) == 0

    def blank(self, address: str) -> bool:
        """Nobody has filled the cell (one that is 不适用 counts as filled)."""
        cell = self.dossier.figures.get(address)
        return cell is None or (cell.value is None and cell.applicable)

    def gap(self, topic: str, *path: str, **words: str) -> None:
        """Something for the editor to supply, in the words of `gaps` in the data."""
        self.gaps.append(Gap(section=self.section, topic=topic, message=self.say("gaps", *path, **words)))

    def say(self, *path: str, **words: str) -> str:
        """The unit's variant of a phrase, with {self} and {year} put in."""
        found = phrases()
        for step in path:
            found = found[step]
        text = choose(found, self.dossier.unit.name, ".".join(path))  # type: ignore[arg-type]
        for name, word in {"self": self.dossier.unit.self_name, "year": str(self.dossier.year), **words}.items():
            text = text.replace("{" + name + "}", word)
        return text

    def statements(self, topic: str) -> list[Statement]:
        """What may be told of one aspect: confirmed, not merely planned; by date where all have one, results last."""
        kinds = ("event", "document", "platform", "result")
        told = [
            s for s in self.dossier.statements if s.kind in kinds and s.status != "planned" and topic_of(s) == topic
        ]
        dated = [(_DATE.match(s.text), s) for s in told]
        if all(date for date, _ in dated):
            told = [s for _, s in sorted(dated, key=lambda item: _month_and_day(item[0]))]
        return sorted(told, key=lambda s: s.kind == "result")


@dataclass(frozen=True)
class Clause:
    """A run of words with slots, and the facts it tells beside those (`also`: zeros, totals)."""

    text: str
    also: tuple[str, ...] = ()


def sentence(text: str, kind: SentenceKind = "figure", *also: str) -> Sentence:
    """A sentence; its cites are the facts and statements of its slots, and `also` (zeros that it tells)."""
    cites = [{"cmp": "change.", "share": "share."}.get(slot[1], "") + slot[2] for slot in SLOT.finditer(text)]
    return Sentence(kind=kind, text=text, cites=tuple(dict.fromkeys([*cites, *also])))


def tell(statement: Statement) -> Sentence:
    """A statement as a sentence of its own."""
    return sentence(f"{{{{st.{statement.id}}}}}。", "event")


@dataclass(frozen=True)
class Item:
    """One point of a numbered list, without its number and its last mark."""

    text: str
    kind: SentenceKind
    also: tuple[str, ...] = ()
    origin: Origin = "offline"

    @property
    def cites(self) -> tuple[str, ...]:
        return sentence(self.text, self.kind, *self.also).cites


@dataclass(frozen=True)
class Listed:
    """A sentence that leads in, and the points that follow it."""

    lead: str
    items: tuple[Item, ...]


def listed(told: Listed) -> list[Sentence]:
    """…：一是…；二是…。 (one alone has no number); nothing where there are no points."""
    if not told.items:
        return []
    last = len(told.items)
    sentences = [sentence(told.lead, "connective")]
    for number, item in enumerate(told.items, 1):
        text = (f"{ordinal(number)}是" if last > 1 else "") + item.text + ("。" if number == last else "；")
        sentences.append(sentence(text, item.kind, *item.also).model_copy(update={"origin": item.origin}))
    return sentences


def headed(paragraphs: Iterable[tuple[str, str, list[Sentence]]]) -> tuple[Paragraph, ...]:
    """The parts that say something (id, heading, sentences), with （一）（二） before their headings."""
    full = [part for part in paragraphs if part[2]]
    return tuple(
        Paragraph(part=part, heading=f"（{ordinal(number)}）{heading}", sentences=tuple(sentences))
        for number, (part, heading, sentences) in enumerate(full, 1)
    )
