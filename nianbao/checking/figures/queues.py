"""What 分别 hands out: the subjects of the numbers behind it, in order."""

from __future__ import annotations

import re

from nianbao.checking.figures.antecedents import JOINERS
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, unique
from nianbao.checking.language.segments import Segment
from nianbao.checking.reading import Reading, resolved

_OF_KINDS = re.compile("[两三四五](?:种|类|个|条|项)")


def queue_of(reading: Reading, segment: Segment, numbers: list[int]) -> list[tuple[Subject, ...]]:
    """The subjects that 分别 hands out in order."""
    at = next((i for i, t in enumerate(segment.tokens) if t.kind == "respectively"), None)
    if at is None or not numbers:
        return []
    first = next((i for i in numbers if i > at), None)
    if first is None:
        return []
    count = sum(i > at for i in numbers)
    if count > 1 and all(labelled(segment, i) for i in numbers if i > at):
        return []  # 分别为直接起诉2件、复议后起诉3件
    names = list(segment.tokens[:first])
    frame = reading.labels(segment, names)
    state = reading.state
    if frame and frame.several:
        return [(resolved(s, state, state.whole is not None, True)[0],) for s in subjects_of(frame)]
    text = reading.text[segment.start : segment.tokens[at].start]
    tail = reading.text[segment.tokens[at].end : segment.tokens[first].start]
    quantity = segment.tokens[first].quantity
    unit = quantity.unit if quantity else ""
    labels = reading.evidence.labels
    found = [
        (own.label if (own := best(labels, part + tail, unit)) else unique(labels, part, unit))
        for part in JOINERS.split(_OF_KINDS.split(text)[0])
    ]
    named: list[tuple[Subject, ...]] = [(Subject("supp", label.id),) for label in found if label]
    if len(named) >= 2 and len(named) == len(found):
        return named
    if len(state.pending) >= count > 1:
        return [(s,) for s in state.pending]
    said = [s for s in state.said if s.sentence >= state.sentence - 1 and s.subjects]
    return [s.subjects for s in said[-count:]] if len(said) >= count else []


def labelled(segment: Segment, at: int) -> bool:
    """Whether a number has a label of its own right before it."""
    before = next((t for t in reversed(segment.tokens[:at]) if t.kind not in ("bland", "is")), None)
    return before is not None and before.kind in ("row", "column") and before.entry is not None
