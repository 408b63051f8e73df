"""What reviewers must know of how the text was drafted: findings DR-01 to DR-03."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.findings import Finding, Severity
from nianbao.report import Report

_SOURCE = "起草记录（audit.json）"
_NAMES = {"summary": "总体情况", "problems": "存在的主要问题", "improvements": "改进情况"}


def drafting_findings(report: Report) -> Iterator[Finding]:
    """DR-01: a model gave nothing usable; DR-02: a sentence of the template; DR-03: private data in the materials."""
    for section in dict.fromkeys(attempt.section for attempt in report.attempts):
        attempts = [one for one in report.attempts if one.section == section]
        if not any(one.kept for one in attempts):
            yield Finding(
                rule="DR-01", severity=Severity.WARNING, source=_SOURCE, actual=attempts[-1].refused[0],
                message=f"“{_NAMES[section]}”没有用上模型的文字，由模板生成：{attempts[-1].refused[0]}。",
            )  # fmt: skip
        for warned in dict.fromkeys(text for one in attempts for text in one.warned):
            yield Finding(
                rule="DR-03", severity=Severity.WARNING, source="个人信息保护；保密审查", actual=warned,
                message=f"发给模型的材料里有{warned}。请核对底稿，不该有的请删去。",
            )  # fmt: skip
    for section, text in report.stood_in:
        yield Finding(
            rule="DR-02", severity=Severity.INFO, source=_SOURCE, section=section, quote=text,
            message="这一句由模板生成（模型的写法没有通过核对或者没有写到），请看是否通顺。",
        )  # fmt: skip
