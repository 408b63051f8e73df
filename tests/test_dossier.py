"""The dossier's contract: exact numbers, blanks that are not zero, one sentence for every mistake."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.dossier import Dossier, parse
from nianbao.errors import SeveralMistakes, UnusableInput
from nianbao.forms import edition_of, load_form
from nianbao.reading import load_dossier, read, write_dossier

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
YAML_SAMPLES = sorted(path.name for path in SAMPLES.glob("*.yaml"))
GOOD = """\
unit: {name: 小河镇人民政府, self: 我镇, level: township}
year: 2025
figures:
  requests:
    new: {natural_person: 1, total: 1}
  disclosure:
    fees: {amount: 421.39}
supplementary:
  - {id: website_posts, label: 发布信息, value: 486, unit: 条}
fees: {notices: 0, charged: 0, received: 0}
"""


def from_text(tmp_path: Path, text: str, name: str = "底稿.yaml") -> Dossier:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_dossier(path)


def cell(text: str) -> str:
    return GOOD.replace("natural_person: 1,", f"natural_person: {text},")


CELL = "figures.requests.new.natural_person"
MISTAKES = [
    (GOOD.replace("natural_person", "natural_persn"), 5, "natural_persn", "是不是“natural_person”"),
    (GOOD.replace("    new:", "    nwe:"), 5, "figures.requests.nwe", "是不是“new”"),
    (GOOD.replace("  requests:", "  request:"), 4, "figures.request", "是不是“requests”"),
    (GOOD.replace("supplementary:", "suplementary:"), 8, "suplementary", "是不是“supplementary”"),
    (GOOD.replace("label:", "sorce: 台账, label:"), 9, "sorce", "是不是“source”"),
    (GOOD + "contact: {phnoe: 0000-1}\n", 11, "contact.phnoe", "是不是“phone”"),
    (GOOD.replace("level: township", "level: village"), 1, "unit.level", "village"),
    (GOOD.replace("value: 486", "value: 若干"), 9, "value", "数字"),
    (GOOD.replace("notices: 0", "notices: -1"), 10, "fees.notices", "不能小于"),
    (GOOD.replace("year: 2025", "year: 今年"), 2, "year", "四位数字"),
    (GOOD.replace("year: 2025", "year: 2018"), 2, "year", "2018"),
    (GOOD.replace("year: 2025", 'year: 2025\nedition: "2019"'), 3, "edition", "2021"),
    (GOOD.replace("year: 2025", "year: 2025\nyear: 2024"), 3, "", "两次"),
    (GOOD.replace("year: 2025\n", ""), None, "year", "缺少年份"),
    (cell("-3"), 5, CELL, "负数"),
    (cell("1.5"), 5, CELL, "整数"),
    (cell("２"), 5, CELL, "２"),
    (cell("—"), 5, CELL, "—"),
    (cell("NaN"), 5, CELL, "NaN"),
    (cell(".inf"), 5, CELL, ".inf"),
    (cell("1e9"), 5, CELL, "1e9"),
    (cell("1_000"), 5, CELL, "1_000"),
    (cell("0x1F"), 5, CELL, "0x1F"),
    (cell("12:30"), 5, CELL, "12:30"),
    (cell('"1,5"'), 5, CELL, "1,5"),
    (cell('"2"'), 5, CELL, "不加逗号、单位和引号"),
    (cell("true"), 5, CELL, "True"),
    (cell("[1]"), 5, CELL, "不是可以采用的数"),
    (cell("9999999999999"), 5, CELL, "过大"),
    (GOOD.replace("new: {natural_person: 1, total: 1}", "new: 5"), 5, "figures.requests.new", "按列填写"),
]


@pytest.mark.parametrize(("text", "line", "path", "says"), MISTAKES, ids=range(len(MISTAKES)))
def test_every_mistake_is_one_sentence_with_its_place(tmp_path, text, line, path, says):
    with pytest.raises(UnusableInput) as broken:
        from_text(tmp_path, text)
    message = str(broken.value)
    assert "\n" not in message
    assert re.search(r"[一-龥]{3}", broken.value.message)
    assert broken.value.where.startswith("底稿.yaml")
    assert path in broken.value.where or path in message
    assert says in message
    if line:
        assert f"第{line}行" in broken.value.where


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path):
    text = GOOD.replace("natural_person", "natural_persn").replace("value: 486", "value: 若干")
    text = text.replace("level: township", "level: village").replace("    new:", "    nwe: {total: 1}\n    new:")
    text += "supplementary: []\ncontact: {phnoe: 0000-1}\nprior_year: 没有.yaml\n"
    with pytest.raises(SeveralMistakes) as broken:
        from_text(tmp_path, text)
    lines = str(broken.value).splitlines()
    assert [line.partition("：")[0] for line in lines] == [
        "底稿.yaml 第1行 unit.level",
        "底稿.yaml 第5行 figures.requests.nwe",
        "底稿.yaml 第6行 figures.requests.new.natural_persn",
        "底稿.yaml 第10行 supplementary.第1项.value",
        "底稿.yaml 第12行",
        "底稿.yaml 第13行 contact.phnoe",
        "底稿.yaml 第14行 prior_year",
    ]
    assert [str(one) for one in broken.value.mistakes] == lines
    assert (broken.value.where, broken.value.message) == (
        broken.value.mistakes[0].where,
        broken.value.mistakes[0].message,
    )


def test_what_is_wrong_with_last_years_file_comes_after(tmp_path):
    (tmp_path / "上年.yaml").write_text(GOOD.replace("2025", "2024").replace("label:", "lable:"), encoding="utf-8")
    with pytest.raises(SeveralMistakes) as broken:
        from_text(tmp_path, GOOD.replace("notices: 0", "notices: -1") + "prior_year: 上年.yaml\n")
    first, second = str(broken.value).splitlines()
    assert first.startswith("底稿.yaml 第10行 fees.notices：")
    assert second.startswith("上年.yaml 第9行 supplementary.第1项.lable：")


def test_only_the_first_twenty_mistakes_are_listed(tmp_path):
    row = "natural_person: x, business: x, research: x, public_interest: x, legal_service: x"
    text = cell("1").replace(
        "    new:",
        f"    carried_in: {{{row}}}\n"
        + "".join(f"    {name}: {{{row}}}\n" for name in ("granted", "partial", "total_handled", "carried_out"))
        + "    new:",
    )
    with pytest.raises(SeveralMistakes) as broken:
        from_text(tmp_path, text)
    lines = str(broken.value).splitlines()
    assert len(broken.value.mistakes) == 25
    assert len(lines) == 21
    assert lines[-1] == "其余 5 处，改正以上各处后再列出"


TWO_ALIKE = (
    "statements: [{id: a, kind: event, status: done, text: 甲乙}, {id: a, kind: event, status: done, text: 甲}]\n"
)
MISSPELT_IS_NOT_MISSING_TOO = GOOD.replace("name: 小河镇人民政府, self:", "nam: 小河镇人民政府, slf:")
NO_YEAR_NO_FORM = GOOD.replace("year: 2025", "year: 今年").replace("natural_person", "natural_persn")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (MISSPELT_IS_NOT_MISSING_TOO, ["nam", "slf"]),
        (NO_YEAR_NO_FORM, ["year"]),
        (GOOD + TWO_ALIKE, ["第2项.id", "第2项.text"]),
        (GOOD.replace("value: 486, ", ""), ["缺少“value”"]),
    ],
)
def test_each_mistake_is_told_once(tmp_path, text, wrong):
    with pytest.raises(UnusableInput) as broken:
        from_text(tmp_path, text)
    told = str(broken.value).splitlines()
    assert len(told) == len(wrong)
    assert all(said in line for said, line in zip(wrong, told, strict=True))


def test_unquoted_comma_in_flow_is_refused(tmp_path):
    with pytest.raises(UnusableInput):
        from_text(tmp_path, cell("1,5"))


def test_good_text_is_read(tmp_path):
    dossier = from_text(tmp_path, GOOD)
    assert dossier.value("requests.new.total") == 1
    assert dossier.edition == "2021"
    assert dossier.unit.self_name == "我镇"


def test_json_says_the_same(tmp_path):
    text = json.dumps(yaml.safe_load(GOOD), ensure_ascii=False)
    assert from_text(tmp_path, text, "底稿.json").figures == from_text(tmp_path, GOOD).figures


def test_blank_zero_and_not_applicable_are_three_things(tmp_path):
    blank, zero, never = (
        from_text(tmp_path, cell(text)).figures["requests.new.natural_person"] for text in ("", "0", "不适用")
    )
    assert (blank.value, blank.applicable) == (None, True)
    assert (zero.value, zero.applicable) == (0, True)
    assert (never.value, never.applicable) == (None, False)
    assert len({repr(c) for c in (blank, zero, never)}) == 3


def test_trailing_zeros_change_the_text_and_not_the_value(tmp_path):
    short, long = (
        from_text(tmp_path, GOOD.replace("421.39", text)).figures["disclosure.fees.amount"]
        for text in ("421.39", "421.3900")
    )
    assert short.value == long.value == Decimal("421.39")
    assert str(short.value) == str(long.value)
    assert long.text == "421.3900"


def test_a_cell_may_carry_its_text(tmp_path):
    got = from_text(tmp_path, cell('{value: 12, text: "1 2"}')).figures["requests.new.natural_person"]
    assert (got.value, got.text) == (12, "1 2")


def test_prior_year_of_another_year_is_refused(tmp_path):
    (tmp_path / "上年.yaml").write_text(GOOD.replace("2025", "2022"), encoding="utf-8")
    with pytest.raises(UnusableInput) as broken:
        from_text(tmp_path, GOOD + "prior_year: 上年.yaml\n")
    assert str(broken.value) == "底稿.yaml 第11行 prior_year：“上年.yaml”是2022年度的，上年应当是2024年度"
    with pytest.raises(UnusableInput, match="第11行 prior_year：找不到上年底稿“没有"):
        from_text(tmp_path, GOOD + "prior_year: 没有.yaml\n")
    inline = "prior_year:\n  year: 2020\n  figures: {disclosure: {procurement: {projects: 1}}}\n"
    with pytest.raises(UnusableInput) as broken:
        from_text(tmp_path, GOOD + inline)
    assert str(broken.value) == "底稿.yaml 第12行 prior_year.year：上年资料写的是2020年度，应当是2024年度的"


def test_prior_year_keeps_whose_it_is(tmp_path):
    (tmp_path / "上年.yaml").write_text(GOOD.replace("2025", "2024").replace("小河镇", "大河乡"), encoding="utf-8")
    before = from_text(tmp_path, GOOD + "prior_year: 上年.yaml\n").prior_year
    assert (before.unit, before.year) == ("大河乡人民政府", 2024)
    inline = from_text(tmp_path, GOOD + "prior_year: {unit: 大河乡人民政府, year: 2024}\n").prior_year
    assert (inline.unit, inline.year) == ("大河乡人民政府", 2024)
    assert from_text(tmp_path, GOOD + "prior_year: {figures: {}}\n").prior_year.unit == ""


# --- samples -------------------------------------------------------------------------------------


def broken_relations(dossier: Dossier) -> list[str]:
    out = []
    for relation in dossier.form.relations:
        plus, minus = ([dossier.value(a) for a in side] for side in (relation.plus, relation.minus))
        if None in plus + minus:
            continue
        gap = sum(plus) - sum(minus)
        if gap < 0 or (relation.must == "equal" and gap):
            out.append(relation.rule)
    return out


@pytest.mark.parametrize("name", YAML_SAMPLES)
def test_samples_are_complete_and_balance(name):
    dossier = read([SAMPLES / name])
    assert set(dossier.figures) == set(dossier.form.cells)
    assert "虚构" in dossier.unit.name
    if "broken" not in name:
        assert broken_relations(dossier) == []


def test_broken_sample_is_broken_where_it_says_so():
    dossier = read([SAMPLES / "qingshi-broken-2025.yaml"])
    found = broken_relations(dossier)
    assert found == ["T3-01", "T3-01", "T3-02", "T3-03", "T3-05", "T3-06", "T4-01", "T4-03", "T2-03"]
    said = (SAMPLES / "qingshi-broken-2025.yaml").read_text(encoding="utf-8")
    assert all(rule in said for rule in found)


def test_samples_of_two_years_fit():
    now = read([SAMPLES / "qingshi-shuiwuju-2025.yaml"])
    assert now.prior_year
    before = {s.id for s in now.prior_year.statements if s.kind == "problem"}
    answered = {one for s in now.statements if s.kind == "rectification" for one in s.answers}
    assert answered == before == {"p1", "p2", "p3"}
    assert {s.id for s in now.statements if s.kind == "problem"} == {
        one for s in now.statements if s.kind == "plan" for one in s.answers
    }
    assert now.fees
    assert now.fees.charged % 10 == now.fees.received % 10 == 0
    assert now.value("disclosure.fees.amount") * 10000 >= now.fees.received


# --- there and back ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", YAML_SAMPLES)
def test_samples_are_written_and_read_the_same(tmp_path, name):
    dossier = read([SAMPLES / name])
    write_dossier(dossier, tmp_path / "again.yaml")
    assert load_dossier(tmp_path / "again.yaml") == dossier


@st.composite
def dossiers(draw):
    year = draw(st.integers(2019, 2030))
    figures: dict = {}
    for address, one in load_form(edition_of(year)).cells.items():
        if not draw(st.booleans()):
            continue
        kind = one.column.kind
        numbers = {
            "count": st.integers(0, 10**12),
            "signed": st.integers(-(10**12), 10**12),
            "amount": st.decimals(0, 10**9, places=4) | st.integers(0, 10**9),
        }[kind]
        table, row, column = address.split(".")
        value = draw(numbers | st.none() | st.just("不适用"))
        figures.setdefault(table, {}).setdefault(row, {})[column] = value
    printable = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
    words = st.text(printable, min_size=2, max_size=30).filter(lambda w: w.strip() and "{{" not in w and "}}" not in w)
    return parse(
        {
            "unit": {"name": draw(words), "self": draw(words), "level": "street"},
            "year": year,
            "figures": figures,
            "statements": [{"id": "e1", "kind": "event", "status": "done", "text": draw(words)}],
            "sections": {"summary": draw(words)},
        }
    )


@settings(max_examples=25, deadline=None)
@given(dossier=dossiers())
def test_any_dossier_is_written_and_read_the_same(tmp_path_factory, dossier):
    path = tmp_path_factory.mktemp("dossier") / "d.yaml"
    write_dossier(dossier, path)
    assert load_dossier(path) == dossier


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"unit": {"name": "青石\n局", "self": "我局", "level": "street"}}, "不能印出的字符"),
        ({"unit": {"name": "青石局", "self": "{{v.x}}", "level": "street"}}, "其他括号"),
        ({"fees": {"notices": True, "charged": 0, "received": 0}}, "应当是数字"),
        ({"fees": {"notices": 1, "charged": -5, "received": 0}}, "不能小于 0"),
        ({"supplementary": [{"id": "a", "label": "发布", "value": "1e9", "unit": "条"}]}, "应当是数字"),
        ({"supplementary": [{"id": "a", "lable": "发布", "value": 1, "unit": "条"}]}, "label"),
        ({"my-note": "x"}, "my-note"),
    ],
)
def test_what_no_office_prints_is_refused_in_one_sentence(data, says):
    base = {"unit": {"name": "青石局", "self": "我局", "level": "street"}, "year": 2025}
    with pytest.raises(UnusableInput, match=says):
        parse(base | data)
