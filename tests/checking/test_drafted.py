"""What the offline drafter writes is supported to the last claim, for any office; a changed figure is seen."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import assume, given

from nianbao.checking import check_text
from nianbao.drafting.offline import draft
from nianbao.facts import fact_table
from nianbao.narrative import render
from nianbao.reading.dossier_file import load_dossier
from tests.checking.labelled import HERE
from tests.drafting.dossiers import ALL, tried
from tests.drafting.test_offline import offices

SECTIONS = ("opening", "summary", "problems", "other")
FILES = [*sorted(Path(str(files("data.samples"))).glob("*.yaml")), *sorted((HERE / "factsets").glob("*.yaml"))]


def texts(dossier):
    facts = fact_table(dossier)
    return [render(draft(section, dossier, facts), facts, dossier).text for section in SECTIONS]


def assert_supported(dossier):
    for text in texts(dossier):
        for claim in check_text(text, dossier):
            around = text[max(0, claim.start - 40) : claim.end + 20]
            assert claim.verdict == "supported", (claim.text, claim.reason, around)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_draft_of_every_sample_is_supported(path):
    assert_supported(load_dossier(path))


@pytest.mark.parametrize("name", ALL)
def test_the_draft_of_odd_offices_is_supported(name):
    assert_supported(ALL[name]())


@tried(60)
@given(offices())
def test_the_draft_of_any_office_is_supported(dossier):
    labels = [re.sub(r"数$|件数$", "", extra.label) for extra in dossier.supplementary]
    assume(not any(a in b for i, a in enumerate(labels) for j, b in enumerate(labels) if i != j))  # told apart by name
    assume(not any(re.search(r"\d", label) for label in labels))  # a label of digits is no name
    assume(all(len(one.text.strip("。；，、")) > 1 for one in dossier.statements))  # one sign states nothing
    assert_supported(dossier)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_any_changed_figure_of_a_draft_is_seen(path):
    dossier = load_dossier(path)
    tried = missed = 0
    for text in texts(dossier):
        for claim in check_text(text, dossier):
            if claim.number is None:
                continue
            start, end = claim.number
            for digit in re.finditer(r"\d", text[start:end]):
                at = start + digit.start()
                wrong = text[:at] + str((int(digit.group()) + 3) % 10) + text[at + 1 :]
                first, last = wrong.rfind("\n", 0, at) + 1, wrong.find("\n", at)  # paragraphs are read apart
                read = check_text(wrong[first : last if last >= 0 else len(wrong)], dossier)
                flagged = [c for c in read if c.verdict != "supported"]
                tried += 1
                missed += not any(c.start <= at - first < c.end for c in flagged)
                break
    assert missed <= tried * 0.01
