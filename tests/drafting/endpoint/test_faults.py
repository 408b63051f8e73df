"""Whatever a server does, the caller gets an answer of the shape asked for or one error of our own family."""

import asyncio
import pickle
import time

import pytest

from nianbao.drafting.endpoint.client import ModelClient
from nianbao.errors import (
    BadAnswer,
    BadJSON,
    BadReply,
    BadSchema,
    DraftingError,
    Filtered,
    ModelError,
    RateLimited,
    Refused,
    Transport,
    Truncated,
    Unsupported,
)
from tests.drafting.endpoint.asking import MESSAGES, Sentence, ask, settings
from tests.drafting.fault_server import GOOD, SCENARIOS, SHAPED

# What each scenario comes to, a word of the sentence, and how often the server is called (retries = 1).
FAILS = {
    "429-60": (RateLimited, "60 秒后再试", 1),  # longer than the deadline
    "429-300": (RateLimited, "300 秒后再试", 1),
    "429-bare": (RateLimited, "quota exceeded", 2),
    "500": (Transport, "HTTP 500", 2),
    "503-page": (Transport, "HTTP 503", 2),
    "503-300": (Transport, "HTTP 503", 1),
    "408": (Transport, "HTTP 408", 2),
    "409": (Transport, "HTTP 409", 2),
    "cut": (Transport, "中途断开", 2),
    "cut-at-once": (Transport, "中途断开", 2),
    "drip": (Transport, "NIANBAO_MODEL_DEADLINE", 1),
    "slow": (Transport, "NIANBAO_MODEL_DEADLINE", 1),
    "page": (BadReply, "登录页", 1),
    "page-as-json": (BadReply, "JSONDecodeError", 1),
    "error-200": (BadReply, "engine overloaded", 1),
    "broken-body": (BadReply, "JSONDecodeError", 1),
    "empty-body": (BadReply, "JSONDecodeError", 1),
    "no-body": (BadReply, "JSONDecodeError", 1),
    "list-body": (BadReply, "登录页", 1),
    "null-body": (BadReply, "登录页", 1),
    "deep-body": (BadReply, "RecursionError", 1),
    "not-utf8": (BadReply, "UnicodeDecodeError", 1),
    "bad-gzip": (Transport, "连", 2),
    "no-choices": (BadReply, "没有回答", 1),
    "null-choices": (BadReply, "没有回答", 1),
    "odd-choices": (BadReply, "不是正常写完", 1),
    "choices-object": (BadReply, "没有回答", 1),
    "null-content": (BadReply, "空的", 1),
    "list-content": (BadReply, "空的", 1),
    "blanks": (BadReply, "空的", 1),
    "reasoning-only": (BadReply, "思考", 1),
    "half-surrogate": (BadReply, "残缺", 1),
    "unknown-finish": (BadReply, "“sensitive”", 1),
    "null-finish": (BadReply, "不是正常写完", 1),
    "object-finish": (BadReply, "不是正常写完", 1),
    "tool-calls": (BadReply, "“tool_calls”", 1),
    "length": (Truncated, "NIANBAO_MODEL_MAX_TOKENS", 1),
    "content-filter": (Filtered, "过滤", 1),
    "refusal": (Refused, "拒绝", 1),
    "cut-json": (BadJSON, "JSON", 1),
    "prose": (BadJSON, "JSON", 1),
    "nan": (BadJSON, "JSON", 1),
    "wrong-keys": (BadSchema, "text 缺少这一项；cites 缺少这一项；sentence 多出这一项", 1),
    "wrong-types": (BadSchema, "text 应当是文字；cites 应当是列表", 1),
    "list-text": (BadSchema, "应当是对象", 1),
    "surrogate-escape": (BadJSON, "残缺", 1),
    "404-model": (Unsupported, "没有名为“404-model”的模型，请核对 NIANBAO_MODEL", 1),
    "404-path": (Unsupported, "OPENAI_BASE_URL", 1),
    "404-page": (Unsupported, "OPENAI_BASE_URL", 1),
    "400": (Unsupported, "maximum context length", 1),
    "401": (Unsupported, "OPENAI_API_KEY", 1),
    "402": (Unsupported, "余额", 1),
    "403": (Unsupported, "OPENAI_API_KEY", 1),
    "405": (Unsupported, "OPENAI_BASE_URL", 1),
    "413": (Unsupported, "上限", 1),
    "415": (Unsupported, "HTTP 415", 1),
    "418": (Unsupported, "HTTP 418", 1),
    "422": (Unsupported, "max_tokens must be", 1),
    "501": (Unsupported, "not implemented", 2),
    "redirect": (Unsupported, "没有跟随", 1),
    "redirect-307": (Unsupported, "没有跟随", 1),
    "takes-nothing": (Unsupported, "response_format", 3),
    "fails-open": (BadJSON, "JSON", 1),
    "echo": (Unsupported, "bad request with", 1),
    "echo-401": (Unsupported, "OPENAI_API_KEY", 1),
    "echo-500": (Transport, "HTTP 500", 2),
    "echo-prose": (BadJSON, "JSON", 1),
    "fails-open-shaped": (BadSchema, "text 缺少", 1),
    "thinks-aside": (BadReply, "空的", 1),
}
# What comes to an answer, and how often the server is called.
WORKS = {
    "good": 1,
    "429-seconds-twice": 3,
    "429-date": 2,
    "500-twice": 3,
    "cut-once": 2,
    "fence": 1,
    "prose-and-fence": 1,
    "think": 1,
    "think-end-only": 1,
    "think-and-fence": 1,
    "echo-answer": 1,
    "takes-json-object": 2,
    "takes-plain": 3,
    "takes-plain-422": 3,
    "json-word": 2,
    "one-system": 1,
}


