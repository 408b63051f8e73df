"""The gate: every rule refuses what it is for, and what a careful model writes passes."""

import pytest

from nianbao.drafting.model.gate import Gate
from nianbao.drafting.model.lexicon import Lexicon, gate_data, part_words, terms_for
from nianbao.drafting.model.reply import Reply, ReplyPart, ReplySentence
from nianbao.drafting.model.scripted import lies
from nianbao.drafting.model.sentences import tidy
from nianbao.drafting.model.slots import NAMED, slots_of
from nianbao.drafting.phrases import slot_data
from nianbao.facts import fact_table
from tests.drafting.dossiers import dossier
from tests.drafting.model.offices import sample

KINDS = {"lead": "legal", "present": "problem", "past": "rectification", "measures": "plan"}
SECTION = {part: name for name, spec in slot_data()["sections"].items() for part in spec["parts"]}


def judge(part, *texts, cites=None, one=None, kind=None):
    one = one or sample()
    gate = Gate(SECTION[part], one, slots_of(one, fact_table(one)))
    sentences = [
        ReplySentence(
            kind=kind or KINDS.get(part, "figure"), text=t, cites=NAMED.findall(t) if cites is None else cites
        )
        for t in texts
    ]
    return gate.judge(Reply(parts=[ReplyPart(part=part, sentences=sentences)]))


def refused(part, *texts, **more):
    """Rules that refuse a sentence (not the section for what it lacks)."""
    return {v.rule for v in judge(part, *texts, **more).violations if v.sentence}


@pytest.mark.parametrize(
    ("rule", "part", "text"),
    [
        ("G-DIGIT", "requests", "全年办理五十三件。"),
        ("G-DIGIT", "requests", "全年办理５３件，{{n.new}}。"),
        ("G-COMPARE", "disclosure", "{{x.website_posts}}，同比上升。"),
        ("G-ALL", "requests", "{{n.handled}}，全部办结。"),
        ("G-ZERO", "requests", "没有行政复议，{{n.handled}}。"),
        ("G-TITLE", "management", "执行《信息发布办法》，{{st.d1}}。"),
        ("G-TITLE", "management", "依照条例第二十条，{{st.d1}}。"),
        ("G-CAUSE", "requests", "由于宣传，{{n.new}}。"),
        ("G-TIME", "requests", "按时办理，{{n.handled}}。"),
        ("G-PRAISE", "oversight", "群众满意，{{st.e1}}。"),
        ("G-WORD", "oversight", "召开专题会议，{{st.e1}}。"),
        ("G-DONE", "past", "已解决“{{st.prior.p1}}”的问题，{{st.r1}}。"),
        ("G-PLAN", "platform", "下一步{{st.t1}}。"),
        ("G-SLOT", "requests", "{{n.granted_all}}。"),
        ("G-SLOT", "requests", "{n.new}，{{n.handled}}。"),
        ("G-SLOT", "oversight", "{{n.licences}}。"),
        ("G-ORDER", "requests", "{{n.carried_in}}，{{cmp.n.new}}。"),
        ("G-ORDER", "disclosure", "{{x.website_posts}}、{{x.new_media_posts}}，{{cmp.x.new_media_posts}}。"),
        ("G-BEHIND", "requests", "{{n.new}}为{{n.handled}}。"),
        ("G-LEAD", "requests", "从办理结果看，{{list.applicants}}。"),
        ("G-SENTENCE", "requests", "{{n.new}}"),
        ("G-SENTENCE", "requests", "{{n.new}}。{{n.handled}}。"),
        ("G-ANSWER", "measures", "针对“{{st.q1}}”的问题，{{st.l2}}。"),
        ("G-ANSWER", "measures", "{{st.l1}}。"),
        ("G-ANSWER", "measures", "针对“{{st.q1}}”的问题。"),
        ("G-COPY", "lead", "认真贯彻落实{{law.regulation}}，依法做好政府信息公开。"),
    ],
)
def test_each_rule_refuses(rule, part, text):
    one = sample()
    if rule == "G-COPY":
        before = "我局按照有关规定切实做好政府信息公开工作，依法履行职责。"
        told = one.prior_year.sections.model_copy(update={"summary": before})
        one = one.model_copy(update={"prior_year": one.prior_year.model_copy(update={"sections": told})})
        text = "{{law.year}}，" + before
    assert rule in refused(part, text, one=one)


