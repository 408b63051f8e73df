"""A fake OpenAI-compatible server on a real loopback socket, with every fault that servers were seen to have.

The name of the model chooses what happens (`SCENARIOS`). Or a conversation is scripted:

    with FaultServer() as server:
        server.replies = [{"text": "甲"}, "no JSON", Answer(status=503)]      # one after the other, or
        server.replies = lambda body: {"text": body["messages"][-1]["content"]}   # a function of the request

A reply is the model's text, an object that becomes its JSON text, an `Answer`, or an exception to raise.
`hits` counts the calls of each model, `requests` keeps them whole, `latency` is waited before each answer.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

SHAPED = {"text": "已完成。", "cites": ["e1"]}
GOOD = json.dumps(SHAPED, ensure_ascii=False)


@dataclass
class Request:
    """One call as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def mode(self) -> str:
        return str((self.body.get("response_format") or {}).get("type", "plain"))


@dataclass
class Answer:
    """One HTTP answer. `chunk` and `pause` make the body drip, `cut` ends the connection after so many bytes."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    wait: float = 0.0
    chunk: int = 0
    pause: float = 0.0
    cut: int | None = None

    def payload(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()

    async def parts(self) -> AsyncIterator[bytes]:
        payload = self.payload()
        head = {"content-type": self.content_type, "content-length": str(len(payload)), "connection": "close"}
        lines = [f"HTTP/1.1 {self.status} X", *(f"{k}: {v}" for k, v in (head | self.headers).items())]
        await asyncio.sleep(self.wait)
        yield ("\r\n".join(lines) + "\r\n\r\n").encode()
        payload = payload[: self.cut]
        size = self.chunk or len(payload) or 1
        for at in range(0, len(payload), size):
            yield payload[at : at + size]
            await asyncio.sleep(self.pause)


Reply = str | dict[str, Any] | Answer | Exception
Scenario = Callable[[Request, int], Reply]  # of the request and the how manieth call of its model it is, from 1


def completion(content: Any, finish: Any = "stop", **message: Any) -> dict[str, Any]:
    """A body as a server sends it when all is well."""
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "served-model",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def error(status: int, message: str, **headers: str) -> Answer:
    return Answer({"error": {"message": message, "type": "x", "code": status}}, status, headers)


def _always(reply: Reply) -> Scenario:
    return lambda request, hit: reply


def _first(times: int, fault: Reply) -> Scenario:
    return lambda request, hit: fault if hit <= times else GOOD


def _date_in(seconds: float) -> Scenario:
    def scenario(request: Request, hit: int) -> Reply:
        later = formatdate(time.time() + seconds, usegmt=True)
        return error(429, "slow down", **{"retry-after": later}) if hit == 1 else GOOD

    return scenario


def _takes(*modes: str, status: int = 400, says: str = "This response_format type is unavailable now") -> Scenario:
    return lambda request, hit: GOOD if request.mode in modes else error(status, says)


def _word_json(request: Request, hit: int) -> Reply:
    if request.mode == "json_object" and "json" not in json.dumps(request.body["messages"]).lower():
        return error(400, "'messages' must contain the word 'json' to use response_format json_object")
    return GOOD if request.mode != "json_schema" else error(400, "unknown response_format json_schema")


def _one_system(request: Request, hit: int) -> Reply:
    systems = [m for m in request.body["messages"] if m["role"] == "system"]
    return GOOD if len(systems) <= 1 else error(400, "System message must be at the beginning.")


def _echo(request: Request, hit: int) -> Reply:
    """A careless gateway that repeats what it was sent."""
    return error(400, f"bad request with {request.headers.get('authorization')}, headers were {request.headers}")


def _echo_answer(request: Request, hit: int) -> Reply:
    return completion(json.dumps({"text": request.headers.get("authorization", ""), "cites": []}))


PAGE = Answer("<html><title>统一认证登录</title></html>", content_type="text/html; charset=utf-8")

SCENARIOS: dict[str, Scenario] = {
    "good": _always(GOOD),
    # Passing faults of transport
    "429-seconds-twice": _first(2, error(429, "slow down", **{"retry-after": "0.05"})),
    "429-date": _date_in(1),
    "429-60": _always(error(429, "slow down", **{"retry-after": "60"})),
    "429-300": _always(error(429, "slow down", **{"retry-after": "300"})),
    "429-bare": _always(error(429, "quota exceeded")),
    "500-twice": _first(2, error(500, "oops")),
    "500": _always(error(500, "oops")),
    "503-page": _always(Answer("<html>Bad Gateway</html>", 503, content_type="text/html")),
    "503-300": _always(error(503, "loading", **{"retry-after": "300"})),
    "408": _always(error(408, "timeout")),
    "409": _always(error(409, "conflict")),
    "cut": _always(Answer(completion(GOOD), cut=40)),
    "cut-once": _first(1, Answer(completion(GOOD), cut=40)),
    "cut-at-once": _always(ConnectionError()),
    "drip": _always(Answer(completion(GOOD), chunk=4, pause=0.1)),
    "slow": _always(Answer(completion(GOOD), wait=30)),
    # Answers of status 200 that are none
    "page": _always(PAGE),
    "page-as-json": _always(Answer("<html></html>")),
    "error-200": _always(Answer({"error": {"message": "engine overloaded", "code": 1}})),
    "broken-body": _always(Answer('{"id": "1", "choices": [')),
    "empty-body": _always(Answer("")),
    "no-body": _always(Answer("", 204)),
    "list-body": _always(Answer([1, 2])),
    "null-body": _always(Answer("null")),
    "deep-body": _always(Answer("[" * 100_000)),
    "not-utf8": _always(Answer(b'{"choices": "\xff\xfe"}')),
    "bad-gzip": _always(Answer(b"no gzip", headers={"content-encoding": "gzip"})),
    "no-choices": _always(Answer(completion(GOOD) | {"choices": []})),
    "null-choices": _always(Answer(completion(GOOD) | {"choices": None})),
    "odd-choices": _always(Answer(completion(GOOD) | {"choices": ["text"]})),
    "choices-object": _always(Answer(completion(GOOD) | {"choices": {"0": 1}})),
    "null-content": _always(Answer(completion(None))),
    "list-content": _always(Answer(completion([{"type": "text", "text": GOOD}]))),
    "blanks": _always(Answer(completion(" \n" * 200))),
    "reasoning-only": _always(Answer(completion(None, reasoning_content=GOOD))),
    "half-surrogate": _always(Answer(completion("\ud800" + GOOD))),
    "unknown-finish": _always(Answer(completion(GOOD, "sensitive"))),
    "null-finish": _always(Answer(completion(GOOD, None))),
    "object-finish": _always(Answer(completion(GOOD, {"a": 1}))),
    "tool-calls": _always(Answer(completion(None, "tool_calls"))),
    # Answers that end otherwise
    "length": _always(Answer(completion(GOOD[:9], "length"))),
    "content-filter": _always(Answer(completion("", "content_filter"))),
    "refusal": _always(Answer(completion(None, refusal="I cannot help with that"))),
    # Texts of the model
    "cut-json": _always(GOOD[:-4]),
    "prose": _always("好的，我来起草。"),
    "wrong-keys": _always({"sentence": "甲"}),
    "wrong-types": _always({"text": 1, "cites": "e1"}),
    "list-text": _always("[1]"),
    "nan": _always('{"text": NaN, "cites": []}'),
    "surrogate-escape": _always('{"text": "\\ud800", "cites": []}'),
    "fence": _always(f"```json\n{GOOD}\n```"),
    "prose-and-fence": _always(f"好的，如下：\n```json\n{GOOD}\n```\n请审阅。"),
    "think": _always(f"<think>先想想 {{1}}\n再写</think>\n\n{GOOD}"),
    "think-end-only": _always(f"先想想\n</think>{GOOD}"),
    "think-and-fence": _always(f"<think>```x\n1\n```</think>\n```json\n{GOOD}\n```"),
    # What the server will not do
    "404-model": _always(error(404, "The model `x` does not exist.")),
    "404-path": _always(Answer({"detail": "Not Found"}, 404)),
    "404-page": _always(Answer("<html>404</html>", 404, content_type="text/html")),
    "400": _always(error(400, "maximum context length is 4096 tokens")),
    "401": _always(error(401, "Incorrect API key provided")),
    "402": _always(error(402, "Insufficient Balance")),
    "403": _always(error(403, "forbidden")),
    "405": _always(error(405, "Method Not Allowed")),
    "413": _always(error(413, "too large")),
    "415": _always(error(415, "Unsupported Media Type")),
    "418": _always(error(418, "teapot")),
    "422": _always(error(422, "max_tokens must be less than 1024")),
    "501": _always(error(501, "not implemented")),
    "redirect": _always(Answer("", 302, {"location": "/v1/chat/completions?elsewhere"})),
    "redirect-307": _always(Answer("", 307, {"location": "/v1/elsewhere"})),
    "echo": _echo,
    "echo-401": lambda request, hit: error(401, f"Incorrect API key provided: {request.headers.get('authorization')}"),
    "echo-500": lambda request, hit: Answer(request.headers.get("authorization", ""), 500, content_type="text/plain"),
    "echo-answer": _echo_answer,
    "echo-prose": lambda request, hit: f"headers: {request.headers}",
    # What servers can do
    "takes-json-object": _takes("json_object", "plain"),
    "takes-plain": _takes("plain", says="json_object and json_schema are not supported"),
    "takes-plain-422": _takes("plain", status=422, says="body.response_format: Extra inputs are not permitted"),
    "takes-nothing": _takes(),
    "fails-open": _always("好的，我来起草。"),
    "fails-open-shaped": lambda request, hit: GOOD if request.mode == "plain" else {"draft": "甲"},
    "json-word": _word_json,
    "thinks-aside": lambda request, hit: Answer(completion(None if request.mode == "json_schema" else GOOD)),
    "one-system": _one_system,
}


class FaultServer:
    """The server, in a thread of its own while the `with` lasts. `url` is the base_url for a client."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.hits: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.replies: list[Reply] | Callable[[dict[str, Any]], Reply] | None = None
        self.latency = 0.0
        self.most_at_once = 0
        self.url = ""
        self._tls = tls
        self._at_once = 0
        self._started = threading.Event()

    def __enter__(self) -> FaultServer:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        if not self._started.wait(10):
            raise RuntimeError("the fault server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def sent(self, model: str) -> list[dict[str, Any]]:
        """The bodies of all calls of one model, in order."""
        return [request.body for request in self.requests if request.model == model]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0, ssl=self._tls)
        port = server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self._tls else 'http'}://127.0.0.1:{port}/v1"
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            answer = self._answer(await _read(reader))
            await asyncio.sleep(self.latency)
            async for part in answer.parts():
                writer.write(part)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side left, or a scenario cuts the connection
        finally:
            self._at_once -= 1
            writer.close()

    def _answer(self, request: Request) -> Answer:
        self.requests.append(request)
        self.hits[request.model] += 1
        reply = self._scripted(request) if self.replies is not None else self._by_model(request)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, dict) and "choices" in reply:
            return Answer(reply)
        if isinstance(reply, dict):
            reply = json.dumps(reply, ensure_ascii=False)
        return reply if isinstance(reply, Answer) else Answer(completion(reply))

    def _scripted(self, request: Request) -> Reply:
        if callable(self.replies):
            return self.replies(request.body)
        return self.replies.pop(0) if self.replies else error(400, "the script has no more replies")

    def _by_model(self, request: Request) -> Reply:
        scenario = SCENARIOS.get(request.model)
        return scenario(request, self.hits[request.model]) if scenario else error(404, "no such scenario or model")


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
    raw = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, raw, json.loads(raw) if raw else {})
