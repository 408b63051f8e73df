"""Nested data (YAML, JSON) into a dossier; whatever is wrong becomes one Chinese sentence with its place."""

from __future__ import annotations

import difflib
from decimal import Decimal
from typing import Any
from unicodedata import category

from pydantic import ValidationError

from nianbao.dossier._cells import NOT_APPLICABLE, CellValue, Figures, normal
from nianbao.dossier._model import (
    Contact,
    Dossier,
    Fees,
    PriorYear,
    Provenance,
    ReadingNote,
    Sections,
    Statement,
    Supplementary,
    Unit,
)
from nianbao.errors import UnusableInput
from nianbao.findings import Value
from nianbao.forms import Form, edition_of, load_form

Place = dict[tuple[str | int, ...], str]
LARGEST = 10**12
FIRST_YEAR = 2019


def parse(data: Any, places: Place | None = None, source: str = "") -> Dossier:
    """A dossier from nested data; anything wrong is an `UnusableInput` with its place.

    `places` gives the line of each path (`("figures", "requests")` → `第12行`), `source` the file's name.
    """
    reader = _Reader(places or {}, source)
    if not isinstance(data, dict):
        raise reader.error((), "这不是一份底稿：最外层应当是“名称: 值”的形式")
    reader.plain_text(data)
    data = dict(data)
    for name in ("contact", "sections"):
        if isinstance(data.get(name), dict):
            data[name] = {key: value for key, value in data[name].items() if value is not None}
    year = data.get("year")
    if isinstance(year, bool) or not isinstance(year, int):
        wrong = "年份（year）应当写成四位数字" if "year" in data else "缺少年份（year），请补上"
        raise reader.error(("year",), f"{wrong}，例如 year: 2025")
    if not FIRST_YEAR <= year <= 2100:
        raise reader.error(("year",), f"年份 {year} 不在可以编制的范围内：这套表格用于 {FIRST_YEAR} 年度及以后")
    edition = data.setdefault("edition", edition_of(year))
    if edition != edition_of(year):
        raise reader.error(
            ("edition",),
            f"{year}年度应当用 {edition_of(year)} 版表格，这里写的是“{edition}”。请改正年份或版本，也可以不写 edition",
        )
    data["figures"] = reader.figures(data.get("figures") or {}, load_form(edition), ("figures",))
    if isinstance(prior := data.get("prior_year"), dict):
        prior = dict(prior)
        prior["figures"] = reader.figures(
            prior.get("figures") or {}, load_form(edition_of(max(year - 1, FIRST_YEAR))), ("prior_year", "figures")
        )
        data["prior_year"] = prior
    reader.numbers(data, ())
    reader.numbers(data.get("prior_year"), ("prior_year",))
    try:
        return Dossier.model_validate(data)
    except ValidationError as broken:
        errors = broken.errors()
        first = next(
            (e for e in errors if e["type"] == "extra_forbidden"), errors[0]
        )  # a misspelt key is also a missing one
        raise reader.explain(first) from None


