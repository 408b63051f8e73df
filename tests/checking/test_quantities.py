"""Which numbers of a text are quantities (NF-01 … NF-25), and how they are taken."""

from fractions import Fraction

import pytest

from nianbao.checking import quantities
from nianbao.checking.language.quantity import agrees


def said(text):
    return [(m.quantity.value, m.quantity.unit, m.quantity.approx) for m in quantities(text)]


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
        "邮政编码：999018，电话：0000-1234567，8:30—12:00",
        "在20个工作日内答复，进一步统一口径，一批栏目，一律公开",
        "《目录（2025年版）》",
        "从五个方面解决三个问题",
        "第三季度举办第七期培训班",
        "网址：https://www.qingshi.example/2025/30.html，邮箱 a12@qingshi.example",
        "两者之比为7∶5，位列第三",
    ],
)
def test_set_terms_are_no_quantities(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx"),
    [
        ("公开信息486条", 486, "条", ""),
        ("公开信息 1,486 条", 1486, "条", ""),
        ("公开信息１２条", 12, "条", ""),
        ("公开信息1\u200b2条", 12, "条", ""),
        ("办结叁仟零玖拾陆件", 3096, "件", ""),
        ("收到申请三十七件", 37, "件", ""),
        ("发布信息12345条", 12345, "条", ""),
        ("阅读量45.28万次", 452800, "次", ""),
        ("收费402.318万元", 4023180, "元", ""),
        ("约4.86亿元", 486000000, "元", "about"),
        ("增长15.6%", Fraction(156, 10), "%", ""),
        ("增长百分之五", 5, "%", ""),
        ("占三成", 30, "%", ""),
        ("占四分之一", 25, "%", ""),
        ("增长1.5倍", Fraction(3, 2), "倍", ""),
        ("发布4470余条", 4470, "条", "more"),
        ("投入2000余万元", 20000000, "元", "more"),
        ("发布近500条", 500, "条", "near"),
        ("300人次左右", 300, "人次", "about"),
        ("上升2.0个百分点", 2, "个百分点", ""),
        ("超80.5万人次", 805000, "人次", "over"),
        ("不足100件", 100, "件", "under"),
        ("100件以上", 100, "件", "at_least"),
        ("几十件", 20, "件", "between"),
    ],
)
def test_quantities_carry_value_unit_and_approximation(text, value, unit, approx):
    assert said(text) == [(value, unit, approx)]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("480余条", (481, 489), (480, 490)),
        ("近500条", (450, 499), (449, 500)),
        ("约500条", (475, 525), (474, 526)),
        ("超500条", (501, 750), (500, 751)),
        ("不足500条", (400, 499), (399, 500)),
        ("45.28万条", (452750, 452849), (452749, 452850)),
        ("33.9%", (Fraction(3385, 100),), (Fraction(3395, 100), Fraction(3384, 100))),
        ("100%", (100,), (Fraction(9961, 100),)),
    ],
)
def test_what_a_quantity_may_stand_for(text, right, wrong):
    (one,) = quantities(text)
    assert all(agrees(one.quantity, Fraction(value)) for value in right)
    assert not any(agrees(one.quantity, Fraction(value)) for value in wrong)


def test_offsets_are_code_points_of_the_given_text():
    text = "😀我局　新收 申请 3\u200b7 件。"
    (one,) = quantities(text)
    assert text[one.start : one.end] == one.text == "3\u200b7 件"
