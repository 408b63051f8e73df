"""Published reports as text: every value under its own labels, nothing shifted, everything uncertain said."""

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.dossier import Dossier, parse
from nianbao.errors import UnusableInput
from nianbao.forms import Form, load_form
from nianbao.reading import read
from nianbao.reading.published import read_text_report

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "yuecun-2020.txt"
SEED = SAMPLE.read_text(encoding="utf-8")
NOT_ZERO = {
    "disclosure.licences.prior_items": 1,
    "disclosure.other_services.prior_items": 36,
    "disclosure.penalties.prior_items": 19,
    "disclosure.coercion.prior_items": 1,
    "disclosure.procurement.projects": 2,
    "disclosure.procurement.amount": Decimal("421.39"),
}


def numbered(form: Form) -> dict[str, int]:
    """A different number in every cell, so that any shift shows; sums hold in no row."""
    return {address: 10 + at for at, address in enumerate(form.cells)}


def printed(form: Form, figures: dict[str, object], year: int, shuffle: random.Random | None = None) -> str:
    """A report as it would be pasted, with rows and columns in any order."""

    def mixed(items):
        items = list(items)
        if shuffle:
            shuffle.shuffle(items)
        return items

    out = [
        f"青石县水务局{year}年政府信息公开工作年度报告",
        "",
        form.heading("summary"),
        "",
        f"{year}年，我局做了工作。",
        "",
    ]
    out += [form.heading("disclosure"), ""]
    for block in form.table("disclosure").blocks:
        columns = mixed(block.columns)
        out += [block.caption, "\t".join([block.stub, *(c.label for c in columns)])]
        out += [
            "\t".join([row.label, *(str(figures[f"disclosure.{row.id}.{c.id}"]) for c in columns)])
            for row in mixed(block.rows)
        ]
    requests = form.table("requests")
    columns = list(requests.blocks[0].columns)
    own = [c for c in columns if len(c.path) == 2]
    organisations = mixed([c for c in columns if len(c.path) == 3])
    top = mixed([own[0], "group", *own[1:]])
    columns = [c for part in top for c in (organisations if part == "group" else [part])]
    second = [
        cell for part in top for cell in ([organisations[0].path[1], *[""] * 4] if part == "group" else [part.label])
    ]
    third = [c.label if len(c.path) == 3 else "" for c in columns]
    out += ["", form.heading("requests"), "", "\t".join([requests.corner, "", "", "申请人情况", *[""] * 6])]
    out += ["\t".join(["", "", "", *second]), "\t".join(["", "", "", *third])]
    for row in mixed(requests.rows):
        labels = [*row.path, *[""] * (3 - len(row.path))]
        out.append("\t".join([*labels, *(str(figures[f"requests.{row.id}.{c.id}"]) for c in columns)]))
    remedies = form.table("remedies")
    results = list(remedies.blocks[0].columns)
    out += ["", form.heading("remedies"), "", "行政复议\t\t\t\t\t行政诉讼"]
    names = "\t".join(c.label for c in results)
    out += [f"{names}\t未经复议直接起诉\t\t\t\t\t复议后起诉", f"{names}\t{names}"]
    out.append("\t".join(str(figures[f"remedies.{r.id}.{c.id}"]) for r in remedies.rows for c in results))
    out += ["", form.heading("problems"), "", "存在不足。", "", form.heading("other"), "", "无其他需要报告的事项。"]
    return "\n".join(out)


def of(tmp_path: Path, text: str | bytes, name: str = "年报.txt") -> Dossier:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_text_report(path)


def codes(dossier: Dossier) -> list[str]:
    return [note.code for note in dossier.reading]


def numbers(dossier: Dossier) -> dict[str, object]:
    return {address: cell.value for address, cell in dossier.figures.items()}


# --- the real report -----------------------------------------------------------------------------


def test_seed_gives_every_cell():
    dossier = read([SAMPLE])
    form = load_form("2019")
    assert numbers(dossier) == dict.fromkeys(form.cells, 0) | NOT_ZERO
    assert [sum(a.startswith(t) for a in dossier.figures) for t in ("disclosure", "requests", "remedies")] == [
        22,
        161,
        15,
    ]
    assert str(dossier.value("disclosure.procurement.amount")) == "421.39"


def test_seed_unit_year_and_sections():
    dossier = read([SAMPLE])
    assert (dossier.unit.name, dossier.unit.self_name, dossier.unit.level) == ("岳村街道", "我街道", "street")
    assert (dossier.year, dossier.edition) == (2020, "2019")
    assert dossier.sections.opening == ""
    assert dossier.sections.summary.startswith("2020年，我街道")
    assert len(dossier.sections.summary.split("\n")) == 4
    assert dossier.sections.problems.count("\n") == 1
    assert dossier.sections.other == "无其他需要报告的事项。"


def test_seed_says_what_is_broken():
    notes = read([SAMPLE]).reading
    assert [n.code for n in notes] == ["no_heading", "short_row", "short_row", "short_row", "unit"]
    assert "总计" in notes[0].message
    assert [re.search("“(.+)”行", n.where)[1] for n in notes[1:4]] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
    ]
    assert all("6个数，应有7个" in n.message and "按六列相加得出" in n.message for n in notes[1:4])


