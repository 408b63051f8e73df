"""The labelled sentences: the rates by family are printed (`-s`), the bounds are what was reached."""

import pytest

from tests.checking.labelled import score, table

# which cases: least share of unfaithful sentences seen, most faithful ones contradicted, most left unverified.
# The first are the goals: for the cases the checker was made with, and for those of people who had not seen it (401 and
# up), which have been read since. Last what was reached on what is unread.
BOUNDS = {
    ("dev", 0, 400): (0.98, 0.01, 0.05),
    ("dev", 401, 999): (0.98, 0.01, 0.05),
    ("held", 501, 699): (0.94, 0.01, 0.14),
    ("held", 701, 999): (0.91, 0.04, 0.16),
}


@pytest.mark.parametrize("which", BOUNDS, ids=str)
def test_the_rates_hold(which):
    rows = score(*which)
    print(f"\n{which}\n{table(rows)}")
    whole = rows["all"]
    seen, contradicted, unverified = BOUNDS[which]
    assert whole.seen >= seen * whole.unfaithful
    assert whole.contradicted <= contradicted * whole.faithful
    assert whole.unverified <= unverified * whole.faithful
