"""Step 7: what the reviewers see, and what they answer."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from prefect import get_run_logger, task
from prefect.input import RunInput
from pydantic import BaseModel, Field

from nianbao.report import Report, by_weight, place, tally
from nianbao.review.editions import send_back
from tasks.assemble import show_edition
from tasks.content import ByContent
from tasks.show import drafted, literal, title

SHOWN = 20
HOW_TO_ANSWER = "请点本页右上角“⋮”中的 Resume，看过文稿后填写结论、审阅人和意见"


class Review(RunInput):
    """The form. Only types that JSON Schema can check: a wrong answer must be refused before the run resumes."""

    decision: Literal["通过", "退回"] = Field(title="结论", json_schema_extra={"position": 1})
    reviewer: str = Field(title="审阅人", min_length=2, max_length=40, json_schema_extra={"position": 2})
    comment: str = Field(default="", title="意见", max_length=2000, json_schema_extra={"position": 3})


class Round(BaseModel):
    """One question to the reviewers: which text it is about, and what they were shown."""

    number: int
    digest: str
    description: str

    @property
    def key(self) -> str:
        """An answer is kept under this key and counts for this very text only."""
        return f"review-{self.number}-{self.digest[:12]}"


# The run's id is in the key: a resumed or retried run asks about the text it asked about before.
@task(
    task_run_name="第{number}轮审阅：列出待审文稿",
    cache_policy=ByContent(program=False),
    persist_result=True,
    result_serializer="json",
)
def open_round(run_id: str, number: int, folder: str, note: str) -> Round:
    """Fix what this round is about, and say so: on the run's page, and in its log, which that page shows first."""
    report = show_edition(Path(folder))
    get_run_logger().info(f"第{number}轮审阅：{HOW_TO_ANSWER}")
    return Round(number=number, digest=report.digest, description=describe(report, Path(folder), note))


@task(
    task_run_name="第{number}轮审阅：记录退回意见",
    cache_policy=ByContent(program=False),
    persist_result=True,
    result_serializer="json",
)
def return_edition(run_id: str, number: int, folder: str, digest: str, reviewer: str, comment: str) -> str:
    """Record that the edition was sent back, once."""
    send_back(Path(folder), digest, reviewer, comment)
    return f"第{number}轮由{reviewer}退回：{comment or '未写意见'}。修改并采纳后，请再次填写结论。"


def describe(report: Report, folder: Path, note: str) -> str:
    """What stands above the form."""
    barred = report.barred_by
    lines = [f"### {literal(title(report.dossier))}政府信息公开工作年度报告　第{report.revision}稿", ""]
    lines += [f"> **{literal(note)}**", ""] if note else []
    lines += [
        f"- 核对结果：{tally(report.findings)}",
        f"- 能否公开：{f'**还不能，有 {len(barred)} 个问题须先解决**' if barred else '可以，审阅通过后即公开'}",
        *([f"- 起草：{drafted(report)}"] if report.attempts else []),
        f"- 待补充内容：{len(report.gaps)} 项",
        f"- 文稿编号：`{report.digest[:12]}`（只对这一稿有效；此后文稿若有改动，会列出新稿再请您确认）",
        "",
    ]
    if shown := by_weight(report.findings)[:SHOWN]:
        lines += ["**核对出的问题**", ""]
        lines += [
            f"1. 【{f.severity.label}】{literal(place(f, report.form))}：{literal(f.message)}（{f.rule}）"
            for f in shown
        ]
        lines += [f"\n其余 {len(report.findings) - SHOWN} 条见 findings.json"] if len(report.findings) > SHOWN else []
        lines.append("")
    lines += [f"**文稿**在 `{folder}`：请看 `report.docx` 或 `report.pdf`，逐句的出处和存疑之处见 `审阅稿.html`，"]
    lines += ["待补充内容见 `缺口清单.md`。"]
    lines += ["", "改文字：修改 `narrative.md` 后运行 `nianbao accept narrative.md`。改数字：改正底稿后重新运行。"]
    return "\n".join(lines)
