"""All documents of a report, written into one folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from nianbao.documents.docx import render_docx
from nianbao.documents.html import render_fragment, render_html
from nianbao.documents.pdf import render_pdf
from nianbao.documents.records import audit_json, findings_json, gaps_md, narrative_md, report_json
from nianbao.documents.review_copy import render_review_copy
from nianbao.report import Report

# report.json comes last: its digest is that of the other files as soon as the whole set is in place.
FILES = (
    "report.docx", "report.pdf", "report.html", "fragment.html", "narrative.md", "缺口清单.md", "审阅稿.html",
    "audit.json",
    "findings.json", "report.json",
)  # fmt: skip
_STAGING = ".staging-"


def assemble(report: Report, folder: Path) -> dict[str, Path]:
    """Write every document of `FILES`; the paths by file name.

    Everything is made and written beside the folder's files first and then moved in place, file by
    file: whenever the process is stopped, each file is whole, the old one or the new one. Other
    files in the folder are left alone.
    """
    made = documents(report)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        for name in FILES:
            with (staging / name).open("wb") as file:
                file.write(made[name])
                file.flush()
                os.fsync(file.fileno())
        for name in FILES:
            os.replace(staging / name, folder / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return {name: folder / name for name in FILES}


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed over an hour ago left."""
    for left in folder.glob(f"{_STAGING}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > 3600:
                shutil.rmtree(left)


def documents(report: Report) -> dict[str, bytes]:
    """The bytes of every document by file name; the same report gives the same bytes."""
    return {
        "report.docx": render_docx(report),
        "report.pdf": render_pdf(report),
        "report.html": render_html(report).encode(),
        "fragment.html": render_fragment(report).encode(),
        "narrative.md": narrative_md(report).encode(),
        "缺口清单.md": gaps_md(report).encode(),
        "审阅稿.html": render_review_copy(report).encode(),
        "audit.json": audit_json(report).encode(),
        "findings.json": findings_json(report).encode(),
        "report.json": report_json(report).encode(),
    }
