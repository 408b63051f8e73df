"""The statutory form as data: `data/forms/<edition>.yaml` read into cells, labels and relations.

A cell's address is `table.row.column` (`requests.new.natural_person`). Nothing here, and nothing that
uses it, names a row of the form in code for its shape; labels, spans and units all come from the data.
Source: 国办公开办函〔2021〕30号 (report years from 2021), 国办公开办函〔2019〕60号 (2019 and 2020).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import Field

from nianbao.findings import Severity, Value

CellKind = Literal["count", "signed", "amount"]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
EDITIONS = ("2019", "2021")


class Section(Value):
    """One of the six parts; `read_as` are headings that published reports use for it."""

    id: str
    heading: str
    kind: Literal["text", "table"]
    read_as: tuple[str, ...] = ()


class Column(Value):
    """A column; `path` its header labels from top to bottom."""

    id: str
    path: tuple[str, ...]
    kind: CellKind = "count"
    unit: str
    decimals: int | None = None
    read_as: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.path[-1]


class Row(Value):
    """A row; `path` its labels from left to right."""

    id: str
    path: tuple[str, ...]
    read_as: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.path[-1]


class Block(Value):
    """A part of a table with columns of its own. Tables 三 and 四 are one block each."""

    caption: str = ""
    stub: str = ""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Table(Value):
    """`width`: grid columns (二); `corner` and `label_columns`: the left upper cell (三)."""

    id: str
    blocks: tuple[Block, ...]
    width: int = 0
    corner: str = ""
    label_columns: int = 1

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)


class Cell(Value):
    """What the form says of one cell. `decimals` is None where the form states none."""

    address: str
    table: str
    row: Row
    column: Column

    @property
    def place(self) -> str:
        """The cell in words, as a clerk would look it up."""
        number = {"disclosure": "二", "requests": "三", "remedies": "四"}[self.table]
        return f"表{number}“{self.row.label}”行“{self.column.label}”列"


class Group(Value):
    """A sum that has a name but no printed cell (不予公开, 法人或其他组织, 行政诉讼)."""

    id: str
    label: str
    of: tuple[str, ...]


class Relation(Value):
    """One concrete signed sum: Σ plus − Σ minus compared with 0. Addresses may begin with `prior.`."""

    rule: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    must: Literal["equal", "at_least"]
    severity: Severity
    name: str
    text: str
    source: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.plus + self.minus


class Form(Value):
    """One edition of the form."""

    edition: str
    first_year: int
    last_year: int | None
    basis: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    groups: dict[str, tuple[Group, ...]]
    relation_data: tuple[dict[str, Any], ...] = Field(repr=False)

    def table(self, table_id: str) -> Table:
        return next(t for t in self.tables if t.id == table_id)

    def heading(self, section_id: str) -> str:
        return next(s.heading for s in self.sections if s.id == section_id)

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell by address, in printed order."""
        return _cells(self.edition)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The sum relations, one for each row or column they hold for."""
        return _relations(self.edition)

    @property
    def result_rows(self) -> tuple[str, ...]:
        """The leaf rows of 三、本年度办理结果, without its 总计."""
        rows = self.table("requests").rows
        return tuple(r.id for r in rows if r.path[0].startswith("三、") and r.id != "total_handled")

    @property
    def text_sections(self) -> tuple[Section, ...]:
        return tuple(s for s in self.sections if s.kind == "text")


def edition_of(year: int) -> str:
    """The edition in force for a report year (2019 and 2020: 2019; later: 2021)."""
    return "2019" if year <= 2020 else "2021"


def form_for(year: int) -> Form:
    """The form for a report year."""
    return load_form(edition_of(year))


@cache
def load_form(edition: str) -> Form:
    """Read `data/forms/<edition>.yaml`; a KeyError or ValidationError is a defect of the data."""
    text = (files("data.forms") / f"{edition}.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=_LOADER)  # a safe one
    return Form(
        edition=data["edition"],
        first_year=data["first_year"],
        last_year=data["last_year"],
        basis=data["basis"],
        sections=data["sections"],
        tables=tuple(_table(name, spec) for name, spec in data["tables"].items()),
        groups=data["groups"],
        relation_data=tuple(data["relations"]),
    )


def _table(name: str, spec: dict[str, Any]) -> Table:
    blocks = spec.get("blocks") or [{"columns": spec["columns"], "rows": spec["rows"]}]
    for block in blocks:
        for part in (*block["columns"], *block["rows"]):
            if "label" in part:
                part["path"] = [part.pop("label")]
    extra = {key: spec[key] for key in ("width", "corner", "label_columns") if key in spec}
    return Table(id=name, blocks=tuple(Block(**block) for block in blocks), **extra)


@cache
def _cells(edition: str) -> dict[str, Cell]:
    cells = (
        Cell(address=f"{table.id}.{row.id}.{column.id}", table=table.id, row=row, column=column)
        for table in load_form(edition).tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    )
    return {cell.address: cell for cell in cells}


@cache
def _relations(edition: str) -> tuple[Relation, ...]:
    form = load_form(edition)
    return tuple(relation for spec in form.relation_data for relation in _expand(form, spec))


def _expand(form: Form, spec: dict[str, Any]) -> list[Relation]:
    """A relation of the data for each row or column that it holds for."""
    table = form.table(spec["table"])
    sides = spec.get("cells") or {"plus": spec["plus"], "minus": spec["minus"]}
    each = spec.get("each")
    if each == "columns":
        wanted = [(c.id, c.label) for c in table.blocks[0].columns]
    elif each == "rows":
        wanted = [(r.id, r.label) for r in table.rows]
    else:
        wanted = [(spec.get("row", ""), "")]
    wanted = [w for w in wanted if w[0] in spec.get("only", [w[0]]) and w[0] not in spec.get("skip", [])]

    def address(part: str, key: str) -> list[str]:
        prior = "prior." if part.startswith("prior.") else ""
        part = part.removeprefix("prior.")
        if each == "columns":
            rows = form.result_rows if part == "all_results" else (part,)
            return [f"{prior}{table.id}.{row}.{key}" for row in rows]
        return [f"{prior}{table.id}.{key}.{part}" if key else f"{prior}{table.id}.{part}"]

    return [
        Relation(
            rule=spec["id"],
            plus=tuple(a for part in sides["plus"] for a in address(part, key)),
            minus=tuple(a for part in sides["minus"] for a in address(part, key)),
            must=spec["must"],
            severity=spec["severity"],
            name=name,
            text=spec["text"],
            source=spec["source"],
        )
        for key, name in wanted
    ]
