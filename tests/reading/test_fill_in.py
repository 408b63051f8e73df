"""The fill-in workbook: what an office sees, and what comes back of it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.documents.fill_in import render_workbook
from nianbao.documents.grid import grid
from nianbao.errors import UnusableInput
from nianbao.forms import form_for
from nianbao.reading import read
from nianbao.workbook import cell_name, field_name, layout, sums
from tests.reading.filling import blank, fill, insert_row, place, put, saved

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = read([ROOT / "data/samples/qingshi-shuiwuju-2025.yaml"])
PRIOR = read([ROOT / "data/samples/qingshi-shuiwuju-2024.yaml"])
WORDS = layout().words


def figures(dossier):
    return {address: cell.value for address, cell in dossier.figures.items()}


def notes(dossier, code):
    return [note for note in dossier.reading if note.code == code]


def test_same_input_gives_the_same_bytes():
    assert render_workbook(2025, "甲局", PRIOR) == render_workbook(2025, "甲局", PRIOR)


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_it_holds_every_cell_and_label_of_the_form(year):
    book, form = blank(year), form_for(year)
    for address in form.cells:
        sheet, reference = place(book, cell_name(address))
        locked = book[sheet][reference].protection.locked
        assert locked == any(address in sums(form, table.id) for table in form.tables)
        assert book[sheet].protection.sheet
    for table in form.tables:
        sheet = book[layout().tables[table.id]]
        printed = {cell.value for row in sheet.iter_rows() for cell in row}
        assert {cell.text for cell in grid(form, table.id).cells if cell.text} <= printed
        spans = {(m.max_row - m.min_row, m.max_col - m.min_col) for m in sheet.merged_cells.ranges}
        wanted = {(c.rowspan - 1, c.colspan - 1) for c in grid(form, table.id).cells if c.rowspan + c.colspan > 2}
        assert wanted <= spans
    assert book.sheetnames[0] == "填报说明"


def test_every_input_cell_is_checked_and_kinds_are_chosen_from_a_list():
    book = blank()
    for address in form_for(2025).cells:
        sheet, reference = place(book, cell_name(address))
        if not book[sheet][reference].protection.locked:
            checks = [c for c in book[sheet].data_validations.dataValidation if reference in c.sqref]
            assert [c.type for c in checks] == ["decimal" if address.endswith("amount") else "whole"]
    lists = {c.formula1 for c in book["工作情况"].data_validations.dataValidation}
    assert f'"{",".join(WORDS["kind"].values())}"' in lists


def test_a_filled_workbook_gives_the_dossier_back(tmp_path):
    back = read([saved(fill(blank(prior=PRIOR), SAMPLE), tmp_path)])
    assert figures(back) == figures(SAMPLE)
    assert (back.unit, back.year, back.contact, back.fees) == (SAMPLE.unit, 2025, SAMPLE.contact, SAMPLE.fees)
    assert back.supplementary == SAMPLE.supplementary
    assert back.statements == SAMPLE.statements
    assert {a: back.value(f"prior.{a}") for a in PRIOR.figures} == {a: PRIOR.value(a) for a in PRIOR.figures}
    assert [s.id for s in back.prior_year.statements] == [s.id for s in PRIOR.statements if s.kind == "problem"]
    assert back.reading == ()
    sheet, cells = "表三 依申请公开", place(blank(), cell_name("requests.new.business"))[1]
    origin = back.provenance["requests.new.business"]
    assert (origin.file, origin.sheet, origin.cells) == ("填报.xlsx", sheet, cells)
    assert set(back.provenance) >= set(SAMPLE.figures)


def test_blank_is_not_zero_and_a_total_of_it_is_blank(tmp_path):
    book = fill(blank(), SAMPLE)
    put(book, cell_name("requests.granted.research"), None)
    put(book, cell_name("requests.partial.research"), "/")
    put(book, cell_name("requests.granted.total"), 18)
    back = read([saved(book, tmp_path)])
    for address in ("granted.research", "granted.total", "partial.research", "total_handled.research"):
        assert back.value(f"requests.{address}") is None
    assert back.value("requests.granted.business") == 4
    assert "18" in notes(back, "total")[0].message


def test_a_total_written_by_hand_is_compared_and_never_taken(tmp_path):
    book = fill(blank(), SAMPLE)
    put(book, cell_name("requests.new.total"), 54)
    back = read([saved(book, tmp_path)])
    assert back.value("requests.new.total") == 53
    (note,) = notes(back, "total")
    assert "54" in note.message
    assert "53" in note.message
    assert "表三 依申请公开" in note.where


def test_formulas_in_input_cells_are_refused_with_each_cell(tmp_path):
    book = fill(blank(), SAMPLE)
    put(book, cell_name("requests.new.business"), "=5+6")
    put(book, field_name("supplementary", "value"), "=400+86", 1)
    with pytest.raises(UnusableInput) as broken:
        read([saved(book, tmp_path)])
    told = str(broken.value)
    assert place(book, cell_name("requests.new.business"))[1] in told
    assert "补充数字" in told


def test_rows_inserted_by_hand_move_nothing(tmp_path):
    book = fill(blank(), SAMPLE)
    for title, at in (
        ("表三 依申请公开", 3),
        ("表三 依申请公开", 12),
        ("补充数字", 3),
        ("工作情况", 8),
        ("基本情况", 5),
    ):
        insert_row(book, title, at)
    back = read([saved(book, tmp_path)])
    assert figures(back) == figures(SAMPLE)
    assert back.statements == SAMPLE.statements
    assert back.supplementary == SAMPLE.supplementary
    assert back.contact == SAMPLE.contact


def test_what_cannot_be_used_is_told_with_its_place(tmp_path):
    book = fill(blank(), SAMPLE)
    put(book, cell_name("requests.new.research"), "约2件")
    put(book, cell_name("disclosure.licences.decisions"), 1.5)
    put(book, field_name("statements", "kind"), "瞎写", 2)
    put(book, field_name("supplementary", "unit"), None, 3)
    del book.defined_names[cell_name("remedies.review.upheld")]
    back = read([saved(book, tmp_path)])
    assert back.value("requests.new.research") is None
    assert back.value("disclosure.licences.decisions") is None
    assert back.value("remedies.review.upheld") is None
    assert len(back.statements) == len(SAMPLE.statements) - 1
    assert {note.code for note in back.reading} == {"not_a_number", "word", "incomplete", "lost_cell"}
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in note.where) for note in back.reading)


def test_last_years_problems_and_what_was_done(tmp_path):
    book = fill(blank(), SAMPLE)
    put(book, field_name("last_problems", "text"), "公开不够及时", 1)
    put(book, field_name("last_problems", "done"), "已按季度公开", 1)
    put(book, field_name("last_problems", "status"), WORDS["status"]["done"], 1)
    put(book, field_name("last_problems", "text"), "解读形式单一", 2)
    back = read([saved(book, tmp_path)])
    assert [s.text for s in back.prior_year.statements] == ["公开不够及时", "解读形式单一"]
    done = back.statements[-1]
    assert (done.kind, done.status, done.answers) == ("rectification", "done", ("p1",))


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not a workbook", render_workbook(2025)[:9000]])
def test_broken_files_are_refused_in_one_sentence(tmp_path, raw):
    (tmp_path / "a.xlsx").write_bytes(raw)
    with pytest.raises(UnusableInput) as broken:
        read([tmp_path / "a.xlsx"])
    assert "\n" not in str(broken.value)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(year=st.sampled_from([2020, 2025]), data=st.data())
def test_any_numbers_come_back_and_totals_add_up(tmp_path, year, data):
    form = form_for(year)
    totals = {a: parts for table in form.tables for a, parts in sums(form, table.id).items()}
    kinds = {"count": st.integers(0, 10**9), "signed": st.integers(-(10**6), 10**6),
             "amount": st.decimals(0, 10**6, places=3)}  # fmt: skip
    book = blank(year, "某局（虚构样例）")
    put(book, field_name("unit", "self"), "我局")
    put(book, field_name("unit", "level"), "部门")
    wanted = {a: data.draw(st.none() | kinds[c.column.kind]) for a, c in form.cells.items() if a not in totals}
    for address, value in wanted.items():
        put(book, cell_name(address), value)
    back = read([saved(book, tmp_path)])
    for address, value in wanted.items():
        assert back.value(address) == value
        assert isinstance(back.value(address), int | Decimal | None)
    for address, parts in totals.items():
        values = [back.value(part) for part in parts]
        assert back.value(address) == (None if None in values else sum(values))


@pytest.mark.slow
def test_it_survives_a_save_in_libreoffice(tmp_path):
    soffice = shutil.which("soffice")
    if not soffice or not Path(soffice).resolve().with_name("libsclo.so").exists():
        pytest.skip("LibreOffice Calc is not installed")
    source = saved(fill(blank(prior=PRIOR), SAMPLE), tmp_path)
    out = tmp_path / "out"
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run(
        [*command, "--outdir", str(out), str(source)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (out / source.name).exists(), done.stderr
    back = read([out / source.name])
    assert figures(back) == figures(SAMPLE)
    assert back.statements == SAMPLE.statements
    assert back.supplementary == SAMPLE.supplementary
    assert back.reading == ()
    with zipfile.ZipFile(out / source.name) as archive:
        assert b"sheetProtection" in b"".join(archive.read(n) for n in archive.namelist() if "sheet3" in n)
