"""The client of any OpenAI-compatible endpoint: one question, one answer of a given shape, or one error of ours.

Retries have one owner each: the SDK retries transport for seconds, within the deadline of the call; content is
never retried here, but comes back as `BadJSON` or `BadSchema` for the round that repairs it. The way the JSON is
asked for steps down from `json_schema` to `json_object` to `plain` as the server shows what it takes; whatever the
mode, the prompt itself has to carry the shape and the word JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from pydantic import BaseModel

from nianbao.drafting.endpoint import policy
from nianbao.drafting.endpoint.connection import connect, trust
from nianbao.drafting.endpoint.extract import read_reply, text_of
from nianbao.drafting.endpoint.faults import ModeRefused, not_a_completion, told, without_key
from nianbao.drafting.endpoint.ladder import Mode, ladder_of, response_format
from nianbao.errors import BadAnswer, UnusableInput
from nianbao.findings import Value
from nianbao.settings import ModelSettings

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

T = TypeVar("T", bound=BaseModel)
_log = logging.getLogger(__name__)


class Message(TypedDict):
    """One message of a conversation."""

    role: str
    content: str


class Completion(Value):
    """How an answer came about: the model's own text, the mode, the model as the server names it, tokens, seconds.

    `recalled`: it is the answer to the same question of an earlier run.
    """

    text: str
    mode: Mode
    model: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float = 0.0
    recalled: bool = False


class ModelClient:
    """Asks one model. Use it within one event loop, and close it there with `aclose`.

    Raises `UnusableInput` if the settings name no model, `NotAllowed` if the policy forbids the endpoint.
    `transport` replaces the network, the proxy included.
    """

    def __init__(self, settings: ModelSettings, *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        if not settings.configured:
            raise UnusableInput("没有设置模型，请设 OPENAI_BASE_URL 和 NIANBAO_MODEL", "模型设置")
        policy.check(settings)
        self.name = settings.model
        self._settings = settings
        self._transport = transport
        self._trust = trust(settings)
        self._clean = without_key(settings)
        self._ladder = ladder_of(settings.base_url, settings.model, settings.mode)
        self._turn = asyncio.Semaphore(settings.limit)
        self._sdk: AsyncOpenAI | None = None

    @property
    def identity(self) -> str:
        """What decides an answer beside the messages: address, model and sampling. No key is part of it."""
        s = self._settings
        return json.dumps([s.base_url, s.model, s.temperature, s.max_tokens, s.extra_body], sort_keys=True)

    async def complete(self, messages: list[Message], reply: type[T]) -> tuple[T, Completion]:
        """The answer as a `reply`, and how it came about; every failure is a `ModelError`."""
        async with self._turn:  # waiting for a turn is not part of the deadline
            began = time.perf_counter()
            found, mode = await self._ask(messages, reply)
            seconds = time.perf_counter() - began
        text = self._clean(text_of(found))
        try:
            value = read_reply(text, reply)
        except BadAnswer:
            self._ladder.answered(mode, in_shape=False)
            raise
        self._ladder.answered(mode, in_shape=True)
        return value, Completion(text=text, mode=mode, seconds=seconds, **self._account(found))

    def request(self, messages: list[Message], reply: type[BaseModel]) -> dict[str, Any]:
        """The JSON body that `complete` would send now, without sending it. The key is not part of it."""
        return self._body(messages, reply, self._ladder.mode)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._sdk is not None:
            await self._sdk.close()

    def _body(self, messages: list[Message], reply: type[BaseModel], mode: Mode) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [dict(message) for message in messages],
            "temperature": self._settings.temperature,
            "max_tokens": self._settings.max_tokens,
            "response_format": response_format(reply, mode),
            **self._settings.extra_body,
        }
        # An extra set to null takes a parameter away that a server does not know (max_tokens, temperature).
        return {name: value for name, value in body.items() if value is not None}

    async def _ask(self, messages: list[Message], reply: type[BaseModel]) -> tuple[ChatCompletion, Mode]:
        """One completion within the deadline, in the first mode the server takes."""
        failure: Exception
        try:
            async with asyncio.timeout(self._settings.deadline):
                while True:
                    mode = self._ladder.mode
                    outcome = await self._send(self._body(messages, reply, mode))
                    if not isinstance(outcome, Exception):
                        return outcome, mode
                    if not isinstance(outcome, ModeRefused):
                        failure = outcome
                        break
                    if not self._ladder.refused(mode):
                        failure = outcome.error
                        break
                    _log.info("%s does not take %s, trying %s", self.name, mode, self._ladder.mode)
        except TimeoutError as late:
            failure = told(late, self._settings)
        # Raised outside any handler: the context of an exception would carry the request, and with it the key.
        raise failure

    async def _send(self, body: dict[str, Any]) -> ChatCompletion | Exception:
        """What came back, as a value."""
        extra = {name: value for name, value in body.items() if name not in ("model", "messages")}
        try:
            self._sdk = self._sdk or connect(self._settings, self._trust, self._transport)
            # Everything else goes as extra_body, so that what is sent is exactly `request`.
            found = await self._sdk.chat.completions.create(
                model=body["model"], messages=body["messages"], extra_body=extra
            )
        except Exception as error:
            return told(error, self._settings)
        return not_a_completion(found, self._settings) or found

    def _account(self, found: ChatCompletion) -> dict[str, Any]:
        usage = found.usage
        named = self._clean(str(found.model)).encode("utf-8", "replace").decode()
        tokens = (getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None))
        tokens_in, tokens_out = (n if type(n) is int else None for n in tokens)
        return {"model": named, "tokens_in": tokens_in, "tokens_out": tokens_out}
