"""Verdicts on an office's text: what is right is supported, what is changed contradicted, what has no data open."""

import time
import tracemalloc

import pytest

from nianbao.checking import check_text, evidence_of
from nianbao.findings import Severity
from nianbao.rules import assess
from tests.rules.cases import made

DOSSIER = made({"sections": {}})


def against(text, dossier=DOSSIER, verdict="contradicted"):
    """The claims of one verdict, as the number each is about (or its words)."""
    claims = [c for c in check_text(text, dossier) if c.verdict == verdict]
    return [text[slice(*c.number)] if c.number else c.text for c in claims]


SUPPORTED = [
    "2025年，我局新收政府信息公开申请10件，上年结转3件，办结11件，结转下年度继续办理2件。",
    "全年共收到政府信息公开申请十件。",
    "共受理申请13件（含上年结转3件）。",
    "其中，予以公开6件、不予公开3件、无法提供2件。",
    "予以公开6件，占办理结果总数的54.55%。",
    "收到申请10件，其中自然人7件，法人或其他组织3件，商业企业2件。",
    "自然人7件、法人或其他组织3件，分别占新收申请总数的70%和30%。",
    "属于四类过程性信息3件，本机关不掌握相关政府信息2件。",
    "因政府信息公开工作被申请行政复议2件，其中维持1件、纠正1件。",
    "有1件行政复议案件的结果被纠正。",
    "全年未收到涉及政府信息公开的行政诉讼。",
    "未发生行政诉讼。",
    "制发行政规范性文件2件，废止1件，现行有效13件。",
    "行政许可、行政处罚、行政强制决定分别为158件、27件、3件。",
    "行政事业性收费4万元。",
    "行政事业性收费40000元。",
    "县政府门户网站发布信息486条，比上年增加84条，增长20.9%。",
    "门户网站全年发布信息480余条。",
    "2024年收到申请10件，2025年收到申请10件。",
    "发出收费通知1件，应收信息处理费380元，实收380元。",
    "办结申请11件，其中6件予以公开，3件不予公开，2件无法提供。",
    "自然人申请办结7件，商业企业申请办结3件。",
    "新收申请10件，上年结转3件，共13件。",
    "新收申请10件，与上年的10件持平。",
    "县政府门户网站发布信息486条，是上年的1.21倍。",
]
CONTRADICTED = [
    ("新收政府信息公开申请11件。", "11件"),
    ("新收政府信息公开申请12件（含上年结转3件）。", "12件"),
    ("办结申请10件。", "10件"),
    ("结转下年度继续办理申请3件。", "3件"),
    ("予以公开5件。", "5件"),
    ("予以公开6件，占办理结果总数的54.5%，占新收申请总数的66%。", "66%"),
    ("收到申请10件，其中自然人8件。", "8件"),
    ("行政复议3件。", "3件"),
    ("县政府门户网站发布信息486条，比上年减少84条。", "84条"),
    ("县政府门户网站发布信息486条，比上年增加84条，增长21.9%。", "21.9%"),
    ("未发生行政复议。", "未发生"),
    ("行政事业性收费4元。", "4元"),
]
OPEN = ["举办培训6期。", "接受采访3次，群众满意率98%。", "解答咨询12件。", "清理规范性文件35件。"]


@pytest.mark.parametrize("text", SUPPORTED)
def test_a_correct_sentence_is_supported(text):
    claims = check_text(text, DOSSIER)
    assert claims
    assert [(c.text, c.reason) for c in claims if c.verdict != "supported"] == []
    assert all(c.facts for c in claims)


@pytest.mark.parametrize(("text", "wrong"), CONTRADICTED)
def test_a_wrong_number_is_contradicted(text, wrong):
    (claim,) = [c for c in check_text(text, DOSSIER) if c.verdict == "contradicted"]
    assert wrong in claim.text
    assert claim.expected
    assert claim.reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("县政府门户网站发布信息486条，比上年减少84条。", "比上年应为增加84条，文中写的是比上年减少84条"),
        ("县政府门户网站发布信息486条，比上年增加80条。", "比上年应为增加84条，文中写的是比上年增加80条"),
        ("新收政府信息公开申请10件，比上年增加2件。", "比上年应为持平，文中写的是比上年增加2件"),
        ("县政府门户网站发布信息486条，比上年下降20.9%。", "比上年应为增长20.9%，文中写的是比上年下降20.9%"),
    ],
)
def test_a_wrong_change_is_told_with_its_direction(text, said):
    (check,) = [c for c in check_text(text, DOSSIER) if c.verdict == "contradicted"]
    assert said in check.reason
    assert check.expected in said


def test_a_fall_is_told_without_a_sign():
    more = made({"sections": {}, "prior_year.figures.requests.new.total": 94})
    (check,) = [c for c in check_text("新收申请10件，比上年增加84件。", more) if c.verdict == "contradicted"]
    assert check.expected == "减少84件"


