"""Dossiers for the model's tests: the samples, and the small invented offices of the offline drafter's tests."""

from pathlib import Path

from nianbao.facts import fact_table
from nianbao.reading.dossier_file import load_dossier
from tests.drafting.dossiers import ALL

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
SAMPLE = "qingshi-shuiwuju-2025"


def sample(name=SAMPLE):
    return load_dossier(SAMPLES / f"{name}.yaml")


def everyone():
    yield from (make() for make in ALL.values())
    yield from (sample(path.stem) for path in sorted(SAMPLES.glob("*.yaml")))


def facts(one):
    return fact_table(one)
