"""Verdicts: what is right is supported, what is changed is contradicted, what has no data stays open."""

import re
import time
from importlib.resources import files
from pathlib import Path

import pytest

from nianbao.checking import check_text
from nianbao.drafting.offline import draft
from nianbao.facts import fact_table
from nianbao.narrative import render
from nianbao.reading.dossier_file import load_dossier
from tests.rules.cases import made

DOSSIER = made({"sections": {}})
FACTS = fact_table(DOSSIER)
SAMPLES = sorted(Path(str(files("data.samples"))).glob("*.yaml"))


def verdicts(text, facts=FACTS):
    return [(c.text, c.verdict) for c in check_text(text, "summary", facts)]


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
    checks = check_text(text, "summary", FACTS)
    assert checks
    assert [(c.text, c.reason) for c in checks if c.verdict != "supported"] == []
    assert all(c.facts for c in checks)


@pytest.mark.parametrize(("text", "wrong"), CONTRADICTED)
def test_a_wrong_number_is_contradicted(text, wrong):
    against = [c for c in check_text(text, "summary", FACTS) if c.verdict == "contradicted"]
    assert [c.text for c in against] == [wrong]
    assert against[0].expected
    assert "应为" in against[0].reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("县政府门户网站发布信息486条，比上年减少84条。", "比上年应为增加84条，文中写的是减少84条"),
        ("县政府门户网站发布信息486条，比上年增加80条。", "比上年应为增加84条，文中写的是增加80条"),
        ("新收政府信息公开申请10件，比上年增加2件。", "比上年应为持平，文中写的是增加2件"),
        ("县政府门户网站发布信息486条，比上年下降20.9%。", "比上年应为增长20.9%，文中写的是下降20.9%"),
    ],
)
def test_a_wrong_change_is_told_with_its_direction(text, said):
    (check,) = [c for c in check_text(text, "summary", FACTS) if c.verdict == "contradicted"]
    assert said in check.reason
    assert check.expected in said


def test_a_fall_is_told_without_a_sign():
    facts = fact_table(made({"sections": {}, "prior_year.figures.requests.new.total": 94}))
    (check,) = [
        c for c in check_text("新收申请10件，比上年增加84件。", "summary", facts) if c.verdict == "contradicted"
    ]
    assert check.expected == "减少84件"


@pytest.mark.parametrize("text", OPEN)
def test_a_number_without_data_stays_open(text):
    assert {verdict for _, verdict in verdicts(text)} == {"unverified"}


def test_a_confirmed_statement_carries_its_numbers():
    told = "5月举办开放日，30人参加"
    (check,) = check_text(f"我局{told}。", "summary", FACTS, statements=(told + "。",))
    assert check.verdict == "supported"
    (check,) = check_text("我局开放日30人参加。", "summary", FACTS, statements=(told + "。",))
    assert check.verdict == "unverified"


@pytest.mark.parametrize("piece", ["其中", "收到申请10件，", "（", "一是", "9", "2025年", "未收到"])
def test_a_long_run_of_anything_is_read_in_time(piece):
    began = time.perf_counter()
    check_text(piece * 2000, "summary", FACTS)
    assert time.perf_counter() - began < 5


def test_a_comparison_without_last_year_is_open_not_wrong():
    facts = fact_table(made({"sections": {}, "prior_year": None}))
    assert verdicts("新收申请10件，同比增长25%。", facts)[-1] == ("25%", "unverified")


def drafted(path):
    dossier = load_dossier(path)
    facts = fact_table(dossier)
    prior = dossier.prior_year.statements if dossier.prior_year else ()
    told = tuple(s.text for s in (*dossier.statements, *prior))
    for section in ("summary", "problems", "other"):
        yield section, render(draft(section, dossier, facts), facts, dossier).text, facts, told


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_what_the_offline_drafter_writes_is_fully_supported(path):
    for section, text, facts, told in drafted(path):
        for check in check_text(text, section, facts, statements=told):
            assert check.verdict == "supported", (check, text[max(0, check.start - 20) : check.end])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_any_changed_count_in_a_draft_is_seen(path):
    seen = missed = 0
    for section, text, facts, told in drafted(path):
        for check in check_text(text, section, facts, statements=told):
            if not check.facts or not re.match(r"\d+\D*$", check.text):
                continue
            number = re.match(r"\d+", check.text).group()
            wrong = text[: check.start] + str(int(number) + 7) + text[check.start + len(number) :]
            verdict = {c.start: c.verdict for c in check_text(wrong, section, facts, statements=told)}
            seen += 1
            missed += verdict.get(check.start) == "supported"
    assert missed <= seen * 0.05
