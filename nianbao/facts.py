"""The fact table: every figure that a text may state, with what it is about.

A fact is a cell, a named sum (不予公开), a change against last year, a share with its named base, a
supplementary figure or a fee. Blank cells give no fact, and nothing that rests on one does either.

Ids: a cell's address; `requests.refused.total` for a named sum; `prior.<id>` last year's;
`change.<id>` the difference to it; `growth.<id>` the same in percent; `share.<id>` the part of its base;
`supplementary.<id>`; `fees.notices|charged|received`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from nianbao.dossier import Dossier, Fees, Number, normal
from nianbao.findings import Value
from nianbao.forms import Form, form_for

Kind = Literal["cell", "sum", "change", "growth", "share", "supplementary", "fee"]

_RESULTS = ("granted", "partial", "refused", "unavailable", "declined", "other")


class Fact(Value):
    """One figure. `value` is exact in `unit` (percentages unrounded); `source` the cells it rests on.

    `base` is the id of the whole of a share, or of last year's value of a change.
    """

    id: str
    kind: Kind
    label: str
    value: Fraction
    unit: str
    period: str
    scope: str
    source: tuple[str, ...]
    base: str | None = None

    @property
    def display(self) -> str:
        """The number as it is printed, without its unit: percentages with at most two decimals."""
        return show(self.value, 2 if self.unit == "%" else None)

    @property
    def number(self) -> Number:
        """The value as an int or Decimal (percentages rounded as printed)."""
        exact = Decimal(self.display)
        return normal(exact) or 0


class FactTable(Value):
    """All facts of one dossier by id."""

    facts: dict[str, Fact]

    def get(self, fact_id: str) -> Fact | None:
        return self.facts.get(fact_id)

    def value(self, fact_id: str) -> Fraction | None:
        fact = self.facts.get(fact_id)
        return fact.value if fact else None

    def __getitem__(self, fact_id: str) -> Fact:
        return self.facts[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self.facts


def show(value: Fraction, decimals: int | None = None) -> str:
    """A number as digits: exact, or rounded half up to at most `decimals`, without trailing zeros."""
    if decimals is not None:
        scaled = abs(value) * 10**decimals
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        value = Fraction(whole if value >= 0 else -whole, 10**decimals)
    with localcontext(prec=80):
        text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def fact_table(dossier: Dossier) -> FactTable:
    """All facts of a dossier."""
    facts = {fact.id: fact for fact in _this_year(dossier)}
    before = {fact.id: fact for fact in _prior(dossier)}
    facts |= before
    for fact in [
        f for f in facts.values() if f.kind in ("cell", "sum", "supplementary") and not f.id.startswith("prior.")
    ]:
        for change in _changes(fact, before.get(f"prior.{fact.id}")):
            facts[change.id] = change
    for share in _shares(facts):
        facts[share.id] = share
    return FactTable(facts=facts)


def _this_year(dossier: Dossier) -> Iterator[Fact]:
    yield from _statutory(dossier, "", str(dossier.year), dossier.form)
    for extra in dossier.supplementary:
        yield Fact(
            id=f"supplementary.{extra.id}", kind="supplementary", label=extra.label, value=Fraction(extra.value),
            unit=extra.unit, period=str(dossier.year), scope=extra.scope or "本机关", source=(extra.source,),
        )  # fmt: skip
    if dossier.fees:
        yield from _fees(dossier.fees, "", str(dossier.year), dossier.unit.figures_scope)


def _fees(fees: Fees, prefix: str, period: str, scope: str) -> Iterator[Fact]:
    for name, label, unit in (
        ("notices", "收费通知", "件"),
        ("charged", "应收信息处理费", "元"),
        ("received", "实收信息处理费", "元"),
    ):
        yield Fact(
            id=f"{prefix}fees.{name}", kind="fee", label=label, value=Fraction(getattr(fees, name)), unit=unit,
            period=period, scope=scope, source=(f"{prefix}fees.{name}",),
        )  # fmt: skip


def _prior(dossier: Dossier) -> Iterator[Fact]:
    if not dossier.prior_year:
        return
    year = str(dossier.year - 1)
    yield from _statutory(dossier, "prior.", year, form_for(dossier.year - 1))
    if dossier.prior_year.fees:
        yield from _fees(dossier.prior_year.fees, "prior.", year, dossier.unit.figures_scope)
    for extra in dossier.prior_year.supplementary:
        yield Fact(
            id=f"prior.supplementary.{extra.id}", kind="supplementary", label=extra.label, value=Fraction(extra.value),
            unit=extra.unit, period=year, scope=extra.scope or "本机关", source=(extra.source,),
        )  # fmt: skip


def _statutory(dossier: Dossier, prefix: str, period: str, form: Form) -> Iterator[Fact]:
    """Cells and named sums of one year's tables."""
    scope = dossier.unit.figures_scope

    def fact(address: str, kind: Kind, label: str, unit: str, parts: tuple[str, ...]) -> Fact | None:
        values = [dossier.value(prefix + part) for part in parts]
        known = [v for v in values if v is not None]
        if len(known) < len(values):
            return None
        return Fact(
            id=prefix + address, kind=kind, label=label, value=sum(map(Fraction, known), Fraction(0)), unit=unit,
            period=period, scope=scope, source=tuple(prefix + part for part in parts),
        )  # fmt: skip

    for address, cell in form.cells.items():
        label = _label(cell.table, cell.row.label, cell.column.label)
        if one := fact(address, "cell", label, cell.column.unit, (address,)):
            yield one
    columns = [c.id for c in form.table("requests").blocks[0].columns]
    for group in form.groups["requests_rows"]:
        for column in columns:
            parts = tuple(f"requests.{row}.{column}" for row in group.of)
            if one := fact(f"requests.{group.id}.{column}", "sum", group.label, "件", parts):
                yield one
    for group in form.groups["requests_columns"]:
        for row in form.table("requests").rows:
            parts = tuple(f"requests.{row.id}.{column}" for column in group.of)
            if one := fact(f"requests.{row.id}.{group.id}", "sum", f"{clean(row.label)}（{group.label}）", "件", parts):
                yield one
    for group in form.groups["remedies_rows"]:
        for column in (c.id for c in form.table("remedies").blocks[0].columns):
            parts = tuple(f"remedies.{row}.{column}" for row in group.of)
            if one := fact(f"remedies.{group.id}.{column}", "sum", group.label, "件", parts):
                yield one


