"""Rules on table 三, 收到和处理政府信息公开申请情况, beyond the sum relations of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nianbao.findings import Severity
from nianbao.forms import Relation
from nianbao.rules.registry import Case, Issue, Unknown, rule

_CARRIED_SHARE = Fraction(30, 100)
_LAYOUT = frozenset({"missing_row", "extra_row"})
_NONE_RECEIVED = re.compile(
    r"(?:未|没有|没)(?:收到|接到|受理)(?:任何)?(?:公民、法人或(?:者)?其他组织)?(?:提出|提交)?的?(?:依申请公开)?(?:政府)?(?:信息)?(?:公开)?(?:的)?申请|(?:无|零)(?:政府信息)?(?:依)?(?:公开)?申请(?=[，。；\n]|$)"
)


def _gaps(case: Case, rule_id: str) -> dict[Relation, int]:
    """Difference of each relation of a rule whose cells are all known."""
    out: dict[Relation, int] = {}
    for relation in case.form.relations:
        if relation.rule != rule_id or any(case.value(a) is None for a in relation.cells):
            continue
        plus, minus = (sum(int(case.value(a) or 0) for a in side) for side in (relation.plus, relation.minus))
        out[relation] = plus - minus
    return out


@rule("T3-07", Severity.INFO, "表三左上角勾稽关系的诊断")
def opposite_gaps(case: Case) -> Iterator[Issue | Unknown]:
    """Two columns off by +k and −k in T3-01: one application was put in two columns."""
    gaps = [(r, gap) for r, gap in _gaps(case, "T3-01").items() if gap and not r.cells[0].endswith(".total")]
    for number, (first, gap) in enumerate(gaps):
        for second, other in gaps[number + 1 :]:
            if gap == -other:
                message = (
                    f"“{first.name}”列和“{second.name}”列的差数一正一负，"
                    f"都是{abs(gap)}件，可能是同一件申请的收件和办结记到了两列。"
                )
                yield Issue(message, first.cells + second.cells, "0", str(gap))
                break


@rule("T3-08", Severity.INFO, "表三总计列的诊断")
def split_digits(case: Case) -> Iterator[Issue | Unknown]:
    """A number such as 12 torn into 1 and 2 (PDF, OCR, paste): putting them together repairs T3-03."""
    for relation, gap in _gaps(case, "T3-03").items():
        if not gap:
            continue
        parts = [int(case.value(a) or 0) for a in relation.plus]
        total = int(case.value(relation.minus[0]) or 0)
        for at in range(len(parts) - 1):
            joined = int(f"{parts[at]}{parts[at + 1]}")
            if parts[at] and sum(parts[:at]) + joined + sum(parts[at + 2 :]) == total:
                pair = relation.plus[at : at + 2]
                message = (
                    f"表三“{relation.name}”行相邻两格{parts[at]}和{parts[at + 1]}合成{joined}后正好与总计相符，"
                    "可能是一个数被拆成了两格。"
                )
                yield Issue(message, (*pair, relation.minus[0]), str(joined), f"{parts[at]}，{parts[at + 1]}")
                break


@rule("T3-09", Severity.WARNING, "条例第三十三条（二十个工作日，可延长二十个工作日）")
def much_carried_out(case: Case) -> Iterator[Issue | Unknown]:
    """Answers are due within 20 + 20 working days, so more than 30 % carried out is unlikely."""
    cells = ("requests.new.total", "requests.carried_in.total", "requests.carried_out.total")
    new, before, left = (case.value(a) for a in cells)
    if new is None or before is None or left is None:
        yield Unknown("表三总计列的新收、上年结转或结转下年度空白，无法核对。")
    elif new + before and Fraction(left) / Fraction(new + before) > _CARRIED_SHARE:
        message = (
            f"结转下年度{left}件，超过应办理{new + before}件的三成。"
            "答复期限为20个工作日加延长20个工作日，请核对是否有逾期未答复的申请。"
        )
        yield Issue(message, cells, "≤30%", f"{left}/{new + before}")


@rule("T3-10", Severity.WARNING, "国办函〔2020〕109号", editions=("2021",))
def unpaid_needs_notice(case: Case) -> Iterator[Issue | Unknown]:
    """逾期未按收费通知要求缴纳费用 presupposes that a 收费通知 was issued."""
    address = "requests.other_unpaid_fee.total"
    unpaid, fees = case.value(address), case.dossier.fees
    if unpaid is None or (unpaid and fees is None):
        yield Unknown("没有收费通知的件数，或“逾期未按收费通知要求缴纳费用”空白，无法核对。")
    elif unpaid and fees and fees.notices < unpaid:
        message = f"{case.place(address)}为{unpaid}件，收费通知只有{fees.notices}件。请核对收费通知的件数。"
        yield Issue(message, (address,), f"≥{unpaid}", str(fees.notices))


@rule("T3-11", Severity.WARNING, "条例第三十五条、第三十六条第六项")
def repeats_against_received(case: Case) -> Iterator[Issue | Unknown]:
    """重复申请 or 大量反复申请 as many as all new applications is implausible."""
    received = "requests.new.total"
    new, before = case.value(received), case.value("requests.carried_in.total")
    for address in ("requests.declined_repeat.total", "requests.declined_excessive.total"):
        number = case.value(address)
        if number is None or new is None:
            yield Unknown(f"{case.place(address)}或新收总计空白，无法核对。")
        elif number > 1 and number >= new and not (before and number <= before):
            message = f"{case.place(address)}为{number}件，而本年新收只有{new}件。请核对。"
            yield Issue(message, (address, received), f"<{new}", str(number))


@rule("T3-12", Severity.ERROR, "条例第五十条第二项；文字与表三一致", needs=("summary",))
def none_received(case: Case) -> Iterator[Issue | Unknown]:
    """The text says that no application was received exactly where table 三 is 0 throughout."""
    text, address = case.text("summary"), "requests.new.total"
    new = case.value(address)
    if new is None:
        yield Unknown("表三本年新收总计空白，无法核对。")
        return
    for found in _NONE_RECEIVED.finditer(text):
        if new > 0:
            message = f"文字写“{found.group()}”，表三本年新收总计为{new}件。请改正其中一处。"
            yield Issue(message, (address,), str(new), "0", "summary", found.span(), found.group())


@rule("T3-13", Severity.ERROR, "附件表三的行列（2021版25行，2019版23行，7列；没有小计行）")
def layout(case: Case) -> Iterator[Issue | Unknown]:
    """The table that was read has the form's rows and columns, no more and no fewer."""
    for note in case.dossier.reading:
        if note.code in _LAYOUT and ("三" in note.where or "requests" in note.where):
            yield Issue(f"{note.where}：{note.message}", quote=note.where)
