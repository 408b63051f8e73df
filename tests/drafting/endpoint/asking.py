"""How the tests here ask a model."""

from __future__ import annotations

import asyncio
from typing import Any

from pydantic import BaseModel, ConfigDict

from nianbao.drafting.endpoint.client import Completion, ModelClient
from nianbao.settings import ModelSettings


class Sentence(BaseModel):
    """A reply as small as a reply can be."""

    model_config = ConfigDict(extra="forbid")

    text: str
    cites: list[str]


MESSAGES = [{"role": "system", "content": "只用 JSON 作答。"}, {"role": "user", "content": "写一句。"}]


def settings(url: str, model: str = "good", **changes: Any) -> ModelSettings:
    return ModelSettings(_env_file=None, base_url=url, model=model, **({"deadline": 5.0} | changes))


def ask(
    with_settings: ModelSettings, times: int = 1, transport: Any = None, reply: type[BaseModel] = Sentence
) -> tuple[Any, Completion]:
    """The last of so many calls, or the error of the last; earlier errors are passed over."""

    async def asked() -> tuple[Any, Completion]:
        client = ModelClient(with_settings, transport=transport)
        try:
            for _ in range(times - 1):
                await asyncio.gather(client.complete(MESSAGES, reply), return_exceptions=True)
            return await client.complete(MESSAGES, reply)
        finally:
            await client.aclose()

    return asyncio.run(asked())
