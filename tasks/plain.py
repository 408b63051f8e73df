"""The steps as plain functions: what the tasks wrap, and what the command calls where there is no server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from nianbao.dossier import Dossier
from nianbao.drafting.endpoint.store import Limit
from nianbao.drafting.model.desk import ASKED, ask, compose_section, endpoint
from nianbao.drafting.model.draft import ModelDraft
from nianbao.facts import fact_table
from nianbao.narrative import RenderedSection
from nianbao.report import TEXT_SECTIONS, Report
from nianbao.review.editions import checked
from nianbao.review.narrative_file import given_section
from nianbao.settings import ModelSettings


def draft_sections(dossier: Dossier, settings: ModelSettings, out: Path) -> list[RenderedSection]:
    """All text sections; what a model drafts is asked for at once, and one that does not answer is done without."""
    wanted = [section for section in TEXT_SECTIONS if asks_model(section, dossier, settings)]
    limit = asyncio.Semaphore(settings.limit)
    drafts = model_drafts(wanted, dossier, settings, out, lambda: limit, give_up=True)
    return [draft_section(section, dossier, drafts) for section in TEXT_SECTIONS]


def asks_model(section_id: str, dossier: Dossier, settings: ModelSettings) -> bool:
    """Whether a model drafts this section: one is configured, and the dossier does not bring the text."""
    return settings.configured and section_id in ASKED and _given(section_id, dossier) is None


def model_drafts(
    section_ids: Sequence[str], dossier: Dossier, settings: ModelSettings, out: Path, limit: Limit, *, give_up: bool
) -> list[ModelDraft]:
    """The model's part of these sections (none: no model is touched); see `desk.ask` for `give_up`."""
    wanted = tuple(part for section in section_ids for part in ASKED[section])

    async def run() -> list[ModelDraft]:
        async with endpoint(settings, out, limit) as model:
            return await ask(wanted, dossier, model, settings, give_up=give_up)

    return asyncio.run(run()) if wanted else []


def draft_section(section_id: str, dossier: Dossier, drafts: Sequence[ModelDraft] = ()) -> RenderedSection:
    """One text section with every figure printed from the fact table.

    A dossier that brings its text (a published report that was read) keeps it; only what it lacks is drafted.
    """
    if (given := _given(section_id, dossier)) is not None:
        return given_section(section_id, given, dossier, fact_table(dossier))
    parts = ASKED.get(section_id, ())
    return compose_section(section_id, dossier, [one for one in drafts if one.section in parts])


def _given(section_id: str, dossier: Dossier) -> str | None:
    if not dossier.sections.items():
        return None
    given: str = getattr(dossier.sections, section_id)
    return given if given or section_id == "opening" else None


def checked_report(dossier: Dossier, sections: Iterable[RenderedSection]) -> Report:
    """The report with what the rules say of its tables and its text; an empty opening is left out."""
    return checked(Report(dossier=dossier, sections=tuple(s for s in sections if s.text), findings=()))
