"""The Jinja2 templates of `data/templates`: everything escaped, an unknown name is an error."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined


@cache
def environment() -> Environment:
    """The one environment of all documents."""
    return Environment(
        loader=FunctionLoader(_load), autoescape=True, undefined=StrictUndefined, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


def _load(name: str) -> str:
    return (files("data.templates") / name).read_text(encoding="utf-8")
