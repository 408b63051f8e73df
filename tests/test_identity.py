"""What identifies a person, and marks of secrecy: found by its check digit or context, shown only in part."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.identity import find_private, is_bank_card, is_credit_code, is_identity_number, masked

FOUND = {
    "mobile": [
        "13800138000", "138-0013-8000", "138 0013 8000", "+8613800138000", "+86 138-0013-8000", "8619912345678",
        "１３８００１３８０００", "138\u200b00138\u200d000", "138—0013—8000",
    ],
    "id_card": [
        "11010519491231002X", "11010519491231002x", "110105 19491231 002X", "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ", "1101051949\u20601231002X",
    ],
    "credit_code": ["91350100M000100Y43", "91350100m000100y43"],
    "bank_card": ["6222020000000000000", "6222 0200 0000 0000 000", "4111111111111111", "4111-1111-1111-1111"],
    "email": ["zhang.san@example.com", "a@b.gov.cn", "ｚｓ＠example.cn"],
    "landline": [
        "0571-87654321", "（0571）87654321", "010 87654321", "0571-87654321-801", "057187654321", "0000-1234567",
    ],
    "plate": ["浙A12345", "浙A·12345", "浙AD12345", "粤BF1234挂", "京A1234警"],
    "name": ["王芳", "欧阳修", "张三丰"],
    "secrecy": [
        "机密★10年", "绝密★", "秘 密☆", "密级：秘密", "密 级: 内部", "保密期限：5年", "保密期限长期",
        "【内部资料】", "（内部资料，不得公开）", "〔工作秘密〕", "内部资料，注意保存", "内部文件 严禁外传",
    ],
}  # fmt: skip
AROUND = {"name": "申请人{}于3月提出", "landline": "打{}。"}

CLEAN = [
    # figures, dates, numbers of documents
    "新收申请12件，同比下降20%；收费13800元，合计1380013800元。",
    "2025年1月1日至2025年12月31日，国办公开办函〔2021〕30号，邮编310000，编号1234567890123456。",
    "requests.new.total\t新收政府信息公开申请\t12件\nfees.amount\t421.3912345678万元",
    "12345热线受理1234567890件", "0.0571234567891", "2025-01-01 2025-12-31", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8",
    # proved wrong by their check digit
    "110105194912310021", "91350100M000100Y44", "6222020000000000001", "4111111111111112",
    "DEADBEEFDEADBEEF12", "110105194913310021",
    # labels of the law, and words that only look like marks or names
    "属于国家秘密0件，涉及商业秘密、个人隐私的不得公开；落实保密审查机制，依法不予公开。",
    "三类内部事务信息1件；工作秘密审查；保密期限届满后公开；机密文件管理培训。",
    "申请人于当日提出，申请人向我局提出，申请人不服，申请人数12人，申请人可以补正，申请人何时，申请人陈述，",
    "为申请人提供服务；申请人马上提出；申请人尚未提出；申请人陆续提出；申请人曾多次提出；申请人高度满意，",
    "申请人：自然人12件；联系人：办公室；申请人王某，申请人张某某向我局提出。",
    "申请人信息；申请人张贴，申请人周边。", "本A12345", "浙AAAAAA", "@某", "a@b",
]  # fmt: skip


def kinds(text, allowed=()):
    return [one.kind for one in find_private(text, allowed)]


@pytest.mark.parametrize(("kind", "written"), [(kind, one) for kind, all_of in FOUND.items() for one in all_of])
def test_found_in_place_and_shown_in_part(kind, written):
    around = AROUND.get(kind, "其中{}，")
    text = around.format(written)
    (one,) = find_private(text)
    assert one.kind == kind
    at = text[one.start : one.end]
    assert at == written or (kind == "secrecy" and at in written) or (kind == "landline" and at in written)
    assert re.search("[\u4e00-\u9fff]", one.label)
    if kind != "secrecy":
        assert written not in one.excerpt
        assert "…" in one.excerpt
        assert sum(sign.isdigit() for sign in one.excerpt) <= 6


@pytest.mark.parametrize("text", CLEAN)
def test_passed(text):
    assert find_private(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "联系人：王芳，",
        "联系人：高明 电话",
        "申请人姓名：于谦\n",
        "联系人王芳电话",
        "申请人\t李四\t",
        "举报人为赵六。",
        "投诉人欧阳修不服",
    ],
)
def test_a_name_after_a_word_that_announces_one(text):
    assert kinds(text) == ["name"]


def test_a_telephone_without_area_code_after_its_word():
    assert kinds("咨询电话：87654321。") == ["landline"]
    assert kinds("共87654321元。") == []


@pytest.mark.parametrize("line", ["机密", " 秘密 ", "绝密件", "内部资料", "不得公开"])
def test_a_mark_on_a_line_of_its_own(line):
    assert kinds(f"关于工作的通知\n{line}\n正文") == ["secrecy"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("电话0571-87654321", ["0571-87654321"]),
        ("电话（0571）87654321", ["0571-87654321、0571-11111111"]),
        ("电话057187654321", ["电话：0571-87654321（工作日）"]),
        ("电话：87654321", ["0571-87654321"]),
        ("手机138 0013 8000", ["+86 13800138000"]),
        ("手机+86-138-0013-8000", ["138 0013 8000"]),
        ("邮箱GK@Example.gov.cn", ["gk@example.gov.cn"]),
        ("联系人：王芳，", ["联系人：王芳"]),
        ("联系人：王芳，", ["王芳"]),
    ],
)
def test_what_the_office_publishes_is_allowed_however_it_is_written(text, allowed):
    assert kinds(text)
    assert kinds(text, allowed) == []
    assert kinds(text, ["0571-11112222", "x@example.gov.cn", ""])


def test_an_allowed_number_does_not_allow_another():
    assert kinds("电话0571-87654322，手机13800138001", ["0571-87654321", "13800138000"]) == ["landline", "mobile"]


def test_several_in_the_order_of_the_text():
    text = "联系人：王芳，13800138000，zs@example.com，账号6222020000000000000（机密★）"
    assert kinds(text) == ["name", "mobile", "email", "bank_card", "secrecy"]
    assert masked(text) == "联系人：王…，138…00，z…@…，账号622…00（机密★）"


@given(st.integers(0, 2**60))
def test_one_digit_off_is_no_identity_number_credit_code_or_card(seed):
    chance = random.Random(seed)
    for proved, whole in [
        (is_identity_number, "11010519491231002X"),
        (is_credit_code, "91350100M000100Y43"),
        (is_bank_card, "6222020000000000000"),
    ]:
        assert proved(whole)
        at = chance.randrange(len(whole))
        other = chance.choice([sign for sign in "0123456789" if sign != whole[at]])
        assert not proved(whole[:at] + other + whole[at + 1 :])


@given(
    st.text(alphabet="申请人王芳：联系电话0123456789X-@.机密★（）\n\u200b１a ", max_size=60),
    st.lists(st.text(max_size=9)),
)
def test_places_are_within_the_text_in_order_and_apart(text, allowed):
    found = find_private(text, allowed)
    ends = [place for one in found for place in (one.start, one.end)]
    assert ends == sorted(ends)
    assert all(one.start < one.end <= len(text) for one in found)
    masked(text)


def test_long_text_is_read_in_a_moment():
    for sign in ("a", "1", "申请人", "0571-", "浙A", " ", "内部资料"):
        find_private(sign * (60_000 // len(sign)))
