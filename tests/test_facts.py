"""The fact table: each kind of fact by its value, and no fact from nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest

from nianbao.facts import clean, fact_table, show
from tests.drafting.dossiers import dossier, figures


def table(**over):
    given = figures(
        requests={"new": [6, 2], "granted": [3], "refused_law": [1], "refused_process": [1, 1], "carried_out": [1, 1]},
        remedies={"direct_suit": {"upheld": 2}, "suit_after_review": {"pending": 1}},
        disclosure={"fees": {"amount": Decimal("402.3180")}},
    )
    before = figures(requests={"new": [4, 2], "granted": [4, 2]})
    return fact_table(
        dossier(
            **{
                "figures": given,
                "prior_year": {
                    "figures": before,
                    "supplementary": [{"id": "posts", "label": "网站发布信息", "value": 40, "unit": "条"}],
                },
                "supplementary": [
                    {"id": "posts", "label": "网站发布信息", "value": 50, "unit": "条", "source": "台账"}
                ],
                "fees": {"notices": 2, "charged": 400, "received": Decimal("380.50")},
            }
            | over
        )
    )


@pytest.mark.parametrize(
    ("fact_id", "kind", "display", "unit", "label"),
    [
        ("requests.new.total", "cell", "8", "件", "新收政府信息公开申请"),
        ("requests.new.natural_person", "cell", "6", "件", "新收政府信息公开申请（自然人）"),
        ("disclosure.fees.amount", "cell", "402.318", "万元", "行政事业性收费本年收费金额"),
        ("requests.refused.total", "sum", "3", "件", "不予公开"),
        ("requests.new.organisations", "sum", "2", "件", "新收政府信息公开申请（法人或其他组织）"),
        ("requests.workload.total", "sum", "8", "件", "收到和结转的政府信息公开申请"),
        ("remedies.suits.total", "sum", "3", "件", "行政诉讼"),
        ("prior.requests.new.total", "cell", "6", "件", "新收政府信息公开申请"),
        ("change.requests.new.total", "change", "2", "件", "新收政府信息公开申请比上年增减"),
        ("growth.requests.new.total", "growth", "33.33", "%", "新收政府信息公开申请比上年增长率"),
        ("growth.supplementary.posts", "growth", "25", "%", "网站发布信息比上年增长率"),
        ("share.requests.refused.total", "share", "50", "%", "不予公开占办理结果总数的比例"),
        ("share.requests.new.natural_person", "share", "75", "%", "新收政府信息公开申请（自然人）占新收申请总数的比例"),
        ("supplementary.posts", "supplementary", "50", "条", "网站发布信息"),
        ("fees.received", "fee", "380.5", "元", "实收信息处理费"),
    ],
)
def test_each_kind_of_fact(fact_id, kind, display, unit, label):
    fact = table()[fact_id]
    assert (fact.kind, fact.display, fact.unit, fact.label) == (kind, display, unit, label)


def test_a_fact_says_what_it_rests_on():
    facts = table()
    assert facts["requests.refused.total"].source[0] == "requests.refused_state_secret.total"
    assert facts["change.requests.new.total"].base == "prior.requests.new.total"
    assert facts["share.requests.refused.total"].base == "requests.total_handled.total"
    assert facts["growth.requests.new.total"].value == Fraction(100, 3)
    assert facts["supplementary.posts"].source == ("台账",)
    assert facts["requests.new.total"].period == "2025"
    assert facts["prior.requests.new.total"].period == "2024"


def test_blank_gives_no_fact_and_nothing_that_rests_on_it():
    given = figures()
    given["requests"]["refused_law"]["total"] = None
    given["requests"]["granted"]["total"] = "不适用"
    facts = table(figures=given)
    for missing in (
        "requests.refused_law.total",
        "requests.granted.total",
        "requests.refused.total",
        "share.requests.refused.total",
        "change.requests.refused.total",
        "change.requests.granted.total",
    ):
        assert missing not in facts
        assert facts.get(missing) is None
        assert facts.value(missing) is None
    assert facts["requests.partial.total"].value == 0


def test_growth_from_nothing_is_none():
    facts = table(figures=figures(remedies={"review": {"upheld": 3}}))
    assert facts["change.remedies.review.total"].value == 3
    assert "growth.remedies.review.total" not in facts


def test_no_share_of_nothing():
    assert "share.requests.granted.total" not in table(figures=figures())


def test_no_comparison_across_scopes_or_units():
    wider = {"id": "posts", "label": "网站发布信息", "value": 50, "unit": "条", "scope": "全县"}
    assert "change.supplementary.posts" not in table(supplementary=[wider])
    assert "change.supplementary.posts" not in table(supplementary=[wider | {"scope": "", "unit": "篇"}])


def test_last_year_is_read_in_its_own_edition():
    facts = table(
        year=2021,
        prior_year={"figures": figures("2019", requests={"new": [2], "other": [2]})},
        figures=figures(requests={"new": [3], "other_misc": [3]}),
    )
    assert facts["change.requests.other.total"].value == 1
    assert "prior.disclosure.licences.prior_items" in facts


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(200, 3), 2, "66.67"),
        (Fraction(50), 2, "50"),
        (Fraction(201, 2000), 2, "0.1"),
        (Fraction(100), None, "100"),
        (Fraction("421.3900"), None, "421.39"),
        (Fraction("123456789012.12345678901234567890123"), None, "123456789012.12345678901234567890123"),
        (Fraction(0), 2, "0"),
    ],
)
def test_numbers_are_exact_or_rounded_half_up(value, decimals, text):
    assert show(value, decimals) == text


def test_labels_lose_their_numbering():
    assert clean("一、本年新收政府信息公开申请数量") == "新收政府信息公开申请"
    assert clean("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "部分公开"
    assert clean("7.属于行政执法案卷") == "属于行政执法案卷"
    assert clean("行政复议") == "行政复议"
