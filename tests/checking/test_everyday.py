"""Everyday sentences (everyday.yaml): faithful ones are supported, the offending words of the others flagged."""

from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from nianbao.checking import check_text
from nianbao.reading.dossier_file import load_dossier
from tests.checking.labelled import HERE, is_seen

KNOWN = yaml.safe_load((HERE / "everyday.yaml").read_text(encoding="utf-8"))


def dossier(name):
    here = HERE / "factsets" / f"{name}.yaml"
    return load_dossier(here if here.exists() else Path(str(files("data.samples"))) / f"{name}.yaml")


@pytest.mark.parametrize("name", KNOWN)
def test_the_faithful_ones_are_supported(name):
    office = dossier(name)
    for text in KNOWN[name]["faithful"]:
        assert all(claim.verdict == "supported" for claim in check_text(text, office)), text


@pytest.mark.parametrize("name", KNOWN)
def test_the_unfaithful_ones_are_seen(name):
    office = dossier(name)
    for case in KNOWN[name]["unfaithful"]:
        flagged = [claim for claim in check_text(case["text"], office) if claim.verdict != "supported"]
        assert is_seen(case, flagged), case["text"]
