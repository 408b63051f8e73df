"""`make bench`: each number beside what it is compared with, measured in this one run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from nianbao.documents import assemble
from nianbao.documents.docx import render_docx
from nianbao.documents.html import render_html
from nianbao.documents.pdf import render_pdf
from nianbao.drafting.offline import draft
from nianbao.facts import fact_table
from nianbao.forms import load_form
from nianbao.narrative import render
from nianbao.reading import read
from nianbao.report import TEXT_SECTIONS, Report
from nianbao.rules import assess
from nianbao.rules.relations import Matrix
from tests.bench import rivals

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "samples" / "qingshi-shuiwuju-2025.yaml"
REPORTS = 100_000


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of `times` calls after one that does not count."""
    work()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def sample() -> Report:
    dossier = read([SAMPLE])
    facts = fact_table(dossier)
    drafted = [render(draft(name, dossier, facts), facts, dossier) for name in TEXT_SECTIONS]
    assessed = assess(dossier)
    sections = tuple(section for section in drafted if section.text)
    return Report(dossier=dossier, sections=sections, findings=assessed.findings, not_assessed=assessed.not_assessed)


def directly() -> None:
    """The whole run as plain function calls."""
    with tempfile.TemporaryDirectory() as folder:
        report = sample()
        assemble(report, Path(folder))


def whole_run(out: str) -> None:
    subprocess.run([sys.executable, "-m", "flows.command", "run", str(SAMPLE), "--out", out], cwd=ROOT, check=False,
                   stdout=subprocess.DEVNULL, env=os.environ | {"PREFECT_API_URL": ""})  # fmt: skip


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def relations() -> tuple[float, float]:
    """Seconds for 100,000 reports in one call, and in a Python loop (measured on 500, scaled)."""
    form = load_form("2021")
    matrix = Matrix(form)
    rng = np.random.default_rng(1)
    values = rng.integers(0, 500, (REPORTS, len(matrix.addresses))).astype(float)
    known = np.ones(values.shape, dtype=bool)
    at = {address: number for number, address in enumerate(matrix.addresses)}
    rows = values[:500].astype(int).tolist()

    def loop() -> int:
        broken = 0
        for row in rows:
            for relation in form.relations:
                left = sum(row[at[a]] for a in relation.plus) - sum(row[at[a]] for a in relation.minus)
                broken += left != 0 if relation.must == "equal" else left < 0
        return broken

    return timed(lambda: matrix.evaluate(values, known), 3), timed(loop, 3) * REPORTS / len(rows)


def main() -> None:
    report = sample()
    table = Table("what", "nianbao", "compared with", "its time", "ratio", title="one run on this machine")

    def row(what: str, ours: float, other: str, theirs: float | None) -> None:
        ratio = "" if theirs is None else f"{theirs / ours:.1f} x"
        table.add_row(
            what, f"{ours * 1000:,.1f} ms", other, "" if theirs is None else f"{theirs * 1000:,.1f} ms", ratio
        )

    docx = timed(lambda: render_docx(report), 21)
    row("DOCX", docx, "python-docx, merge API", timed(lambda: rivals.python_docx(report), 3))
    row("DOCX", docx, "docxtpl, template made before", timed(rivals.DocxTpl(report), 3))
    html = render_html(report)
    warm = timed(lambda: render_pdf(report), 11)
    try:
        row("PDF, warm", warm, "WeasyPrint, warm", timed(lambda: rivals.weasyprint(html), 3))
    except OSError as missing:
        row("PDF, warm", warm, f"WeasyPrint: not measured ({type(missing).__name__}: Pango is not installed)", None)
    load = "from tests.bench.__main__ import sample; r = sample()"
    base = timed(lambda: python(load), 3)
    cold = timed(lambda: python(f"{load}; from nianbao.documents.pdf import render_pdf; render_pdf(r)"), 3) - base
    row("PDF, first in a process", cold, "", None)
    one_call, loop = relations()
    row(f"relations of {REPORTS:,} reports", one_call, "Python loop (500 reports, scaled)", loop)
    plain = timed(directly, 5)
    row("whole run, functions only, warm", plain, "", None)
    with tempfile.TemporaryDirectory() as out:
        command = timed(lambda: whole_run(out), 3)
    started = timed(lambda: python("import tests.bench.__main__, flows.annual_report"), 3)
    row("nianbao run, whole process", command, "", None)
    row("of it: starting Python, imports", started, "", None)
    row("of it: Prefect's own time", max(command - started - plain, 0), "", None)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
