"""The words of the offline drafter (`data/phrases/`), and how one variant is chosen for a unit."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from data import load
from nianbao.dossier import Statement, Supplementary, Topic

_DIGITS = "一二三四五六七八九"


@cache
def phrases() -> dict[str, Any]:
    """`data/phrases/drafting.yaml`."""
    return _load("drafting")


@cache
def topics() -> dict[str, Any]:
    """`data/phrases/topics.yaml`."""
    return _load("topics")


@cache
def slot_data() -> dict[str, Any]:
    """`data/phrases/slots.yaml`."""
    return _load("slots")


@cache
def figure_words() -> dict[str, Any]:
    """`data/phrases/figures.yaml`."""
    return _load("figures")


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = load("phrases", name)
    return data


def choose(variants: list[str] | str, unit: str, key: str) -> str:
    """The unit's variant: always the same for the same name and place in the text."""
    if isinstance(variants, str):
        return variants
    digest = hashlib.sha256(f"{unit}\x1f{key}".encode()).digest()
    return variants[int.from_bytes(digest[:4], "big") % len(variants)]


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二: for 一是 and （一）."""
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


def topic_of(item: Statement | Supplementary) -> Topic:
    """The aspect an item belongs to: as the dossier says, else by its words, else by its kind."""
    if item.topic:
        return item.topic
    words, kind = (item.text, item.kind) if isinstance(item, Statement) else (item.label, "supplementary")
    if kind in ("platform", "result"):
        return _by_kind(kind)
    for rule in topics()["rules"]:
        if any(word in words for word in rule["words"]):
            found: Topic = rule["topic"]
            return found
    return _by_kind(kind)


def _by_kind(kind: str) -> Topic:
    found: Topic = topics()["by_kind"].get(kind, "disclosure")
    return found
