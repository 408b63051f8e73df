"""Published reports as content systems and offices make them, each from figures that are known."""

import re
import subprocess
import sys

import pytest

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading import read
from nianbao.reading.pages import lines_of
from nianbao.reading.published import read_lines
from tests.reading import markup
from tests.reading.test_wild_reports import of_page, page, truth, values

EDITIONS = ("2019", "2021")
LATER = "2021"
UNIT = "青石县水务局（虚构样例）"


def codes(dossier: Dossier) -> set[str]:
    return {note.code for note in dossier.reading}


def of_text(text: str) -> Dossier:
    return read_lines(lines_of(text), "年报.txt")


def body(text: str) -> str:
    return text.partition("<body>")[2].partition("</body>")[0]


def pasted(text: str, cell: str) -> str:
    """A page as text: one line a row, its cells parted by `cell`."""
    text = re.sub(r"</td>(?=<td)", cell, re.sub(r"</(tr|p|h1)>", "\n", body(text)))
    return re.sub(r"<[^>]+>", "", text)


def without(table: str) -> dict[str, object]:
    return {address: value for address, value in truth(LATER).items() if not address.startswith(f"{table}.")}


# --- more than one report in a file ---------------------------------------------------------------


def test_two_reports_are_refused_and_both_are_named():
    other = page(LATER).replace(UNIT, "青石县财政局（虚构样例）")
    with pytest.raises(UnusableInput, match=r"2份报告.*水务局.*财政局"):
        of_page(page(LATER).replace("</body>", f"{body(other)}</body>"))


def test_two_years_of_one_unit_are_refused():
    before = re.sub(r"(<td>)(\d+)(</td>)", r"\g<1>1\g<2>\g<3>", page(LATER)).replace("2025年", "2024年")
    with pytest.raises(UnusableInput, match=r"2025年度.*2024年度"):
        of_page(page(LATER).replace("</body>", f"{body(before)}</body>"))


def test_a_copy_for_telephones_is_the_same_report():
    dossier = of_page(page(LATER).replace("</body>", f"<div>{body(page(LATER))}</div></body>"))
    assert values(dossier) == truth(LATER)
    assert UNIT not in dossier.sections.other


@pytest.mark.parametrize("where", ["<h1>", "</body>"])
def test_a_list_of_contents_is_no_report(where):
    form = of_page(page(LATER)).form
    contents = "".join(f"<li>{section.heading}</li>" for section in form.sections)
    dossier = of_page(page(LATER).replace(where, f"<ul>{contents}</ul>{where}"))
    assert values(dossier) == truth(LATER)
    assert all(len(text) > 5 for name, text in dossier.sections.items() if name != "opening")


def test_the_title_is_the_one_above_the_report():
    others = "".join(
        f"<li>青石县民政局（虚构样例）{year}年政府信息公开工作年度报告</li>" for year in (2024, 2025, 2026)
    )
    dossier = of_page(page(LATER).replace("<h1>", f"<ul>{others}</ul><p>发布日期：2026年1月20日</p><h1>"))
    assert (dossier.unit.name, dossier.year) == (UNIT, 2025)


# --- headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        lambda heading: f"{heading}（附表）",
        lambda heading: f"（{heading[0]}）{heading[2:]}",
        lambda heading: f"第{heading[0]}部分 {heading[2:]}",
        lambda heading: f"{'一二三四五六'.index(heading[0]) + 1}.{heading[2:]}",
        lambda heading: f"{heading[0]} {heading[2:]}",
        lambda heading: f"## {heading}",
        lambda heading: heading[2:],
        lambda heading: heading.replace("四、", "三、"),
    ],
)
def test_headings_are_found_however_they_are_numbered(written):
    text = page(LATER)
    for section in of_page(text).form.sections:
        text = text.replace(f"<p>{section.heading}</p>", f"<p>{written(section.heading)}</p>")
    dossier = of_page(text)
    assert values(dossier) == truth(LATER)
    assert dossier.sections.summary
    assert dossier.sections.problems
    assert dossier.sections.other


def test_a_heading_in_other_words_is_found_between_its_neighbours_and_said():
    dossier = of_page(page(LATER).replace("三、收到和处理政府信息公开申请情况", "三、依申请公开"))
    assert values(dossier) == truth(LATER)
    assert "heading" in codes(dossier)


def test_tables_in_an_annex_are_read_and_said():
    text = page(LATER)
    tables = re.findall(r"(?s)<table>.*?</table>", text)
    for table in tables:
        text = text.replace(table, "<p>见附件。</p>")
    dossier = of_page(text.replace("</body>", "".join(f"<p>附件</p>{table}" for table in tables) + "</body>"))
    assert values(dossier) == truth(LATER)
    assert [note.code for note in dossier.reading].count("elsewhere") == 3


# --- editions -------------------------------------------------------------------------------------


