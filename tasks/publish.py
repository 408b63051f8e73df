"""Step 8: publish the text that was approved, and nothing else."""

from __future__ import annotations

from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact
from pydantic import BaseModel

from nianbao.errors import ReviewError
from nianbao.review.editions import load, publish
from tasks.content import ByContent
from tasks.show import slug, title


class Outcome(BaseModel):
    """Where it was published, or why it was not."""

    folder: str = ""
    reason: str = ""


@task(
    task_run_name="第{number}轮审阅：按结论公开",
    cache_policy=ByContent(program=False),
    persist_result=True,
    result_serializer="json",
)
def publish_edition(run_id: str, number: int, folder: str, digest: str, reviewer: str, comment: str) -> Outcome:
    """Publish exactly this digest; a text changed since, or an open error, keeps it back with the reason."""
    try:
        published = publish(Path(folder), digest, reviewer, comment)
    except ReviewError as refused:
        return Outcome(reason=str(refused))
    dossier = load(Path(folder)).dossier
    files = "\n".join(f"- `{path}`" for path in sorted(published.iterdir()))
    text = f"审阅人：{reviewer}\n\n文稿编号：`{digest[:12]}`\n\n{files}\n"
    create_markdown_artifact(key=f"published-{slug(dossier)}", markdown=text, description=f"已公开（{title(dossier)}）")
    return Outcome(folder=str(published))
