"""The labelled sentences, and how they are scored (see cases/README.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from nianbao.checking import check_text
from nianbao.dossier import Dossier
from nianbao.reading.dossier_file import load_dossier

HERE = Path(__file__).parent


@dataclass
class Row:
    """One family: unfaithful sentences and those seen, faithful ones and those wrongly flagged."""

    unfaithful: int = 0
    seen: int = 0
    faithful: int = 0
    contradicted: int = 0
    unverified: int = 0


@cache
def factset(name: str) -> Dossier:
    return load_dossier(HERE / "factsets" / f"{name}.yaml")


def cases(part: str) -> Iterator[tuple[str, dict]]:
    """The cases of `dev` or `held`, each with the name of its fact set."""
    for path in sorted((HERE / "cases" / part).glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield path.stem, case


def is_seen(case: dict, flagged: list) -> bool:
    """Every offending word lies, at least in part, in a span that is contradicted or unverified."""
    places = [(at := case["text"].index(wrong), at + len(wrong)) for wrong in case["wrong"]]
    return bool(flagged) and all(any(c.start < end and start < c.end for c in flagged) for start, end in places)


def score(part: str, first: int = 0, last: int = 999) -> dict[str, Row]:
    """The rates of a part by family, with the row `all`; of the cases numbered from `first` to `last`."""
    rows: dict[str, Row] = defaultdict(Row)
    for name, case in cases(part):
        if not first <= int(case["id"].partition("-")[2]) <= last:
            continue
        claims = check_text(case["text"], factset(name))
        for row in (rows[case["family"]], rows["all"]):
            if case["label"] == "unfaithful":
                row.unfaithful += 1
                row.seen += is_seen(case, [c for c in claims if c.verdict != "supported"])
            else:
                row.faithful += 1
                row.contradicted += any(c.verdict == "contradicted" for c in claims)
                row.unverified += any(c.verdict == "unverified" for c in claims)
    return dict(rows)


def table(rows: dict[str, Row]) -> str:
    """The rates as text."""
    lines = [f"{'family':20}{'unfaithful':>11}{'seen':>6}{'faithful':>10}{'contradicted':>14}{'unverified':>12}"]
    for family in sorted(rows, key=lambda name: (name == "all", name)):
        r = rows[family]
        lines.append(f"{family:20}{r.unfaithful:11}{r.seen:6}{r.faithful:10}{r.contradicted:14}{r.unverified:12}")
    return "\n".join(lines)
