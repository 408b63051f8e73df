"""Slots: what each prints, and what happens when its fact is missing."""

import pytest

from nianbao.facts import fact_table
from nianbao.narrative import MissingFact, Paragraph, Section, Sentence, print_slot, render
from tests.drafting.dossiers import dossier, figures


@pytest.fixture
def one():
    return dossier(
        figures=figures(requests={"new": [6, 2], "granted": [6, 2]}, remedies={"review": {"upheld": 1}}),
        prior_year={
            "figures": figures(requests={"new": [10], "granted": [8]}),
            "supplementary": [{"id": "posts", "label": "网站发布信息", "value": 100001, "unit": "条"}],
            "statements": [{"id": "e1", "kind": "problem", "status": "ongoing", "text": "更新不够及时"}],
        },
        supplementary=[{"id": "posts", "label": "网站发布信息", "value": 100002, "unit": "条"}],
        statements=[{"id": "e1", "kind": "event", "status": "done", "text": " 3月召开会议\n部署工作；"}],
    )


@pytest.mark.parametrize(
    ("slot", "key", "text"),
    [
        ("f", "requests.new.total", "新收政府信息公开申请8件"),
        ("v", "requests.new.total", "8件"),
        ("v", "share.requests.new.natural_person", "75%"),
        ("cmp", "requests.new.total", "比上年减少2件，下降20%"),
        ("cmp", "requests.granted.total", "与上年持平"),
        ("cmp", "remedies.review.total", "比上年增加1件"),
        ("cmp", "supplementary.posts", "比上年增加1条"),
        ("share", "requests.new.natural_person", "占新收申请总数的75%"),
        ("st", "e1", "3月召开会议部署工作"),
        ("st", "prior.e1", "更新不够及时"),
    ],
)
def test_what_a_slot_prints(one, slot, key, text):
    assert "".join(span.text for span in print_slot(slot, key, fact_table(one), one)) == text


def test_a_printed_number_knows_its_fact(one):
    spans = print_slot("cmp", "requests.new.total", fact_table(one), one)
    assert [(s.text, s.fact, s.value, s.unit) for s in spans if s.fact] == [
        ("2", "change.requests.new.total", "-2", "件"),
        ("20", "growth.requests.new.total", "-20", "%"),
    ]


@pytest.mark.parametrize(
    ("slot", "key"),
    [
        ("f", "requests.nothing.total"),
        ("v", "supplementary.none"),
        ("cmp", "prior.requests.new.total"),
        ("share", "requests.carried_out.total"),
        ("st", "e2"),
        ("st", "prior.e2"),
    ],
)
def test_a_missing_fact_is_never_printed(one, slot, key):
    with pytest.raises(MissingFact):
        print_slot(slot, key, fact_table(one), one)


def test_a_section_is_printed_with_offsets(one):
    section = Section(
        id="summary",
        paragraphs=(
            Paragraph(sentences=(Sentence(kind="legal", text="总体情况如下。"),)),
            Paragraph(
                heading="（一）依申请公开",
                sentences=(
                    Sentence(kind="figure", text="{{f.requests.new.total}}，{{cmp.requests.new.total}}。"),
                    Sentence(kind="event", text="{{st.e1}}。", cites=("e1",)),
                ),
            ),
        ),
    )
    printed = render(section, fact_table(one), one)
    assert printed.lines == [
        "总体情况如下。",
        "（一）依申请公开",
        "新收政府信息公开申请8件，比上年减少2件，下降20%。3月召开会议部署工作。",
    ]
    assert printed.text == "\n".join(printed.lines)
    for offset, span in printed.spans():
        assert printed.text[offset : offset + len(span.text)] == span.text
    assert printed.paragraphs[1].sentences[1].cites == ("e1",)
