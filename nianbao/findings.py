"""Findings: what is wrong, or may be wrong, with a report. Values, never exceptions.

Severities, in falling order: `error` stops publication; `overridable` stops it too, unless a person
gives a reason, which is recorded and printed as a note; `warning`; `info`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, computed_field


class Severity(StrEnum):
    ERROR = "error"
    OVERRIDABLE = "overridable"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "overridable": "须改正或说明理由", "warning": "提醒", "info": "提示"}[self.value]


class Value(BaseModel):
    """Base of the small immutable values of this package."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(Value):
    """One problem: its rule, the exact cells of both sides, both values and what to do about it.

    `section`, `start` and `end` (code points) point into a text section where the problem lies in
    the narrative; `quote` is the text there.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")  # a stored finding carries its fingerprint

    rule: str
    severity: Severity
    message: str
    source: str
    cells: tuple[str, ...] = ()
    expected: str | None = None
    actual: str | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None

    @property
    def can_be_overridden(self) -> bool:
        """By name and with a reason: relations marked so, and whatever was read out of free text."""
        return self.severity is Severity.OVERRIDABLE or (self.severity is Severity.ERROR and self.section is not None)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def fingerprint(self) -> str:
        """Of rule, cells and values: a person's verdict is kept by it, and falls when a value changes."""
        parts = (self.rule, *self.cells, self.expected or "", self.actual or "", self.section or "", self.quote or "")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class NotAssessed(Value):
    """A rule that could not be decided, and why (in Chinese)."""

    rule: str
    reason: str


class Verdict(Value):
    """What a person decided about a finding, kept by its fingerprint over all later runs."""

    fingerprint: str
    decision: str = Field(pattern="^(confirmed|dismissed)$")
    reason: str
    by: str
    at: str


class Assessment(Value):
    """The outcome of all rules for one dossier."""

    findings: tuple[Finding, ...]
    not_assessed: tuple[NotAssessed, ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(f.severity is severity for f in self.findings)


def open_findings(findings: Iterable[Finding], verdicts: Iterable[Verdict] = ()) -> tuple[Finding, ...]:
    """The findings that still bar publication: errors, and those that may be overridden but were not."""
    dismissed = {v.fingerprint for v in verdicts if v.decision == "dismissed"}
    barring = (f for f in findings if f.severity in (Severity.ERROR, Severity.OVERRIDABLE))
    return tuple(f for f in barring if not (f.can_be_overridden and f.fingerprint in dismissed))
