"""A sentence being read: its segments, what was said before, and the claims found so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from nianbao.checking.evidence import Evidence
from nianbao.checking.frames import Frame, frame_of
from nianbao.checking.lexicon import Entry
from nianbao.checking.quantity import Quantity
from nianbao.checking.subjects import Subject
from nianbao.checking.tokens import Token
from nianbao.checking.verdicts import Claim, Verdict
from nianbao.facts import show

Period = Literal["this", "prior", "both", "part", "other"]
_MOST_SAID = 16
_WAN = 10**4


class Said(NamedTuple):
    """A figure that was told: what it is about (several: their sum), as written and as known."""

    subjects: tuple[Subject, ...]
    value: Fraction
    known: Fraction | None
    unit: str
    sentence: int
    segment: int


class Averaged(NamedTuple):
    """What is divided, and by what: a count of the year's parts, or figures."""

    upper: tuple[Subject, ...]
    parts: Fraction | None
    lower: tuple[Subject, ...]


@dataclass
class State:
    """What carries over from sentence to sentence of a paragraph."""

    pending: tuple[Subject, ...] = ()
    whole: Subject | None = None
    said: list[Said] = field(default_factory=list)
    share: tuple[tuple[Subject, ...], tuple[Subject, ...]] | None = None
    rate: tuple[tuple[Subject, ...], tuple[Subject, ...]] | None = None
    last_share: tuple[tuple[Subject, ...], tuple[Subject, ...]] | None = None
    averaged: Averaged | None = None
    base: tuple[Subject, ...] = ()
    compared: str = ""
    period: Period = "this"
    scope: str = ""
    scope_word: str = ""
    period_at: int = -1
    scope_at: int = -1
    base_at: int = -1
    mode: str = ""
    remedies: str = ""
    sentence: int = 0
    told: list[str] = field(default_factory=list)
    pair: list[tuple[Subject, ...]] = field(default_factory=list)
    pair_in: int = -1
    _context: Subject | None = None
    _since: int = 0

    @property
    def context(self) -> Subject | None:
        """The figure that was spoken of last."""
        return self._context

    @context.setter
    def context(self, subject: Subject | None) -> None:
        self._context, self._since = subject, self.sentence

    @property
    def fresh(self) -> bool:
        """Whether the context was set in this very sentence."""
        return self._since == self.sentence

    def tell(self, statement: str) -> None:
        """A statement was told; 前者 and 后者 may mean the last two."""
        if self.told[-1:] != [statement]:
            self.told = [*self.told[-1:], statement]

    def speak_of(self, subjects: Sequence[Subject]) -> None:
        """The figures that were told become what is spoken of: review and suits together are the cases."""
        both = {s.row for s in subjects} == {"review", "suits"}
        self.context = Subject("remedies", "both") if both else subjects[-1]._replace(prior=False)

    def say(self, one: Said) -> None:
        self.said.append(one)
        del self.said[:-_MOST_SAID]


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
        if (len(inside) == 1 and inside[0].kind == "carry") or (goes_on and tokens[i - 1].kind not in ("break", "num")):
            found |= {i, close}
    return found


def _cases(token: Token) -> bool:
    return token.quantity is not None and token.quantity.unit in ("件", "件次", "宗")


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
    r"(?:结转|转入|转到|转至|留待|留到|延至|顺延)(?:至|到|入)?(?:(?P<next>[0-9]{4})年度?|[下次明]一?年度?)(?:继续)?(?:办理)?"
    r"|[由从自]?(?:(?P<last>[0-9]{4})年度?|[上去]一?年度?末?)(?:结转|转来|转入|接转|遗留|留存|延续)(?:而来|下来|过来|来)?"
)


def _carried_over(text: str, tokens: list[Token], year: int) -> list[Token]:
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


class Reading:
    """One sentence under reading. The readers of the claims' kinds work on it."""

    def __init__(self, evidence: Evidence, text: str, tokens: list[Token], state: State) -> None:
        tokens = _carried_over(text, tokens, evidence.year)
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
        elif not column and part and near and near.column and near.row != row:
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
