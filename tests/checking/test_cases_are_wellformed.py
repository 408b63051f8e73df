"""The labelled claims and their fact sets are sound: every later figure about the checker rests on them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from nianbao.findings import Severity
from nianbao.reading import load_dossier
from nianbao.rules import assess

HERE = Path(__file__).parent
FACT_SETS = sorted((HERE / "factsets").glob("*.yaml"))
PARTS = ("dev", "held")
LABELS = ("faithful", "unfaithful")
TABLE_RULES = ("T2-", "T3-", "T4-", "T19-")


def cases_of(part: str) -> list[dict[str, Any]]:
    files = sorted((HERE / "cases" / part).glob("*.yaml"))
    return [case for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


CASES = {part: cases_of(part) for part in PARTS}
EVERY_CASE = [case for part in PARTS for case in CASES[part]]


@pytest.mark.parametrize("path", FACT_SETS, ids=lambda path: path.stem)
def test_a_fact_set_loads_and_its_tables_balance(path: Path) -> None:
    dossier = load_dossier(path)
    assert "（虚构样例）" in dossier.unit.name
    findings = assess(dossier).findings
    blocking = (Severity.ERROR, Severity.OVERRIDABLE)
    assert not [f for f in findings if f.rule.startswith(TABLE_RULES) and f.severity in blocking]


@pytest.mark.parametrize("part", PARTS)
def test_every_file_of_cases_has_its_fact_set(part: str) -> None:
    names = {path.stem for path in (HERE / "cases" / part).glob("*.yaml")}
    assert names <= {path.stem for path in FACT_SETS}
    assert len(names) == {"dev": 25, "held": 3}[part]


def test_no_case_stands_twice() -> None:
    ids = Counter(case["id"] for case in EVERY_CASE)
    texts = Counter((case["id"][0], case["text"]) for case in EVERY_CASE)  # the letter is the fact set's
    assert not [value for value, count in (ids + texts).items() if count > 1]


def test_every_case_says_what_it_is() -> None:
    for case in EVERY_CASE:
        keys = {"id", "family", "label", "text"} | ({"wrong", "why"} if case["label"] == "unfaithful" else set())
        assert keys <= set(case) <= keys | {"why"}, case["id"]
        assert case["label"] in LABELS, case["id"]
        assert all(case[key].strip() for key in ("text", "why") if key in case), case["id"]


def test_what_is_wrong_stands_in_the_text_once() -> None:
    for case in EVERY_CASE:
        if case["label"] == "unfaithful":
            assert case["wrong"], case["id"]
            assert all(span and case["text"].count(span) == 1 for span in case["wrong"]), case["id"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("label", LABELS)
def test_each_part_is_large_enough_and_dev_holds_every_family(part: str, label: str) -> None:
    count = Counter(case["family"] for case in CASES[part] if case["label"] == label)
    assert count.total() >= {"dev": 1400, "held": 130}[part]
    assert part == "held" or set(count) == {case["family"] for case in EVERY_CASE}


@pytest.mark.parametrize("label", LABELS)
def test_each_family_has_three_cases_of_either_label(label: str) -> None:
    count = Counter(case["family"] for case in EVERY_CASE if case["label"] == label)
    assert min(count.values()) >= 3
