"""Rules on table 四, 政府信息公开行政复议、行政诉讼情况, beyond the sum relations of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule

_REVIEW_FIRST = 2024


@rule("T4-07", Severity.WARNING, "表四：复议后起诉以行政复议为前提")
def suits_after_no_review(case: Case) -> Iterator[Issue | Unknown]:
    """复议后起诉 without any 行政复议 this year or last."""
    after, review, before = "remedies.suit_after_review.total", "remedies.review.total", "prior.remedies.review.total"
    suits, reviews, earlier = case.value(after), case.value(review), case.value(before)
    if suits is None or reviews is None or (suits and not reviews and earlier is None):
        yield Unknown("表四的复议后起诉或行政复议总计空白，或者没有上年年报，无法核对。")
    elif suits and not reviews and not earlier:
        message = f"表四“复议后起诉”总计{suits}件，而今年和上年的行政复议总计都是0。请核对案件的分类。"
        yield Issue(message, (after, review, before), "≥1", "0")


@rule("T4-08", Severity.INFO, "行政复议法（2023年修订）第二十三条第一款第四项")
def direct_suits_since_2024(case: Case) -> Iterator[Issue | Unknown]:
    """Since 2024-01-01 复议 comes first for 不予公开; suits without it are legal but fewer."""
    address = "remedies.direct_suit.total"
    suits = case.value(address)
    if case.dossier.year < _REVIEW_FIRST:
        return
    if suits is None:
        yield Unknown("表四“未经复议直接起诉”总计空白，无法核对。")
    elif suits:
        message = f"表四“未经复议直接起诉”有{suits}件。2024年起对不予公开决定不服的应先申请复议，请确认这些案件的分类。"
        yield Issue(message, (address,), "0", str(suits))


@rule("T4-09", Severity.WARNING, "条例第五十条第四项：主要问题及改进情况", needs=("summary", "problems"))
def corrections_mentioned(case: Case) -> Iterator[Issue | Unknown]:
    """Where a review or a court corrected the office, the text says so and what was done."""
    cells = [a for a, c in case.form.cells.items() if c.table == "remedies" and c.column.id == "corrected"]
    values = {a: case.value(a) for a in cells}
    if any(v is None for v in values.values()):
        yield Unknown("表四“结果纠正”有空白，无法核对。")
        return
    corrected = tuple(a for a, v in values.items() if v)
    text = case.text("summary") + case.text("problems")
    if corrected and not re.search(r"纠正|纠错|败诉|撤销|确认违法|责令", text):
        number = sum(v or 0 for v in values.values())
        message = f"表四“结果纠正”共{number}件，总体情况和主要问题中都没有提到。请写明被纠正的情况和整改。"
        yield Issue(message, corrected, "提到纠正情况", "未提到")
