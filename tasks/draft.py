"""Step 3: the narrative, one task run per section."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import get_run_logger, runtime, task

from nianbao.dossier import Dossier
from nianbao.errors import ModelError
from nianbao.narrative import RenderedSection
from tasks.content import ByContent
from tasks.model import settings_here, shared_limit
from tasks.plain import asks_model, draft_section, model_drafts
from tasks.show import told

WAITS = (20, 60, 180)  # seconds: an outage of minutes; the client itself has retried for seconds


def _name(parameters: dict[str, Any]) -> str:
    section: str = parameters["section_id"]
    return f"起草：{'开头' if section == 'opening' else parameters['dossier'].form.heading(section)}"


async def _later(_task: Any, _run: Any, state: Any) -> bool:
    """Only a server that did not answer is tried again; what it answers is the gate's business."""
    failed = await state.aresult(raise_on_failure=False)
    return isinstance(failed, ModelError) and failed.retryable


# Kept for the run: a resumed run shows reviewers the very text it showed before, a new one asks again (at no cost
# where the question is the same, see `nianbao.drafting.endpoint.store`).
@task(
    task_run_name=_name,
    cache_policy=ByContent(per_run=True),
    persist_result=True,
    result_serializer="json",
    retries=len(WAITS),
    retry_delay_seconds=list(WAITS),
    retry_condition_fn=_later,
)
def draft(section_id: str, dossier: Dossier, out: str) -> RenderedSection:
    """Draft one text section, with the model where one is configured; after the last try without it."""
    settings = settings_here()
    wanted = [section_id] if asks_model(section_id, dossier, settings) else []
    last = runtime.task_run.run_count > len(WAITS)
    drafts = model_drafts(wanted, dossier, settings, Path(out), lambda: shared_limit(settings.limit), give_up=last)
    section = draft_section(section_id, dossier, drafts)
    for attempt in section.attempts:
        get_run_logger().info(told(attempt))
    return section
