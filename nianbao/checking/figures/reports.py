"""How a claim without a number is reported."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.checking.figures.certainty import settled, understood
from nianbao.checking.figures.judging import UNKNOWN, out_of_period, out_of_scope, plainly_told, total_of
from nianbao.checking.known.frames import Frame
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading, resolved


def frame_in(reading: Reading, segment: Segment, tokens: Sequence[Token]) -> Frame | None:
    return reading.labels(segment, tokens)


def named_by(reading: Reading, frame: Frame, same: bool = True) -> list[Subject]:
    state = reading.state
    out = [resolved(s, state, state.whole is not None, same)[0] for s in subjects_of(frame)]
    return [s for s in out if s.row]


def report(
    reading: Reading, start: int, end: int, subjects: Sequence[Subject], right: bool | None,
    reason: str, expected: str | None = None, rule: str = "",
) -> None:  # fmt: skip
    """A verdict about some subjects: `right` None where it cannot be decided."""
    _, facts, known = total_of(reading, subjects)
    rule = rule or "X-13"
    if why := out_of_period(reading):
        reading.claim(start, end, "unverified", facts=facts, reason=why, rule=rule)
    elif why := out_of_scope(reading, known):
        reading.claim(start, end, "unverified", facts=facts, reason=why, rule=rule, scope=True)
    elif right is None:
        reading.claim(start, end, "unverified", facts=facts, reason=UNKNOWN, rule=rule)
    elif right:
        reading.claim(start, end, "supported", facts=facts, rule=rule)
    elif not (plainly_told(reading) and settled(reading) and understood(reading, start, end)):
        reading.claim(start, end, "unverified", facts=facts, expected=expected, reason=reason, rule=rule)
    else:
        reading.claim(start, end, "contradicted", facts=facts, expected=expected, reason=reason, rule=rule)


def with_period(reading: Reading, subjects: list[Subject]) -> list[Subject]:
    if reading.state.period == "both":
        return [*subjects, *(s._replace(prior=True) for s in subjects)]
    return [s._replace(prior=True) for s in subjects] if reading.state.period == "prior" else subjects