def test_only_table_two_of_another_edition():
    tables = re.findall(r"(?s)<table>.*?</table>", page(LATER))
    other = re.findall(r"(?s)<table>.*?</table>", page("2019"))
    dossier = of_page(page(LATER).replace(tables[0], other[0]))
    assert without("disclosure").items() <= values(dossier).items()
    assert "disclosure.regulations.issued" not in values(dossier)
    assert "edition" in codes(dossier)


# --- labels and columns ---------------------------------------------------------------------------

SHORT = {
    "1.属于国家秘密": "国家秘密",
    "3.危及“三安全一稳定”": "3.三安全一稳定",
    "6.属于四类过程性信息": "四类过程性信息",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具",
    "结果维持": "维持",
    "未经复议直接起诉": "未经复议直接提起诉讼",
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: SHORT.get(text, text),
        lambda text: f"{text}[1]" if text in ("规章", "商业企业", "2.重复申请") else text,
        lambda text: f"{text}①" if text in ("规章", "商业企业", "2.重复申请") else text,
        lambda text: f"{text}（件）" if text in ("自然人", "总计", "尚未审结", "规章") else text,
        lambda text: text.replace("总计", "合计"),
    ],
)
def test_labels_in_short_or_with_marks(edition, changed):
    dossier = of_page(re.sub(r"(<td[^>]*>)([^<]*)", lambda m: m[1] + changed(m[2]), page(edition)))
    assert values(dossier) == truth(edition)


def _in_table_three(change) -> str:
    tables = re.findall(r"(?s)<table>.*?</table>", page(LATER))
    return page(LATER).replace(tables[1], change(tables[1]))


def _organisations(row: str, put) -> str:
    cells = re.findall(r"<td>(\d+)</td>", row)
    if len(cells) != 7:
        return row
    kept = row[: row.index("<td>" + cells[0])] if "<td>" + cells[0] in row else row
    return kept + "".join(f"<td>{cell}</td>" for cell in put(list(map(int, cells)))) + "</tr>"


def test_a_column_that_the_form_does_not_have_is_passed_over_where_the_total_proves_it():
    def change(table: str) -> str:
        table = table.replace("<td>其他</td>", "<td>其他</td><td>小计</td>", 1)
        put = lambda n: [*n[:6], sum(n[1:6]), n[6]]  # noqa: E731
        return re.sub(r"(?s)<tr>.*?</tr>", lambda m: _organisations(m[0], put), table)

    assert values(of_page(_in_table_three(change))) == truth(LATER)


def test_organisations_in_one_column_leave_their_own_columns_blank():
    def change(table: str) -> str:
        rows = re.findall(r"(?s)<tr>.*?</tr>", table)
        put = lambda n: [n[0], sum(n[1:6]), n[6]]  # noqa: E731
        head = "<tr><td colspan='3'></td><td>自然人</td><td>法人或其他组织</td><td>总计</td></tr>"
        return f"<table>{head}{''.join(_organisations(row, put) for row in rows[3:])}</table>"

    dossier = of_page(_in_table_three(change))
    mine = {a: v for a, v in truth(LATER).items() if a.startswith("requests.")}
    sure = {a: v for a, v in mine.items() if a.endswith((".natural_person", ".total"))}
    assert values(dossier) == without("requests") | sure
    assert "no_heading" in codes(dossier)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（单位：万元）</td>", "（单位：元）</td>"),
        ("（单位：万元）</td>", "（元）</td>"),
        (r"(行政事业性收费</td><td[^>]*>\d+)", r"\1（元）"),
        (r"(行政事业性收费</td><td[^>]*>\d+)", r"\1元"),
    ],
)
def test_another_unit_is_not_taken_for_the_prescribed_one(old, new):
    changed = re.sub(old, new, page(LATER)) if old.startswith("(") else page(LATER).replace(old, new)
    dossier = of_page(changed)
    assert changed != page(LATER)
    assert dossier.value("disclosure.fees.amount") is None
    assert "not_a_number" in codes(dossier)


# --- table four -----------------------------------------------------------------------------------


def _last_row(row) -> str:
    rows = re.findall(r"(?s)<tr>.*?</tr>", page(LATER))
    return page(LATER).replace(rows[-1], row(rows[-1]))


def test_a_line_that_counts_the_columns_is_no_result():
    count = "".join(f"<td>{number}</td>" for number in range(1, 16))
    dossier = of_page(_last_row(lambda row: f"<tr>{count}</tr>{row}"))
    assert values(dossier) == truth(LATER)
    assert "extra_row" in codes(dossier)


def test_results_of_two_years_are_left_blank():
    assert values(of_page(_last_row(lambda row: row + row))) == truth(LATER)
    zeros = "<tr>" + "<td>0</td>" * 15 + "</tr>"
    dossier = of_page(_last_row(lambda row: row + zeros))
    assert values(dossier) == without("remedies")
    assert "extra_row" in codes(dossier)


