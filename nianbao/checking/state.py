"""What carries over from sentence to sentence of a paragraph while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from nianbao.checking.known.subjects import Subject

Period = Literal["this", "prior", "both", "part", "other"]
Pair = tuple[tuple[Subject, ...], tuple[Subject, ...]]  # a part and its whole
_MOST_SAID = 16


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
    """What carries over from sentence to sentence of a paragraph.

    Figures: `pending` named and waiting for its number; `whole` what 其中 opened; `said` those told, oldest first;
    `pair` what 前者 and 后者 mean, fixed in sentence `pair_in`; `context` spoken of last.
    Ratios: `share` the part and whole told last (`last_share` beyond ；), `rate` one that has a name (办结率), `base` a
    whole named as such, `averaged` what an average divides.
    Setting: `period`, `compared` (the base of comparison: prior, or the words for another), `scope` with `scope_word`,
    and where each stands (`…_at`, −1 for nowhere); `mode` problem or plan; `remedies` the first row of table 四 named.
    `told`: the ids of the last two statements.
    """

    pending: tuple[Subject, ...] = ()
    whole: Subject | None = None
    said: list[Said] = field(default_factory=list)
    share: Pair | None = None
    rate: Pair | None = None
    last_share: Pair | None = None
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

    @property
    def last(self) -> Said | None:
        """The figure that was told last in this sentence."""
        return self.said[-1] if self.said and self.said[-1].sentence == self.sentence else None

    def tell(self, statement: str) -> None:
        """A statement was told; 前者 and 后者 may mean the last two."""
        if self.told[-1:] != [statement]:
            self.told = [*self.told[-1:], statement]

    def begin_sentence(self, remedies: str) -> None:
        """Forget what holds for one sentence only; `remedies`: the row of table 四 that the new one names first."""
        self.period, self.scope, self.compared = "this", "", ""
        self.period_at, self.scope_at, self.base_at, self.scope_word = -1, -1, -1, ""
        self.share, self.rate, self.last_share, self.averaged, self.base = None, None, None, None, ()
        self.whole, self.pending, self.remedies = None, (), remedies

    def begin_part(self, dated: bool) -> None:
        """Forget what does not go on after ；: a month too, but not a year told for the whole sentence."""
        self.whole, self.share, self.base, self.rate = None, None, (), None
        self.period = "this" if self.period == "part" or (self.period == "prior" and not dated) else self.period

    def speak_of(self, subjects: Sequence[Subject]) -> None:
        """The figures that were told become what is spoken of: review and suits together are the cases."""
        both = {s.row for s in subjects} == {"review", "suits"}
        self.context = Subject("remedies", "both") if both else subjects[-1]._replace(prior=False)

    def say(self, one: Said) -> None:
        self.said.append(one)
        del self.said[:-_MOST_SAID]
