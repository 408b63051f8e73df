"""PDFs whose rows a page break cuts through, at every height: the right value, or a blank with a note."""

from importlib.resources import files

import pytest
import typst

from nianbao.dossier import Dossier
from nianbao.forms import load_form
from nianbao.reading import read
from nianbao.reading.headers import HeaderTree
from nianbao.reading.pages import Line
from nianbao.reading.pdf_lines import without_running
from nianbao.reading.rejoining import rejoined
from nianbao.reading.rows import RowFinder
from tests.reading import markup
from tests.reading.test_wild_reports import values

KNOWN = markup.dossier("2021")
FORM = KNOWN.form
HEIGHTS = range(420, 560, 20)


def _table_three() -> str:
    """Table 三 as typst lays it out, its labels long enough for several lines."""
    table = FORM.table("requests")
    columns = table.blocks[0].columns
    heads = [column.label for column in columns]
    cells = [f"[{name}]" for name in ["", *heads]]
    for row in table.rows:
        numbers = [str(KNOWN.value(f"requests.{row.id}.{column.id}")) for column in columns]
        cells += [f"[{text}]" for text in [" ".join(row.path[1:] or row.path), *numbers]]
    return f"#table(columns: (62pt, ..(44pt,) * {len(heads)}), {', '.join(cells)})"


def _pdf(path, height: int) -> Dossier:
    paragraphs = [f"{KNOWN.unit.name}{KNOWN.year}年政府信息公开工作年度报告"]
    for section in FORM.sections:
        paragraphs += [section.heading, _table_three() if section.id == "requests" else "全年做了工作。"]
    page = f'#set page(width: 420pt, height: {height}pt, margin: 24pt)\n#set text(font: "Noto Serif SC", size: 9pt)\n'
    path.write_text(page + "\n\n".join(paragraphs), encoding="utf-8")
    fonts = [str(files("data.fonts"))]
    path.with_suffix(".pdf").write_bytes(typst.compile(str(path), font_paths=fonts, ignore_system_fonts=True))
    return read([path.with_suffix(".pdf")])


@pytest.mark.parametrize("height", HEIGHTS)
def test_a_row_over_a_page_break_is_one_row(tmp_path, height):
    dossier = _pdf(tmp_path / "年报.typ", height)
    expected = {a: v for a, v in values(KNOWN).items() if a.startswith("requests.")}
    assert values(dossier) == expected
    assert all(dossier.sections.model_dump()[name] for name in ("summary", "problems", "other"))


# --- two rows, or one -----------------------------------------------------------------------------

LEFTS = (10, 50, 100, 120, 140, 160, 180, 200, 220)
GROUP = "（三）不予公开"


def _join(above: tuple[str, ...], below: tuple[str, ...]) -> list[tuple[str, ...]]:
    table = load_form("2021").table("requests")
    lines = [
        Line(number, "\t".join(cells), cells, "", True, continued=number == 2, lefts=LEFTS)
        for number, cells in enumerate((above, below), 1)
    ]
    trees = [HeaderTree.of(block.columns) for block in table.blocks]
    return [line.cells for line in rejoined(lines, RowFinder(table), trees)]


NUMBERS, NOTHING = ("1", "2", "3", "4", "5", "6", "21"), ("",) * 7


@pytest.mark.parametrize("numbers", [(NUMBERS, NOTHING), (NOTHING, NUMBERS)])
def test_a_label_that_goes_on_below(numbers):
    joined = _join((GROUP, "4.保护第三", *numbers[0]), ("", "方合法权益", *numbers[1]))
    assert joined == [(GROUP, "4.保护第三方合法权益", *NUMBERS)]


def test_two_rows_stay_two():
    above, below = (GROUP, "4.保护第三方合法权益", *NUMBERS), ("", "5.属于三类内部事务信息", *NUMBERS)
    assert _join(above, below) == [above, below]


def test_halves_of_a_number_stay_apart():
    joined = _join((GROUP, "4.保护第三", *NUMBERS), ("", "方合法权益", *NOTHING[:6], "7"))
    assert joined == [(GROUP, "4.保护第三方合法权益", *NUMBERS[:6], "21\n7")]


def test_headings_that_go_on_below():
    above = ("", "", "自然人", "商业企", "科研机", "社会公", "法律服", "其他", "总计")
    below = ("", "", "", "业", "构", "益组织", "务机构", "", "")
    assert _join(above, below) == [
        ("", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    ]


def test_lines_at_the_head_and_foot_of_every_page_are_no_text():
    pages = [
        [{"text": "打印于 2026/1/20"}, {"text": f"第{number}段"}, {"text": f"https://example.gov.cn {number}/3"}]
        for number in (1, 2, 3)
    ]
    assert [[item["text"] for item in page] for page in without_running(pages)] == [["第1段"], ["第2段"], ["第3段"]]
