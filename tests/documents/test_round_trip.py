"""What is read back out of each document is what the dossier holds."""

from __future__ import annotations

import html as stdlib_html
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree, html

from nianbao.documents import render_docx, render_fragment, render_html, render_pdf
from nianbao.documents.content import content, show_cell
from nianbao.documents.folder import documents
from nianbao.documents.html import fact_class
from nianbao.facts import fact_table
from nianbao.narrative import RenderedParagraph, RenderedSection, RenderedSentence, Span
from nianbao.report import Report
from tests.documents.readback import W, docx_part, docx_tables, docx_text, html_tables, pdf_tables, pdf_text
from tests.documents.sample_reports import report_of

HOSTILE = "水务局&<w:t>\"]]>'{{7*7}}#strong[x]"
EVERY_FORMAT = pytest.mark.parametrize("tables_of", ["docx", "html", "fragment", "pdf"])


def tables(report: Report, kind: str) -> list[list[list[str]]]:
    if kind == "docx":
        return docx_tables(render_docx(report))
    if kind == "pdf":
        return pdf_tables(render_pdf(report))
    return html_tables(render_html(report) if kind == "html" else render_fragment(report))


@EVERY_FORMAT
def test_every_cell_of_every_table(report: Report, tables_of: str) -> None:
    """The last cells of a row are its data: whole rows are compared where nothing is merged away."""
    read = tables(report, tables_of)
    parts = [part for part in content(report).parts if part.table]
    assert len(read) == len(parts) == 3
    for part, rows in zip(parts, read, strict=True):
        assert part.table is not None
        assert len(rows) == len(part.table.rows)
        for printed, row in zip(part.table.rows, rows, strict=True):
            wanted = [cell.text for cell in printed if cell.at.role == "data"]
            got = [cell for cell in row if cell] if tables_of == "pdf" else row
            wanted = [text for text in wanted if text] if tables_of == "pdf" else wanted
            assert got[len(got) - len(wanted) :] == wanted


@EVERY_FORMAT
def test_every_official_label_is_printed(report: Report, tables_of: str) -> None:
    labels = [cell.text for part in content(report).parts if part.table for row in part.table.rows for cell in row]
    read = [cell for table in tables(report, tables_of) for row in table for cell in row]
    assert sorted(text for text in labels if text) == sorted(text for text in read if text)


def test_printed_cells_are_the_dossiers(report: Report) -> None:
    form, figures = report.form, report.dossier.figures
    printed = {
        cell.at.address: cell.text
        for part in content(report).parts
        if part.table
        for row in part.table.rows
        for cell in row
        if cell.at.address
    }
    assert printed == {address: show_cell(figures.get(address), cell.column) for address, cell in form.cells.items()}


def test_headings_text_and_note_in_every_document(report: Report) -> None:
    word, page, pdf = docx_text(render_docx(report)), render_html(report), pdf_text(render_pdf(report))
    page_text = html.fromstring(page).text_content()
    for text in [s.heading for s in report.form.sections] + [line for s in report.sections for line in s.lines]:
        assert text in word
        assert text in page_text
        assert text.replace(" ", "") in pdf
    for text in (word, page_text, pdf):
        assert "说明：机构改革后合并了两个单位的结转申请。" in text


def test_every_figure_of_the_page_equals_its_fact(report: Report) -> None:
    facts = fact_table(report.dossier)
    found = html.fromstring(render_html(report)).findall(".//data")
    for element in found:
        fact = facts[element.get("data-fact")]
        assert element.get("value") == str(fact.number)
        if fact.kind != "cell":
            assert element.text in (fact.display, fact.display.lstrip("-"))
    narrative = [e for e in found if e.getparent().tag == "p"]
    spans = [span.fact for section in report.sections for _, span in section.spans() if span.fact]
    assert [e.get("data-fact") for e in narrative] == spans
    cells = {e.get("data-fact") for e in found if e.getparent().tag == "td"}
    assert cells == {a for a in report.form.cells if report.dossier.value(a) is not None}


def test_headers_of_a_cell_resolve_in_the_page(report: Report) -> None:
    page = html.fromstring(render_html(report))
    cell = page.xpath("//td[data/@data-fact='requests.refused_law.other_org']")[0]
    labels = [page.get_element_by_id(name).text_content() for name in cell.get("headers").split()]
    assert labels == [
        "申请人情况", "法人或其他组织", "其他", "三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开",
    ]  # fmt: skip
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(page.findall(".//main")) == 1
    assert page.get("lang") == "zh-CN"
    assert len(page.findall(".//caption")) == 3


