"""Replies kept by what was asked, so that a run that is repeated or was killed pays for no call twice.

What is kept is the model's text, good or bad: it is judged anew each time, so a repair round is found again too. Kept
files hold no key and no address, only what the model said.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from nianbao.drafting.endpoint.client import Completion, Message
from nianbao.drafting.endpoint.extract import read_reply
from nianbao.errors import BadAnswer

T = TypeVar("T", bound=BaseModel)
FOLDER = ".model"


class Endpoint(Protocol):
    """What `ModelClient` offers here: `identity` names server, model and sampling, without any secret."""

    name: str

    @property
    def identity(self) -> str: ...

    async def complete(self, messages: list[Message], reply: type[T]) -> tuple[T, Completion]: ...


Limit = Callable[[], AbstractAsyncContextManager[None]]


class Remembering:
    """An endpoint whose answers are kept in a folder; `limit` is entered only for a call that is really made."""

    def __init__(self, endpoint: Endpoint, folder: Path, limit: Limit) -> None:
        self.name = endpoint.name
        self._endpoint, self._folder, self._limit = endpoint, folder, limit

    async def complete(self, messages: list[Message], reply: type[T]) -> tuple[T, Completion]:
        """The kept answer, or a new one. Raises what the endpoint raises."""
        path = self._folder / f"{self._key(messages, reply)}.json"
        if kept := _read(path):
            return read_reply(kept.text, reply), kept.model_copy(update={"recalled": True})
        async with self._limit():
            try:
                value, completion = await self._endpoint.complete(messages, reply)
            except BadAnswer as wrong:
                _write(path, Completion(text=wrong.text, mode="plain", model=self.name, seconds=0.0))
                raise
        _write(path, completion)
        return value, completion

    def _key(self, messages: list[Message], reply: type[BaseModel]) -> str:
        asked = [self._endpoint.identity, reply.model_json_schema(), messages]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> Completion | None:
    with suppress(OSError, ValidationError, UnicodeDecodeError):
        return Completion.model_validate_json(path.read_text(encoding="utf-8"))
    return None


def _write(path: Path, completion: Completion) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(completion.model_dump_json())
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
