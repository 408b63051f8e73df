"""Every registered rule and every relation of the data finds, passes and says when it cannot decide."""

import pytest

from nianbao.findings import Severity
from nianbao.forms import load_form
from nianbao.rules import RULES, assess
from tests.rules import cases

FAILING = [(rule, "2021", c) for rule, all_of in cases.FAILING.items() for c in all_of]
FAILING += [(rule, "2019", c) for rule, all_of in cases.FAILING_2019.items() for c in all_of]
UNDECIDED = [(rule, "2021", c) for rule, c in cases.UNDECIDED.items()]
UNDECIDED += [(rule, "2019", c) for rule, c in cases.UNDECIDED_2019.items()]
RELATIONS = [(e, number) for e in ("2019", "2021") for number in range(len(load_form(e).relations))]


def found(dossier, rule=None):
    return [f for f in assess(dossier).findings if rule in (None, f.rule)]


def undecided(dossier):
    return {n.rule for n in assess(dossier).not_assessed}


def test_every_registered_rule_has_a_failing_case():
    assert set(RULES) == set(cases.FAILING) | set(cases.FAILING_2019)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_base_has_no_finding(edition):
    assessment = assess(cases.made(edition=edition))
    assert [(f.rule, f.message) for f in assessment.findings] == []


@pytest.mark.parametrize(("rule", "edition", "changes"), FAILING)
def test_a_fault_is_found_under_its_rule(rule, edition, changes):
    findings = found(cases.made(changes, edition), rule)
    assert findings, f"{rule} did not see {changes}"
    for one in findings:
        assert one.source
        assert any("\u4e00" <= sign <= "\u9fff" for sign in one.message)
        if one.section and one.start is not None:
            text = getattr(cases.made(changes, edition).sections, one.section)
            assert one.quote in text
            assert text[one.start : one.end] in one.quote


@pytest.mark.parametrize(("rule", "changes"), [(r, c) for r, all_of in cases.PASSING.items() for c in all_of])
def test_what_is_right_passes(rule, changes):
    assert found(cases.made(changes), rule) == []


@pytest.mark.parametrize(("rule", "edition", "changes"), UNDECIDED)
def test_a_rule_without_data_says_so(rule, edition, changes):
    assert rule in undecided(cases.made(changes, edition))


@pytest.mark.parametrize(("edition", "number"), RELATIONS)
def test_each_relation_finds_its_own_break(edition, number):
    relation = load_form(edition).relations[number]
    cell = relation.minus[0] if relation.minus else relation.plus[0]
    change = 1000 if relation.minus else -1000
    root = "prior_year.figures." if cell.startswith("prior.") else "figures."
    cell_path = root + cell.removeprefix("prior.")
    if not relation.minus:
        cell_path, change = "figures." + relation.plus[1], -1000
    mine = [f for f in found(cases.made({cell_path: change}, edition), relation.rule) if f.cells == relation.cells]
    assert len(mine) == 1
    assert mine[0].severity is relation.severity
    assert "{" not in mine[0].message


@pytest.mark.parametrize(("edition", "number"), RELATIONS)
def test_each_relation_with_a_blank_is_not_assessed(edition, number):
    relation = load_form(edition).relations[number]
    cell = relation.cells[0]
    root = "prior_year.figures." if cell.startswith("prior.") else "figures."
    dossier = cases.made({root + cell.removeprefix("prior."): None}, edition)
    assert relation.rule in undecided(dossier)


def test_editions_do_not_mix():
    only_2019 = {f.rule for f in assess(cases.made({"figures": {}}, "2021")).findings}
    assert not any(rule.startswith("T19") for rule in only_2019)
    assert not any(f.rule.startswith("T2-") for f in assess(cases.made({"figures": {}}, "2019")).findings)


def test_an_empty_dossier_gives_one_finding_for_each_table():
    dossier = cases.made({"figures": {}, "sections": {}, "prior_year": None})
    blanks = [f for f in assess(dossier).findings if f.rule in ("T2-01", "T2-02", "T3-04", "T4-04")]
    assert [(f.rule, len(f.cells)) for f in blanks] == [("T2-01", 9), ("T2-02", 1), ("T3-04", 175), ("T4-04", 15)]
    assert all(f.severity is Severity.WARNING for f in blanks)


def test_findings_come_by_falling_severity_then_rule():
    dossier = cases.made({"figures.requests.new.total": 11, "published": "2026-02-03", "unit.level": "street"})
    order = list(Severity)
    keys = [(order.index(f.severity), f.rule) for f in assess(dossier).findings]
    assert keys == sorted(keys)


def test_penalties_of_a_street_are_lawful():
    dossier = cases.made({"unit.level": "street", "figures.disclosure.penalties.decisions": 28})
    assert not [f for f in found(dossier) if f.rule == "T2-06"]


def test_the_first_year_of_an_edition_is_not_chained_to_the_last_form():
    dossier = cases.made({"year": 2021, "sections": {}, "prior_year.figures": cases.base_2019()["figures"]})
    reasons = {n.rule: n.reason for n in assess(dossier).not_assessed}
    assert "另一版表格" in reasons["T2-03"]
    assert "T3-05" not in reasons


def test_last_years_report_of_another_office_is_named_and_can_be_let_stand():
    (one,) = found(cases.made({"prior_year.unit": "青石县水利局（虚构样例）"}), "X-16")
    assert "青石县水利局" in one.message
    assert cases.made().unit.name in one.message
    assert one.severity is Severity.OVERRIDABLE
