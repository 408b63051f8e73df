"""Nested data (YAML, JSON) into a dossier; whatever is wrong becomes a Chinese sentence with its place."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from nianbao.dossier._cells import NOT_APPLICABLE, CellValue, Figures, normal
from nianbao.dossier._explain import explain
from nianbao.dossier._mistakes import Mistakes, Path, Place, unprintable
from nianbao.dossier._model import Dossier
from nianbao.errors import UnusableInput
from nianbao.forms import Form, edition_of, load_form

LARGEST = 10**12
FIRST_YEAR = 2019


def parse(data: Any, places: Place | None = None, source: str = "", already: Iterable[UnusableInput] = ()) -> Dossier:
    """A dossier from nested data. Everything that is wrong is raised as one `UnusableInput`.

    `places` gives the line of each path (`("figures", "requests")` → `第12行`), `source` the file's name;
    `already`: what the reader of the file has found wrong with it.
    """
    reader = _Reader(places or {}, source)
    if not isinstance(data, dict):
        raise reader.at((), "这不是一份底稿：最外层应当是“名称: 值”的形式")
    reader.plain_text(data)
    data = dict(data)
    for name in ("contact", "sections"):
        if isinstance(data.get(name), dict):
            data[name] = {key: value for key, value in data[name].items() if value is not None}
    year = reader.year(data)
    data["figures"] = reader.figures(data.get("figures"), year, ("figures",))
    if isinstance(prior := data.get("prior_year"), dict):
        before = reader.year_before(prior, year)
        data["prior_year"] = prior | {
            "figures": reader.figures(prior.get("figures"), before, ("prior_year", "figures"))
        }
    reader.numbers(data, ())
    reader.numbers(data.get("prior_year"), ("prior_year",))
    reader.unique_ids(data)
    try:
        dossier = Dossier.model_validate(data)
    except ValidationError as broken:
        explain(broken, reader)
    reader.refuse(already)
    return dossier


class _Reader(Mistakes):
    """Turns raw data into cells, and collects what is wrong on the way."""

    def year(self, data: dict[str, Any]) -> int | None:
        """The report year, None where it is no year to report on; sets `edition`, and a stand-in for such a year."""
        year = data.get("year")
        if isinstance(year, bool) or not isinstance(year, int):
            wrong = "年份（year）应当写成四位数字" if "year" in data else "缺少年份（year），请补上"
            self.add(("year",), f"{wrong}，例如 year: 2025")
        elif not FIRST_YEAR <= year <= 2100:
            self.add(("year",), f"年份 {year} 不在可以编制的范围内：这套表格用于 {FIRST_YEAR} 年度及以后")
        else:
            wanted = edition_of(year)
            if (edition := data.setdefault("edition", wanted)) != wanted:
                said = f"{year}年度应当用 {wanted} 版表格，这里写的是“{edition}”。请改正年份或版本，也可以不写 edition"
                self.add(("edition",), said)
            return year
        data["year"] = FIRST_YEAR
        return None

    def year_before(self, prior: dict[str, Any], year: int | None) -> int | None:
        """The year of last year's report; None where it is another's, or where this year is not known."""
        told = prior.get("year")
        if year and isinstance(told, int) and told != year - 1:
            self.add(("prior_year", "year"), f"上年资料写的是{told}年度，应当是{year - 1}年度的")
            return None
        return year and max(year - 1, FIRST_YEAR)

    def plain_text(self, data: Any, path: Path = ()) -> None:
        """Text that no office prints, wherever it stands."""
        if isinstance(data, dict):
            for key, value in data.items():
                self.plain_text(value, (*path, key))
        elif isinstance(data, list):
            for number, value in enumerate(data):
                self.plain_text(value, (*path, number))
        elif isinstance(data, str):
            if wrong := unprintable(data, "" if path[:1] == ("unit",) else "\n\t"):
                self.add(path, wrong)
            elif path[:1] == ("unit",) and data and not data.strip():
                self.add(path, "不能为空")

    def numbers(self, data: Any, path: Path) -> None:
        """Supplementary figures and fees are written as exactly as the cells."""
        if not isinstance(data, dict):
            return
        found: list[tuple[Path, Any]] = []
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
                self.add(where, f"应当是数字，用半角阿拉伯数字书写，不加逗号、单位和引号，现在是{shown}")
            elif not -LARGEST <= value <= LARGEST:
                self.add(where, f"{value} 过大，不像是一年的数，请核对")

    def unique_ids(self, data: dict[str, Any]) -> None:
        """An id names one figure or statement."""
        for name in ("supplementary", "statements"):
            items = data.get(name)
            seen: set[object] = set()
            for number, item in enumerate(items if isinstance(items, list) else []):
                one = item.get("id") if isinstance(item, dict) else None
                if isinstance(one, str) and one in seen:
                    self.add((name, number, "id"), f"编号“{one}”出现了不止一次，请改成不同的编号")
                seen.add(one if isinstance(one, str) else None)

    def figures(self, data: Any, year: int | None, path: Path) -> Figures:
        """The cells that are right. Without a year nobody knows which form they should have."""
        if data is None or year is None:
            return {}
        if not isinstance(data, dict):
            self.add(path, "figures 下应当是 disclosure、requests、remedies 三张表")
            return {}
        form = load_form(edition_of(year))
        figures: Figures = {}
        for table_id, rows in data.items():
            figures |= self._table(rows, form, table_id, (*path, table_id))
        return {address: figures[address] for address in form.cells if address in figures}

    def _table(self, rows: Any, form: Form, table_id: str, path: Path) -> Figures:
        tables = {table.id: table for table in form.tables}
        if not self.known(table_id, tables, path, f"{form.edition} 版没有名为“{table_id}”的表"):
            return {}
        if not isinstance(rows, dict):
            self.add(path, "这里应当按行填写，每行一个名称")
            return {}
        blocks = tables[table_id].blocks
        columns = {row.id: [column.id for column in block.columns] for block in blocks for row in block.rows}
        figures: Figures = {}
        for row_id, cells in rows.items():
            here = (*path, row_id)
            if not self.known(row_id, columns, here, f"{form.edition} 版的表中没有名为“{row_id}”的行"):
                continue
            if not isinstance(cells, dict):
                self.add(here, "这一行应当按列填写，每列一个名称")
                continue
            for column_id, raw in cells.items():
                if self.known(column_id, columns[row_id], (*here, column_id), f"这一行没有名为“{column_id}”的列"):
                    address = f"{table_id}.{row_id}.{column_id}"
                    figures[address] = self._cell(raw, form.cells[address].column.kind, (*here, column_id))
        return figures

    def _cell(self, raw: Any, kind: str, path: Path) -> CellValue:
        """The cell; blank where something is wrong with it."""
        text: str | None = None
        if isinstance(raw, CellValue):
            return raw
        if isinstance(raw, dict):
            if not set(raw) <= {"value", "text"}:
                self.add(path, "这一格应当是一个数，或者 {value: 数, text: 原文}")
                return CellValue()
            text = None if raw.get("text") is None else str(raw["text"])
            raw = raw.get("value")
        if raw is None:
            return CellValue(text=text)
        if raw == NOT_APPLICABLE:
            return CellValue(applicable=False)
        if wrong := _wrong_number(raw, kind):
            self.add(path, wrong)
            return CellValue()
        as_written, value = str(raw), normal(raw)
        return CellValue(value=value, text=text or (as_written if as_written != str(value) else None))


def _wrong_number(raw: Any, kind: str) -> str:
    """Why this cannot be the number of a cell of this kind."""
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        return f"“{raw}”不是可以采用的数：请用半角阿拉伯数字书写，不加逗号、单位和引号；没有发生写 0，不清楚就留空"
    if isinstance(raw, Decimal) and not raw.is_finite():
        return f"“{raw}”不是一个数，请写实际数字，不清楚就留空"
    if kind != "amount" and raw != int(raw):
        return f"这一格只能填整数，现在是 {raw}"
    if kind != "signed" and raw < 0:
        return f"这一格不能是负数，现在是 {raw}"
    return "" if -LARGEST <= raw <= LARGEST else f"{raw} 过大，不像是一年的数，请核对"
