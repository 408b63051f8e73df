"""The words that the checker knows, as one table by first sign: `data/phrases/`.

Every word is plain text; at a place the longest one wins. What a word means is in its entry: a kind, and for
indicators the part of an address that it names.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from data import load


class Entry(NamedTuple):
    """`kind`: what sort of word; `row` and `column` of `domain`: the part of an address; `weak`: only in company."""

    word: str
    kind: str
    domain: str = ""
    row: str = ""
    column: str = ""
    weak: bool = False


Table = dict[str, list[tuple[str, Entry]]]


@cache
def phrases(name: str) -> dict[str, Any]:
    """One of the phrase files of the package."""
    data: dict[str, Any] = load("phrases", name)
    return data


@cache
def lexicon() -> Table:
    """All words by their first sign, longer ones first."""
    table: dict[str, dict[str, Entry]] = {}

    def add(entry: Entry) -> None:
        table.setdefault(entry.word[0], {})[entry.word] = entry

    for word in phrases("bland")["words"]:
        add(Entry(str(word), "bland"))
    for kind, words in phrases("claims")["triggers"].items():
        for word in words["words"]:
            add(Entry(str(word), "trigger", kind))
        for word in words.get("soft", ()):
            add(Entry(str(word), "trigger", kind, weak=True))
    for word in phrases("fixed_terms")["terms"]:
        add(Entry(str(word), "fixed"))
    for entry in phrases("fixed_terms")["phrases"]:
        for word in (entry["text"], *entry.get("also", ())):
            add(Entry(str(word), "fixed"))
    for kind, words in phrases("words")["kinds"].items():
        for word in words:
            add(Entry(str(word), kind))
    for entry in _subjects():
        add(entry)
    for kind, words in phrases("indicators")["objects"].items():
        for word in words:
            add(Entry(str(word), "object", kind))
    return {
        first: sorted(((e.word, e) for e in found.values()), key=lambda item: -len(item[0]))
        for first, found in table.items()
    }


def _subjects() -> list[Entry]:
    entries: list[Entry] = []
    for address, words in phrases("indicators")["subjects"].items():
        domain, _, rest = address.partition(".")
        row, _, column = rest.partition(".")
        kind = "row" if row else "column"
        entries += [Entry(str(w), kind, domain, row, column) for w in words.get("words", ())]
        entries += [Entry(str(w), kind, domain, row, column, weak=True) for w in words.get("weak", ())]
    return entries


def rule_of(domain: str, row: str, column: str) -> str:
    """Under which rule a contradiction about a subject is reported."""
    rules: dict[str, str] = phrases("indicators")["rules"]
    if domain == "requests":
        if column not in ("", "total"):
            return rules["applicants"]
        return rules.get(f"requests.{row}", rules["requests"])
    if domain == "disclosure" and row in ("normative_documents", "regulations"):
        return rules["documents"]
    return rules.get(domain, "X-15")
