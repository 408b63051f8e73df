"""The three tables of a report, each wherever it stands and of whichever edition it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nianbao.findings import Severity
from nianbao.forms import EDITIONS, Form, Table, load_form
from nianbao.reading.cell_lines import gathered
from nianbao.reading.labels import distinguishing, in_brackets, key
from nianbao.reading.pages import Line
from nianbao.reading.parts import part
from nianbao.reading.rejoining import rejoined
from nianbao.reading.results import ResultsReader
from nianbao.reading.rows import RowFinder
from nianbao.reading.single_row import read_single_rows
from nianbao.reading.tables import NUMBER, Reading, TableReader, row_labels

_SHORTEST_NOTE = 10
_SAME_COLUMNS = {"requests", "remedies"}  # in all editions; what differs is a row


def editions_said(lines: Sequence[Line]) -> list[str]:
    """The editions that some labels belong to which no other has, the most named first."""
    said = {key(cell) for line in lines for cell in line.cells if cell}
    said |= {key(aside) for line in lines for cell in line.filled for aside in in_brackets(cell)}
    forms = {name: load_form(name) for name in EDITIONS}
    scores = {
        name: sum(len(said & distinguishing(form, other)) for other in forms.values() if other is not form)
        for name, form in forms.items()
    }
    return sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])


def read_tables(form: Form, year: int, lines: list[Line], found: dict[str, int], into: Reading) -> None:
    """Read the tables of one report into `into`; of a table of another edition, what both editions have."""
    for table in form.tables:
        own = part(lines, found, table.id)
        body = own
        reader, rows = _read(form, table, body, into)
        if not rows:
            body = _elsewhere(lines, found, form)
            reader, rows = _read(form, table, body, into)
        name = f"表{NUMBER[table.id]}"
        if not rows:
            into.note(Severity.ERROR, "missing_table", name, "没有找到这张表，或表中没有可以认出的行，请核对")
            continue
        if reader.form is not form:
            _another_edition(form, year, reader, into)
        for row in reader.table.rows:
            if row.id not in rows:
                into.note(Severity.ERROR, "missing_row", f"{name}“{row.label}”行", "表中没有这一行，各格留空，请补上")
        if body is own:
            _strangers(reader, name, into)
            _table_notes(reader, body, name, into)
        elif own:
            place = next((one.place for a, one in into.provenance.items() if a.startswith(f"{table.id}.")), "")
            message = f"标题“{form.heading(table.id)}”下没有这张表，取自别处（{place}），请核对是不是本年度的"
            into.note(Severity.WARNING, "elsewhere", name, message)


def _read(form: Form, table: Table, body: list[Line], into: Reading) -> tuple[TableReader, set[str]]:
    said = editions_said(body)
    if form.edition not in said and said and table.id not in _SAME_COLUMNS:
        form = load_form(said[0])
    reader = (ResultsReader if table.id == "remedies" else TableReader)(form, form.table(table.id), into)
    finder = RowFinder(reader.table)
    rows = reader.read(gathered(rejoined(body, finder, reader.heads()), finder))
    return reader, rows | read_single_rows(reader, rows)


def _another_edition(form: Form, year: int, reader: TableReader, into: Reading) -> None:
    kept = sum(address.startswith(f"{reader.table.id}.") and address in form.cells for address in into.figures)
    into.note(
        Severity.ERROR,
        "edition",
        f"表{NUMBER[reader.table.id]}",
        f"标题是{year}年度，应当用{form.edition}版表格，文中的表格是{reader.form.edition}版；"
        f"只采用了两版共有的{kept}格，请核对年度或改用正确的表格",
    )


def _strangers(reader: TableReader, name: str, into: Reading) -> None:
    """Rows that the form does not have."""
    known = row_labels(reader.form)
    for line in reader.strangers:
        label = line.filled[0]
        if key(label) not in known:
            where = f"{name}“{label[:30]}”行（{line.place}）"
            into.note(Severity.WARNING, "extra_row", where, "规定的表样中没有这一行，没有采用")


def _elsewhere(lines: list[Line], found: dict[str, int], form: Form) -> list[Line]:
    """Where a table may stand whose heading is lost: anywhere but under the heading of another."""
    others = {line.number for table in form.tables for line in part(lines, found, table.id)}
    for table, following in pairwise(form.tables):
        if following.id not in found:  # the part above a lost heading holds what stood below it
            others -= {line.number for line in part(lines, found, table.id)}
    return [line for line in lines if line.number not in others]


def _table_notes(reader: TableReader, lines: list[Line], name: str, into: Reading) -> None:
    printed = {key(reader.table.corner), *(key(block.caption) for block in reader.table.blocks)}
    printed |= {key(label) for row in reader.table.rows for label in row.path}
    for line in lines:
        if len(line.filled) == 1 and "\t" not in line.text and len(line.text) >= _SHORTEST_NOTE:
            if key(line.text) in printed or reader.is_header(line):
                continue
            into.note(Severity.INFO, "table_note", f"{name}（{line.place}）", f"表外另有文字：{line.text[:80]}")
