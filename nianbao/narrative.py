"""The narrative: sections of paragraphs of sentences, in which every figure is a slot.

A sentence's `text` holds slots, and code prints them from the fact table:
`{{f.ID}}` label, number and unit · `{{v.ID}}` number and unit · `{{cmp.ID}}` 比上年增加3件、增长25% ·
`{{share.ID}}` 占办理结果总数的20% · `{{st.ID}}` a confirmed statement's words
(`{{st.prior.ID}}` one of last year's).
A slot whose fact is missing raises `MissingFact`: a sentence is never printed with a hole in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from nianbao.dossier import Dossier
from nianbao.facts import Fact, FactTable, show
from nianbao.findings import Value

SentenceKind = Literal["figure", "event", "problem", "plan", "rectification", "legal", "connective", "edited"]
Origin = Literal["offline", "model", "template", "editor"]
SLOT = re.compile(r"\{\{(f|v|cmp|share|st)\.([a-z0-9_.]+)\}\}")


class MissingFact(KeyError):
    """A slot names a fact or statement that the dossier does not have."""


class Span(Value):
    """A run of printed text; `fact` the id of the figure it prints, `value` that figure in full."""

    text: str
    fact: str | None = None
    value: str | None = None
    unit: str | None = None
    statement: str | None = None


class Sentence(Value):
    """As drafted: text with slots, and the ids that carry it."""

    kind: SentenceKind
    text: str
    cites: tuple[str, ...] = ()
    origin: Origin = "offline"


class Paragraph(Value):
    """`heading` (（一）主动公开) is printed on its own line before the sentences; `part` names what it is about."""

    part: str = ""
    heading: str = ""
    sentences: tuple[Sentence, ...]


class Gap(Value):
    """What the section should say and the dossier does not carry: for the editor's 缺口清单."""

    section: str
    topic: str
    message: str


class Attempt(Value):
    """One request to a model for a section, and what the gate said of the reply.

    `asked`: sha256 of the messages. `recalled`: answered from an earlier run. `refused`: the gate's sentences, or why
    no reply could be used. `kept`: this reply's sentences stand in the text. `warned`: what looked private in it.
    """

    section: str
    number: int
    model: str
    mode: str = ""
    asked: str
    recalled: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float = 0.0
    refused: tuple[str, ...] = ()
    kept: bool = False
    warned: tuple[str, ...] = ()


class Section(Value):
    """One drafted section with the gaps it leaves, and how a model drafted it (empty: no model was asked)."""

    id: str
    paragraphs: tuple[Paragraph, ...]
    gaps: tuple[Gap, ...] = ()
    attempts: tuple[Attempt, ...] = ()


class RenderedSentence(Value):
    kind: SentenceKind
    origin: Origin
    spans: tuple[Span, ...]
    cites: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class RenderedParagraph(Value):
    heading: str = ""
    sentences: tuple[RenderedSentence, ...] = ()

    @property
    def text(self) -> str:
        return "".join(sentence.text for sentence in self.sentences)


class RenderedSection(Value):
    """A section as it is printed. `text`: paragraphs and headings parted by line breaks."""

    id: str
    paragraphs: tuple[RenderedParagraph, ...]
    gaps: tuple[Gap, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def lines(self) -> list[str]:
        return [line for p in self.paragraphs for line in (p.heading, p.text) if line]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def spans(self) -> Iterator[tuple[int, Span]]:
        """Every span with its offset (code points) in `text`."""
        offset = 0
        for paragraph in self.paragraphs:
            offset += len(paragraph.heading) + 1 if paragraph.heading else 0
            for sentence in paragraph.sentences:
                for span in sentence.spans:
                    yield offset, span
                    offset += len(span.text)
            offset += 1 if paragraph.text else 0


def render(section: Section, facts: FactTable, dossier: Dossier) -> RenderedSection:
    """The section with every slot printed."""
    return RenderedSection(
        id=section.id,
        gaps=section.gaps,
        attempts=section.attempts,
        paragraphs=tuple(
            RenderedParagraph(
                heading=paragraph.heading,
                sentences=tuple(
                    RenderedSentence(
                        kind=s.kind, origin=s.origin, cites=s.cites, spans=tuple(_spans(s.text, facts, dossier))
                    )
                    for s in paragraph.sentences
                ),
            )
            for paragraph in section.paragraphs
        ),
    )


def _spans(text: str, facts: FactTable, dossier: Dossier) -> Iterator[Span]:
    at = 0
    for slot in SLOT.finditer(text):
        if slot.start() > at:
            yield Span(text=text[at : slot.start()])
        yield from print_slot(slot[1], slot[2], facts, dossier)
        at = slot.end()
    if at < len(text):
        yield Span(text=text[at:])


def print_text(text: str, facts: FactTable, dossier: Dossier) -> str:
    """A text with its slots printed."""
    return "".join(span.text for span in _spans(text, facts, dossier))


def print_slot(kind: str, key: str, facts: FactTable, dossier: Dossier) -> tuple[Span, ...]:
    """What one slot prints."""
    if kind == "st":
        prior = dossier.prior_year.statements if dossier.prior_year else ()
        for statement in prior if key.startswith("prior.") else dossier.statements:
            if statement.id == key.removeprefix("prior."):
                text = "".join(statement.text.split("\n")).lstrip("，、；。 ").rstrip("。；;，,、 ")
                return (Span(text=text, statement=key),)
        raise MissingFact(key)
    if kind == "cmp":
        return _comparison(key, facts)
    fact_id = f"share.{key}" if kind == "share" else key
    fact = facts.get(fact_id)
    if fact is None:
        raise MissingFact(fact_id)
    if kind == "share":
        return (Span(text="占" + fact.label.rpartition("占")[2].removesuffix("的比例") + "的"), *_number(fact))
    if kind == "f":
        return (Span(text=fact.label), *_number(fact))
    return _number(fact)


def _number(fact: Fact, text: str | None = None) -> tuple[Span, ...]:
    number = Span(text=text or fact.display, fact=fact.id, value=str(fact.number), unit=fact.unit)
    return (number, Span(text=fact.unit)) if fact.unit else (number,)


def _comparison(key: str, facts: FactTable) -> tuple[Span, ...]:
    """比上年增加5件，增长15.63% · 与上年持平 · 上年为0件 has no percentage."""
    change, growth = facts.get(f"change.{key}"), facts.get(f"growth.{key}")
    if change is None:
        raise MissingFact(f"change.{key}")
    if change.value == 0:
        return (Span(text="与上年持平", fact=change.id, value="0", unit=change.unit),)
    up = change.value > 0
    spans = (Span(text="比上年增加" if up else "比上年减少"), *_number(change, show(abs(change.value))))
    if growth is None or growth.display in ("0", "-0"):
        return spans
    return (*spans, Span(text="，增长" if up else "，下降"), *_number(growth, show(abs(growth.value), 2)))
