"""Plain sentences about all that a dossier holds: supported as it stands, and not with another number."""

import re

import pytest

from nianbao.checking import check_text
from tests.checking.labelled import HERE, factset

NAMES = [path.stem for path in sorted((HERE / "factsets").glob("*.yaml")) if not path.stem.endswith("-2024")]
_COUNTED = re.compile(r"(?<![0-9〔年])\d+(?=[日人名件条次期个份处场家台块%万位分号项册张])")
_MONTH = re.compile(r"(?<![0-9〔年])\d+(?=月)")


def flagged(text, dossier):
    return [claim for claim in check_text(text, dossier) if claim.verdict != "supported"]


def sentences(extra, before):
    """A figure under its own name, and beside last year's where there is one."""
    value = f"{extra.value}{extra.unit}"
    yield from (f"{extra.label}{value}。", f"全年{extra.label}{value}。", f"{extra.label}共{value}。")
    if before is None or before.value is None:
        return
    apart = extra.value - before.value
    word = "增加" if apart > 0 else "减少"
    if apart:
        yield f"{extra.label}{value}，比上年{word}{abs(apart)}{extra.unit}。"
        yield f"{extra.label}由上年的{before.value}{extra.unit}{word}到{value}。"
    else:
        yield f"{extra.label}{value}，与上年持平。"


def altered(text):
    """The text with one number changed, and where that stands."""
    for found in _MONTH.finditer(text):
        yield f"{text[: found.start()]}{int(found[0]) % 12 + 1}{text[found.end() :]}", found.start()
    for found in _COUNTED.finditer(text):
        yield f"{text[: found.start()]}{int(found[0]) + 3}{text[found.end() :]}", found.start()


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_under_its_own_name(name):
    dossier = factset(name)
    prior = {extra.id: extra for extra in (dossier.prior_year.supplementary if dossier.prior_year else ())}
    told = wrong = 0
    for extra in dossier.supplementary:
        before = prior.get(extra.id)
        before = before if before and before.label == extra.label else None
        for text in sentences(extra, before):
            told += 1
            wrong += bool(flagged(text, dossier))
        if extra.value == int(extra.value):
            other = int(extra.value) + (7 if extra.value < 1000 else 137)
            assert flagged(f"全年{extra.label}{other}{extra.unit}。", dossier), (extra.label, other)
    assert wrong <= 0.02 * told


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_in_its_own_words(name):
    dossier = factset(name)
    tried = missed = 0
    for one in dossier.statements:
        lead = "存在的主要问题：" if one.kind == "problem" else ""
        text = f"{lead}{one.text.rstrip('。')}。"
        assert not flagged(text, dossier), text
        for changed, at in altered(text):
            tried += 1
            missed += not any(claim.start <= at + 1 and at < claim.end for claim in flagged(changed, dossier))
    assert missed <= max(2, 0.02 * tried)
