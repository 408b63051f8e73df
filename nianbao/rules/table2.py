"""Rules on table 二, 主动公开政府信息情况, beyond the sum relations of the data."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.dossier import Number
from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule

_MAKERS = frozenset({"city", "province"})
_TIMES = 5
_MAGNITUDE = 100
_YUAN = 10_000


@rule("T2-05", Severity.OVERRIDABLE, "立法法关于规章制定权的规定", editions=("2021",))
def regulations_only_by_makers(case: Case) -> Iterator[Issue | Unknown]:
    """规章 are made by 国务院部门 and 省级、设区的市、自治州人民政府; the row of any other organ is 0, 0, 0."""
    if case.dossier.unit.level in _MAKERS:
        return
    cells = [a for a in case.form.cells if a.startswith("disclosure.regulations.")]
    filled = tuple(a for a in cells if case.value(a))
    if filled:
        shown = "、".join(f"{case.form.cells[a].column.label}{case.value(a)}" for a in filled)
        message = (
            f"表二“规章”行填了{shown}。规章只能由国务院部门和省、设区的市、自治州人民政府制定，"
            "本单位一般应填0；确有依据的请说明。"
        )
        yield Issue(message, filled, "0", shown)
    elif all(case.value(a) is None for a in cells):
        yield Unknown("表二“规章”行空白，填好后再核对。")


@rule("T2-07", Severity.WARNING, "与上年年报比对（数量级变化）", editions=("2021",), prior=True)
def jumps(case: Case) -> Iterator[Issue | Unknown]:
    """A value five times last year's or a fifth of it, or one that came from or went to 0 (by 5 at least)."""
    compared = False
    for address, cell in case.form.cells.items():
        now, before = case.value(address), case.value(f"prior.{address}")
        if cell.table != "disclosure" or now is None or before is None:
            continue
        compared = True
        low, high = sorted((now, before))
        if cell.column.kind == "amount" and high >= _MAGNITUDE * low > 0:
            continue  # T2-09 reports it
        if high - low >= _TIMES and high >= _TIMES * low:
            message = (
                f"{cell.place}今年{now}{cell.column.unit}，上年{before}{cell.column.unit}，变化较大。请与台账核对。"
            )
            yield Issue(message, (address, f"prior.{address}"), str(before), str(now))
    if not compared:
        yield Unknown("上年年报没有可比的表二数据。")


@rule("T2-08", Severity.WARNING, "国办函〔2020〕109号：信息处理费属于行政事业性收费", editions=("2021",))
def fee_inside_charges(case: Case) -> Iterator[Issue | Unknown]:
    """信息处理费实收（元） is part of 本年收费金额（万元）, unless the finance side collects it."""
    address = "disclosure.fees.amount"
    amount, fees = case.value(address), case.dossier.fees
    if fees is None or amount is None:
        yield Unknown("没有信息处理费台账数，或“行政事业性收费”空白，无法核对。")
    elif fees.received > amount * _YUAN:
        message = (
            f"信息处理费实收{fees.received}元，而{case.place(address)}为{amount}万元，装不下这笔收费。"
            "请核对金额和单位（400元应为0.04万元）；由财政部门统一收取的不计入。"
        )
        yield Issue(message, (address,), f"≥{fees.received}元", f"{amount}万元")


def magnitude(case: Case, address: str) -> Iterator[Issue | Unknown]:
    """元 put where 万元 is asked: a hundred times last year's amount, or exactly ten thousand times."""
    now, before = case.value(address), case.value(f"prior.{address}")
    if now is None or before is None:
        yield Unknown("今年或上年的金额空白，无法比对数量级。")
    elif before > 0 and now > 0 and (now >= _MAGNITUDE * before or before >= _MAGNITUDE * now):
        message = (
            f"{case.place(address)}今年{now}万元，上年{before}万元，相差百倍以上，可能把元当成了万元。请核对单位。"
        )
        yield Issue(message, (address, f"prior.{address}"), str(before), str(now))


