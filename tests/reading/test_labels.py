"""Labels are compared by their characters, and no two rows of a table share a key."""

import pytest

from nianbao.forms import EDITIONS, load_form
from nianbao.reading.labels import key, markers, row_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（一）予以公开", "(一) 予以公开"),
        ("3.危及“三安全一稳定”", '3．危及"三安全一稳定"'),
        ("商业企业", "商业<br>企业"),
        ("社会公益组织", "社会\n公益 组织"),
        ("4.保护第三方合法权益", "４、保护第三方合法权益"),
        ("本年增/减", "本年增／减"),
    ],
)
def test_same_label(one, other):
    assert key(one) == key(other)


def test_different_labels():
    assert key("1.属于国家秘密") != key("2.属于国家秘密")
    assert key("总计") != key("合计")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_key_belongs_to_two_rows(edition):
    for table in load_form(edition).tables:
        keys = [one for row in table.rows for one in row_keys(row)]
        assert len(keys) == len(set(keys))


def test_markers():
    assert markers("三、本年度办理结果 （六）其他处理 2.申请人逾期") == ("三", "六", "2")
    assert markers("421.39") == ("", "", "")