class _Reader:
    """Turns raw data into cells, and what pydantic says into one Chinese sentence."""

    def __init__(self, places: Place, source: str) -> None:
        self.places, self.source = places, source

    def error(self, path: tuple[str | int, ...], message: str) -> UnusableInput:
        line = ""
        for cut in range(len(path), 0, -1):
            if line := self.places.get(path[:cut], ""):
                break
        dotted = ".".join(f"第{p + 1}项" if isinstance(p, int) else str(p) for p in path)
        where = " ".join(part for part in (self.source, line, dotted) if part)
        return UnusableInput(message, where)

    def plain_text(self, data: Any, path: tuple[str | int, ...] = ()) -> None:
        """Refuses text that no office prints: control characters, halves of characters, slots of the drafter."""
        if isinstance(data, dict):
            for key, value in data.items():
                self.plain_text(value, (*path, key))
        elif isinstance(data, list):
            for number, value in enumerate(data):
                self.plain_text(value, (*path, number))
        elif isinstance(data, str):
            allowed = "" if path[:1] == ("unit",) else "\n\t"
            wrong = [c for c in data if category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in allowed]
            if wrong:
                raise self.error(path, f"含有不能印出的字符（U+{ord(wrong[0]):04X}），请删去后重新填写")
            if "{{" in data or "}}" in data:
                raise self.error(path, "不能含有“{{”或“}}”，请改用其他括号")
            if path[:1] == ("unit",) and data and not data.strip():
                raise self.error(path, "不能为空")

    def numbers(self, data: Any, path: tuple[str | int, ...]) -> None:
        """Supplementary figures and fees are written as exactly as the cells."""
        if not isinstance(data, dict):
            return
        found: list[tuple[tuple[str | int, ...], Any]] = []
        extras = data.get("supplementary")
        for number, extra in enumerate(extras if isinstance(extras, list | tuple) else []):
            if isinstance(extra, dict) and "value" in extra:
                found.append(((*path, "supplementary", number, "value"), extra["value"]))
        fees = data.get("fees")
        found += [((*path, "fees", key), value) for key, value in fees.items()] if isinstance(fees, dict) else []
        for where, value in found:
            if where[-1] not in ("value", "notices", "charged", "received"):
                continue
            if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
                shown = "空的" if value is None else f"“{value}”"
                raise self.error(where, f"应当是数字，用半角阿拉伯数字书写，不加逗号、单位和引号，现在是{shown}")
            if not -LARGEST <= value <= LARGEST:
                raise self.error(where, f"{value} 过大，不像是一年的数，请核对")

    def figures(self, data: Any, form: Form, path: tuple[str | int, ...]) -> Figures:
        if not isinstance(data, dict):
            raise self.error(path, "figures 下应当是 disclosure、requests、remedies 三张表")
        figures: Figures = {}
        tables = {table.id: table for table in form.tables}
        for table_id, rows in data.items():
            self._known(table_id, tables, (*path, table_id), f"{form.edition} 版没有名为“{table_id}”的表")
            known_rows = {row.id: block for block in tables[table_id].blocks for row in block.rows}
            if not isinstance(rows, dict):
                raise self.error((*path, table_id), "这里应当按行填写，每行一个名称")
            for row_id, cells in rows.items():
                here = (*path, table_id, row_id)
                self._known(row_id, known_rows, here, f"{form.edition} 版的表中没有名为“{row_id}”的行")
                columns = {column.id for column in known_rows[row_id].columns}
                if not isinstance(cells, dict):
                    raise self.error(here, "这一行应当按列填写，每列一个名称")
                for column_id, raw in cells.items():
                    self._known(column_id, columns, (*here, column_id), f"这一行没有名为“{column_id}”的列")
                    address = f"{table_id}.{row_id}.{column_id}"
                    figures[address] = self._cell(raw, form, address, (*here, column_id))
        return {address: figures[address] for address in form.cells if address in figures}

    def _known(self, name: Any, known: dict[str, Any] | set[str], path: tuple[str | int, ...], message: str) -> None:
        if name not in known:
            near = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.5)
            hint = f"，是不是“{near[0]}”" if near else f"，可用的有：{'、'.join(sorted(known)[:8])}"
            raise self.error(path, message + hint)

    def _cell(self, raw: Any, form: Form, address: str, path: tuple[str | int, ...]) -> CellValue:
        kind = form.cells[address].column.kind
        text: str | None = None
        if isinstance(raw, CellValue):
            return raw
        if isinstance(raw, dict):
            if not set(raw) <= {"value", "text"}:
                raise self.error(path, "这一格应当是一个数，或者 {value: 数, text: 原文}")
            text = None if raw.get("text") is None else str(raw["text"])
            raw = raw.get("value")
        if raw is None:
            return CellValue(text=text)
        if raw == NOT_APPLICABLE:
            return CellValue(applicable=False)
        if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
            raise self.error(
                path,
                f"“{raw}”不是可以采用的数：请用半角阿拉伯数字书写，不加逗号、单位和引号；没有发生写 0，不清楚就留空",
            )
        if isinstance(raw, Decimal) and not raw.is_finite():
            raise self.error(path, f"“{raw}”不是一个数，请写实际数字，不清楚就留空")
        if kind != "amount" and raw != int(raw):
            raise self.error(path, f"这一格只能填整数，现在是 {raw}")
        if kind != "signed" and raw < 0:
            raise self.error(path, f"这一格不能是负数，现在是 {raw}")
        if not -LARGEST <= raw <= LARGEST:
            raise self.error(path, f"{raw} 过大，不像是一年的数，请核对")
        as_written, value = str(raw), normal(raw)
        return CellValue(value=value, text=text or (as_written if as_written != str(value) else None))

    def explain(self, error: Any) -> UnusableInput:
        """One pydantic error as a sentence."""
        path = tuple(error["loc"])
        if error["type"] != "extra_forbidden":  # there the last part is the user's own word
            path = tuple(part for part in path if not _is_type(part))
        kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
        shown = "" if isinstance(given, (dict, list)) else f"，现在是“{given}”"
        match kind:
            case "extra_forbidden":
                known = [str(name) for name in _names_at(path[:-1])]
                near = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
                hint = f"，是不是“{near[0]}”" if near else f"，可用的有：{'、'.join(known)}"
                return self.error(path, f"没有名为“{path[-1]}”的项目{hint}")
            case "missing":
                return self.error(path[:-1] or path, f"缺少“{path[-1]}”，请补上")
            case "literal_error":
                return self.error(path, f"只能是 {_or(context.get('expected', ''))}{shown}")
            case "string_too_short":
                return self.error(path, "不能为空")
            case "string_pattern_mismatch":
                return self.error(path, f"编号只能用小写英文字母、数字和下划线，并以字母开头{shown}")
            case "greater_than_equal":
                return self.error(path, f"不能小于 {context.get('ge')}{shown}")
            case "value_error":
                return self.error(path, str(context.get("error", error["msg"])))
            case _ if "int" in kind or "decimal" in kind or "union" in kind:
                return self.error(path, f"应当是数字，用半角阿拉伯数字书写{shown}")
            case _ if "date" in kind:
                return self.error(path, f"应当是日期，例如 2026-01-20{shown}")
            case _ if "string" in kind:
                return self.error(path, f"应当是文字，纯数字请加引号{shown}")
            case _:
                wanted = "列表" if "tuple" in kind or "list" in kind else "“名称: 值”的形式"
                return self.error(path, f"这里的写法不对，应当是{wanted}{shown}")


def _is_type(part: str | int) -> bool:
    """Whether pydantic names a member of a union here, and not a key of the data."""
    return isinstance(part, str) and ("-" in part or "[" in part or part in ("int", "decimal"))


def _or(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")


def _names_at(path: tuple[Any, ...]) -> list[str]:
    """The keys that are allowed at a path of the contract."""
    models: dict[str, type[Value]] = {
        "unit": Unit, "supplementary": Supplementary, "statements": Statement, "contact": Contact, "fees": Fees,
        "prior_year": PriorYear, "sections": Sections, "provenance": Provenance, "reading": ReadingNote,
    }  # fmt: skip
    names = [p for p in path if isinstance(p, str) and p in models]
    model = models[names[-1]] if names else Dossier
    return [field.alias or name for name, field in model.model_fields.items()]
