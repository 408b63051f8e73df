"""The closed vocabulary round the slots, and the reasons for which anything else is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from data import load
from nianbao.dossier import Dossier

_LISTED = ("past", "present", "measures")
PUNCTUATION = frozenset("，、；：。“”")


class Run(NamedTuple):
    """A run of a text that no word covers."""

    start: int
    end: int
    text: str


@cache
def gate_data() -> dict[str, Any]:
    """`data/phrases/gate.yaml`."""
    data: dict[str, Any] = load("phrases", "gate")
    return data


@cache
def _reasons() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((r["rule"], re.compile(r["pattern"]), r["say"]) for r in gate_data()["reasons"])


def reason(words: str, part: str) -> tuple[str, str]:
    """Rule and sentence in Chinese for words that may not stand."""
    for neutral in gate_data()["neutral"]:
        words = words.replace(neutral, "")
    for rule, pattern, say in _reasons():
        if rule == "G-PLAN" and part == "measures":
            continue
        if pattern.search(words):
            return rule, say
    raise AssertionError("the last reason fits everything")


def terms_for(dossier: Dossier) -> list[str]:
    """The official terms that are right for the year, and that this office may use."""
    done = [s for s in dossier.statements if s.status == "done" and s.kind not in ("plan", "problem")]
    own = [s.text for s in done] + [s.label for s in dossier.supplementary]
    said = "\n".join(own)
    return [
        term["text"]
        for term in gate_data()["terms"]
        if term.get("from", 0) <= dossier.year <= term.get("until", 9999)
        and (not term.get("practice") or term["text"] in said)
    ]


def words_for(dossier: Dossier, part: str) -> list[str]:
    """Every word that may stand outside slots in one part, lead-ins included."""
    lists = part in _LISTED
    words = [*gate_data()["words"]["every"], *topics(), dossier.unit.self_name, *part_words(part)]
    words += [] if lists else [*terms_for(dossier), *lead_ins()]
    return list(dict.fromkeys(words))


def part_words(part: str) -> list[str]:
    """The words of one part beside those of every part; `summary` for all parts of 总体情况."""
    shape, words = gate_data()["shape"], gate_data()["words"]
    if part not in _LISTED:
        bland = [*shape["adverbs"], *shape["verbs"], *shape["nouns"], *shape["followed"]]
        return list(dict.fromkeys([*words["summary"], *bland]))
    go = [word.rstrip("，") for word in shape["then"].get(part, [])]
    named = {"past": shape["about_past"], "measures": shape["about"]}.get(part, [])
    return list(dict.fromkeys([*words[part], *named, *shape["first"].get(part, []), *go]))


def topics() -> list[str]:
    """The aspects by name."""
    return list(gate_data()["shape"]["topics"])


@cache
def lead_ins() -> dict[str, tuple[str, ...]]:
    """Lead-in words with the slots that they may stand before."""
    return {word: tuple(rule["slots"]) for rule in gate_data()["before"] for word in rule["words"]}


class Lexicon:
    """Covers a text with words; `uncovered` are the runs that no choice of words covers."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)
        self._longest = max(map(len, words))

    def uncovered(self, text: str) -> Iterator[Run]:
        """The fewest signs left over, as runs. Cost: length × longest word."""
        size = len(text)
        cost, step = [0] * (size + 1), [0] * (size + 1)
        for at in range(size - 1, -1, -1):
            if text[at] in PUNCTUATION:
                cost[at], step[at] = cost[at + 1], 1
                continue
            cost[at], step[at] = cost[at + 1] + 1, 0
            for length in range(1, min(self._longest, size - at) + 1):
                if cost[at + length] < cost[at] and text[at : at + length] in self._words:
                    cost[at], step[at] = cost[at + length], length
        at, begun = 0, -1
        while at < size:
            if step[at]:
                if begun >= 0:
                    yield Run(begun, at, text[begun:at])
                    begun = -1
                at += step[at]
            else:
                begun = at if begun < 0 else begun
                at += 1
        if begun >= 0:
            yield Run(begun, size, text[begun:])
