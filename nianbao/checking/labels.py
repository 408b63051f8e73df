"""Where a text names an indicator: the hits of `data/phrases/indicators.yaml` and of the dossier's own labels."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nianbao.checking.numbers import phrases
from nianbao.facts import FactTable

_CLAUSE_ENDS = "，；：。（）！？\n"


class Label(NamedTuple):
    """One indicator: `facts` any of which may be meant; `column` refines the row before it."""

    id: str
    facts: tuple[str, ...]
    rule: str
    pattern: re.Pattern[str]
    column: str = ""
    of: str = ""
    needs: str = ""
    unless: str = ""
    or_if: tuple[tuple[str, str], ...] = ()


class Hit(NamedTuple):
    start: int
    end: int
    label: Label


@cache
def _standing() -> tuple[Label, ...]:
    data = phrases("indicators")
    rows = [
        Label(
            r["id"], tuple(r["facts"]), r["rule"], re.compile("|".join(r["words"])), needs=r.get("needs", ""),
            unless=r.get("unless", ""), or_if=tuple(r.get("or_if", {}).items()),
        )
        for r in data["rows"]
    ]  # fmt: skip
    columns = [
        Label(c["id"], (), c["rule"], re.compile("|".join(c["words"])), column=c["id"], of=c["of"])
        for c in data["columns"]
    ]
    return (*rows, *columns)


def labels_of(facts: FactTable) -> tuple[Label, ...]:
    """The standing labels, the leaf results of table 三 and the supplementary figures of one dossier."""
    known = {fact for label in _standing() for fact in label.facts}
    told: dict[tuple[str, ...], list[str]] = {}  # two scopes may have a figure of one name
    for fact in facts.facts.values():
        supplementary = fact.id.startswith("supplementary.")
        leaf = fact.id.startswith("requests.") and fact.id.endswith(".total") and fact.kind == "cell"
        if not (supplementary or leaf) or fact.id in known or not fact.label:
            continue
        words = [fact.label] if supplementary else _shorter(fact.label)
        if words:
            told.setdefault(tuple(sorted(words, key=len, reverse=True)), []).append(fact.id)
    own: list[Label] = []
    for names, ids in told.items():
        rule = "X-15" if ids[0].startswith("supplementary.") else "X-05"
        own.append(Label(ids[0], tuple(ids), rule, re.compile("|".join(map(re.escape, names)))))
    return (*_standing(), *own)


def _shorter(label: str) -> list[str]:
    """A printed label and the forms a text uses for it."""
    words = {label, label.split("、")[0]}
    words |= {w.removeprefix("申请人") for w in words} | {w.removesuffix("申请") for w in words if w.endswith("类申请")}
    return [w for w in words if len(w) >= 4]


def hits(sentence: str, labels: tuple[Label, ...]) -> list[Hit]:
    """The labels in a sentence in order; where two overlap the longer stands."""
    found = [Hit(m.start(), m.end(), label) for label in labels for m in label.pattern.finditer(sentence)]
    found = [hit for hit in found if _fits(sentence, hit)]
    found.sort(key=lambda h: (-(h.end - h.start), h.start))
    kept: list[Hit] = []
    for hit in found:
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept)


def _fits(sentence: str, hit: Hit) -> bool:
    label = hit.label
    if label.needs and not re.search(label.needs, sentence):
        return False
    return not (label.unless and re.search(label.unless, clause_around(sentence, hit.start)))


def clause_start(sentence: str, at: int) -> int:
    """Where the clause that holds a place begins."""
    return max((sentence.rfind(mark, 0, at) for mark in _CLAUSE_ENDS), default=-1) + 1


def clause_around(sentence: str, at: int) -> str:
    ends = [end for mark in _CLAUSE_ENDS if (end := sentence.find(mark, at)) >= 0]
    return sentence[clause_start(sentence, at) : min(ends, default=len(sentence))]