@rule("T2-09", Severity.WARNING, "表二本年收费金额单位为万元", editions=("2021",))
def charges_in_yuan(case: Case) -> Iterator[Issue | Unknown]:
    """本年收费金额 is in 万元; 元 written there shows as a jump by orders of magnitude."""
    yield from magnitude(case, "disclosure.fees.amount")


def _item_rows(case: Case) -> Iterator[tuple[str, Number | None, Number | None, Number | None]]:
    """Rows with 上一年项目数量, 本年增/减 and 处理决定数量."""
    for row in case.form.table("disclosure").rows:
        base = f"disclosure.{row.id}"
        if f"{base}.decisions" in case.form.cells:
            yield base, case.value(f"{base}.prior_items"), case.value(f"{base}.change"), case.value(f"{base}.decisions")


@rule("T19-07", Severity.WARNING, "国办公开办函〔2019〕60号附件表二", editions=("2019",))
def decisions_need_items(case: Case) -> Iterator[Issue | Unknown]:
    """Where no item is left (上一年项目数量 + 本年增/减 = 0) there is no 处理决定."""
    for base, items, change, decisions in _item_rows(case):
        if items is None or change is None or decisions is None:
            yield Unknown(f"{case.place(base + '.decisions')}所在行有空白，无法核对。")
        elif items + change == 0 and decisions > 0:
            message = (
                f"{case.place(base + '.decisions')}为{decisions}，但上一年项目数量加本年增/减为0。请核对这三个单元格。"
            )
            yield Issue(
                message, tuple(f"{base}.{c}" for c in ("prior_items", "change", "decisions")), "0", str(decisions)
            )


_PROJECTS, _AMOUNT = "disclosure.procurement.projects", "disclosure.procurement.amount"


@rule("T19-08", Severity.WARNING, "国办公开办函〔2019〕60号附件表二：政府集中采购", editions=("2019",))
def procurement_both_or_none(case: Case) -> Iterator[Issue | Unknown]:
    """采购项目数量 and 采购总金额 are both 0 or both above 0."""
    projects, amount = case.value(_PROJECTS), case.value(_AMOUNT)
    if projects is None or amount is None:
        yield Unknown("政府集中采购的项目数量或总金额空白，无法核对。")
    elif (projects == 0) != (amount == 0):
        message = (
            f"政府集中采购项目数量为{projects}个，采购总金额为{amount}万元，应当同为0或同不为0。请核对这两个单元格。"
        )
        yield Issue(message, (_PROJECTS, _AMOUNT), "同为0或同不为0", f"{projects}，{amount}")


@rule("T19-09", Severity.WARNING, "国办公开办函〔2019〕60号附件表二：采购总金额保留4位小数", editions=("2019",))
def procurement_four_decimals(case: Case) -> Iterator[Issue | Unknown]:
    """采购总金额 is printed with four decimals; the value itself is not changed."""
    cell = case.dossier.figures.get(_AMOUNT)
    if cell is None or cell.value is None:
        yield Unknown("采购总金额空白，无法核对。")
        return
    written = (cell.text or str(cell.value)).rstrip("万元 ")
    decimals = len(written.partition(".")[2])
    wanted = case.form.cells[_AMOUNT].column.decimals or 0
    if cell.value and decimals != wanted:
        printed = f"{cell.value:.{wanted}f}" if decimals < wanted else written
        yield Issue(
            f"{case.place(_AMOUNT)}应保留{wanted}位小数，现在写作{written}，应写作{printed}。",
            (_AMOUNT,),
            printed,
            written,
        )


@rule("T19-10", Severity.WARNING, "采购总金额的单位（元与万元）", editions=("2019",))
def procurement_unit(case: Case) -> Iterator[Issue | Unknown]:
    """Where the cell itself names 元 its number is converted; 元 for 万元 shows as a jump against last year."""
    cell = case.dossier.figures.get(_AMOUNT)
    text = (cell.text or "") if cell else ""
    in_yuan = text.endswith("元") and not text.endswith("万元")
    if cell and in_yuan and text.removesuffix("元").replace(",", "") == str(cell.value):
        yield Issue(f"{case.place(_AMOUNT)}写作“{text}”，本列单位是万元，请换算。", (_AMOUNT,), "万元", text)
    else:
        yield from magnitude(case, _AMOUNT)