@pytest.mark.parametrize("text", OPEN)
def test_a_number_without_data_stays_open(text):
    assert {c.verdict for c in check_text(text, DOSSIER)} == {"unverified"}


def test_a_claim_names_its_place_its_facts_and_what_the_data_says():
    text = "😀我局新收政府信息公开申请11件。"
    (claim,) = check_text(text, DOSSIER)
    assert text[claim.start : claim.end] == claim.text
    assert text[slice(*claim.number)] == "11件"
    assert (claim.facts, claim.expected, claim.rule) == (("requests.new.total",), "10件", "X-01")
    assert set(claim.as_json()) == {"start", "end", "text", "verdict", "facts", "expected", "reason"}


def test_a_blank_cell_is_unknown_and_contradicts_nothing():
    dossier = made({"sections": {}, "figures.requests.new": None})
    (claim,) = check_text("新收政府信息公开申请11件。", dossier)
    assert claim.verdict == "unverified"


def test_a_comparison_without_last_year_is_open_not_wrong():
    dossier = made({"sections": {}, "prior_year": None})
    assert [c.verdict for c in check_text("新收申请10件，同比增长25%。", dossier)] == ["supported", "unverified"]


def test_figures_of_another_scope_are_to_be_looked_at_never_wrong():
    (claim,) = check_text("全县新收政府信息公开申请321件。", DOSSIER)
    assert (claim.verdict, claim.scope) == ("unverified", True)
    assert "口径待复核" in claim.reason


def test_cases_filed_for_record_are_another_count_worth_a_look():
    cases = DOSSIER.value("remedies.review.total")
    (claim,) = check_text(f"全年备案行政复议案件{cases + 7}件。", DOSSIER)
    assert (claim.verdict, claim.scope, claim.expected) == ("unverified", True, f"{cases}件")
    dossier = made({"sections.summary": f"2025年，全年备案行政复议案件{cases + 7}件。"})
    (found,) = (f for f in assess(dossier).findings if f.rule == "X-06")
    assert found.severity is Severity.WARNING
    assert "备案" in found.message


def test_a_statement_carries_its_words_and_its_numbers():
    told = {"id": "e1", "kind": "event", "status": "done", "text": "5月举办开放日，邀请30人参加"}
    dossier = made({"sections": {}, "statements": [told]})
    assert against("我局5月举办开放日，邀请30人参加。", dossier, "supported")
    assert against("我局5月举办开放日，邀请30人参加。", dossier) == []
    assert against("我局6月举办开放日，邀请30人参加。", dossier) == ["6月"]
    assert against("我局5月举办开放日，邀请50人参加。", dossier) == ["50人"]
    assert against("我局5月召开座谈会。", dossier, "unverified")


def test_a_plan_is_not_told_as_done():
    plan = {"id": "l1", "kind": "plan", "status": "planned", "text": "2026年建立答复文书审核制度"}
    dossier = made({"sections": {}, "statements": [plan]})
    assert against("2026年将建立答复文书审核制度。", dossier) == []
    assert against("已建立答复文书审核制度。", dossier) == ["已建立答复文书审核制度"]


@pytest.mark.parametrize(
    "text",
    [
        "我局认真贯彻落实条例要求，不断完善政府信息公开工作机制，持续提升公开质量和实效。",
        "坚持以公开为常态、不公开为例外，落实三审三校。",
        "切实保障人民群众知情权、参与权、表达权、监督权。",
        "下一步，我局将进一步加强政务公开工作。",
    ],
)
def test_official_phrases_without_a_claim_are_left_alone(text):
    assert [c for c in check_text(text, DOSSIER) if c.verdict != "supported"] == []


def test_hidden_signs_are_read_through_and_reported():
    (claim,) = check_text("新收申请1\u200b0件。", DOSSIER)
    assert claim.verdict == "supported"
    assert "看不见的字符" in claim.reason
    assert [c.about for c in check_text("工作\u202e有序。", DOSSIER)] == ["hidden"]


@pytest.mark.parametrize("piece", ["其中", "收到申请10件，", "（", "一是", "9", "2025年", "未收到", "《", "“", "占"])
def test_the_cost_of_any_run_grows_with_its_length(piece):
    check_text(piece * 100, DOSSIER)

    def once(count):
        began = time.perf_counter()
        check_text(piece * count, DOSSIER)
        return time.perf_counter() - began

    def seconds(count):
        return min(once(count) for _ in range(3))  # a pause of the interpreter is no cost of the text

    assert seconds(4000) < 60 * max(seconds(400), 0.002)


def test_memory_stays_flat_over_many_texts():
    def read(first, last):
        for number in range(first, last):
            check_text(
                f"新收政府信息公开申请{number}件，比上年增加{number}件，占{number % 100}.{number % 97}%。", DOSSIER
            )

    read(0, 300)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    read(300, 1300)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 2_000_000


def test_the_evidence_of_a_dossier_is_made_once():
    assert evidence_of(DOSSIER) is evidence_of(DOSSIER)
