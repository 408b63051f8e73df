"""Step 6: the documents of the draft, in the edition's folder."""

from __future__ import annotations

from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from nianbao.report import Report, tally
from nianbao.review.editions import load, save
from tasks.show import FILES, markdown, slug, title


# Never cached: saving the same draft again changes nothing, and a folder that was lost is written anew.
@task(task_run_name="生成文稿", cache_policy=NO_CACHE, persist_result=True, result_serializer="json", retries=1)
def assemble(report: Report, out: str) -> str:
    """Write the documents; an edition that a person has edited stays as it is."""
    return str(save(report, Path(out)))


def show_edition(folder: Path) -> Report:
    """Put the edition as it stands on the run's page: its text, its findings and where its files lie."""
    report = load(folder)
    listed = "\n".join(f"| {FILES[name]} | `{folder / name}` |" for name in FILES if (folder / name).exists())
    create_markdown_artifact(
        key=f"draft-{slug(report.dossier)}",
        markdown=f"{markdown(report)}\n\n---\n\n| 文件 | 位置 |\n|---|---|\n{listed}\n",
        description=f"第{report.revision}稿，{tally(report.findings)}（{title(report.dossier)}，{report.digest[:12]}）",
    )
    return report
