"""The offline drafter: only facts, correct words, and a gap for whatever is missing."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from nianbao.documents import gaps_md
from nianbao.dossier import (
    Contact,
    Dossier,
    Fees,
    PriorYear,
    Sections,
    Statement,
    StatementKind,
    Status,
    Supplementary,
    Topic,
)
from nianbao.drafting.offline import LONGEST_SUMMARY, draft, hanzi
from nianbao.drafting.past import listed_problems
from nianbao.drafting.phrases import choose, ordinal, topic_of
from nianbao.facts import fact_table
from nianbao.narrative import SLOT, render
from nianbao.reading.dossier_file import load_dossier
from nianbao.report import Report
from tests.drafting import dossiers
from tests.drafting.dossiers import ALL, dossier, figures, tried

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
SECTIONS = ("opening", "summary", "problems", "other")
FIXED = (
    "国办公开办函〔2021〕30号",
    "国办公开办函〔2019〕60号",
    "“三安全一稳定”",
    "三类内部事务",
    "第三方",
    "四类过程性",
)
FORBIDDEN = re.compile(r"[0-9０-９%％]|[一二三四五六七八九十百千万亿两半倍]|增长|增加|减少|下降|上升|同比|持平|分之")
BROKEN = (
    "。。",
    "，。",
    "；。",
    "、。",
    "，，",
    "；；",
    "：。",
    "{{",
    "}}",
    "其中，其中",
    "None",
    "数量",
    "{",
    "：；",
    " ",
)


def sample(name):
    return load_dossier(SAMPLES / f"{name}.yaml")


def everyone():
    yield from (make() for make in ALL.values())
    yield from (sample(path.stem) for path in sorted(SAMPLES.glob("*.yaml")))


def written(one, section):
    facts = fact_table(one)
    return render(draft(section, one, facts), facts, one)


def gaps(one, section):
    return [gap.message for gap in draft(section, one, fact_table(one)).gaps]


def assert_figures_only_in_slots(section, one):
    """Nothing outside slots counts, compares or points a direction."""
    contact = [value for value in one.contact.model_dump().values() if value]
    for paragraph in section.paragraphs:
        for sentence in paragraph.sentences:
            rest = SLOT.sub("", sentence.text)
            for known in (
                *contact,
                *FIXED,
                f"{one.year}年1月1日",
                f"{one.year}年12月31日",
                "12月31日",
                f"{one.year}年",
            ):
                rest = rest.replace(known, "")
            rest = re.sub(r"[一二三四五六七八九十]+(?:是|、)", "", rest)
            rest = rest.replace("下一步", "")
            assert not FORBIDDEN.search(rest), sentence.text
        assert re.fullmatch(r"(（[一二三四五六]）\D+)?", paragraph.heading)


def assert_sound(one):
    facts = fact_table(one)
    known = {s.id for s in one.statements} | {
        f"prior.{s.id}" for s in (one.prior_year.statements if one.prior_year else ())
    }
    for name in SECTIONS:
        section = draft(name, one, facts)
        assert section == draft(name, one, facts)
        assert_figures_only_in_slots(section, one)
        printed = render(section, facts, one)
        for paragraph, as_printed in zip(section.paragraphs, printed.paragraphs, strict=True):
            assert paragraph.sentences
            assert as_printed.text[-1] in "。”"
        for _, span in printed.spans():
            assert span.fact is None or span.fact in facts
            assert span.statement is None or span.statement in known
        for sentence in (s for p in section.paragraphs for s in p.sentences):
            if sentence.kind in ("figure", "event", "problem", "plan", "rectification"):
                assert sentence.cites, sentence.text
            for cite in sentence.cites:
                assert cite in facts or cite in known or cite.startswith(("contact.", "unit.")), cite
        for broken in BROKEN:
            assert broken not in printed.text.replace(one.contact.hours, ""), printed.text
        for offset, span in printed.spans():
            assert printed.text[offset : offset + len(span.text)] == span.text


@pytest.mark.parametrize("one", list(everyone()), ids=lambda d: f"{d.unit.name[:5]}{d.year}")
def test_every_known_dossier_gives_sound_sections(one):
    assert_sound(one)


def test_the_sample_office_is_told_completely():
    one = sample("qingshi-shuiwuju-2025")
    text = written(one, "summary").text
    for part in (
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ):
        assert part in text
    assert "新收政府信息公开申请53件，比上年增加26件，增长96.3%" in text
    assert "结果维持2件、结果纠正1件、尚未审结1件" in text
    assert "属于行政执法案卷3件" in text
    assert "举办政务公开业务培训4期，126人次参加" in text
    assert text.index("7月1日") < text.index("10月起")
    assert hanzi(text) <= LONGEST_SUMMARY
    assert not gaps(one, "summary")
    other = written(one, "other").text
    assert "发出收费通知2件，应收信息处理费400元，实际收取380元" in other


def test_last_years_problems_this_years_and_measures_stand_in_one_order():
    text = written(sample("qingshi-shuiwuju-2025"), "problems").text
    past, now, measures = (
        text.index(h) for h in ("（一）上年问题整改情况", "（二）本年存在的主要问题", "（三）改进措施")
    )
    assert past < now < measures
    assert "一是针对“农村供水水质信息更新不够及时”的问题，自第二季度起" in text[past:now]
    assert re.findall("[一二三四]是", text[now:measures]) == re.findall("[一二三四]是", text[measures:])
    order = [text.index(words) for words in ("事项清单", "联系沟通制度", "底前完成")]
    assert order == sorted(order)


def test_a_zero_year_is_said_in_words():
    text = written(sample("xiaohe-zhen-2025"), "summary").text
    assert "未收到政府信息公开申请" in text
    assert "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。" in text
    assert "未作出行政许可、行政处罚和行政强制决定" in text
    assert "未发出收费通知，未收取信息处理费" in written(sample("xiaohe-zhen-2025"), "other").text


def test_one_is_not_all():
    text = written(dossiers.street_2020(), "summary").text
    assert "申请人为自然人" in text
    assert "办理结果为予以公开" in text
    assert "均" not in text
    two = dossier(figures=figures(requests={"new": [2], "granted": [2]}, remedies={"review": {"pending": 2}}))
    text = written(two, "summary").text
    assert "申请人均为自然人" in text
    assert "办理结果均为予以公开" in text
    assert "被申请行政复议2件，均尚未审结；" in text or "被申请行政复议2件，均尚未审结，未被提起行政诉讼" in text


def test_blank_is_left_out_and_asked_for():
    text, asked = written(dossiers.blank(), "summary").text, "".join(gaps(dossiers.blank(), "summary"))
    assert "新收" not in text
    assert "行政许可" not in text
    assert "行政复议" not in text
    for place in (
        "figures.requests.new.total",
        "figures.remedies.review.total",
        "figures.disclosure.licences.decisions",
    ):
        assert place in asked
    assert "fees" in "".join(gaps(dossiers.blank(), "other"))
    assert not written(dossiers.blank(), "other").text


def test_not_applicable_is_not_asked_for():
    given = figures()
    given["disclosure"]["fees"]["amount"] = "不适用"
    one = dossier(figures=given)
    assert "收费" not in written(one, "summary").text
    assert "disclosure.fees" not in "".join(gaps(one, "summary"))


def test_what_does_not_add_up_is_not_told():
    one = sample("qingshi-broken-2025")
    text, asked = written(one, "summary").text, "".join(gaps(one, "summary"))
    assert "办理结果总数" not in text
    assert "被申请行政复议4件；" in text
    assert "figures.requests.total_handled" in asked
    assert "figures.remedies.review" in asked


@pytest.mark.parametrize("one", list(everyone()), ids=lambda d: f"{d.unit.name[:5]}{d.year}")
def test_the_list_of_gaps_has_no_word_of_the_program_but_what_must_be_filled_in(one):
    """Keys and values of the dossier, and ids that stand in it; no topic or rule by its internal name."""
    report = Report(dossier=one, sections=tuple(written(one, name) for name in SECTIONS), findings=(), not_assessed=())
    models = (Dossier, Supplementary, Statement, PriorYear, Contact, Fees, Sections)
    known = {key for model in models for key in model.model_fields}
    known |= {word for hint in (StatementKind, Status, Topic) for word in get_args(hint)}
    known |= {s.id for s in one.statements} | set(one.form.cells) | {cell.rpartition(".")[0] for cell in one.form.cells}
    for line in gaps_md(report).splitlines():
        name, colon, message = line.partition("：")
        assert not (colon and re.search("[a-z]", name)), line
        own = re.sub("“[^“”]*”", "", message)
        for word in re.findall(r"[A-Za-z_][\w.]*", own):
            parts = word.removeprefix("figures.").removeprefix("prior_year.")
            assert parts in known or all(p in known for p in parts.split(".")) or re.fullmatch(r"prior_\d", word), line


def test_a_gap_names_the_cells_in_words_too():
    asked = "".join(gaps(dossiers.blank(), "summary"))
    assert "表二“行政许可”未填" in asked
    assert "表四“行政复议”的总计未填" in asked
    assert "表四“复议后起诉”各结果之和" in "".join(gaps(sample("qingshi-broken-2025"), "summary"))


def test_planned_is_never_told_as_done():
    one = dossiers.department()
    assert "开放日" not in written(one, "summary").text
    assert any("planned" in gap and "开放日" in gap for gap in gaps(one, "summary"))
    rectified = dossier(statements=[{"id": "r1", "kind": "rectification", "status": "planned", "text": "更换公开栏"}])
    assert "更换公开栏" not in written(rectified, "problems").text


def test_problems_without_plan_or_rectification_are_asked_for():
    one = sample("qingshi-broken-2025")
    asked = "".join(gaps(one, "problems"))
    assert "answers 写 [prior_1]" in asked
    assert "answers 写 [q1]" in asked
    text = written(one, "problems").text
    assert "针对行政复议结果纠正的情形，" in text
    assert "栏目更新" not in text
    assert not written(dossier(), "problems").text
    assert any("没有本年存在的主要问题" in gap for gap in gaps(dossier(), "problems"))


def test_what_the_figures_show_is_said_once():
    corrected = figures(requests={"new": [3], "granted": [3]}, remedies={"review": {"corrected": 1}})
    assert "结果纠正1件" in written(dossier(figures=corrected), "problems").text
    told = [{"id": "q1", "kind": "problem", "status": "ongoing", "text": "个别答复被行政复议纠正"}]
    assert "结果纠正1件" not in written(dossier(figures=corrected, statements=told), "problems").text


def test_an_ongoing_rectification_is_said_to_go_on():
    one = dossier(statements=[{"id": "r1", "kind": "rectification", "status": "ongoing", "text": "更换各村公开栏"}])
    assert "更换各村公开栏，相关工作仍在进行。" in written(one, "problems").text


def test_a_government_is_asked_for_its_three_results():
    asked = "".join(gaps(dossiers.county(), "summary"))
    assert "责任追究" in asked
    assert "社会评议" not in asked
    assert "责任追究" not in "".join(gaps(dossiers.department(), "summary"))


def test_opening_has_only_what_is_known():
    county, street = written(dossiers.county(), "opening").text, written(dossiers.street_2020(), "opening").text
    assert "统计范围为全县" in county
    assert "电话：0000-7654321）" in county
    assert "一、总体情况；二、主动公开政府信息情况；" in county
    assert "总体情况" not in street
    assert "2020年12月31日" in street
    assert "网址" not in street


def test_other_matters():
    paid = dossier(fees={"notices": 1, "charged": 40, "received": 0})
    assert "发出收费通知1件，应收信息处理费40元，未实际收取。" in written(paid, "other").text
    told = dossier(
        statements=[{"id": "o1", "kind": "event", "status": "done", "topic": "other", "text": "办理公开类提案2件"}]
    )
    text = written(told, "other").text
    assert text.endswith("办理公开类提案2件。")
    assert "无其他" not in text
    assert written(dossiers.street_2020(), "other").text == "无其他需要报告的事项。"


def test_long_summaries_are_shortened():
    extra = [
        {"id": f"e{n}", "kind": "event", "status": "done", "topic": "oversight", "text": "甲乙丙丁戊己庚辛" * 4}
        for n in range(9)
    ]
    one = sample("qingshi-shuiwuju-2025")
    long = one.model_copy(
        update={
            "statements": (*one.statements, *dossier(statements=[e | {"id": e["id"] + "x"} for e in extra]).statements)
        }
    )
    assert "商业企业11件" in written(one, "summary").text
    assert "商业企业11件" not in written(long, "summary").text


def test_two_offices_do_not_read_alike():
    def masked(one):
        return re.sub(r"\d+(?:\.\d+)?", "#", written(one, "summary").text)

    texts = [masked(d) for d in (sample("qingshi-shuiwuju-2025"), sample("xiaohe-zhen-2025"), dossiers.department())]
    texts.append(masked(dossiers.county()))
    for place, text in enumerate(texts):
        assert all(fuzz.ratio(text, other) < 80 for other in texts[place + 1 :])


def test_small_parts():
    assert [ordinal(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
    assert choose(["a", "b"], "某局", "k") == choose(["a", "b"], "某局", "k")
    assert {choose(["a", "b"], f"第{n}局", "k") for n in range(20)} == {"a", "b"}
    text = "上年问题已整改：一是甲。本年存在以下问题：一是乙不够；二是丙不足。措施：一是丁；二是戊。"
    assert listed_problems(text) == ("乙不够", "丙不足")
    assert listed_problems("无") == ()


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("政务新媒体发布信息", "disclosure"),
        ("优化网站栏目", "platform"),
        ("举办业务培训", "oversight"),
        ("发布前保密审查的信息", "management"),
        ("依申请答复", "requests"),
        ("无从归类", "disclosure"),
    ],
)
def test_topics_follow_the_words(words, topic):
    one = dossier(supplementary=[{"id": "a", "label": words, "value": 1, "unit": "件"}])
    assert topic_of(one.supplementary[0]) == topic


COUNTS = st.lists(st.integers(0, 40), min_size=6, max_size=6)
WORDS = st.text(alphabet="甲乙丙丁召开会议培训公开申请网站栏目审查考核，3月", min_size=2, max_size=20).filter(
    lambda t: t.strip("，") and "，，" not in t
)


@st.composite
def balanced(draw, year):
    edition = "2019" if year <= 2020 else "2021"
    rows = dossier(year=year, figures={}).form.result_rows
    requests = {row: draw(COUNTS) for row in draw(st.lists(st.sampled_from(rows), unique=True, max_size=8))}
    handled = [sum(column) for column in zip(*requests.values(), strict=True)] or [0] * 6
    carried_in = [draw(st.integers(0, n)) for n in handled]
    out = draw(COUNTS) if draw(st.booleans()) else [0] * 6
    requests |= {"new": [h + o - c for h, o, c in zip(handled, out, carried_in, strict=True)]}
    requests |= {"carried_in": carried_in, "carried_out": out}
    results = st.fixed_dictionaries({r: st.integers(0, 3) for r in ("upheld", "corrected", "other", "pending")})
    remedies = {
        row: draw(results) for row in draw(st.sets(st.sampled_from(["review", "direct_suit", "suit_after_review"])))
    }
    tables = figures(edition, requests, remedies)
    spoil = st.sampled_from(sorted(dossier(year=year, figures={}).form.cells))
    for address in draw(st.lists(spoil, max_size=6)):
        table, row, column = address.split(".")
        tables[table][row][column] = draw(st.sampled_from([None, "不适用", 7]))
    return tables


@st.composite
def offices(draw):
    year = draw(st.sampled_from([2020, 2021, 2025]))
    kinds = ("event", "problem", "plan", "rectification", "document", "platform", "result")
    statements = [
        {
            "id": f"s{n}",
            "kind": draw(st.sampled_from(kinds)),
            "status": draw(st.sampled_from(["done", "ongoing", "planned"])),
            "text": draw(WORDS) + draw(st.sampled_from(["", "。", "；"])),
            "answers": draw(st.lists(st.sampled_from(["s0", "s1", "p0", "p1"]), unique=True, max_size=2)),
        }
        for n in range(draw(st.integers(0, 6)))
    ]
    extra = [
        {
            "id": f"x{n}",
            "label": draw(WORDS).strip("，、") + "件数",
            "value": draw(st.integers(0, 999)),
            "unit": draw(st.sampled_from(["条", "人次"])),
        }
        for n in range(draw(st.integers(0, 3)))
    ]
    prior = {"figures": draw(balanced(year - 1)), "supplementary": extra[:1]}
    prior["statements"] = [
        {"id": f"p{n}", "kind": "problem", "status": "ongoing", "text": draw(WORDS)} for n in range(2)
    ]
    money = st.integers(0, 500)
    return dossier(
        unit={"name": draw(WORDS), "self": "我局", "level": draw(st.sampled_from(["street", "county", "department"]))},
        year=year,
        figures=draw(balanced(year)),
        statements=statements,
        supplementary=extra,
        prior_year=draw(st.sampled_from([None, prior])),
        fees=draw(st.none() | st.fixed_dictionaries({"notices": money, "charged": money, "received": money})),
    )


@tried(60)
@given(offices())
def test_any_office_gets_sound_sections(one):
    assert_sound(one)
