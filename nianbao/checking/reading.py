"""A sentence being read: its segments, what was said before, and the claims found so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from nianbao.checking.known.evidence import Evidence
from nianbao.checking.known.frames import Frame, frame_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.quantity import Quantity
from nianbao.checking.language.segments import Segment, carried_over, segments_of
from nianbao.checking.language.tokens import Token
from nianbao.checking.state import State
from nianbao.checking.verdicts import Claim, Verdict
from nianbao.facts import show

_WAN = 10**4


def _cases(token: Token) -> bool:
    return token.quantity is not None and token.quantity.unit in ("件", "件次", "宗")


class Reading:
    """One sentence under reading. The readers of the claims' kinds work on it."""

    def __init__(self, evidence: Evidence, text: str, tokens: list[Token], state: State) -> None:
        tokens = carried_over(text, tokens, evidence.year)
        self.evidence, self.text, self.tokens, self.state = evidence, text, tokens, state
        self.segments = segments_of(tokens, len(text))
        self.found: list[Claim] = []
        self.dated = any(t.kind == "date" and t.data[0] and not t.data[1] for t in tokens)
        self.ahead = any(
            t.kind in ("future", "next") or (t.kind == "date" and t.data[0] == evidence.year + 1) for t in tokens
        )
        self.number: Token | None = None
        self.segment_start = 0
        self.averaging = False
        self.judged_to = 0
        self.named: list[Subject] = []
        self.before_bracket: tuple[Subject | None, Subject | None, int] | None = None

    def add(self, one: Claim) -> None:
        """Take a claim; one about a figure remembers the number that is being read."""
        if one.kind == "figure" and self.number and one.start <= self.number.start and self.number.end <= one.end:
            one = replace(one, number=(self.number.start, self.number.end))
        self.found.append(one)

    def claim(self, start: int, end: int, verdict: Verdict, **more: object) -> None:
        self.add(Claim(start, end, verdict, **more))  # type: ignore[arg-type]

    def widened(self, start: int) -> int:
        """Where a doubtful claim begins: with the year or scope that it is held against, if that is not its own."""
        state = self.state
        marks = [state.period_at] if state.period != "this" else []
        marks += [state.base_at] if state.compared not in ("", "prior") else []
        marks += [state.scope_at] if state.scope.startswith("scope_") else []
        return min([start, *(m for m in marks if m >= 0)])

    def labels(self, segment: Segment, tokens: Sequence[Token]) -> Frame | None:
        """The frame that tokens of a segment name; weak words only in their company."""
        kept = [t for t in tokens if t.kind in ("row", "column") and self._stands(t, segment)]
        return frame_of(kept, self.text, self.evidence.figures) if kept else None

    def _stands(self, token: Token, segment: Segment) -> bool:
        """Whether a weak word is an indicator here."""
        entry = token.entry
        if entry is None or not entry.weak:
            return True
        if token.text == "结转":  # of which year, only what was told before it shows
            told = [s.subjects[0].row for s in self.state.said if s.subjects and s.sentence == self.state.sentence]
            return "total_handled" in told and "carried_out" not in told
        objects = {t.entry.domain for t in segment.tokens if t.kind == "object" and t.entry}
        if any(t.kind == "within" and "申请" in t.text for t in segment.tokens):
            objects.add("requests")
        context = self.state.context
        if entry.domain == "requests":
            if "foreign" in objects and not self._object_follows(token, segment):
                return False
            if "requests" in objects or (context is not None and context.domain == "requests" and not objects):
                return True
            return any(t.kind == "num" and 0 <= t.start - token.end <= 3 and _cases(t) for t in segment.tokens)
        rows = {t.entry.row for t in segment.tokens if t.kind == "row" and t.entry and t.entry.domain == entry.domain}
        documents = {"regulations", "normative_documents"}
        if entry.row:  # 行政许可、处罚、强制
            return bool(rows - {entry.row})
        if rows:
            return bool(rows & documents)
        return context is not None and context.domain == entry.domain and context.row in documents and not objects

    def _object_follows(self, token: Token, segment: Segment) -> bool:
        """收到…申请: the first thing named after the verb is an application."""
        after = [t for t in segment.tokens if t.kind == "object" and t.entry and t.start >= token.end]
        return bool(after) and after[0].entry is not None and after[0].entry.domain == "requests"

    def show(self, value: Fraction, one: Quantity | None, unit: str, start: int = 0, end: int = 0) -> str:
        """A value as the text would write it."""
        if unit == "元" and (one is None or re.search("[万亿]元?", self.text[start:end])):
            return f"{show(value / _WAN, 6)}万元"
        return f"{show(value, 2 if unit in ('%', '倍', '个百分点') else 6)}{unit}"


def resolved(subject: Subject, state: State, part: bool, same: bool) -> tuple[Subject, bool]:
    """A subject with its missing parts from the context; False: it might be another.

    `part`: it stands among the parts of a whole (其中); `same`: the context was set in this very sentence.
    """
    context = state.whole if part and state.whole else state.context
    domain, row, column, prior = subject
    near = context if context and context.domain == domain else None
    sure = True
    if domain == "requests":
        if not row:
            if near and near.row and (part or (same and state.fresh)):
                row, sure = near.row, part or near.row in ("new", "carried_in", "carried_out", "total_handled")
            else:
                row = "new"
        elif not column and part and near and near.column:
            column = near.column
    elif domain == "remedies":
        if not row:
            row, sure = (near.row, True) if near and near.row else (state.remedies or "both", False)
    elif domain == "disclosure":
        if not row:
            row, sure = (near.row, True) if near and near.row else ("", False)
        elif (
            not column
            and near
            and (
                (near.column and row in ("regulations", "normative_documents"))
                or (near.column == "prior_items" and same and state.fresh)
            )
        ):
            column = near.column
    return Subject(domain, row, column, prior), sure and bool(row)
