"""The steps as plain functions: what the tasks wrap, and what the command calls where there is no server."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.dossier import Dossier
from nianbao.drafting.offline import draft
from nianbao.facts import fact_table
from nianbao.narrative import RenderedSection, render
from nianbao.report import Report
from nianbao.review.editions import checked
from nianbao.review.narrative_file import given_section


def draft_section(section_id: str, dossier: Dossier) -> RenderedSection:
    """One text section with every figure printed from the fact table.

    A dossier that brings its text (a published report that was read) keeps it; only what it lacks is drafted.
    """
    facts = fact_table(dossier)
    if dossier.sections.items():
        given = getattr(dossier.sections, section_id)
        if given or section_id == "opening":
            return given_section(section_id, given, dossier, facts)
    return render(draft(section_id, dossier, facts), facts, dossier)


def checked_report(dossier: Dossier, sections: Iterable[RenderedSection]) -> Report:
    """The report with what the rules say of its tables and its text; an empty opening is left out."""
    return checked(Report(dossier=dossier, sections=tuple(s for s in sections if s.text), findings=()))
