"""The data files are read alike by libyaml and by PyYAML's own reader."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from data import load

ROOT = Path(__file__).resolve().parent.parent / "data"
PAGES = sorted(
    p for folder in ("forms", "ledgers", "phrases", "templates", "eval") for p in (ROOT / folder).glob("*.yaml")
)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_page_is_what_its_text_says(path):
    assert load(path.parent.name, path.stem) == yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
