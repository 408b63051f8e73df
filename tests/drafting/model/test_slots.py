"""The slots: whole phrases, each with what it tells, in the part where it may stand."""

import re

import pytest

from nianbao.drafting.model.slots import NAMED, slots_of
from nianbao.facts import fact_table
from tests.drafting import dossiers
from tests.drafting.model.offices import everyone, sample


def slots(one):
    return slots_of(one, fact_table(one))


@pytest.mark.parametrize("one", list(everyone()), ids=lambda d: f"{d.unit.name[:5]}{d.year}")
def test_every_slot_prints_and_says_what_it_rests_on(one):
    facts = fact_table(one)
    before = one.prior_year.statements if one.prior_year else ()
    known = {s.id for s in one.statements} | {f"prior.{s.id}" for s in before}
    for slot in slots(one).by_id.values():
        assert slot.prints
        assert "{{" not in slot.prints
        assert not slot.prints.endswith(("，", "。", "；"))
        assert NAMED.fullmatch(f"{{{{{slot.id}}}}}"), slot.id
        assert slot.cites
        assert all(cite in facts or cite in known or cite == "law" for cite in slot.cites), slot
        assert all(answer in slots(one) for answer in slot.answers)


def test_a_figure_prints_label_number_and_unit_and_its_change():
    known = slots(sample())
    assert known["n.new"].prints == "新收政府信息公开申请53件"
    assert known["cmp.n.new"].prints == "比上年增加26件，增长96.3%"
    assert known["list.applicants"].prints == "自然人32件、法人或其他组织21件，分别占新收申请总数的60.38%和39.62%"
    assert known["list.grounds.refused"].prints.startswith("不予公开的10件中，属于行政执法案卷3件")


def test_zeros_are_phrases_of_their_own():
    known = slots(sample("xiaohe-zhen-2025"))
    assert known["none.requests"].prints == "未收到政府信息公开申请，也没有上年结转或者结转下年度继续办理的申请"
    assert known["none.decisions"].prints == "未作出行政许可、行政处罚和行政强制决定"
    assert known["list.remedies"].prints == "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况"
    assert "n.new" not in known


def test_blanks_give_no_slot():
    known = slots(dossiers.blank())
    assert not {"n.new", "none.requests", "list.review", "n.licences"} & set(known.by_id)


def test_plans_and_rectifications_know_what_they_answer_and_planned_events_are_none():
    known = slots(sample())
    assert known["st.l1"].answers == ("st.q1",)
    assert known["st.r2"].answers == ("st.prior.p2",)
    assert known["sig.review_corrected.measure"].answers == ("sig.review_corrected",)
    assert "st.e2" not in slots(dossiers.department())  # only planned


def test_the_office_chooses_its_ids_without_meeting_ours():
    posts = {"id": "new", "label": "网站发布信息", "value": 7, "unit": "条", "topic": "disclosure"}
    one = dossiers.dossier(supplementary=[posts])
    known = slots(one)
    assert re.search("7条", known["x.new"].prints)
    assert "n.new" not in known or known["n.new"].prints != known["x.new"].prints
