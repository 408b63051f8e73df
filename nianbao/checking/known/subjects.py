"""What a figure is about, and its value: a part of an address of the tables, or a figure of the dossier."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from nianbao.checking.language.lexicon import rule_of
from nianbao.dossier import Dossier
from nianbao.facts import FactTable, fact_table

_WAN = 10**4
DECISIONS = ("licences", "penalties", "coercion", "other_services")
_OLD = {"issued": "made"}


class Subject(NamedTuple):
    """`domain`: requests remedies disclosure fees supp; empty `row` or `column`: not said.

    Of `supp` the row is the figure's id; a column is the id of another that is taken off it.
    """

    domain: str
    row: str = ""
    column: str = ""
    prior: bool = False

    @classmethod
    def at(cls, address: str) -> Subject:
        """The subject of one cell."""
        domain, row, column = address.split(".")
        return cls(domain, row, column)

    @property
    def rule(self) -> str:
        return rule_of(self.domain, self.row, self.column)


class Known(NamedTuple):
    """A value (money in 元) with the facts it rests on; None: not known."""

    value: Fraction | None
    facts: tuple[str, ...]
    unit: str = "件"
    scope: str = ""
    label: str = ""


class Figures:
    """The figures of one dossier by subject. Every answer is kept."""

    def __init__(self, dossier: Dossier, facts: FactTable | None = None) -> None:
        self.dossier, self.facts = dossier, facts or fact_table(dossier)
        self.form = dossier.form
        self._kept: dict[Subject, Known] = {}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Rows and columns that stand for several: `requests.refused`, `requests..organisations`, `remedies.suits`."""
        found = {f"requests.{g.id}": g.of for g in self.form.groups["requests_rows"]}
        found |= {f"requests..{g.id}": g.of for g in self.form.groups["requests_columns"]}
        found |= {f"remedies.{g.id}": g.of for g in self.form.groups["remedies_rows"]}
        found["requests.disclosed"] = ("granted", "partial")  # 公开及部分公开
        return found | {"remedies.both": ("review", *found["remedies.suits"])}

    def known(self, subject: Subject) -> Known:
        """The value of a subject; unknown where a cell is blank or the form has none."""
        if subject not in self._kept:
            self._kept[subject] = self._find(subject)
        return self._kept[subject]

    def _find(self, subject: Subject) -> Known:
        prefix = "prior." if subject.prior else ""
        if subject.domain == "supp" and subject.column:
            return self._less(subject.row, subject.column, prefix)
        if subject.domain == "supp":
            return self._fact(f"{prefix}supplementary.{subject.row}")
        if subject.domain == "fees":
            return self._fees(subject.row, prefix)
        if worked := self._worked_out(subject):
            return worked
        addresses = self.addresses(subject)
        named = self._fact(f"{prefix}{subject.domain}.{subject.row}.{subject.column or 'total'}")
        if named.value is not None:
            return named
        parts = [self._fact(prefix + address) for address in addresses]
        label = self.name(subject)
        if not parts or any(part.value is None for part in parts):
            return Known(None, tuple(prefix + a for a in addresses), label=label)
        value = sum((part.value for part in parts if part.value is not None), Fraction(0))
        ids = tuple(i for part in parts for i in part.facts)
        return Known(value, ids, parts[0].unit, parts[0].scope, label)

    def _worked_out(self, subject: Subject) -> Known | None:
        """Figures that follow from two others: cases concluded, items at the year's end."""
        whole, part, sign = {
            ("remedies", "concluded"): ("total", "pending", -1),
            ("disclosure", "items"): ("prior_items", "change", 1),
        }.get((subject.domain, subject.column), ("", "", 0))
        if (
            subject.prior
            and subject.column == "in_force"
            and not self._fact(f"prior.disclosure.{subject.row}.in_force").facts
        ):
            return self._before(subject._replace(prior=False))
        if not sign:
            return None
        one, other = (self.known(subject._replace(column=c)) for c in (whole, part))
        value = None if one.value is None or other.value is None else one.value + sign * other.value
        return Known(value, one.facts + other.facts, one.unit, one.scope, one.label)

    def _less(self, whole: str, part: str, prefix: str) -> Known:
        """One of the office's own figures less another."""
        one, other = (self._fact(f"{prefix}supplementary.{name}") for name in (whole, part))
        value = None if one.value is None or other.value is None else one.value - other.value
        return Known(value, one.facts + other.facts, one.unit, one.scope, f"{one.label}未{other.label}")

    def _before(self, now: Subject) -> Known | None:
        """What was in force at the end of last year: this year's, less what was made, with what was repealed."""
        kept, made, gone = (self.known(now._replace(column=c)) for c in ("in_force", "issued", "repealed"))
        if kept.value is None or made.value is None or gone.value is None:
            return None
        value = kept.value - made.value + gone.value
        return Known(value, kept.facts + made.facts + gone.facts, kept.unit, kept.scope, f"上年末{kept.label}")

    def addresses(self, subject: Subject) -> list[str]:
        """The cells that a subject adds up."""
        column = subject.column
        if subject.domain == "disclosure":
            return self._disclosed(subject.row, column)
        rows = self.groups.get(f"{subject.domain}.{subject.row}", (subject.row,))
        columns = self.groups.get(f"{subject.domain}..{column}", (column or "total",))
        found = [f"{subject.domain}.{row}.{one}" for row in rows for one in columns]
        return found if all(address in self.form.cells for address in found) else []

    def _disclosed(self, row: str, column: str) -> list[str]:
        if not column:
            column = "decisions" if row in DECISIONS else "amount" if row == "fees" else ""
        if f"disclosure.{row}.{column}" not in self.form.cells:
            column = _OLD.get(column, column)
        address = f"disclosure.{row}.{column}"
        return [address] if address in self.form.cells else []

    def _fees(self, row: str, prefix: str) -> Known:
        if row == "outstanding":
            due, paid = self._fact(f"{prefix}fees.charged"), self._fact(f"{prefix}fees.received")
            if due.value is None or paid.value is None:
                return Known(None, ())
            return Known(due.value - paid.value, due.facts + paid.facts, "元", due.scope, "未收信息处理费")
        return self._fact(f"{prefix}fees.{row}")

    def _fact(self, fact_id: str) -> Known:
        fact = self.facts.get(fact_id)
        if fact is None:
            return Known(None, ())
        label = f"办理结果{fact.label}" if fact.label.startswith("总计") else fact.label
        label = f"上年{label}" if fact_id.startswith("prior.") else label
        if fact.unit == "万元":
            return Known(fact.value * _WAN, (fact_id,), "元", fact.scope, label)
        return Known(fact.value, (fact_id,), fact.unit, fact.scope, label)

    def name(self, subject: Subject) -> str:
        """A subject in words."""
        fact = self.facts.get(f"{subject.domain}.{subject.row}.{subject.column or 'total'}")
        if fact:
            return fact.label
        cells = [self.form.cells[a] for a in self.addresses(subject) if a in self.form.cells]
        return "、".join(dict.fromkeys(cell.row.label for cell in cells))[:40] or subject.row

    def is_part(self, part: str, whole: str) -> bool:
        """Whether a row of table 三 is a ground of a group (refused_process of refused)."""
        return part in self.groups.get(f"requests.{whole}", ())