def test_every_cell_has_its_line():
    dossier = read([SAMPLE])
    assert set(dossier.provenance) == set(dossier.figures)
    assert dossier.provenance["requests.new.natural_person"].place == "第41行"
    assert dossier.provenance["requests.new.natural_person"].file == "yuecun-2020.txt"
    assert dossier.provenance["requests.new.total"].place == "第41行，按六列相加得出"
    assert dossier.provenance["requests.refused_law.total"].place == "第47行"


def test_short_row_is_never_shifted(tmp_path):
    row = "一、本年新收政府信息公开申请数量\t\t0\t0\t0\t0\t0\t0"
    dossier = of(tmp_path, SEED.replace(row, row.replace("0\t0\t0\t0\t0\t0", "7\t1\t0\t2\t0\t5")))
    new = [dossier.value(f"requests.new.{c.id}") for c in dossier.form.table("requests").blocks[0].columns]
    assert new == [7, 1, 0, 2, 0, 5, 15]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("（", "(").replace("）", ")").encode(),
        lambda text: (
            text.replace("自然人", "自 然 人").replace("商业企业", "商业<br>企业").replace("“三", '"三').encode()
        ),
        lambda text: text.replace("\n\t(", "\n\n\t(").encode(),
        lambda text: text.replace("\t0", "\t０").encode(),
    ],
)
def test_seed_in_other_clothes(tmp_path, change):
    assert numbers(of(tmp_path, change(SEED))) == numbers(read([SAMPLE]))


# --- any report ----------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("seed", [None, *range(12)])
def test_order_of_rows_and_columns_does_not_matter(tmp_path, edition, seed):
    form = load_form(edition)
    figures = numbered(form)
    text = printed(
        form, figures, 2020 if edition == "2019" else 2025, random.Random(seed) if seed is not None else None
    )
    dossier = of(tmp_path, text)
    assert numbers(dossier) == figures
    assert codes(dossier) == ["unit"]


def test_table_with_bars(tmp_path):
    form = load_form("2021")
    text = re.sub(
        r"(?m)^.*\t.*$", lambda hit: "| " + hit[0].replace("\t", " | ") + " |", printed(form, numbered(form), 2025)
    )
    assert numbers(of(tmp_path, text)) == numbered(form)


def test_results_with_a_row_each(tmp_path):
    form = load_form("2021")
    head, tail = printed(form, numbered(form), 2025).split("行政复议\t\t\t\t\t行政诉讼")
    rows = [
        "类别\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计",
        "行政复议\t1\t2\t3\t4\t10",
        "行政诉讼 未经复议直接起诉\t0\t0\t0\t5\t5",
        "复议后起诉\t0\t0\t7\t0\t7",
    ]
    body = "\n".join(["", *rows, ""])
    dossier = of(tmp_path, head + body + tail[tail.index("五、") :])
    assert [
        dossier.value(f"remedies.{a}") for a in ("review.total", "direct_suit.pending", "suit_after_review.other")
    ] == [10, 5, 7]


def with_row(old: str, new: str) -> str:
    form = load_form("2021")
    text = printed(form, dict.fromkeys(form.cells, 0), 2025)
    assert re.search(old, text)
    return re.sub(old, new, text, count=1)


def test_missing_row(tmp_path):
    dossier = of(tmp_path, with_row(r".*2\.重复申请.*\n", ""))
    note = next(n for n in dossier.reading if n.code == "missing_row")
    assert (note.severity.value, note.where) == ("error", "表三“2.重复申请”行")
    assert "requests.declined_repeat.total" not in dossier.figures


def test_unknown_row(tmp_path):
    dossier = of(
        tmp_path, with_row(r"(三、本年度办理结果\t（四）无法提供\t1.*\n)", r"\t小计\t\t0\t0\t0\t0\t0\t0\t0\n\1")
    )
    assert [n.where for n in dossier.reading if n.code == "extra_row"] == ["表三“小计”行（第41行）"]
    assert len(dossier.figures) == 200


def test_row_twice_with_other_numbers_is_left_blank(tmp_path):
    dossier = of(tmp_path, with_row(r"(行政许可)\t0\n", r"\1\t0\n\1\t5\n"))
    assert dossier.value("disclosure.licences.decisions") is None
    assert "two_values" in codes(dossier)


@pytest.mark.parametrize("text", ["/", "-", "—", ""])
def test_blank_is_not_zero(tmp_path, text):
    dossier = of(tmp_path, with_row(r"(2\.重复申请)\t0", rf"\1\t{text}"))
    cell = dossier.figures["requests.declined_repeat.natural_person"]
    assert (cell.value, cell.text) == (None, text or None)
    assert dossier.value("requests.declined_repeat.total") == 0
    assert codes(dossier) == ["unit"]


