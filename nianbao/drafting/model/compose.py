"""A model's sentences and the offline drafter's into whole sections.

The offline section is the checklist: what it tells and the model does not, stands in its words, marked `template`.
A model's sentence that tells part of the same is dropped then, so that nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from nianbao.dossier import Dossier
from nianbao.drafting.case import Case, Item, Listed, headed, listed
from nianbao.drafting.model.draft import ModelDraft
from nianbao.drafting.model.gate import Drafted
from nianbao.drafting.model.slots import Slots, slots_of
from nianbao.drafting.offline import draft
from nianbao.drafting.phrases import phrases
from nianbao.drafting.problems import items
from nianbao.facts import FactTable
from nianbao.narrative import Paragraph, Section, Sentence

Told = TypeVar("Told", Sentence, Item)


def summary(dossier: Dossier, facts: FactTable, drafted: ModelDraft) -> Section:
    """总体情况."""
    offline = draft("summary", dossier, facts)
    if not drafted.asked:
        return offline
    slots = slots_of(dossier, facts)
    paragraphs = [_paragraph(p, _sentences(drafted, p.part, slots), slots) for p in offline.paragraphs]
    return offline.model_copy(update={"paragraphs": tuple(paragraphs), "attempts": drafted.attempts})


def problems(dossier: Dossier, facts: FactTable, drafted: Iterable[ModelDraft]) -> Section:
    """五: this year's problems from one draft, last year's and the measures from another."""
    asked = [one for one in drafted if one.asked]
    case = Case("problems", dossier, facts)
    told = items(case)
    if asked:
        slots = slots_of(dossier, facts)
        given = {part: [item for one in asked for item in _items(one, part, slots)] for part in told}
        by_model = {part for one in asked for part in told if _drafts(one.section, part)}
        told = {
            part: _list(old, given[part], _needed(slots, part)) if part in by_model else old
            for part, old in told.items()
        }
        told["measures"] = _in_order(told["measures"], told["present"], dossier)
    words = phrases()["problems"]["headings"]
    parts = [(part, words[part], listed(one)) for part, one in told.items()]
    attempts = tuple(attempt for one in asked for attempt in one.attempts)
    return Section(id="problems", paragraphs=headed(parts), gaps=tuple(case.gaps), attempts=attempts)


def merge(model: Sequence[Told], offline: Sequence[Told], needed: frozenset[str]) -> list[Told]:
    """The model's, with those of the offline drafter where something needed is not told."""

    def tells(one: Told) -> frozenset[str]:
        return needed.intersection(one.cites)

    kept, stand_in = list(model), [False] * len(offline)
    while True:
        covered = frozenset[str]().union(*(tells(one) for one in kept), *_chosen(offline, stand_in, tells))
        missing = next((n for n, one in enumerate(offline) if not stand_in[n] and tells(one) - covered), None)
        if missing is None:
            break
        stand_in[missing] = True
        kept = [one for one in kept if not tells(one) & tells(offline[missing])]
    out = list(kept)
    for number in reversed([n for n, chosen in enumerate(stand_in) if chosen]):
        later = frozenset[str]().union(*(tells(one) for one in offline[number + 1 :]))
        at = next((n for n, one in enumerate(out) if tells(one) & later), len(out))
        out.insert(at, offline[number])
    return out


def _chosen(
    offline: Sequence[Told], stand_in: Sequence[bool], tells: Callable[[Told], frozenset[str]]
) -> list[frozenset[str]]:
    return [tells(one) for one, chosen in zip(offline, stand_in, strict=True) if chosen]


def _needed(slots: Slots, part: str) -> frozenset[str]:
    return frozenset(cite for slot in slots.of(part) if slot.needed for cite in slot.cites)


def _sentences(drafted: ModelDraft, part: str, slots: Slots) -> list[Sentence]:
    return [_sentence(one, slots) for one in drafted.sentences if one.part == part]


def _sentence(one: Drafted, slots: Slots) -> Sentence:
    return Sentence(kind=one.kind, text=slots.expand(one.text), cites=one.cites, origin="model")  # type: ignore[arg-type]


def _paragraph(offline: Paragraph, model: list[Sentence], slots: Slots) -> Paragraph:
    stood_in = [one.model_copy(update={"origin": "template"}) for one in offline.sentences]
    if offline.part == "lead":
        return offline.model_copy(update={"sentences": tuple(model or stood_in)})
    sentences = merge(model, stood_in, _needed(slots, offline.part))
    return offline.model_copy(update={"sentences": tuple(sentences or stood_in)})


def _items(drafted: ModelDraft, part: str, slots: Slots) -> list[Item]:
    return [
        Item(slots.expand(one.text).rstrip("。"), one.kind, one.cites, "model")  # type: ignore[arg-type]
        for one in drafted.sentences
        if one.part == part
    ]


def _list(old: Listed, given: list[Item], needed: frozenset[str]) -> Listed:
    stood_in = [Item(one.text, one.kind, one.also, "template") for one in old.items]
    return Listed(old.lead, tuple(merge(given, stood_in, needed)))


def _drafts(section: str, part: str) -> bool:
    return part == "present" if section == "problems" else part in ("past", "measures")


def _in_order(measures: Listed, present: Listed, dossier: Dossier) -> Listed:
    """Measures in the order of the problems that they answer."""
    place = {cite: number for number, item in enumerate(present.items) for cite in item.cites}
    answers = {plan.id: plan.answers for plan in dossier.statements if plan.kind == "plan"}

    def first(item: Item) -> int:
        about = [*item.cites, *(problem for cite in item.cites for problem in answers.get(cite, ()))]
        return min((place[cite] for cite in about if cite in place), default=len(place))

    return Listed(measures.lead, tuple(sorted(measures.items, key=first)))
