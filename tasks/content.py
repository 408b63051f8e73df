"""When a step may be skipped: same inputs and same program give the same result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from prefect.cache_policies import CachePolicy
from prefect.context import TaskRunContext
from pydantic import BaseModel

PARTS = ("nianbao", "tasks", "prompts", "data.forms", "data.phrases", "data.templates")


@dataclass
class ByContent(CachePolicy):
    """A key of the task's name, its inputs as JSON, and every file of the program that could change the result.

    Prefect's own TASK_SOURCE sees only the lines of the thin task, never the rules or phrases behind it;
    hashing objects instead of JSON gives a key that differs in the process that takes up a suspended run.
    With `program=False` the key outlives a new version of the program: for what a person has answered.
    With `per_run=True` each run does it once itself: for what should stand on every run's own page.
    """

    program: bool = True
    per_run: bool = False

    def compute_key(
        self, task_ctx: TaskRunContext, inputs: dict[str, Any], flow_parameters: dict[str, Any], **kwargs: Any
    ) -> str:
        run = str(task_ctx.task_run.flow_run_id) if self.per_run else ""
        content = [task_ctx.task.name, program_digest() if self.program else "", run, inputs]
        text = json.dumps(content, default=plain, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


@cache
def program_digest() -> str:
    """sha256 of the code, phrases, forms and prompts."""
    digest = hashlib.sha256()
    for part in PARTS:
        _add(files(part), digest)
    return digest.hexdigest()


def _add(folder: Traversable, digest: Any) -> None:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if not entry.name.startswith(("_", ".")):
                _add(entry, digest)
        elif not entry.name.endswith((".pyc", ".ttf", ".part")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
