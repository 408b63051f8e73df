"""Words that name figures, put together: 规章和行政规范性文件的制发、废止 are four subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nianbao.checking.known.subjects import Figures, Subject
from nianbao.checking.language.tokens import Token

_JOINED = re.compile(r"[、和及与或跟]|以及|或者|并|至|同")
_FAR = 9
_WHOLES = ("new", "total_handled", "workload")
_NO_GROUND = (*_WHOLES, "carried_in", "carried_out")


class Frame(NamedTuple):
    """The parts of addresses that some words name; `varies`: which part is a list (row or column)."""

    domain: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    start: int
    end: int

    @property
    def several(self) -> bool:
        return len(self.rows) > 1 or len(self.columns) > 1


def frame_of(tokens: Sequence[Token], text: str, figures: Figures) -> Frame | None:
    """What the label tokens among these name; None where there are none. The last domain named is meant."""
    labels = [t for t in tokens if t.kind in ("row", "column") and t.entry]
    if not labels:
        return None
    domain = _domain(labels)
    labels = [t for t in labels if t.entry and t.entry.domain == domain]
    rows = _chain([t for t in labels if t.entry and t.entry.row], text, figures, domain, "row")
    columns = _chain([t for t in labels if t.entry and t.entry.column], text, figures, domain, "column")
    return Frame(domain, rows, columns, labels[0].start, labels[-1].end)


def _domain(labels: list[Token]) -> str:
    """The domain that the words are of; columns of table 四 (维持) do not outweigh a row of another."""
    rows = [t.entry.domain for t in labels if t.entry and t.entry.row and not t.entry.weak]
    if rows:
        return rows[-1]
    strong = [t.entry.domain for t in labels if t.entry and not t.entry.weak]
    named = strong or [t.entry.domain for t in labels if t.entry]
    return named[-1]


def _chain(tokens: list[Token], text: str, figures: Figures, domain: str, part: str) -> tuple[str, ...]:
    """The names of a part: a list where they are joined, else the one that says most."""
    if not tokens:
        return ()
    names = [getattr(t.entry, part) for t in tokens]
    runs = _runs(tokens, names, text, domain, part)
    strong = [i for i, t in enumerate(tokens) if t.entry and not t.entry.weak]
    if strong and len(strong) < len(tokens) and max(map(len, runs)) == 1:
        tokens, names = [tokens[i] for i in strong], [names[i] for i in strong]
        runs = _runs(tokens, names, text, domain, part)
    longest = max(runs, key=len)
    chosen = longest if len(longest) > 1 else runs[-1]
    found = list(dict.fromkeys(names[i] for i in chosen))
    if domain == "requests" and part == "row":
        found = _narrowed(found, [names[r[-1]] for r in runs], figures)
    if domain == "remedies" and part == "row" and found in (["suits"], ["review"]):
        routes = [n for n in names if n in ("direct_suit", "suit_after_review")]
        found = routes[-1:] or found
    return tuple(found)


def _runs(tokens: list[Token], names: list[str], text: str, domain: str, part: str) -> list[list[int]]:
    """Tokens in runs that are joined as a list."""
    runs: list[list[int]] = [[0]]
    for i in range(1, len(tokens)):
        between = text[tokens[i - 1].end : tokens[i].start]
        joined = (
            len(between) <= _FAR and _JOINED.search(between) is not None and not re.search(r"[，。；：（]", between)
        )
        if joined or (between in ("", "（") and names[i] != names[i - 1] and domain == "disclosure" and part == "row"):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _narrowed(found: list[str], all_names: list[str], figures: Figures) -> list[str]:
    """不予公开 beside one of its grounds means the ground; new beside a result means the result."""
    if len(found) == 1:
        for other in all_names:
            if figures.is_part(other, found[0]):
                return [other]
        if found[0] in _WHOLES:
            special = [n for n in all_names if n not in _WHOLES]
            return special[-1:] or found
    elif any(n in _WHOLES for n in found) and any("_" in n for n in found if n not in _NO_GROUND):
        return [n for n in found if n not in _WHOLES]  # 逾期不补正、不再处理的: one ground
    return found


def subjects(frame: Frame, prior: bool = False) -> list[Subject]:
    """Every subject of a frame, in the order of its words."""
    rows, columns = frame.rows or ("",), frame.columns or ("",)
    if len(columns) > 1 and len(rows) <= 1:
        return [Subject(frame.domain, rows[0], column, prior) for column in columns]
    return [Subject(frame.domain, row, column, prior) for row in rows for column in columns]
