"""What stands on a run's page: the office's words, which Markdown must not change."""

from __future__ import annotations

import pytest

from nianbao.findings import Finding, Severity
from nianbao.forms import load_form
from tasks.show import literal, table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "网址：https://www.qingshi.example/swj）查阅、下载。",
            "网址：<https://www.qingshi.example/swj>）查阅、下载。",
        ),
        ("增长*20*_%_ `x` <b>", r"增长\*20\*\_%\_ \`x\` \<b\>"),
        ("a|b#c[d](e)!", r"a\|b\#c\[d\](e)\!"),
        ("两行\n文字", "两行 文字"),
        ("", ""),
    ],
)
def test_text_is_shown_as_it_is(text, shown):
    assert literal(text) == shown


def test_findings_are_a_table_with_the_gravest_first():
    def one(severity, message):
        return Finding(rule="T3-01", severity=severity, message=message, source="条例", cells=("requests.new.total",))

    lines = table([one(Severity.WARNING, "甲|乙"), one(Severity.ERROR, "丙")], load_form("2021")).splitlines()
    assert [line.count("|") - line.count(r"\|") for line in lines] == [4] * 4
    assert "**错误**" in lines[2]
    assert r"甲\|乙" in lines[3]
    assert table([], load_form("2021")) == "没有发现问题。"