def test_the_page_loads_nothing(report: Report) -> None:
    page = render_html(report)
    for foreign in ("<script", "src=", "<link", "http:", "https:", "@import", "url("):
        assert foreign not in page


def test_the_fragment_survives_a_site_editor(report: Report) -> None:
    fragment = html.fromstring(render_fragment(report))
    assert {e.tag for e in fragment.iter()} <= {"div", "p", "strong", "span", "table", "tbody", "tr", "td", "th"}
    allowed = {"class", "style", "rowspan", "colspan", "width"}
    assert {name for e in fragment.iter() for name in e.attrib} <= allowed
    facts = fact_table(report.dossier).facts
    classes = [fact_class(name) for name in facts]
    assert len(classes) == len(set(classes))
    value = fragment.xpath("//td/span[contains(@class, 'f-requests-new-total')]")[0].text
    assert value == str(report.dossier.value("requests.new.total"))


def test_no_text_is_taken_for_markup(hostile: Report) -> None:
    docx = render_docx(hostile)
    assert HOSTILE in docx_text(docx)
    assert HOSTILE in docx_part(docx, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title", "")
    assert HOSTILE in html.fromstring(render_html(hostile)).text_content()
    assert stdlib_html.escape("<w:t>", quote=False) in render_html(hostile)
    assert HOSTILE in pdf_text(render_pdf(hostile))


@pytest.fixture
def hostile() -> Report:
    return report_of("2021", HOSTILE)


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert documents(report) == documents(report)


def test_word_parts_are_sound(report: Report) -> None:
    body = docx_part(render_docx(report))
    marks = [mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")]
    assert len(marks) == len(set(marks))
    assert "_f_summary_p2" in marks
    assert "_f_opening_p1" in marks
    ids = [mark.get(W + "id") for mark in body.iter(W + "bookmarkEnd")]
    assert len(ids) == len(set(ids)) == len(marks)
    draft = "".join(docx_part(render_docx(report), "docProps/custom.xml").itertext()).strip()
    assert draft == report.digest
    assert not list(body.iter(W + "sz"))
    assert not [f for f in body.iter(W + "rFonts") if set(f.attrib) != {W + "hint"}]
    styles = {s.get(W + "styleId") for s in docx_part(render_docx(report), "word/styles.xml").iter(W + "style")}
    assert {s.get(W + "val") for s in body.iter(W + "pStyle", W + "tblStyle")} <= styles


def test_word_table_rows_fill_their_grid(report: Report) -> None:
    for table in docx_part(render_docx(report)).iter(W + "tbl"):
        widths = [int(column.get(W + "w")) for column in table.iter(W + "gridCol")]
        for row in table.iter(W + "tr"):
            spans = [int(next((s.get(W + "val") for s in cell.iter(W + "gridSpan")), 1)) for cell in row.iter(W + "tc")]
            assert sum(spans) == len(widths)
            assert sum(int(w.get(W + "w")) for w in row.iter(W + "tcW")) == sum(widths)
    heads = [len(list(table.iter(W + "tblHeader"))) for table in docx_part(render_docx(report)).iter(W + "tbl")]
    assert heads == [0, 3, 3]


def test_templates_are_well_formed() -> None:
    folder = Path(__file__).parents[2] / "data/templates/docx"
    parts = [p for p in folder.rglob("*") if p.suffix in (".xml", ".rels")]
    assert len(parts) >= 7
    for part in parts:
        etree.fromstring(part.read_bytes())


def test_many_threads_make_the_same_documents(report: Report) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(documents, [report] * 8))
    assert all(one == made[0] for one in made)


def test_a_paragraph_of_invisible_characters_is_not_printed() -> None:
    whole = report_of("2021")
    empty = RenderedSection(
        id="other",
        paragraphs=tuple(
            RenderedParagraph(sentences=(RenderedSentence(kind="edited", origin="editor", spans=(Span(text=text),)),))
            for text in ("\u200b", "甲", "")
        ),
    )
    report = whole.model_copy(update={"sections": (*whole.sections[:-1], empty)})
    marks = [m.get(W + "name") for m in docx_part(render_docx(report)).iter(W + "bookmarkStart")]
    assert [m for m in marks if m.startswith("_f_other")] == ["_f_other_p2"]
