"""Real reports as they were published, where they are at hand: every cell equal to what is printed."""

import json
from pathlib import Path

import pytest

from nianbao.findings import Severity
from nianbao.reading import read
from nianbao.rules import assess

FOLDER = Path(__file__).parents[3] / "shared" / "reports"
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
SUITS = ("review", "direct_suit", "suit_after_review")
NAMES = {
    "规章": "regulations",
    "规范性文件": "normative_documents",
    "行政许可": "licences",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": "fees",
}
OTHERS = ("other_no_correction", "other_unpaid_fee", "other_misc")
# What the rules of the tables must say, and nothing more of warning or error.
TABLE_FINDINGS = {
    "2023-shuyang-fagaiju": {("T3-04", "warning")},
    "2024-huaian-hongze": {("EV-02", "warning")},
    "2024-suqian-city": set(),
    "2025-hangzhou-style-fixture": set(),
}

pytestmark = pytest.mark.skipif(not TRUTHS, reason="the published reports lie outside the project and are not here")


@pytest.fixture(scope="module", params=TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def report(request):
    stem = request.param.name.removesuffix(".truth.json")
    source = next(path for path in FOLDER.glob(f"{stem}.*") if path.suffix != ".json")
    return stem, json.loads(request.param.read_text(encoding="utf-8")), read([source])


def test_tables_three_and_four(report):
    _, truth, dossier = report
    table = dossier.form.table("requests")
    rows = [row.id for row in table.rows]
    columns = [column.id for column in table.blocks[0].columns]
    for at, label in enumerate(truth["rows"]):
        if label == "（六）其他处理":  # another edition's one row; where it is 0, so is each of ours
            assert set(truth["table3"][at]) == {0}
            rows[at : at + 3] = ["other_misc"]
            assert {dossier.value(f"requests.{row}.{c}") for row in OTHERS for c in columns} == {0}
    assert len(rows) == len(truth["table3"])
    read_back = [[dossier.value(f"requests.{row}.{column}") for column in columns] for row in rows]
    assert read_back == truth["table3"]
    results = [column.id for column in dossier.form.table("remedies").blocks[0].columns]
    assert [[dossier.value(f"remedies.{row}.{c}") for c in results] for row in SUITS] == truth["table4"]


def test_table_two(report):
    _, truth, dossier = report
    for label, expected in truth["table2"].items():
        cells = [a for a in dossier.form.cells if a.startswith(f"disclosure.{NAMES[label]}.")]
        values = expected if isinstance(expected, list) else [expected]
        assert [str(dossier.value(a)) for a in cells] == [str(value) for value in values]


def test_who_and_when(report):
    _, truth, dossier = report
    assert (dossier.year, dossier.edition) == (truth["year"], truth["edition"][:4])
    assert dossier.unit.name in truth["unit"]
    assert dossier.sections.summary
    assert dossier.sections.problems
    assert dossier.sections.other


def test_exactly_the_known_defects_of_the_tables(report):
    stem, _, dossier = report
    serious = {Severity.ERROR, Severity.WARNING, Severity.OVERRIDABLE}
    findings = assess(dossier).findings
    said = {(f.rule, f.severity.value) for f in findings if f.severity in serious}
    # T4-09 asks the text to name corrected cases: no matter of the table
    tables = {one for one in said if one[0].startswith(("T", "EV-02"))} - {("T4-09", "warning")}
    assert tables == TABLE_FINDINGS[stem]
    headings = [f.message for f in findings if f.rule == "EV-13" and f.severity in serious]
    assert len(headings) == (1 if stem == "2023-shuyang-fagaiju" else 0)