def clean(label: str) -> str:
    """A printed label without its numbering and bracketed remarks: （三）不予公开 → 不予公开; nor 本年 … 数量,
    which a sentence does not say: 一、本年新收政府信息公开申请数量 → 新收政府信息公开申请.
    """
    head = label.split("（区分")[0]
    for mark in ("、", "）", "."):
        start, found, rest = head.partition(mark)
        if found and len(start) <= 3:
            head = rest
            break
    return head.removeprefix("本年").removesuffix("数量")


def _label(table: str, row: str, column: str) -> str:
    if table == "disclosure":
        return f"{row}{column.split('（')[0]}"
    return clean(row) if column == "总计" and table == "requests" else f"{clean(row)}（{column}）"


def _changes(fact: Fact, before: Fact | None) -> Iterator[Fact]:
    """Difference and growth against last year; growth only from a base above 0 (NF-08)."""
    if before is None or before.unit != fact.unit or before.scope != fact.scope:
        return
    yield _against(fact, before, "change", fact.value - before.value, fact.unit)
    if before.value > 0:
        yield _against(fact, before, "growth", (fact.value - before.value) / before.value * 100, "%")


def _against(fact: Fact, before: Fact, kind: Literal["change", "growth"], value: Fraction, unit: str) -> Fact:
    return Fact(
        id=f"{kind}.{fact.id}", kind=kind, label=f"{fact.label}比上年{'增减' if kind == 'change' else '增长率'}",
        value=value, unit=unit, period=fact.period, scope=fact.scope, source=fact.source + before.source,
        base=before.id,
    )  # fmt: skip


def _shares(facts: dict[str, Fact]) -> Iterator[Fact]:
    """Results as parts of 办理结果总计, applicants as parts of 新收, both in percent."""
    wanted = [(f"requests.{row}.total", "requests.total_handled.total", "办理结果总数") for row in _RESULTS]
    wanted += [
        (f"requests.new.{who}", "requests.new.total", "新收申请总数") for who in ("natural_person", "organisations")
    ]
    for part_id, whole_id, name in wanted:
        part, whole = facts.get(part_id), facts.get(whole_id)
        if part and whole and whole.value > 0 and part.value <= whole.value:
            yield Fact(
                id=f"share.{part_id}", kind="share", label=f"{part.label}占{name}的比例",
                value=part.value / whole.value * 100, unit="%",
                period=part.period, scope=part.scope, source=part.source + whole.source, base=whole_id,
            )  # fmt: skip
