"""How alike two texts are, figures apart, and which passages match."""

from nianbao.checking import copies, similarity

TEXT = "2025年，我局新收政府信息公开申请53件。持续完善公开制度，规范公开流程。举办业务培训4期。"
LAST = "2024年，我局新收政府信息公开申请27件。持续完善公开制度，规范公开流程。开展网站检查两次，整改问题若干。"


def test_numbers_do_not_make_a_text_new():
    assert similarity(TEXT, TEXT.replace("53", "27").replace("2025", "2024")).ratio == 1.0
    assert similarity(TEXT, "完全不同的一段文字，写的是别的事情。").ratio < 0.5


def test_the_matching_passages_are_shown_in_both_texts():
    found = similarity(TEXT, LAST)
    shown = [(TEXT[p.start : p.end], LAST[p.other_start : p.other_end]) for p in found.passages]
    assert ("持续完善公开制度，规范公开流程", "持续完善公开制度，规范公开流程") in shown
    assert ("2025年，我局新收政府信息公开申请53件", "2024年，我局新收政府信息公开申请27件") in shown
    assert not any("培训" in ours for ours, _ in shown)


def test_copies_of_a_batch_come_by_likeness():
    texts = {"甲局": TEXT, "乙局": TEXT.replace("53", "12"), "丙局": LAST, "丁局": ""}
    found = copies(texts, least=0.5)
    assert (found[0].one, found[0].other) == ("甲局", "乙局")
    assert {c.other for c in found} == {"乙局", "丙局"}
    assert found[0].similarity.ratio == 1.0
