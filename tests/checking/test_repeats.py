"""Two statements of one thing: what is alike, what is another thing, and what contradicts."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.checking import repeats
from nianbao.dossier import Statement
from nianbao.reading import load_dossier

ROOT = Path(__file__).resolve().parents[2]
REAL = [*sorted((ROOT / "data/samples").glob("*.yaml")), *sorted((Path(__file__).parent / "factsets").glob("*.yaml"))]


def told(text, ident="e1", kind="event", status="done", source=""):
    return Statement(id=ident, kind=kind, status=status, text=text, source=source)


def differences(one, other):
    (found,) = repeats([told(one), told(other, "n3")])
    return found.differs


@pytest.mark.parametrize(("one", "other"), [
    ("3月12日召开政务公开工作部署会，42人参加", "3月12日，我局召开政务公开工作部署会，四十二人参会"),
    ("举办政务公开业务培训2次，参训人员86人", "全年举办政务公开业务培训2次，参训86人次"),
    ("完成门户网站改版，新增水质公示专栏", "门户网站完成改版，并新设水质公示专栏"),
    ("制定《政府信息公开申请办理规程》", "印发《政府信息公开申请办理规程》"),
    ("举办培训2次，约90人参加", "举办培训2次，88人参加"),
    ("5月20日举办政府开放日，邀请群众30名", "5月20日举办政府开放日，邀请30人"),
])  # fmt: skip
def test_one_thing_in_other_words_is_a_repetition(one, other):
    assert differences(one, other) == differences(other, one) == ()


@pytest.mark.parametrize(("one", "other", "against"), [
    ("3月12日召开政务公开工作部署会，42人参加", "3月12日，我局召开政务公开工作部署会，45人参会", ("42人", "45人")),
    ("3月12日召开政务公开工作部署会，42人参加", "3月13日召开政务公开工作部署会，42人参加", ("3月12日", "3月13日")),
    ("排查栏目36个，已整改27个", "排查栏目36个，整改28个", ("27个", "28个")),
    ("接受社会评议，满意率98.2%", "社会评议满意率为97.2%", ("98.2%", "97.2%")),
])  # fmt: skip
def test_numbers_that_differ_are_a_contradiction(one, other, against):
    assert differences(one, other) == (against,)
    assert differences(other, one) == (against[::-1],)


@pytest.mark.parametrize(("one", "other"), [
    ("3月开展政务公开培训1次，42人参加", "9月开展政务公开培训1次，45人参加"),
    ("第一季度开展网站自查，整改问题5个", "第二季度开展网站自查，整改问题7个"),
    ("2024年修订公开指南", "2025年修订公开指南"),
    ("开展第3期业务培训，42人参加", "开展第4期业务培训，45人参加"),
    ("印发《政府信息公开申请办理规程》", "印发《政府信息公开申请答复规程》"),
    ("3月12日召开政务公开工作部署会", "7月1日在县政府门户网站开设专栏"),
])  # fmt: skip
def test_another_thing_is_none(one, other):
    assert repeats([told(one), told(other, "n3")]) == ()


def test_a_problem_is_no_repetition_of_what_is_done_or_planned_against_it():
    said = "网站历史信息迁移工作"
    three = [told(f"{said}进度较慢", "q1", "problem", "ongoing"), told(f"{said}2026年完成", "l1", "plan", "planned"),
             told(f"{said}按期完成", "r1", "rectification")]  # fmt: skip
    assert repeats(three) == ()


def test_done_in_one_and_going_on_in_the_other_is_told():
    (found,) = repeats([told("推进网站历史信息迁移"), told("推进网站历史信息迁移", "n3", status="ongoing")])
    assert found.differs == (("已完成", "进行中"),)


def test_both_places_and_wordings_are_told():
    one = told("3月12日召开政务公开工作部署会，42人参加", source="会议纪要")
    other = told("3月12日，我局召开政务公开工作部署会，45人参会", "n3", source="法规科.txt 第3行")
    (found,) = repeats([one, other])
    for said in (one.text, other.text, "e1（会议纪要）", "n3（法规科.txt 第3行）", "相互矛盾", "42人与45人"):
        assert said in found.told


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_no_two_statements_of_an_office_are_taken_for_one(path):
    assert repeats(load_dossier(path).statements) == ()


_TEXTS = st.sampled_from(
    ["召开部署会42人参加", "召开部署会45人参加", "3月召开部署会42人参加", "更新栏目", "更新了栏目", "…，。"]
)


@given(texts=st.lists(_TEXTS, max_size=6))
def test_every_pair_is_found_whatever_the_others(texts):
    every = [told(text, f"e{number}") for number, text in enumerate(texts)]
    alone = [found for pair in combinations(every, 2) for found in repeats(pair)]
    assert list(repeats(every)) == alone