@pytest.mark.parametrize("text", ["若干", "3.5", "-2", "约3件", "1,5", "9" * 20])
def test_what_is_no_count_is_kept_as_text(tmp_path, text):
    dossier = of(tmp_path, with_row(r"(2\.重复申请)\t0\t0", rf"\1\t0\t{text}"))
    cell = dossier.figures["requests.declined_repeat.business"]
    assert (cell.value, cell.text) == (None, text)
    assert [n.code for n in dossier.reading] == ["not_a_number", "unit"]


def test_unit_that_differs_is_not_converted(tmp_path):
    dossier = of(tmp_path, with_row(r"(行政事业性收费)\t0", r"\1\t251000元"))
    assert dossier.figures["disclosure.fees.amount"].value is None
    assert dossier.figures["disclosure.fees.amount"].text == "251000元"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("0 0 0 0 0 0", [0, 0, 0, 0, 0, 0, 0]),  # wherever the gap is
        ("3 1 0 0 0 2", [3, 1, 0, 0, 0, 2, 6]),  # 2 cannot be the total
        ("1 0 0 0 0 4", [None] * 7),
        ("1 2 3", [None] * 7),
    ],
)
def test_gap_under_complete_headings(tmp_path, values, expected):
    dossier = of(tmp_path, with_row(r"(2\.重复申请)(\t0){7}", "\\1\t" + values.replace(" ", "\t")))
    got = [dossier.value(f"requests.declined_repeat.{c.id}") for c in dossier.form.table("requests").blocks[0].columns]
    assert got == expected
    assert "short_row" in codes(dossier)


def test_year_and_layout_that_disagree(tmp_path):
    dossier = of(tmp_path, SEED.replace("2020年政府信息", "2023年政府信息"))
    note = next(n for n in dossier.reading if n.code == "edition")
    assert note.severity.value == "error"
    assert dossier.edition == "2021"
    assert set(dossier.figures) <= set(load_form("2021").cells)
    assert dossier.value("disclosure.licences.decisions") == 0


@pytest.mark.parametrize(
    ("title", "name", "level", "year"),
    [
        ("小河镇人民政府2024年政府信息公开工作年度报告", "小河镇人民政府", "township", 2024),
        ("小河街道办事处\n2024年度政府信息公开工作年度报告", "小河街道办事处", "street", 2024),
        ("2024年青石县水务局政府信息公开工作年度报告", "青石县水务局", "department", 2024),
        ("青石县人民政府办公室二〇二四年政府信息公开工作年度报告", "青石县人民政府办公室", "county_office", 2024),
        ("青石县人民政府关于2024年度政府信息公开工作的年度报告", "青石县人民政府", "county", 2024),
    ],
)
def test_titles(tmp_path, title, name, level, year):
    form = load_form("2021")
    text = title + "\n" + printed(form, dict.fromkeys(form.cells, 0), 2024).split("\n", 1)[1]
    dossier = of(tmp_path, text)
    assert (dossier.unit.name, dossier.unit.level, dossier.year) == (name, level, year)


def test_opening_is_kept(tmp_path):
    dossier = of(tmp_path, SEED.replace("报告\n", "报告\n\n根据《条例》编制本报告。\n", 1))
    assert dossier.sections.opening == "根据《条例》编制本报告。"


def test_dossier_can_be_written_and_read_again():
    dossier = read([SAMPLE])
    assert numbers(parse(dossier.plain())) == numbers(dossier)


# --- no report at all ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [b"", b" \n ", b"\x00\x01\x02", "今天天气很好。".encode(), b"\xff\xff\xff", b"%PDF-1.7\n\x00"]
)
def test_no_report(tmp_path, raw):
    with pytest.raises(UnusableInput) as broken:
        of(tmp_path, raw)
    assert "\n" not in str(broken.value)
    assert re.search(r"[一-龥]{4}", broken.value.message)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_text_never_breaks_the_reader(tmp_path, data):
    lines = SEED.split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "twice", "swap", "cut", "noise", "cell"])):
            case "drop":
                lines[at] = ""
            case "twice":
                lines.insert(at, lines[at])
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, 20))]
            case "noise":
                lines[at] += data.draw(st.text(max_size=8))
            case "cell":
                lines[at] = lines[at].replace("\t", "", 1)
    try:
        dossier = of(tmp_path, "\n".join(lines).encode("utf-8", "replace"))
    except UnusableInput:
        return
    assert set(dossier.figures) <= set(dossier.form.cells)
    assert all(note.where and note.message for note in dossier.reading)


@pytest.mark.parametrize("heading", ["本年废止件数", "商业企业", "法人或其他组织", "自然人", "结果维持"])
def test_lost_heading_shifts_nothing(tmp_path, heading):
    form = load_form("2021")
    figures = numbered(form)
    head, tail = printed(form, figures, 2025).split("二、主动公开政府信息情况", 1)
    dossier = of(tmp_path, head + "二、主动公开政府信息情况" + tail.replace(heading, "", 1))
    assert {a: v for a, v in numbers(dossier).items() if v is not None and v != figures[a]} == {}
