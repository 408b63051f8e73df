"""Which numbers of a text are figures, and which state nothing."""

from fractions import Fraction

import pytest

from nianbao.checking import mentions


def said(text):
    return [(m.value, m.unit, m.approx) for m in mentions(text)]


@pytest.mark.parametrize(
    "text",
    [
        "落实三审三校制度，单位主要负责人是第一责任人",
        "运用两微一端，办好12345热线",
        "依照条例第二十条和第三十三条第一款",
        "国办公开办函〔2021〕30号，国务院令第711号",
        "2025年3月12日，二〇二五年十二月，1月至6月",
        "一是完善制度；二是加强培训",
        "（一）主动公开（2）依申请公开",
        "党的二十大和二十届三中全会精神，十四五规划",
        "地址：清河路18号，邮政编码：999018，电话：0000-1234567，8:30—12:00",
        "在20个工作日内答复，进一步统一口径，一批栏目，一律公开",
        "《目录（2025年版）》（2024版）",
        "从五个方面解决三个问题",
        "第三季度举办第七期培训班",
        "网址：https://www.qingshi.example/2025/30.html，邮箱 a12@qingshi.example",
    ],
)
def test_set_terms_are_no_figures(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx"),
    [
        ("公开信息486条", 486, "条", None),
        ("公开信息 1,486 条", 1486, "条", None),
        ("收到申请三十七件", 37, "件", None),
        ("阅读量45.28万次", 452800, "次", None),
        ("收费402.318万元", 4023180, "元", None),
        ("增长15.6%", Fraction(156, 10), "%", None),
        ("增长百分之五", 5, "%", None),
        ("发布4470余条", 4470, "条", "over"),
        ("发布近500条", 500, "条", "near"),
        ("约300人次参加", 300, "人次", "about"),
        ("上升2.0个百分点", 2, "个百分点", None),
        ("超80.5万人次", 805000, "人次", "over"),
    ],
)
def test_figures_carry_value_unit_and_approximation(text, value, unit, approx):
    assert said(text) == [(value, unit, approx)]


def test_a_statement_of_none_is_a_zero_claim():
    (claim,) = mentions("全年未收到政府信息公开申请")
    assert (claim.value, claim.zero_claim, claim.text) == (0, True, "未收到")


def test_offsets_are_code_points_of_the_text():
    text = "😀我局新收申请37件。"
    (one,) = mentions(text)
    assert text[one.start : one.end] == one.text == "37件"