def test_every_scenario_has_an_outcome():
    assert set(FAILS) | set(WORKS) == set(SCENARIOS)
    assert not set(FAILS) & set(WORKS)


@pytest.mark.parametrize("model", FAILS)
def test_a_fault_becomes_its_error(server, model):
    kind, word, calls = FAILS[model]
    deadline = 0.4 if model in ("drip", "slow") else 5.0
    began = time.monotonic()
    with pytest.raises(ModelError) as caught:
        ask(settings(server.url, model, deadline=deadline, retries=1))
    assert type(caught.value) is kind
    assert word in str(caught.value)
    assert is_plain(str(caught.value))
    assert server.hits[model] == calls
    assert time.monotonic() - began < 5
    assert caught.value.retryable == (kind in (Transport, RateLimited))


def is_plain(sentence: str) -> bool:
    """One line of Chinese, without the inside of the program or of a web page."""
    sentence.encode()  # no half signs
    foreign = ("\n", "Traceback", "<html", "Error(")
    return "\u4e00" <= sentence[0] <= "\u9fff" and len(sentence) < 220 and not any(f in sentence for f in foreign)


@pytest.mark.parametrize("model", WORKS)
def test_what_can_be_got_is_got(server, model):
    value, how = ask(settings(server.url, model))
    assert value.model_dump() == (SHAPED if model != "echo-answer" else {"text": "", "cites": []})
    assert server.hits[model] == WORKS[model]
    assert (how.tokens_in, how.tokens_out, how.model) == (11, 7, "served-model")
    assert how.seconds > 0


def test_the_text_is_kept_as_received(server):
    _, how = ask(settings(server.url, "think-and-fence"))
    assert how.text.startswith("<think>")
    assert GOOD in how.text


@pytest.mark.parametrize("model", ["prose", "cut-json", "wrong-keys"])
def test_a_bad_answer_carries_the_models_own_text_for_a_repair(server, model):
    with pytest.raises(BadAnswer) as caught:
        ask(settings(server.url, model))
    said = SCENARIOS[model](None, 1)
    assert caught.value.text == (said if isinstance(said, str) else '{"sentence": "甲"}')


def test_the_wait_a_server_asks_for_is_handed_on(server):
    with pytest.raises(RateLimited) as caught:
        ask(settings(server.url, "429-300"))
    assert caught.value.retry_after == 300


def test_a_dripping_body_ends_at_the_deadline(server):
    began = time.monotonic()
    with pytest.raises(Transport) as caught:
        ask(settings(server.url, "drip", deadline=1.0))
    assert 0.9 < time.monotonic() - began < 2.5
    assert caught.value.__context__ is None


def test_a_host_that_does_not_answer_is_a_transport_error():
    with pytest.raises(Transport, match="连不上"):
        ask(settings("http://127.0.0.1:9/v1", retries=0))


def test_so_many_calls_at_once_and_no_more(server):
    server.latency = 0.25

    async def many():
        client = ModelClient(settings(server.url, limit=2, deadline=0.8))
        try:
            return await asyncio.gather(*(client.complete(MESSAGES, Sentence) for _ in range(8)))
        finally:
            await client.aclose()

    assert len(asyncio.run(many())) == 8  # 1 s in all, yet none waited its own deadline away
    assert server.most_at_once == 2


def test_a_cancelled_call_is_cancelled_and_no_error_of_ours(server):
    async def cancelled():
        client = ModelClient(settings(server.url, "slow"))
        task = asyncio.create_task(client.complete(MESSAGES, Sentence))
        await asyncio.sleep(0.2)
        task.cancel()
        try:
            with pytest.raises(asyncio.CancelledError):
                await task
        finally:
            await client.aclose()

    asyncio.run(cancelled())


@pytest.mark.parametrize(
    "error", [RateLimited("慢", 3.0), BadJSON("坏", "原文"), BadSchema("坏", "原文"), Transport("断")]
)
def test_an_error_survives_being_stored_by_a_worker(error):
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
    assert isinstance(back, DraftingError)
