"""A claim of a text with its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["supported", "contradicted", "unverified"]


@dataclass(frozen=True, slots=True)
class Claim:
    """`start`, `end`: code points of the given text, or of its sentence while that is read.

    `facts`: ids of the facts or statements it rests on.
    `expected`: what the data says; `reason`: a Chinese sentence; `rule`: under which a contradiction is reported
    (X-01 …); `scope`: the data are of another scope, so the values are not compared (口径待复核); `about`: what
    sort of words (meeting, document, honour …); `number`: where the figure itself stands.
    """

    start: int
    end: int
    verdict: Verdict
    facts: tuple[str, ...] = ()
    expected: str | None = None
    reason: str = ""
    rule: str = "X-15"
    scope: bool = False
    kind: Literal["figure", "words"] = "figure"
    about: str = ""
    number: tuple[int, int] | None = None
    text: str = ""

    def as_json(self) -> dict[str, object]:
        """The claim in the shape of `check --json`."""
        return {
            "start": self.start, "end": self.end, "text": self.text, "verdict": self.verdict,
            "facts": list(self.facts), "expected": self.expected, "reason": self.reason,
        }  # fmt: skip
