"""The PDF's own promises: the project's fonts only, nothing printed as a box, whole pages."""

import io

import pdfplumber

from nianbao.documents import missing_characters, render_docx, render_pdf
from nianbao.report import Report
from tests.documents.readback import pdf_text
from tests.documents.sample_reports import report_of

RARE = "\U00020bb7"  # 𠮷


def test_only_the_projects_fonts(report: Report) -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(report))) as document:
        fonts = {char["fontname"].partition("+")[2] for page in document.pages for char in page.chars}
    assert fonts
    assert all(name.startswith(("NotoSerifSC", "NotoSansSC")) for name in fonts)


def test_a_rare_character_is_reported_and_visible() -> None:
    report = report_of("2021", f"{RARE}山县水务局")
    assert (RARE, "标题") in missing_characters(report)
    assert "〔U+20BB7〕山县水务局" in pdf_text(render_pdf(report))
    assert render_docx(report)


def test_nothing_is_missing_in_the_form(report: Report) -> None:
    assert missing_characters(report) == []


def test_page_geometry_and_numbers(report: Report) -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(report))) as document:
        for number, page in enumerate(document.pages, 1):
            assert (round(page.width), round(page.height)) == (595, 842)
            foot = page.within_bbox((0, 842 - 99, 595, 841))
            assert foot.extract_text().replace(" ", "") == f"—{number}—"
            middle = (foot.chars[0]["x0"] + foot.chars[-1]["x1"]) / 2
            assert (middle > 298) == (number % 2 == 1)
            body = page.within_bbox((0, 0, 595, 842 - 99)).chars
            assert min(c["x0"] for c in body) >= 28 / 25.4 * 72 - 1
            assert max(c["x1"] for c in body) <= 595.3 - 26 / 25.4 * 72 + 8.1  # 。 and ， hang by their empty half


def test_table_three_stands_on_one_page(report: Report) -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(report))) as document:
        pages = [page.extract_text() for page in document.pages]
    assert sum("申请人情况" in text for text in pages) == 1


def test_it_is_tagged(report: Report) -> None:
    assert b"/MarkInfo" in render_pdf(report) or b"/StructTreeRoot" in render_pdf(report)
