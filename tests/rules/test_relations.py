"""The matrix is the relations, for any report, and an error names the cell that was changed."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.dossier import parse
from nianbao.forms import load_form
from nianbao.rules import assess, matrix_for
from tests.rules.cases import COLUMNS

RULES = ("T3-01", "T3-02", "T3-03", "T4-01", "T4-02", "T4-03")


@st.composite
def balanced(draw):
    """A balanced 2021 report: columns of 三 and groups of 四 add up by construction."""
    form = load_form("2021")
    requests = {row.id: {} for row in form.table("requests").rows}
    counts = st.integers(0, 10**6)
    for column in COLUMNS:
        handled = 0
        for row in form.result_rows:
            requests[row][column] = draw(counts) if draw(st.booleans()) else 0
            handled += requests[row][column]
        left = draw(counts)
        before = draw(st.integers(0, handled + left))
        requests["total_handled"][column], requests["carried_out"][column] = handled, left
        requests["carried_in"][column], requests["new"][column] = before, handled + left - before
    for cells in requests.values():
        cells["total"] = sum(cells[column] for column in COLUMNS)
    remedies = {}
    for row in form.table("remedies").rows:
        cells = {name: draw(counts) for name in ("upheld", "corrected", "other", "pending")}
        remedies[row.id] = cells | {"total": sum(cells.values())}
    return {"requests": requests, "remedies": remedies}


def dossier_of(figures):
    unit = {"name": "青石县水务局", "self": "我局", "level": "department"}
    return parse({"unit": unit, "year": 2025, "figures": figures})


@settings(max_examples=25, deadline=None)
@given(balanced(), st.data())
def test_a_balanced_report_has_no_error_and_one_changed_cell_is_named(figures, data):
    assert [f for f in assess(dossier_of(figures)).findings if f.severity == "error"] == []
    table = data.draw(st.sampled_from(sorted(figures)))
    row = data.draw(st.sampled_from(sorted(figures[table])))
    column = data.draw(st.sampled_from(sorted(figures[table][row])))
    figures[table][row][column] += data.draw(st.integers(1, 1000))
    named = {c for f in assess(dossier_of(figures)).findings if f.rule in RULES for c in f.cells}
    assert f"{table}.{row}.{column}" in named


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_matrix_is_the_loop(edition):
    matrix = matrix_for(edition)
    rng = np.random.default_rng(7)
    values = rng.integers(0, 10**12, (40, len(matrix.addresses))).astype(float)
    known = rng.random(values.shape) > 0.01
    differences, assessed = matrix.evaluate(values, known)
    broken = matrix.broken(differences, assessed)
    at = {address: n for n, address in enumerate(matrix.addresses)}
    for report in range(len(values)):
        for number, relation in enumerate(matrix.relations):
            cells = [at[a] for a in relation.cells]
            assert assessed[report, number] == all(known[report, c] for c in cells)
            if assessed[report, number]:
                gap = sum(int(values[report, at[a]]) for a in relation.plus)
                gap -= sum(int(values[report, at[a]]) for a in relation.minus)
                assert int(differences[report, number]) == gap
                assert broken[report, number] == (gap < 0 if relation.must == "at_least" else gap != 0)


def test_one_in_a_trillion_is_seen():
    matrix = matrix_for("2021")
    values = np.full((1, len(matrix.addresses)), 0.0)
    at = matrix.addresses.index
    values[0, [at("remedies.review.upheld"), at("remedies.review.total")]] = 10**12
    values[0, at("remedies.review.corrected")] = 1
    differences, assessed = matrix.evaluate(values, np.ones_like(values, dtype=bool))
    rules = [matrix.relations[n].rule for n in np.flatnonzero(matrix.broken(differences, assessed)[0])]
    assert rules == ["T4-01"]


def test_a_hundred_thousand_reports_take_seconds_at_most():
    matrix = matrix_for("2021")
    values = np.ones((100_000, len(matrix.addresses)))
    known = np.ones(values.shape, dtype=bool)
    known[::7, 3] = False
    began = time.perf_counter()
    differences, assessed = matrix.evaluate(values, known)
    matrix.broken(differences, assessed)
    assert time.perf_counter() - began < 5