def test_results_under_a_name_or_in_two_tables():
    assert values(of_page(_last_row(lambda row: row.replace("<tr>", "<tr><td>数量（件）</td>")))) == truth(LATER)
    tables = re.findall(r"(?s)<table>.*?</table>", page(LATER))
    rows = [re.findall(r"(?s)<td[^>]*>.*?</td>", row) for row in re.findall(r"(?s)<tr>.*?</tr>", tables[2])]
    parts = [[rows[0][:1], rows[2][:5], rows[3][:5]], [rows[0][1:], rows[1], rows[2][5:], rows[3][5:]]]
    apart = ["<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in part) + "</table>" for part in parts]
    assert values(of_page(page(LATER).replace(tables[2], "<p> </p>".join(apart)))) == truth(LATER)


def test_results_under_the_headings_of_one_group_are_held_against_its_total():
    text = re.sub(r"\n未经复议直接起诉.*", "", pasted(page(LATER), " "))
    rows = text.split("\n")
    at = next(n for n, row in enumerate(rows) if row.startswith("结果维持"))
    rows[at + 1] = "3 3 6 3 3"
    dossier = of_text("\n".join(rows))
    assert values(dossier) == without("remedies")
    assert "long_row" in codes(dossier) or "short_row" in codes(dossier)


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_spoils_nothing_else(tmp_path, encoding):
    raw = page(LATER).replace("charset='utf-8'", f"charset='{encoding}'").encode(encoding)
    at = raw.index("做了工作".encode(encoding))
    (tmp_path / "年报.html").write_bytes(raw[: at + 1] + raw[at + 2 :])
    assert values(read([tmp_path / "年报.html"])) == truth(LATER)


def test_layout_within_layout_keeps_the_order():
    framed = re.sub(r"(?s)(<table>.*?</table>)", r"<table><tr><td>\1</td></tr></table>", page(LATER))
    for _ in range(2):
        framed = markup.framed(framed, None)  # type: ignore[arg-type]
    dossier = of_page(framed)
    assert values(dossier) == truth(LATER)
    assert dossier.unit.name == UNIT


@pytest.mark.parametrize("edition", EDITIONS)
def test_text_that_keeps_its_line_breaks_and_raised_nothing(edition):
    changed = page(edition).replace("</td>", "<sup></sup></td>")
    assert values(of_page(changed)) == truth(edition)
    text = f"<pre>{pasted(page(edition), chr(9))}</pre>"
    assert values(of_page(f"<html><body>{text}</body></html>")) == truth(edition)


# --- pasted text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("cell", ["\t", " ", "　", "|", "│", "\n", "\n\n"])
def test_pasted_cells_however_they_are_parted(edition, cell):
    dossier = of_text(pasted(page(edition), cell))
    assert values(dossier) == truth(edition)
    assert ("cell_lines" in codes(dossier)) == ("\n" in cell)


def test_a_number_that_goes_on_below_is_not_taken_in_half():
    fees = truth(LATER)["disclosure.penalties.decisions"]
    text = pasted(page(LATER), " ").replace(f"行政处罚 {fees}", f"行政处罚 {fees}\n7")
    dossier = of_text(text)
    assert dossier.value("disclosure.penalties.decisions") is None
    assert "short_row" in codes(dossier)


@pytest.mark.parametrize("row", ["二、上年结转政府信息公开申请数量", ""])
def test_a_padded_row_that_lost_a_cell_is_not_shifted(row):
    rows = page(LATER).split("<tr>")
    at = next(i for i, one in enumerate(rows) if row and row in one) if row else len(rows) - 1
    cells = re.findall(r"<td[^>]*>[^<]*</td>", rows[at])
    del cells[-3]
    rows[at] = "".join([*cells, "<td></td>"]) + rows[at][rows[at].index("</tr>") :]
    dossier = of_text(pasted("<tr>".join(rows), "\t"))
    assert not {a: v for a, v in values(dossier).items() if truth(LATER)[a] != v}
    assert "short_row" in codes(dossier)


def test_two_rows_in_one_line_are_no_row():
    text = pasted(page(LATER), " ")
    dossier = of_text(text.replace("\n四、结转下年度", " 四、结转下年度"))
    assert not {a: v for a, v in values(dossier).items() if truth(LATER)[a] != v}
    assert "missing_row" in codes(dossier)


def test_headings_of_two_levels_in_one_line_keep_their_groups():
    text = pasted(page(LATER), " ").replace("总计\n商业企业", "总计 商业企业")
    assert values(of_text(text)) == truth(LATER)


def test_a_lost_heading_and_a_lost_value_do_not_make_up_for_each_other():
    first = truth(LATER)["requests.declined_repeat.business"]
    text = pasted(page(LATER), "\t").replace("自然人\t", "").replace(f"\t{first}\t", "\t", 1)
    dossier = of_text(text)
    assert not {a: v for a, v in values(dossier).items() if truth(LATER)[a] != v}
    assert {"no_heading", "short_row"} <= codes(dossier)


# --- what a reader loads --------------------------------------------------------------------------


def test_no_more_is_loaded_than_the_file_needs():
    told = "import sys, nianbao.reading; print([m for m in ('pydantic', 'lxml', 'openpyxl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
