"""Cells that hold no usable number: blank, a dash or words (T2-01, T2-02, T3-04, T4-04, T19-01).

Blank is not 0 (条例第五十条 asks for the situation, and a blank states none): one warning for a row,
or one for a table that is blank throughout; words where a number belongs are an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.dossier import CellValue
from nianbao.findings import Severity
from nianbao.forms import Cell
from nianbao.rules.registry import Case, Issue, Rule, Unknown, rule

_DASHES = frozenset({"", "/", "／", "-", "－", "—", "——", "–", "\\", "无", "空"})
_TABLES = {"disclosure": "表二", "requests": "表三", "remedies": "表四"}
_BLANK = CellValue()


def _holds_words(cell: CellValue) -> bool:
    return cell.value is None and cell.applicable and (cell.text or "").strip() not in _DASHES


def _impossible(form_cell: Cell, cell: CellValue) -> str:
    if cell.value is None:
        return ""
    if form_cell.column.kind != "signed" and cell.value < 0:
        return "不能是负数"
    return "只能是整数" if form_cell.column.kind != "amount" and cell.value != int(cell.value) else ""


def unfilled(case: Case, table: str, kinds: tuple[str, ...]) -> Iterator[Issue | Unknown]:
    """What is wrong with the cells of these kinds in one table."""
    cells = {a: c for a, c in case.form.cells.items() if c.table == table and c.column.kind in kinds}
    held = {address: case.dossier.figures.get(address, _BLANK) for address in cells}
    for address, cell in held.items():
        if _holds_words(cell):
            yield Issue(
                f"{cells[address].place}写的是“{cell.text}”，不是数字。请填写实际数字，没有发生的填0。",
                (address,), "数字", cell.text, severity=Severity.ERROR,
            )  # fmt: skip
        elif why := _impossible(cells[address], cell):
            message = f"{cells[address].place}现在是{cell.value}，{why}。请核对。"
            yield Issue(message, (address,), why, str(cell.value), severity=Severity.ERROR)
    blank = [a for a, c in held.items() if c.value is None and c.applicable and not _holds_words(c)]
    if blank and len(blank) == len(held):
        message = f"{_TABLES[table]}全部空白（{len(blank)}个单元格）。请填写，没有发生的填0。"
        yield Issue(message, tuple(blank), "数字", "空白")
        return
    rows: dict[str, list[str]] = {}
    for address in blank:
        rows.setdefault(cells[address].row.id, []).append(address)
    for addresses in rows.values():
        names = "、".join(f"“{cells[a].column.label}”" for a in addresses)
        row = cells[addresses[0]].row.label
        message = f"{_TABLES[table]}“{row}”行的{names}列空白。空白不等于0，没有发生的请填0。"
        yield Issue(message, tuple(addresses), "数字", "空白")


def _register(rule_id: str, table: str, kinds: tuple[str, ...], edition: str, source: str) -> Rule:
    def body(case: Case) -> Iterator[Issue | Unknown]:
        yield from unfilled(case, table, kinds)

    editions = (edition,) if edition else ("2019", "2021")
    return rule(rule_id, Severity.WARNING, source, editions=editions)(body)


_register("T2-01", "disclosure", ("count",), "2021", "国办公开办函〔2021〕30号附件表二：件数、数量")
_register("T2-02", "disclosure", ("amount",), "2021", "国办公开办函〔2021〕30号附件表二：本年收费金额（单位：万元）")
_register("T19-01", "disclosure", ("count", "signed", "amount"), "2019", "国办公开办函〔2019〕60号附件表二")
_register("T3-04", "requests", ("count",), "", "条例第五十条第二项；表三各格为件数")
_register("T4-04", "remedies", ("count",), "", "条例第五十条第三项；表四各格为件数")
