"""The sum relations of the form as one signed matrix, for one report or a hundred thousand.

Each relation of `data/forms/*.yaml` is a column of +1 and −1 over the cells of this year's and last
year's tables. float64 is exact for whole numbers below 2^53, so sums of counts up to 10^12 are exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nianbao.findings import Finding, NotAssessed
from nianbao.forms import Form, Relation, load_form
from nianbao.rules.registry import Case

CHUNK = 4096
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Matrix:
    """`addresses`: the cells in the order of the value columns; `relations`: the order of the results."""

    def __init__(self, form: Form) -> None:
        self.relations: tuple[Relation, ...] = form.relations
        used = {cell for relation in self.relations for cell in relation.cells}
        prior = tuple(f"prior.{address}" for address in form.cells if f"prior.{address}" in used)
        self.addresses: tuple[str, ...] = (*form.cells, *prior)
        at = {address: number for number, address in enumerate(self.addresses)}
        self.signs: Floats = np.zeros((len(self.addresses), len(self.relations)))
        for column, relation in enumerate(self.relations):
            for address in relation.plus:
                self.signs[at[address], column] += 1
            for address in relation.minus:
                self.signs[at[address], column] -= 1
        self._touches = np.abs(self.signs).astype(np.float32)
        self._at_least: Mask = np.array([relation.must == "at_least" for relation in self.relations])

    def evaluate(self, values: Floats, known: Mask) -> tuple[Floats, Mask]:
        """Differences (reports × relations) and which of them could be assessed (all cells known)."""
        count = len(values)
        differences: Floats = np.zeros((count, len(self.relations)))
        assessed: Mask = np.ones((count, len(self.relations)), dtype=bool)
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            here = known[part]
            if here.all():
                np.matmul(values[part], self.signs, out=differences[part])
                continue
            np.matmul(np.where(here, values[part], 0.0), self.signs, out=differences[part])
            assessed[part] = (~here).astype(np.float32) @ self._touches == 0
        return differences, assessed

    def broken(self, differences: Floats, assessed: Mask) -> Mask:
        """Which relations do not hold."""
        wrong: Mask = np.where(self._at_least, differences < 0, differences != 0)
        return wrong & assessed


@cache
def matrix_for(edition: str) -> Matrix:
    """The matrix of one edition, built once."""
    return Matrix(load_form(edition))


def relation_findings(case: Case) -> Iterator[Finding | NotAssessed]:
    """Every sum relation of the edition that does not hold, and every one that could not be decided."""
    matrix = matrix_for(case.form.edition)
    cells = [case.value(address) for address in matrix.addresses]
    known = np.array([[cell is not None for cell in cells]])
    values = np.array([[float(cell or 0) for cell in cells]])
    differences, assessed = matrix.evaluate(values, known)
    broken = matrix.broken(differences, assessed)
    for number in np.flatnonzero(broken[0]):
        yield _finding(case, matrix.relations[number])
    undecided: dict[str, list[Relation]] = {}
    for number in np.flatnonzero(~assessed[0]):
        undecided.setdefault(matrix.relations[number].rule, []).append(matrix.relations[number])
    for rule, relations in undecided.items():
        yield NotAssessed(rule=rule, reason=_why_not(case, relations))


def _finding(case: Case, relation: Relation) -> Finding:
    plus = sum(int(case.value(address) or 0) for address in relation.plus)
    minus = sum(int(case.value(address) or 0) for address in relation.minus)
    words = {"name": relation.name, "plus": str(plus), "minus": str(minus), "gap": str(abs(plus - minus))}
    sign = "≥" if relation.must == "at_least" else ""
    return Finding(
        rule=relation.rule,
        severity=relation.severity,
        message=relation.text.format(**words),
        source=relation.source,
        cells=relation.cells,
        expected=f"{sign}{minus}",
        actual=str(plus),
    )


def _why_not(case: Case, relations: list[Relation]) -> str:
    lacking = [a for relation in relations for a in relation.cells if case.value(a) is None]
    if case.dossier.prior_year is None and all(address.startswith("prior.") for address in lacking):
        return "没有上年年报，无法比对。"
    if case.dossier.year == case.form.first_year and all(address.startswith("prior.") for address in lacking):
        return "上年用的是另一版表格，没有可比的项目。"
    names = list(dict.fromkeys(relation.name for relation in relations if relation.name))
    shown = "、".join(names[:4]) + ("等" if len(names) > 4 else "")
    about = f"（{shown}）" if shown else ""
    return f"有{len(dict.fromkeys(lacking))}个单元格空白{about}，例如{case.place(lacking[0])}，填好后再核对。"
