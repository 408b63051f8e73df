"""What a person has confirmed out of departments' notes, where it does not bear out, and what still waits (CF-01)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule

_CODES = frozenset({"candidates_waiting", "candidate_doubtful"})


@rule("CF-01", Severity.WARNING, "《政务领域人工智能大模型部署应用指引》：人工审核；部门说明经人确认后才是依据")
def confirmed_candidates(case: Case) -> Iterator[Issue | Unknown]:
    """A confirmed candidate that its note no longer bears out, or says less than; and how many wait."""
    for note in case.dossier.reading:
        if note.code in _CODES:
            yield Issue(f"{note.where}：{note.message}", quote=note.where, severity=note.severity)
