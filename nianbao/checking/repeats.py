"""Confirmed statements that tell of one thing twice, as two departments' notes do; and where they differ in it.

Alike is what `similarity` calls so, figures apart. Two that name other months, years, quarters, ordinals or titles
tell of two things: a training in March and one in September are no repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.checking.known.statements import PEOPLE
from nianbao.checking.language.quantities import Mention, quantities
from nianbao.checking.language.quantity import agrees
from nianbao.checking.language.text import normalise
from nianbao.checking.language.tokens import tokenise
from nianbao.checking.similarity import copies
from nianbao.dossier import Statement

_ALIKE = 0.7
_PART = re.compile("[一二三四1-4]季度|[上下]半年")
_STATUS = {"done": "已完成", "ongoing": "进行中", "planned": "打算做"}


class Repeat(NamedTuple):
    """Two statements of one thing. `differs`: what the first says, and what the other says instead of it."""

    one: Statement
    other: Statement
    differs: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> str:
        """Both places and both wordings, and what to do."""
        both = f"{_place(self.one)}写“{self.one.text}”，{_place(self.other)}写“{self.other.text}”，"
        if not self.differs:
            return f"{both}两条几乎相同，像是同一件事，请核对后只保留一条。"
        against = "、".join(f"{ours}与{theirs}" for ours, theirs in self.differs)
        return f"{both}像是同一件事，说法相互矛盾（{against}），请核对后只保留对的一条。"


def repeats(statements: Sequence[Statement]) -> tuple[Repeat, ...]:
    """Every pair of statements of one thing, in their order."""
    alike = copies({str(number): one.text for number, one in enumerate(statements)}, _ALIKE)
    pairs = sorted((int(copy.one), int(copy.other)) for copy in alike)
    return tuple(found for one, other in pairs if (found := _repeat(statements[one], statements[other])))


def _repeat(one: Statement, other: Statement) -> Repeat | None:
    if _aspect(one) != _aspect(other):
        return None
    ours, theirs = _said(one.text), _said(other.text)
    if any(mine and its and mine.isdisjoint(its) for mine, its in zip(ours.marks, theirs.marks, strict=True)):
        return None
    return Repeat(one, other, tuple(_differences(one, other, ours, theirs)))


def _aspect(one: Statement) -> str:
    """A problem, the plan against it and what was done about it are alike in words, and three things."""
    if one.kind == "problem":
        return "problem"
    return "plan" if one.kind == "plan" or one.status == "planned" else "deed"


class _Said(NamedTuple):
    """What tells one thing from another (`marks`: years, months, parts of the year, ordinals, titles), and the rest."""

    marks: tuple[frozenset[object], ...]
    days: frozenset[tuple[int, int]]
    numbers: tuple[Mention, ...]


def _said(text: str) -> _Said:
    plain = normalise(text).text
    tokens = tokenise(plain)
    dates = [token.data for token in tokens if token.kind == "date"]
    marks: tuple[frozenset[object], ...] = (
        frozenset(year for year, _, _ in dates if year),
        frozenset(month for _, month, _ in dates if month),
        frozenset(_PART.findall(plain)),
        frozenset(token.data for token in tokens if token.kind == "nth"),
        frozenset(token.text for token in tokens if token.kind == "title"),
    )
    return _Said(marks, frozenset((month, day) for _, month, day in dates if day), quantities(text))


def _differences(one: Statement, other: Statement, ours: _Said, theirs: _Said) -> Iterator[tuple[str, str]]:
    if ours.days and theirs.days and ours.days.isdisjoint(theirs.days):
        yield _days(ours.days), _days(theirs.days)
    for unit in dict.fromkeys(_unit(number) for number in ours.numbers):
        mine, its = ([n for n in said.numbers if _unit(n) == unit] for said in (ours, theirs))
        only_mine, only_its = _without(mine, its), _without(its, mine)
        if only_mine and only_its:
            yield only_mine, only_its
    if one.status != other.status:
        yield _STATUS[one.status], _STATUS[other.status]


def _without(numbers: Sequence[Mention], others: Sequence[Mention]) -> str:
    """The numbers that none of the others states."""
    return "、".join(one.text for one in numbers if not any(_one(one, other) for other in others))


def _one(one: Mention, other: Mention) -> bool:
    return agrees(one.quantity, other.quantity.value) or agrees(other.quantity, one.quantity.value)


def _unit(number: Mention) -> str:
    unit = number.quantity.unit
    return "人" if unit in PEOPLE else unit


def _days(days: frozenset[tuple[int, int]]) -> str:
    return "、".join(f"{month}月{day}日" for month, day in sorted(days))


def _place(one: Statement) -> str:
    return f"{one.id}（{one.source}）" if one.source else one.id
