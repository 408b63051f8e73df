"""Supplementary figures as sentences: `data/phrases/figures.yaml` says how a label is told with its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nianbao.dossier import Supplementary
from nianbao.drafting.case import Case, Clause, sentence
from nianbao.drafting.phrases import figure_words, topic_of
from nianbao.narrative import Sentence


def supplementary(case: Case, topic: str, compare: int = 0) -> list[Sentence]:
    """The aspect's own figures, larger ones first; the first `compare` of them against last year."""
    own, others = _by_scope(case, topic)
    area = case.dossier.unit.figures_scope
    named = others and area != "本机关" and all(item.scope == area for item in own)
    return _sentences(case, area if named else "", own, compare)


def of_other_scopes(case: Case, topic: str, compare: int = 0) -> list[Sentence]:
    """The aspect's figures of other scopes than the report's: a sentence for each, with the scope as subject.

    They are told last: what comes after them would read as theirs.
    """
    _, others = _by_scope(case, topic)
    return [one for scope, items in others.items() for one in _sentences(case, scope, items, compare)]


def clauses(case: Case, topic: str) -> list[tuple[Supplementary, Clause]]:
    """Each figure of an aspect by itself, after its scope where that is not the report's."""
    own, others = _by_scope(case, topic)
    told: list[tuple[Supplementary, Clause]] = []
    for scope, items in {"": own, **others}.items():
        for item, *mates in _joined(items):
            zeros = tuple(f"supplementary.{one.id}" for one in (item, *mates) if not one.value)
            told.append((item, Clause(scope + _told(item, mates, bool(scope)), zeros)))
    return told


def _told(item: Supplementary, mates: Sequence[Supplementary], scoped: bool) -> str:
    return tell_figure(item, scoped) + "".join(f"，{{{{v.supplementary.{m.id}}}}}参加" for m in mates)


def _by_scope(case: Case, topic: str) -> tuple[list[Supplementary], dict[str, list[Supplementary]]]:
    own: list[Supplementary] = []
    others: dict[str, list[Supplementary]] = {}
    people = figure_words()["people"]
    items = [s for s in case.dossier.supplementary if topic_of(s) == topic]
    for item in sorted(items, key=lambda s: (s.unit in people, -s.value)):
        unsaid = item.scope in ("", case.dossier.unit.figures_scope) or item.scope in item.label
        (own if unsaid else others.setdefault(item.scope, [])).append(item)
    return own, others


def _sentences(case: Case, subject: str, items: list[Supplementary], compare: int) -> list[Sentence]:
    """Comparisons in one sentence, the rest in another; after a subject, which is said once, all in one."""
    compared: list[str] = []
    plain: list[str] = []
    for item, *mates in _joined(items):
        text = _told(item, mates, bool(subject))
        if len(compared) < compare and not mates and comparable(case, item):
            compared.append(f"{text}，{{{{cmp.supplementary.{item.id}}}}}")
        else:
            plain.append(text)
    zeros = [f"supplementary.{item.id}" for item in items if not item.value]
    rest = ["，".join(plain)] if plain else []
    told = [[*compared, *rest]] if subject else [compared, rest]
    return [
        sentence(f"{subject}{'；'.join(texts)}。", "figure", *(zeros if texts[-1:] == rest else ()))
        for texts in told
        if texts
    ]


def comparable(case: Case, item: Supplementary) -> bool:
    known = f"change.supplementary.{item.id}" in case.facts
    return known and bool(item.value) and item.unit not in figure_words()["never_compared"]


def _joined(items: list[Supplementary]) -> Iterator[tuple[Supplementary, ...]]:
    """举办X4期 and 参加X126人次 as one; every other figure alone."""
    words = figure_words()
    taken: set[str] = set()
    for item in items:
        if item.id in taken:
            continue
        held = re.match(words["joined"]["held"], item.label) if item.value else None
        attended = held and words["joined"]["attended"] + item.label[held.end() :]
        mates = [s for s in items if s.label == attended and s.scope == item.scope and s.unit in words["people"]][:1]
        taken |= {item.id, *(mate.id for mate in mates)}
        yield (item, *mates)


def tell_figure(item: Supplementary, scoped: bool = False) -> str:
    """One figure as a clause with its slot. `scoped`: it follows a subject.

    A label with digits is printed by the slot itself, so that no digit stands in the text untraced.
    """
    words = figure_words()
    whole = re.sub(words["head"], "", item.label.strip().rstrip("：:")).strip()
    rule, found = _rule_for(whole, re.sub(words["tail"], "", whole).strip(), item.unit)
    template = rule.none if rule.none and not item.value else rule.scoped if scoped and rule.scoped else rule.say
    label, number = found.string, f"{{{{v.supplementary.{item.id}}}}}"
    as_given = f"{{{{f.supplementary.{item.id}}}}}"
    figure = as_given if label == item.label else label + number
    digits = any(sign.isdigit() for sign in re.sub("|".join(words["identifiers"]), "", label))
    if digits and (figure != as_given or "{figure}" not in template):
        return as_given
    parts = {"figure": figure, "label": label, "n": number}
    parts |= {str(place): group for place, group in enumerate(found.groups(), 1)}
    return re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], template)


@dataclass(frozen=True)
class _Rule:
    """A row of `rules` in the data."""

    label: re.Pattern[str]
    unless: re.Pattern[str] | None
    say: str
    none: str
    scoped: str
    units: tuple[str, ...]
    whole: bool


def _rule_for(whole: str, short: str, unit: str) -> tuple[_Rule, re.Match[str]]:
    """The first rule that fits; the last of them fits everything."""
    for rule in _rules():
        label = whole if rule.whole else short
        if (rule.units and unit not in rule.units) or (rule.unless and rule.unless.search(label)):
            continue
        if found := rule.label.search(label):
            return rule, found
    raise AssertionError("the last rule of figures.yaml fits everything")


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_compiled(row) for row in figure_words()["rules"])


def _compiled(row: dict[str, Any]) -> _Rule:
    words = figure_words()

    def pattern(text: str) -> re.Pattern[str]:
        for name in ("channels", "adverbs", "verbs"):
            text = text.replace(f"${name}", words[name])
        return re.compile(text)

    unless, units = row.get("unless"), row.get("units")
    return _Rule(
        label=pattern(row["label"]),
        unless=pattern(unless) if unless else None,
        say=row["say"],
        none=row.get("none", ""),
        scoped=row.get("scoped", ""),
        units=tuple(words[units]) if units else (),
        whole=row.get("whole", False),
    )
