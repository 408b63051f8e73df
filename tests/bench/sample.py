"""The sample office's report, made without any of the documents' modules."""

from __future__ import annotations

from pathlib import Path

from nianbao.drafting.offline import draft
from nianbao.facts import fact_table
from nianbao.narrative import render
from nianbao.reading import read
from nianbao.report import TEXT_SECTIONS, Report
from nianbao.rules import assess

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "qingshi-shuiwuju-2025.yaml"


def sample() -> Report:
    dossier = read([SAMPLE])
    facts = fact_table(dossier)
    drafted = [render(draft(name, dossier, facts), facts, dossier) for name in TEXT_SECTIONS]
    assessed = assess(dossier)
    sections = tuple(section for section in drafted if section.text)
    return Report(dossier=dossier, sections=sections, findings=assessed.findings, not_assessed=assessed.not_assessed)
