"""`data/phrases/notes.yaml`, its expressions made ready."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple, get_args

from data import load
from nianbao.dossier import StatementKind, Status

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
STATUSES: tuple[Status, ...] = get_args(Status)


class Kind(NamedTuple):
    """A kind of statement by its words."""

    name: StatementKind
    status: Status
    pattern: re.Pattern[str]


class Words(NamedTuple):
    """The page. Expressions are for a folded sentence, but `lead`, `frame` and `tail` for the sentence as it stands."""

    longest: int
    shortest: int
    headings: tuple[tuple[StatementKind, re.Pattern[str]], ...]
    heading_signs: int
    lead: re.Pattern[str]
    frame: re.Pattern[str]
    tail: re.Pattern[str]
    never: re.Pattern[str]
    negated: re.Pattern[str]
    nothing: re.Pattern[str]
    planned: re.Pattern[str]
    ongoing: re.Pattern[str]
    finished: re.Pattern[str]
    kinds: tuple[Kind, ...]
    deeds: re.Pattern[str]
    particular: re.Pattern[str]
    dated: re.Pattern[str]
    bland: re.Pattern[str]
    subheading: re.Pattern[str]
    contrast: re.Pattern[str]
    tables: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def words() -> Words:
    """Read once."""
    data: dict[str, Any] = load("phrases", "notes")
    single = (
        "frame", "negated", "nothing", "ongoing", "finished", "deeds", "particular", "dated", "bland", "subheading",
        "contrast",
    )  # fmt: skip
    return Words(
        longest=data["longest"],
        shortest=data["shortest"],
        heading_signs=data["heading_signs"],
        headings=tuple((_kind(name), re.compile(said)) for name, said in data["headings"].items()),
        lead=re.compile(f"(?:{data['lead']})+"),
        tail=re.compile(f"(?:{data['tail']})+$"),
        never=_any(data["never"]),
        planned=_any(data["planned"]),
        kinds=tuple(Kind(_kind(name), one["status"], _any(one["any"])) for name, one in data["kinds"].items()),
        tables=tuple(
            (name, re.compile(said.replace("NUMBER", data["number"]))) for name, said in data["tables"].items()
        ),
        **{name: re.compile(data[name]) for name in single},
    )


def _any(expressions: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions))


def _kind(name: str) -> StatementKind:
    if name not in KINDS:
        raise ValueError(f"no kind of statement: {name}")
    return name
