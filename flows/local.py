"""The same steps without a server: one person, one machine, no schedule and no review gate.

Prefect alone costs seconds here (its import, and a server of its own for each run); the steps are plain
functions, so the command calls them. `flows.annual_report` is what a server runs.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.reading import read
from nianbao.review.editions import save
from nianbao.settings import ModelSettings
from tasks.plain import checked_report, draft_sections


def make_report(sources: list[Path], out: Path) -> Path:
    """The edition's folder."""
    dossier = read(sources)
    return save(checked_report(dossier, draft_sections(dossier, ModelSettings(), out)), out)
