"""What goes over the wire: the exact body, the headers, and how the way of asking for JSON steps down."""

import asyncio
import json
from typing import Literal

import httpx
import pytest
from pydantic import BaseModel, Field

from nianbao.drafting.endpoint.client import ModelClient
from nianbao.drafting.endpoint.ladder import MODES, refuses_mode, schema_of
from nianbao.errors import BadAnswer, BadJSON, ModelError, Unsupported
from tests.drafting.endpoint.asking import MESSAGES, Sentence, ask, settings
from tests.drafting.fault_server import SHAPED, completion

URL = "http://10.1.2.3:8000/v1"
SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "cites": {"type": "array", "items": {"type": "string"}}},
    "required": ["text", "cites"],
    "additionalProperties": False,
}
STRICT = {"type": "json_schema", "json_schema": {"name": "Sentence", "strict": True, "schema": SCHEMA}}


@pytest.fixture
def wire(httpx2_mock):
    answer = httpx.Response(200, json=completion(json.dumps(SHAPED)))  # respx speaks the older httpx
    return httpx2_mock.post(f"{URL}/chat/completions").mock(return_value=answer)


def sent(wire):
    return json.loads(wire.calls.last.request.content)


def test_the_body_is_exactly_this(wire):
    ask(settings(URL, "qwen3-32b"))
    assert sent(wire) == {
        "model": "qwen3-32b",
        "messages": MESSAGES,
        "temperature": 0.2,
        "max_tokens": 3000,
        "response_format": STRICT,
    }


@pytest.mark.parametrize("mode", MODES)
def test_request_shows_what_is_sent(wire, mode):
    chosen = settings(URL, mode=mode, extra_body={"chat_template_kwargs": {"enable_thinking": False}, "top_p": 0.9})
    ask(chosen)
    assert sent(wire) == ModelClient(chosen).request(MESSAGES, Sentence)


@pytest.mark.parametrize(("mode", "asked"), [("json_object", {"type": "json_object"}), ("plain", None)])
def test_a_mode_that_is_set_is_the_one_used(wire, mode, asked):
    _, how = ask(settings(URL, mode=mode))
    assert sent(wire).get("response_format") == asked
    assert how.mode == mode


def test_an_extra_is_added_and_null_takes_a_parameter_away(wire):
    ask(settings(URL, extra_body={"thinking": {"type": "disabled"}, "max_tokens": None, "temperature": 0}))
    assert sent(wire)["thinking"] == {"type": "disabled"}
    assert "max_tokens" not in sent(wire)
    assert sent(wire)["temperature"] == 0


def test_the_same_question_is_the_same_bytes(wire):
    ask(settings(URL), times=2)
    first, second = (call.request.content for call in wire.calls)
    assert first == second


def test_the_key_travels_in_its_header_and_nowhere_else(wire):
    ask(settings(URL, api_key="sk-recognisable"))
    request = wire.calls.last.request
    assert request.headers["authorization"] == "Bearer sk-recognisable"
    assert b"sk-recognisable" not in request.content
    assert "sk-recognisable" not in str(request.url)


@pytest.mark.parametrize("ambient", ["OPENAI_ADMIN_KEY", "OPENAI_CUSTOM_HEADERS"])
def test_without_a_key_no_authorization_is_sent(wire, monkeypatch, ambient):
    monkeypatch.setenv(ambient, "Authorization: Bearer of-another-purpose")
    ask(settings(URL))
    assert "authorization" not in wire.calls.last.request.headers


def test_a_proxy_that_is_set_for_browsing_is_not_used(server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name)
    ask(settings(server.url))
    assert server.hits["good"] == 1


