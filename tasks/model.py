"""The model endpoint as a Prefect server knows it: its key from a Secret block, one limit for all runs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from prefect.blocks.system import Secret
from prefect.client.orchestration import get_client
from prefect.concurrency.asyncio import concurrency
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from pydantic import SecretStr

from nianbao.settings import ModelSettings

KEY_BLOCK = "nianbao-model-key"
LIMIT = "nianbao-model"


def settings_here() -> ModelSettings:
    """The settings of the environment; a key that it lacks comes from the Secret block, where there is one."""
    settings = ModelSettings()
    if not settings.configured or os.environ.get("OPENAI_API_KEY"):
        return settings
    with suppress(ValueError):  # no such block
        key = Secret.load(KEY_BLOCK, _sync=True).get()
        return settings.model_copy(update={"api_key": SecretStr(str(key))})
    return settings


@asynccontextmanager
async def shared_limit(at_most: int) -> AsyncIterator[None]:
    """One place among the calls of all runs; an operator may change the limit in the UI, it is only made here."""
    async with get_client() as client:
        try:
            await client.read_global_concurrency_limit_by_name(LIMIT)
        except ObjectNotFound:
            with suppress(ObjectAlreadyExists):
                await client.upsert_global_concurrency_limit_by_name(LIMIT, at_most)
    async with concurrency(LIMIT, occupy=1):
        yield
