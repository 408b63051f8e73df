"""The rules of a report: `assess(dossier)` gives every finding, and every rule that could not be decided.

One function or one row of data per clause. Sum relations (T3-01 … T19-06) are data of `data/forms` and are
evaluated as a matrix (`relations`); the others are registered functions, one file for a family.

Not registered, because another rule reports them, so that one fault gives one finding: T4-05 (in X-06),
EV-10 (X-01 … X-09), EV-11 (X-10), EV-12 (T3, T4), EV-14 (T2-01, T3-04, T4-04, T19-01).
Not registered, because one dossier cannot decide them: R-01 … R-06, EV-09 (`nianbao.checking.copies`) and EV-25 need
other units' reports, EV-26 the published versions. T2-06 (处罚 by a street or township) is lawful and never a finding.
"""

from __future__ import annotations

from nianbao.dossier import Dossier
from nianbao.findings import Assessment, Finding, NotAssessed, Severity
from nianbao.rules import (
    blanks,
    confirmations,
    crossing,
    evaluation,
    instructions,
    sensitive,
    sources,
    table2,
    table3,
    table4,
    wording,
)
from nianbao.rules.registry import RULES, Case, Rule
from nianbao.rules.relations import Matrix, matrix_for, relation_findings

__all__ = ["RULES", "Case", "Matrix", "Rule", "assess", "matrix_for"]
_FAMILIES = (
    blanks, confirmations, crossing, evaluation, instructions, sensitive, sources, table2, table3, table4, wording,
)  # fmt: skip
_ORDER = {severity: number for number, severity in enumerate(Severity)}


def assess(dossier: Dossier) -> Assessment:
    """All rules for one dossier; findings by falling severity, then by rule, then as they stand in the report."""
    case = Case(dossier)
    outcomes = [*relation_findings(case)]
    for one in RULES.values():
        outcomes.extend(one(case))
    findings = [o for o in outcomes if isinstance(o, Finding)]
    undecided = [o for o in outcomes if isinstance(o, NotAssessed)]
    findings.sort(key=lambda f: (_ORDER[f.severity], f.rule))
    reasons = {(n.rule, n.reason): n for n in undecided}
    return Assessment(
        findings=tuple(findings), not_assessed=tuple(sorted(reasons.values(), key=lambda n: (n.rule, n.reason)))
    )
