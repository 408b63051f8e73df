"""Step 3: the narrative, one task run per section."""

from __future__ import annotations

from typing import Any

from prefect import task

from nianbao.dossier import Dossier
from nianbao.narrative import RenderedSection
from tasks.content import ByContent
from tasks.plain import draft_section


def _name(parameters: dict[str, Any]) -> str:
    section: str = parameters["section_id"]
    return f"起草：{'开头' if section == 'opening' else parameters['dossier'].form.heading(section)}"


@task(task_run_name=_name, cache_policy=ByContent(), persist_result=True, result_serializer="json")
def draft(section_id: str, dossier: Dossier) -> RenderedSection:
    """Draft one text section. Kept by content: a resumed run shows reviewers the very text it showed before."""
    return draft_section(section_id, dossier)
