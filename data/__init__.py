"""The project's data, by folder and name. What a file must hold is known where it is used."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads the forms ten times as fast


def load(folder: str, name: str) -> Any:
    """What `data/<folder>/<name>.yaml` holds; a file that is missing or broken is a defect of the project."""
    return yaml.load((files(f"data.{folder}") / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_Loader)
