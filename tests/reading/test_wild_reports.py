"""Reports with their markup changed as in the wild: the right value, or a blank with a note; never a wrong one."""

import io
import random
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.documents import render_docx, render_fragment, render_html, render_pdf
from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.facts import fact_table
from nianbao.narrative import render
from nianbao.reading import read
from nianbao.reading.html_lines import lines_of_html
from nianbao.reading.published import read_lines
from nianbao.report import Report
from tests.documents.sample_reports import sections
from tests.reading import markup

EDITIONS = ("2019", "2021")
CHANGED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def printed(edition: str) -> Report:
    known = markup.dossier(edition)
    facts = fact_table(known)
    return Report(dossier=known, sections=tuple(render(one, facts, known) for one in sections(known)), findings=())


@cache
def page(edition: str) -> str:
    known = printed(edition).dossier
    return markup.page_of(known, markup.plain_tables(render_html(printed(edition))))


def values(dossier: Dossier) -> dict[str, object]:
    return {address: cell.value for address, cell in dossier.figures.items() if cell.value is not None}


@cache
def truth(edition: str) -> dict[str, object]:
    return values(printed(edition).dossier)


def of_page(text: str) -> Dossier:
    return read_lines(lines_of_html(text.encode("utf-8", "replace"), "年报.html"), "年报.html")


def wrong(dossier: Dossier, edition: str) -> dict[str, object]:
    """Values that differ from what is printed; a blank is none."""
    expected = truth(edition)
    return {a: (v, expected.get(a)) for a, v in values(dossier).items() if v != expected.get(a)}


def silent(dossier: Dossier, edition: str) -> bool:
    """Whether something is missing without a word."""
    return len(values(dossier)) < len(truth(edition)) and not {note.code for note in dossier.reading} - {"unit"}


# --- our own documents ----------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", ["html", "fragment", "docx", "pdf"])
def test_what_we_print_reads_back(tmp_path, edition, kind):
    report = printed(edition)
    title = f"<h1>{''.join(report.dossier.title)}</h1>"
    made = {
        "html": lambda: render_html(report).encode(),
        "fragment": lambda: (title + render_fragment(report)).encode(),
        "docx": lambda: render_docx(report),
        "pdf": lambda: render_pdf(report),
    }[kind]()
    path = tmp_path / "没有扩展名"
    path.write_bytes(made)
    dossier = read([path])
    assert values(dossier) == truth(edition)
    assert (dossier.unit.name, dossier.year) == (report.dossier.unit.name, report.dossier.year)
    assert {n.code for n in dossier.reading} <= {"unit", "table_note"}
    for name, text in dossier.sections.items():
        assert len(text) > 15, name
    assert dossier.sections.problems.startswith("存在的主要问题")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(4))
def test_docx_as_office_programs_leave_it(tmp_path, edition, seed):
    with zipfile.ZipFile(io.BytesIO(render_docx(printed(edition)))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = markup.docx_changed(parts["word/document.xml"], random.Random(seed))
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert values(read([tmp_path / "a.docx"])) == truth(edition)


# --- as it is in the wild -------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("change", markup.HARMLESS, ids=lambda change: change.__name__)
def test_markup_that_changes_nothing(edition, change):
    for seed in range(3):
        dossier = of_page(change(page(edition), random.Random(seed)))
        assert values(dossier) == truth(edition)


@CHANGED
@given(edition=st.sampled_from(EDITIONS), seed=st.integers(0, 10**6))
def test_never_a_wrong_value(edition, seed):
    draw = random.Random(seed)
    text = page(edition)
    for change in markup.draw_changes(draw):
        text = change(text, draw)
    try:
        dossier = of_page(text)
    except UnusableInput:
        return
    assert wrong(dossier, edition) == {}
    assert not silent(dossier, edition)
