"""`make bench`: each number beside what it is compared with, measured in this one run."""

from __future__ import annotations

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

from nianbao.checking import Evidence, check_text, check_with
from nianbao.documents.docx import render_docx
from nianbao.documents.html import render_html
from nianbao.documents.pdf import render_pdf
from nianbao.forms import load_form
from nianbao.reading.databases import load_description, read_database
from nianbao.reading.ledgers import read_ledger
from nianbao.rules.relations import Matrix
from tests.bench import rivals
from tests.bench.drafting import gates, three_sections
from tests.bench.ledgers import bare_calamine, bare_csv, bare_sqlite, whole_command, write_csv, write_sqlite, write_xlsx
from tests.bench.prefect_time import prefects_own
from tests.bench.sample import sample

ROOT = Path(__file__).resolve().parents[2]
REPORTS = 100_000
CHARACTERS = 1_500
COLD = """
from tests.bench.sample import sample
import time
report = sample()
start = time.perf_counter()
from nianbao.documents.pdf import render_pdf
render_pdf(report)
print(time.perf_counter() - start)
"""


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of `times` calls after one that does not count."""
    work()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def reported(code: str) -> float:
    """The number that a new Python process prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


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
    row("PDF, first in a process", median(reported(COLD) for _ in range(3)), "", None)
    dossier = report.dossier
    text = "\n".join(section.text for section in report.sections)[:CHARACTERS]
    check = timed(lambda: check_text(text, dossier), 21)
    anew = timed(lambda: check_with(text, Evidence(dossier)), 5)
    row(f"check of {len(text):,} characters", check, "the same, evidence made anew", anew)
    twice = timed(lambda: check_text(text * 10, dossier), 5)
    row("check of ten times as many", twice, "ten times the first", check * 10)
    one_call, loop = relations()
    row(f"relations of {REPORTS:,} reports", one_call, "Python loop (500 reports, scaled)", loop)
    with tempfile.TemporaryDirectory() as folder:
        big, small = write_csv(Path(folder) / "2025.csv", 1_000_000), write_xlsx(Path(folder) / "2025.xlsx", 100_000)
        counted = timed(lambda: read_ledger(big, 2025), 3)
        row("ledger, csv of 1,000,000 rows", counted, "csv.reader alone", timed(lambda: bare_csv(big), 3))
        whole = [whole_command(big) for _ in range(3)]
        seconds, most = median(one for one, _ in whole), max(memory for _, memory in whole)
        row("nianbao read of it, whole process", seconds, f"peak memory {most:.0f} MB", None)
        base = write_sqlite(Path(folder) / "2025.yaml", 1_000_000)
        counted = timed(lambda: read_database(load_description(base), 2025), 3)
        row("ledger, SQLite of 1,000,000 rows", counted, "sqlite3's rows alone", timed(lambda: bare_sqlite(base), 3))
        counted = timed(lambda: read_ledger(small, 2025), 3)
        row("ledger, xlsx of 100,000 rows", counted, "calamine's read alone", timed(lambda: bare_calamine(small), 3))
    for measured in (table, prefects_own(), drafting()):
        Console(width=120).print(measured)


def drafting() -> Table:
    """Three sections at once, what a changed figure costs, the gate and the size of what is sent."""
    table = Table("drafting with a model", "measured", "beside", "ratio")
    for latency in (0.5, 2.0):
        whole, slowest, first, again = three_sections(latency)
        table.add_row(
            f"three sections, {latency} s a call",
            f"{whole:.2f} s",
            f"slowest call {slowest:.2f} s",
            f"{whole / slowest:.2f} x",
        )
    table.add_row("calls after one figure changed", str(again), f"calls of the first run {first}", "")
    for section, seconds, size in gates():
        table.add_row(f"gate, {section}", f"{seconds * 1000:.1f} ms", f"messages of {size:,} characters", "")
    return table


if __name__ == "__main__":
    main()
