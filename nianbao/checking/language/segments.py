"""The segments of a sentence: what stands between ，；：（ and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.checking.language.lexicon import Entry
from nianbao.checking.language.tokens import Token


@dataclass
class Segment:
    """A run of tokens between ，；：（ and the like. `opener`: the sign before it."""

    start: int
    end: int
    tokens: list[Token]
    opener: str
    number: int

    def kinds(self) -> set[str]:
        return {token.kind for token in self.tokens}


_SHORT = 4


def _asides(tokens: Sequence[Token]) -> set[int]:
    """The brackets of （含上年结转） and of 村（社区）公开栏, which part nothing."""
    found: set[int] = set()
    for i, token in enumerate(tokens):
        if token.text != "（" or not i > 0:
            continue
        close = next((j for j in range(i + 1, min(i + 4, len(tokens))) if tokens[j].text == "）"), 0)
        inside = tokens[i + 1 : close]
        if not close or any(t.kind in ("num", "date", "row", "column", "document", "title", "ratio") for t in inside):
            continue
        short = tokens[close].start - token.end <= _SHORT and close + 1 < len(tokens)
        goes_on = short and tokens[close + 1].kind != "break" and tokens[close + 1].start - tokens[close].end <= 1
        counted = tokens[i - 1].kind in ("break", "num") and tokens[i - 1].end == token.start
        if (len(inside) == 1 and inside[0].kind == "carry") or (goes_on and not counted):
            found |= {i, close}
    return found


def segments_of(tokens: Sequence[Token], length: int) -> list[Segment]:
    """The segments of a sentence."""
    found: list[Segment] = []
    start, opener = 0, ""
    run: list[Token] = []
    aside = _asides(tokens)
    for index, token in enumerate(tokens):
        if token.kind == "break" and index not in aside:
            if start == token.start and opener == "）" and token.text != "（":
                start = token.end  # what follows a bracket follows it, whatever sign stands between
                continue
            found.append(Segment(start, token.start, run, opener, len(found)))
            start, opener, run = token.end, token.text, []
        elif token.kind != "break":
            run.append(token)
    found.append(Segment(start, length, run, opener, len(found)))
    return [s for s in found if s.end > s.start]


_CARRIED = re.compile(
    r"(?:结转|转入|转到|转至|留待|待|留到|延至|顺延)(?:至|到|入)?(?:(?P<next>[0-9]{4})年度?|[下次明]一?年度?)(?:继续)?(?:办理)?"
    r"|[由从自]?(?:(?P<last>[0-9]{4})年度?|[上去]一?年度?末?)(?:结转|转来|转入|接转|遗留|留存|延续)(?:而来|下来|过来|来)?"
)


def carried_over(text: str, tokens: list[Token], year: int) -> list[Token]:
    """转入2026年继续办理, 从上年转来: the rows of the form, in whatever words."""
    for found in _CARRIED.finditer(text):
        if int(found["next"] or year + 1) != year + 1 or int(found["last"] or year - 1) != year - 1:
            continue
        row = "carried_in" if found["last"] or found.group()[0] in "由从自上去" else "carried_out"
        inside = (
            t for t in tokens if t.start < found.start() < t.end or (t.kind == "carry" and t.start == found.start())
        )
        if any(inside):
            continue  # 较上年结转的10件
        word = Token(*found.span(), "row", found.group(), Entry(found.group(), "row", "requests", row))
        kept = [t for t in tokens if t.end <= word.start or t.start >= word.end]
        tokens = sorted([*kept, word], key=lambda t: t.start)
    return tokens