def test_the_proxy_that_is_set_for_the_model_is_used(server):
    proxy = server.url.removesuffix("/v1").replace("://", "://user:proxy-password@")
    value, _ = ask(settings("http://10.255.0.1/v1", proxy=proxy))
    assert value.model_dump() == SHAPED
    assert server.requests[0].path == "http://10.255.0.1/v1/chat/completions"
    assert server.requests[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize("model", ["redirect", "redirect-307"])
def test_a_redirect_is_not_followed(server, model):
    with pytest.raises(Unsupported, match="没有跟随"):
        ask(settings(server.url, model))
    assert [request.path for request in server.requests] == ["/v1/chat/completions"]


# The ladder


@pytest.mark.parametrize(
    ("model", "modes"),
    [
        ("takes-json-object", ["json_schema", "json_object", "json_object"]),
        ("takes-plain", ["json_schema", "json_object", "plain", "plain"]),
        ("takes-plain-422", ["json_schema", "json_object", "plain", "plain"]),
        ("good", ["json_schema", "json_schema"]),
        # An error that is not about the mode does not step down.
        ("400", ["json_schema", "json_schema"]),
        ("404-model", ["json_schema", "json_schema"]),
        ("401", ["json_schema", "json_schema"]),
    ],
)
def test_a_refused_mode_steps_down_and_is_remembered(server, model, modes):
    for _ in range(2):  # two clients, one memory
        try:
            ask(settings(server.url, model))
        except ModelError:
            assert model in ("400", "404-model", "401")
    assert [request.mode for request in server.requests] == modes


def test_the_memory_is_of_one_server_and_model(server):
    ask(settings(server.url, "takes-plain"))
    ask(settings(server.url, "good"))
    ask(settings(server.url + "/other", "takes-plain"))
    assert [r.mode for r in server.requests[3:]] == ["json_schema", "json_schema", "json_object", "plain"]


def test_a_server_that_ignores_the_schema_is_asked_otherwise_after_two_bad_answers(server):
    modes = []
    for _ in range(6):
        with pytest.raises(BadAnswer):
            ask(settings(server.url, "fails-open"))
        modes.append(server.requests[-1].mode)
    assert modes == ["json_schema"] * 2 + ["json_object"] * 2 + ["plain"] * 2
    value, how = ask(settings(server.url, "fails-open-shaped"), times=5)
    assert (value.model_dump(), how.mode) == (SHAPED, "plain")


def test_one_bad_answer_between_good_ones_changes_nothing(server):
    server.replies = ["坏", SHAPED, "坏", SHAPED, SHAPED]
    ask(settings(server.url), times=5)
    assert {request.mode for request in server.requests} == {"json_schema"}


def test_a_mode_that_is_set_never_steps_down(server):
    with pytest.raises(Unsupported):
        ask(settings(server.url, "takes-plain", mode="json_schema"))
    with pytest.raises(BadJSON):
        ask(settings(server.url, "fails-open", mode="json_object"), times=3)
    assert [r.mode for r in server.requests] == ["json_schema", *["json_object"] * 3]


def test_calls_at_once_step_down_together(server):
    server.latency = 0.05

    async def many():
        client = ModelClient(settings(server.url, "takes-json-object", limit=5))
        try:
            return await asyncio.gather(*(client.complete(MESSAGES, Sentence) for _ in range(5)))
        finally:
            await client.aclose()

    assert {how.mode for _, how in asyncio.run(many())} == {"json_object"}
    assert [r.mode for r in server.requests] == ["json_schema"] * 5 + ["json_object"] * 5


def test_only_an_error_that_names_the_mode_is_a_refusal_of_it():
    assert refuses_mode(400, "This response_format type is unavailable now")
    assert refuses_mode(422, "body.response_format.json_schema: Extra inputs are not permitted")
    assert refuses_mode(400, "Failed to initialize samplers: failed to parse Grammar")
    assert not refuses_mode(400, "access restricted")
    assert not refuses_mode(500, "json_schema")


class Item(BaseModel):
    kind: Literal["figure", "event"]
    text: str = Field("", min_length=1, max_length=200, pattern="^a", title="T", description="一句话")
    only: Literal["x"] = "x"
    title: str | None = None


class Deep(BaseModel):
    """For programmers."""

    items: list[Item] = Field(min_length=1)
    first: Item = Field(description="第一项")


class Endless(BaseModel):
    inner: list["Endless"]


def test_the_strict_schema_is_flat_closed_and_without_what_grammars_break_on():
    item = {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": ["figure", "event"]},
            "text": {"type": "string", "description": "一句话"},
            "only": {"type": "string", "enum": ["x"]},
            "title": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["kind", "text", "only", "title"],
        "additionalProperties": False,
    }
    assert schema_of(Deep) == {
        "type": "object",
        "properties": {"items": {"type": "array", "items": item}, "first": item | {"description": "第一项"}},
        "required": ["items", "first"],
        "additionalProperties": False,
    }


def test_a_reply_that_holds_itself_is_refused_when_written():
    with pytest.raises(TypeError, match="holds itself"):
        schema_of(Endless)
