"""The labelled sentences: the rates by family are printed (`-s`), the bounds are what was reached."""

import pytest

from tests.checking.labelled import score, table

# part: least share of unfaithful sentences seen, most faithful ones contradicted, most left unverified
BOUNDS = {"dev": (0.97, 0.01, 0.05), "held": (0.91, 0.14, 0.25)}


@pytest.mark.parametrize("part", BOUNDS)
def test_the_rates_hold(part):
    rows = score(part)
    print(f"\n{part}\n{table(rows)}")
    whole = rows["all"]
    seen, contradicted, unverified = BOUNDS[part]
    assert whole.seen >= seen * whole.unfaithful
    assert whole.contradicted <= contradicted * whole.faithful
    assert whole.unverified <= unverified * whole.faithful
