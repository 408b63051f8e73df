"""The dossier: everything known of one unit and one year, as one immutable value.

Figures are exact (`int`, `Decimal`, normalised so that 421.39 and 421.3900 are equal); blank is `None`
and never 0; 不适用 is neither. The text that stood in the source is kept beside the value.
Source of the contract: the six parts of 条例第五十条 and the form of `nianbao.forms`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from nianbao.dossier._cells import Exact, Figures, Number
from nianbao.findings import Severity, Value
from nianbao.forms import Form, load_form

Level = Literal["street", "township", "department", "county_office", "county", "city", "province"]
StatementKind = Literal["event", "problem", "plan", "rectification", "document", "platform", "result"]
Status = Literal["done", "ongoing", "planned"]
Topic = Literal["disclosure", "requests", "management", "platform", "oversight", "other"]

GOVERNMENTS = frozenset({"township", "county", "city", "province"})


class Unit(Value):
    """The organ that reports. `self_name` (key `self`) is how it speaks of itself: 我局, 我街道."""

    name: str = Field(min_length=2)
    self_name: str = Field(alias="self", min_length=1)
    level: Level
    region: str = ""
    scope: str = ""

    model_config = Value.model_config | {"populate_by_name": True}

    @property
    def is_government(self) -> bool:
        """各级人民政府 in the sense of 条例第五十条第四项 (a 街道办事处 is none)."""
        return self.level in GOVERNMENTS

    @property
    def figures_scope(self) -> str:
        """Whom the statutory figures are about: 本机关, or the whole area."""
        return self.scope or {"county": "全县", "city": "全市", "province": "全省"}.get(self.level, "本机关")


class Supplementary(Value):
    """A confirmed figure outside the statutory tables. `topic`: the aspect of 总体情况 it belongs to."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(min_length=1)
    value: Exact
    unit: str
    scope: str = ""
    source: str = ""
    topic: Topic | None = None


class Statement(Value):
    """A confirmed fact in words. `answers`: ids of the problems that a plan or rectification answers."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: StatementKind
    status: Status
    text: str = Field(min_length=2)
    source: str = ""
    topic: Topic | None = None
    answers: tuple[str, ...] = ()


class Contact(Value):
    """The office's published contact details, never a person's."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    website: str = ""
    email: str = ""
    hours: str = ""
    hotline: str = ""


class Fees(Value):
    """信息处理费 (国办函〔2020〕109号): notices issued, amount charged and received in 元."""

    notices: int = Field(ge=0)
    charged: Annotated[Exact, Field(ge=0)]
    received: Annotated[Exact, Field(ge=0)]


class Candidate(Value):
    """One of several values that sources give for the same cell, and where it stands."""

    value: Exact
    where: str


class Provenance(Value):
    """Where a value was read: file, sheet, and place in it.

    `candidates`: the values that sources disagree on; the cell is blank until a person writes the right one.
    """

    file: str = ""
    sheet: str = ""
    cells: str = ""
    place: str = ""
    candidates: tuple[Candidate, ...] = ()


class ReadingNote(Value):
    """What a reader could not read with certainty. `code`: short_row, no_heading, label, extra_row, …"""

    severity: Severity
    code: str
    where: str
    message: str


class Sections(Value):
    """The text sections as plain text, paragraphs parted by line breaks."""

    opening: str = ""
    summary: str = ""
    problems: str = ""
    other: str = ""

    def items(self) -> list[tuple[str, str]]:
        return [(name, text) for name in ("opening", "summary", "problems", "other") if (text := getattr(self, name))]


class PriorYear(Value):
    """Last year's report, as far as it is at hand. `unit` and `year`: whose and which, where that is known."""

    unit: str = ""
    year: int | None = None
    figures: Figures = Field(default_factory=dict)
    supplementary: tuple[Supplementary, ...] = ()
    statements: tuple[Statement, ...] = ()
    fees: Fees | None = None
    sections: Sections = Sections()

    def value(self, address: str) -> Number | None:
        cell = self.figures.get(address)
        return cell.value if cell else None


class Dossier(Value):
    """One unit and one year. `form` is the edition's form; `value(address)` a cell's number or None."""

    unit: Unit
    year: int
    edition: str = ""
    figures: Figures = Field(default_factory=dict)
    supplementary: tuple[Supplementary, ...] = ()
    statements: tuple[Statement, ...] = ()
    contact: Contact = Contact()
    fees: Fees | None = None
    published: dt.date | None = None
    sections: Sections = Sections()
    prior_year: PriorYear | None = None
    provenance: dict[str, Provenance] = Field(default_factory=dict)
    reading: tuple[ReadingNote, ...] = ()

    @property
    def form(self) -> Form:
        return load_form(self.edition)

    def value(self, address: str) -> Number | None:
        """The number of a cell (`prior.` for last year's); None where it is blank or not applicable."""
        if address.startswith("prior."):
            return self.prior_year.value(address.removeprefix("prior.")) if self.prior_year else None
        cell = self.figures.get(address)
        return cell.value if cell else None

    @property
    def title(self) -> tuple[str, str]:
        """The title in its two printed lines."""
        return f"{self.unit.name}{self.year}年", "政府信息公开工作年度报告"

    @model_validator(mode="after")
    def _unique_ids(self) -> Dossier:
        for name in ("supplementary", "statements"):
            ids = [item.id for item in getattr(self, name)]
            for one in ids:
                if ids.count(one) > 1:
                    raise ValueError(f"{name} 中的编号“{one}”出现了不止一次，请改成不同的编号")
        return self

    def plain(self) -> dict[str, Any]:
        """The dossier as it is written to YAML or JSON: nested figures, nothing that is empty."""
        return self.model_dump(mode="python", by_alias=True, exclude_defaults=True)
