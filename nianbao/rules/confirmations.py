"""What a person has confirmed: what does not bear out, what still waits (CF-01), what is told twice (CF-02, CF-03)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checking import repeats
from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule

_CODES = frozenset({"candidates_waiting", "candidate_doubtful"})
_ONCE = "同一单位同一年度的同一件事只有一种情况；部门说明经人确认后才是依据"


@rule("CF-01", Severity.WARNING, "《政务领域人工智能大模型部署应用指引》：人工审核；部门说明经人确认后才是依据")
def confirmed_candidates(case: Case) -> Iterator[Issue | Unknown]:
    """A confirmed candidate that its note no longer bears out, or says less than; and how many wait."""
    for note in case.dossier.reading:
        if note.code in _CODES:
            yield Issue(f"{note.where}：{note.message}", quote=note.where, severity=note.severity)


@rule("CF-02", Severity.WARNING, _ONCE)
def told_twice(case: Case) -> Iterator[Issue | Unknown]:
    """Two statements of one thing in nearly the same words, with both places and both wordings."""
    for found in repeats(case.dossier.statements):
        if not found.differs:
            yield Issue(found.told, (), found.one.text, found.other.text)


@rule("CF-03", Severity.WARNING, _ONCE)
def told_in_two_ways(case: Case) -> Iterator[Issue | Unknown]:
    """Two statements of one thing that contradict each other in a number, a day or how far it has come."""
    for found in repeats(case.dossier.statements):
        if found.differs:
            yield Issue(found.told, (), found.one.text, found.other.text)
