"""A claim of a text with its verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["supported", "contradicted", "unverified"]
WEIGHT: dict[Verdict, int] = {"supported": 0, "unverified": 1, "contradicted": 2}


@dataclass(frozen=True, slots=True)
class Claim:
    """`start`, `end`: code points of the given text. `facts`: ids of the facts or statements it rests on.

    `expected`: what the data says; `reason`: a Chinese sentence; `rule`: under which a contradiction is
    reported (X-01 …); `scope`: the data are of another scope, so the values are not compared (口径待复核).
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    facts: tuple[str, ...] = ()
    expected: str | None = None
    reason: str = ""
    rule: str = "X-15"
    scope: bool = False
    kind: Literal["figure", "words"] = "figure"

    def moved(self, start: int, end: int, text: str) -> Claim:
        return replace(self, start=start, end=end, text=text)

    def as_json(self) -> dict[str, object]:
        """The claim in the shape of `check --json`."""
        return {
            "start": self.start, "end": self.end, "text": self.text, "verdict": self.verdict,
            "facts": list(self.facts), "expected": self.expected, "reason": self.reason,
        }  # fmt: skip