def test_what_is_refused_twice_over_sections():
    assert "G-TWICE" in refused("requests", "{{n.new}}。", "{{n.new}}，{{n.handled}}。")
    assert "G-BLAND" in refused("platform", "完善公开平台。", "规范平台管理。", cites=["st.t1"])
    assert "G-CITE" in refused("platform", "完善公开平台。", cites=[])
    assert "G-CITE" in refused("platform", "完善公开平台。", cites=["e99"])
    parts = [ReplyPart(part=part, sentences=[]) for part in ("disclosure", "disclosure", "x")]
    one = sample()
    found = Gate("summary", one, slots_of(one, fact_table(one))).judge(Reply(parts=parts)).violations
    assert [v.rule for v in found[:2]] == ["G-PART", "G-PART"]


def test_what_is_missing_is_named_with_its_words():
    found = judge("present", "{{st.q1}}。").violations
    assert [v.rule for v in found] == ["G-MISS"]
    assert "st.q2（与申请人的事前沟通不够" in found[0].message


def test_a_section_far_too_long_is_refused():
    one = sample().model_copy(update={"prior_year": None})
    text = "我局" + "持续规范平台管理，" * 160 + "{{st.t1}}。"
    gate = Gate("summary", one, slots_of(one, fact_table(one)))
    sentences = [ReplySentence(kind="event", text=text, cites=["st.t1"])]
    parts = [ReplyPart(part="platform", sentences=sentences)]
    assert "G-LONG" in {v.rule for v in gate.judge(Reply(parts=parts)).violations}


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("lead", "{{law.year}}，我局坚持以公开为常态、不公开为例外，依照{{law.regulation}}扎实推进政府信息公开工作。"),
        ("lead", "{{law.year}}，我局深入贯彻落实党的二十届三中全会精神，按照{{law.notice}}要求，做好政务公开工作。"),
        ("disclosure", "聚焦重点领域，{{x.website_posts}}，{{cmp.x.website_posts}}；{{x.new_media_posts}}。"),
        ("requests", "从申请人类型看，{{list.applicants}}；从办理结果看，{{list.results}}。"),
        ("requests", "全年{{n.new}}和{{n.carried_in}}。"),
        ("oversight", "进一步压实工作责任，{{st.e1}}。"),
        ("present", "依申请公开方面，{{st.q2}}。"),
        ("past", "针对“{{st.prior.p1}}”的问题，{{st.r1}}。"),
        ("measures", "针对“{{st.q1}}”的问题，我局将{{st.l1}}。"),
        ("measures", "针对{{st.q3}}的问题，{{st.l3}}。"),
    ],
)
def test_a_careful_sentence_passes(part, text):
    assert refused(part, text) == set()


@pytest.mark.parametrize("lie", lies(), ids=lambda lie: f"{lie['family']}-{lie['text'][:12]}")
def test_no_lie_passes(lie):
    """The liar's sentences are many and of every family."""
    cites = lie.get("cites", NAMED.findall(lie["text"]))
    assert refused(lie["part"], lie["text"], cites=cites, kind=lie.get("kind"))


def test_the_liar_has_enough_to_say():
    assert len(lies()) >= 60
    assert len({lie["family"] for lie in lies()}) >= 40


def test_invisible_signs_and_full_width_digits_hide_nothing():
    assert tidy("5\u200b2\u2060件") == "52件"
    assert tidy("\U000e0041５２％, 甲") == "52％，甲"
    assert "G-DIGIT" in refused("requests", "办理5\u200b\u00ad2件，{{n.new}}。")


def test_terms_hold_for_their_years_and_practices_for_offices_that_have_them():
    assert "党的二十届三中全会精神" in terms_for(sample())
    old = dossier(year=2021)
    assert "党的二十届三中全会精神" not in terms_for(old)
    assert "三审三校" not in terms_for(sample())
    own = dossier(statements=[{"id": "e1", "kind": "event", "status": "done", "text": "落实三审三校制度，审核稿件"}])
    assert "三审三校" in terms_for(own)


def test_no_word_of_the_vocabulary_tells_a_fact():
    """The vocabulary itself lets in nothing that is refused elsewhere, but for the neutral words."""
    parts = ("summary", "past", "present", "measures")
    words = [*gate_data()["words"]["every"], *(word for part in parts for word in part_words(part))]
    assert len(words) > 150
    for word in words:
        for neutral in gate_data()["neutral"]:
            word = word.replace(neutral, "")
        for banned in [
            "已",
            "未",
            "无",
            "没有",
            "全部",
            "均",
            "最",
            "首",
            "增",
            "减",
            "升",
            "降",
            "满意",
            "及时",
            "其中",
        ]:
            assert banned not in word, word


def test_the_lexicon_leaves_the_fewest_signs_uncovered():
    lexicon = Lexicon(["公开", "公开工作", "工作"])
    assert list(lexicon.uncovered("公开工作，公开")) == []
    assert [run.text for run in lexicon.uncovered("做公开的工作了")] == ["做", "的", "了"]
