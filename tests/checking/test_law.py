"""The law in a text: articles, deadlines, numbers of documents and terms that have one wording."""

import pytest

from nianbao.checking import check_text
from tests.checking.labelled import factset

RIGHT = [
    "根据条例第二十条主动公开有关信息。",
    "依照条例第三十条告知申请人补正，自收到申请之日起7个工作日内一次性告知。",
    "补正申请应当在收到申请之日起7个工作日内一次性告知，当场不能答复的申请在20个工作日内答复，依照条例办理。",
    "依照条例第三十二条书面征求第三方意见，第三方应当自收到征求意见书之日起15个工作日内提出意见。",
    "按照条例第三十七条作区分处理。",
    "依据国务院令第711号公布的政府信息公开条例开展工作。",
    "三安全一稳定是指国家安全、公共安全、经济安全、社会稳定。",
    "坚持公正、公平、合法、便民的原则。",
]
WRONG = [
    ("根据条例第二十三条补正申请。", "第二十三条"),
    ("依照条例第三十条征求第三方意见。", "第三十条"),
    ("条例第六十条规定了年度报告的内容。", "第六十条"),
    ("应当自收到申请之日起30个工作日内予以答复。", "30个工作日"),
    ("依据国务院令第492号公布的政府信息公开条例开展工作。", "492"),
    ("按照国办公开办函〔2020〕30号的格式编制。", "〔2020〕30号"),
    ("不予公开的信息属于三类过程性信息。", "三类过程性"),
    ("坚持公开为例外、不公开为常态。", "不公开为常态"),
    ("三安全一稳定是指国家安全、公共安全、金融安全、社会稳定。", "金融安全"),
    ("自2018年5月15日起施行的条例。", "2018年5月15日"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_law_says_is_supported(text):
    assert [c.reason for c in check_text(text, factset("county-office")) if c.verdict != "supported"] == []


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_the_law_does_not_say_is_contradicted(text, words):
    against = [c for c in check_text(text, factset("county-office")) if c.verdict == "contradicted"]
    assert any(words in c.text or c.text in words for c in against), against
    assert all(c.expected for c in against)
