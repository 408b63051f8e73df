"""The sheets beside the tables, read back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from nianbao.dossier import normal
from nianbao.findings import Severity
from nianbao.reading.fill_in._names import Names, Spot
from nianbao.reading.tables import Reading
from nianbao.workbook import Field, field_name, layout

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?\Z")
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_SPLIT = re.compile(r"[\s,，、;；]+")
_LETTER = {"supplementary": "s", "event": "e", "problem": "q", "plan": "l", "rectification": "r", "document": "d",
           "platform": "t", "result": "k"}  # fmt: skip
Item = dict[str, Any]


def read_basics(names: Names, into: Reading) -> Item:
    """Unit, contact and fees."""
    plan = layout().basics
    found: dict[str, Item] = {}
    for block in plan.blocks:
        values: Item = {}
        for field in block.fields:
            spot = names.find(field_name(block.id, field.id))
            if spot is None:
                into.note(Severity.WARNING, "lost_cell", f"“{plan.title}”{field.label}", "这一格已被删除，按没有填处理")
            elif (value := _value(field, spot, names, into)) is not None:
                values[field.id] = value
        found[block.id] = values
    fees = found.pop("fees")
    if len(fees) == 3:
        found["fees"] = fees
    elif fees:
        into.note(Severity.WARNING, "fees", f"“{plan.title}”信息处理费", "三项没有填全，没有采用；没有发生的请填0")
    return {key: value for key, value in found.items() if value}


def read_list(list_id: str, names: Names, into: Reading) -> list[Item]:
    """The items of a list; a row that cannot be used is noted, with its place."""
    items = []
    for line in _rows(list_id, names, into):
        item = _item(list_id, line, names, into)
        if item is not None:
            items.append(item)
    _give_ids(items, list_id)
    return items


def read_last_problems(names: Names, into: Reading) -> tuple[list[Item], list[Item]]:
    """Last year's problems, and what was done about them this year as statements that answer them."""
    problems, done = [], []
    for line in _rows("last_problems", names, into):
        item = _item("last_problems", line, names, into)
        if item is None:
            continue
        action, status = item.pop("done", ""), item.pop("status", None)
        kept = {key: value for key, value in item.items() if key in ("id", "text", "topic")}
        problems.append(kept | {"kind": "problem", "status": "ongoing"})
        if action:
            said = {key: value for key, value in item.items() if key in ("topic", "source")}
            if status is None:
                into.note(Severity.WARNING, "status", line["done"].place, "没有选择整改进展，按“正在进行”处理，请核对")
            done.append(
                said | {"kind": "rectification", "status": status or "ongoing", "text": action, "for": kept["text"]}
            )
    for number, problem in enumerate(problems, 1):
        problem.setdefault("id", f"p{number}")
    by_text = {problem["text"]: problem["id"] for problem in problems}
    for number, statement in enumerate(done, 1):
        statement |= {"id": f"last_{number}", "answers": [by_text[statement.pop("for")]]}
    return problems, done


def _rows(list_id: str, names: Names, into: Reading) -> list[dict[str, Spot]]:
    plan = layout().lists[list_id]
    heads: dict[str, Spot] = {}
    for field in plan.columns:
        spot = names.find(field_name(list_id, field.id))
        if spot is not None:
            heads[field.id] = spot
        elif not field.locked:
            into.note(Severity.WARNING, "lost_cell", f"“{plan.title}”", f"“{field.label}”一列已被删除，没有读取")
    return names.rows(heads)


def _item(list_id: str, line: dict[str, Spot], names: Names, into: Reading) -> Item | None:
    """One row; None where something that is needed is missing."""
    plan = layout().lists[list_id]
    item: Item = {}
    for field in plan.columns:
        if field.id in line and not field.locked:
            value = _value(field, line[field.id], names, into)
            if value is not None:
                item[field.id] = value
    if not item:
        return None
    missing = [field.label for field in plan.columns if field.needed and field.id not in item]
    if missing:
        first = next(iter(line.values()))
        into.note(
            Severity.WARNING,
            "incomplete",
            f"“{first.sheet}”第{first.row}行",
            f"没有填“{'”“'.join(missing)}”，这一行没有采用",
        )
        return None
    if "answers" in item:
        item["answers"] = [one for one in _SPLIT.split(item["answers"]) if one]
    return item


def _value(field: Field, spot: Spot, names: Names, into: Reading) -> Any:
    """What one cell says, None for nothing; a formula is kept to be refused."""
    if spot.formula:
        names.formulas.append(spot)
        return None
    text = spot.text
    if not text:
        return None
    if field.words:
        code = layout().code(field.words, text)
        if code is None:
            into.note(Severity.WARNING, "word", spot.place, f"“{text[:30]}”不在“{field.label}”的选项中，没有采用")
        return code
    if field.number:
        if not _NUMBER.match(text) or (field.number == "whole" and "." in text):
            into.note(Severity.WARNING, "not_a_number", spot.place, f"“{text[:30]}”不是可以采用的数，没有采用")
            return None
        return normal(Decimal(text))
    if field.id == "id" and not _ID.match(text):
        into.note(Severity.WARNING, "id", spot.place, f"编号“{text[:30]}”只能用小写字母、数字和下划线，已另行编号")
        return None
    return text


def _give_ids(items: list[Item], list_id: str) -> None:
    """An id for every item: its own, or the first free one of its kind."""
    used = {item["id"] for item in items if "id" in item}
    for item in items:
        if "id" in item:
            continue
        letter = _LETTER[item.get("kind", list_id)]
        number = next(n for n in range(1, len(items) + len(used) + 2) if f"{letter}{n}" not in used)
        item["id"] = f"{letter}{number}"
        used.add(item["id"])
