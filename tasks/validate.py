"""Step 2: what the rules say of the figures, and step 5: of the figures and the text."""

from __future__ import annotations

from prefect import task
from prefect.artifacts import create_markdown_artifact

from nianbao.dossier import Dossier
from nianbao.findings import Assessment, Finding
from nianbao.narrative import RenderedSection
from nianbao.report import Report, tally
from nianbao.rules import assess
from tasks.content import ByContent
from tasks.plain import checked_report
from tasks.show import slug, table, title


@task(task_run_name="核对数据", cache_policy=ByContent(per_run=True), persist_result=True, result_serializer="json")
def validate(dossier: Dossier) -> Assessment:
    """Check every relation of the tables."""
    assessment = assess(dossier)
    _show("figures", "数据核对", dossier, assessment.findings)
    return assessment


@task(
    task_run_name="核对文字与数据", cache_policy=ByContent(per_run=True), persist_result=True, result_serializer="json"
)
def check(dossier: Dossier, sections: list[RenderedSection]) -> Report:
    """Check the text as it reads against the figures."""
    report = checked_report(dossier, sections)
    _show("findings", "全文核对", dossier, report.findings)
    return report


def _show(key: str, name: str, dossier: Dossier, findings: tuple[Finding, ...]) -> None:
    create_markdown_artifact(
        key=f"{key}-{slug(dossier)}",
        markdown=f"### {name}：{tally(findings)}\n\n{table(findings, dossier.form)}\n",
        description=f"{name}：{tally(findings)}（{title(dossier)}）",
    )
