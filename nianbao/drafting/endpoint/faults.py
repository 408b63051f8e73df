"""Every exception a call can raise, as one of our own with a sentence for an operator.

The SDK's errors hold the request, with the key in its headers, and the body of the answer, in which a careless
server may repeat the key; so nothing of them is carried along but a short excerpt without secrets.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime

from nianbao.drafting.endpoint.ladder import refuses_mode
from nianbao.errors import BadReply, ModelError, RateLimited, Transport, Unsupported
from nianbao.identity import masked
from nianbao.settings import ModelSettings

_READ, _LONGEST_EXCERPT = 2000, 100
_SHORTEST_SECRET = 8  # shorter keys are placeholders of servers that need none, and common words

_SETTING = {
    401: "模型服务不认这个密钥，请核对 OPENAI_API_KEY",
    402: "模型服务的账户余额不足",
    403: "这个密钥无权使用模型服务或这个模型，请核对 OPENAI_API_KEY 和 NIANBAO_MODEL",
    405: "模型服务的地址不对，请核对 OPENAI_BASE_URL（一般以 /v1 结尾）",
    413: "发给模型的内容超过模型服务的上限",
}
_PASSING = frozenset({408, 409, 425})


class ModeRefused(Exception):
    """The server does not know the way the JSON was asked for; `error` is what to raise if there is no other."""

    def __init__(self, error: ModelError) -> None:
        super().__init__(str(error))
        self.error = error


def without_key(settings: ModelSettings) -> Callable[[str], str]:
    """A function that takes the key out of a text, wherever a server may have put it."""
    secrets = [settings.api_key.get_secret_value()]
    if settings.proxy:
        secrets.append(settings.proxy.get_secret_value())
    telling = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]

    def clean(text: str) -> str:
        for secret in telling:
            text = text.replace(secret, "***")
        return text

    return clean


def told(error: Exception, settings: ModelSettings) -> ModelError | ModeRefused:
    """Our own error for one of the SDK, of the HTTP library or of Python."""
    import openai

    if isinstance(error, ModelError):
        return error
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Transport(f"模型服务在 {settings.deadline:g} 秒内没有答完，可调大 NIANBAO_MODEL_DEADLINE")
    if isinstance(error, openai.APIStatusError):
        body = error.body if error.body is not None else error.response.text
        return _status(error.status_code, error.response.headers, body, settings)
    if isinstance(error, openai.APIConnectionError | OSError) or type(error).__module__.startswith("httpx2"):
        return _connection(error)
    return BadReply(f"模型服务的答复读不懂（{type(error).__name__}），请核对 OPENAI_BASE_URL")


def not_a_completion(reply: object, settings: ModelSettings) -> BadReply | None:
    """What is wrong with a reply of status 200 that is no completion: a web page, or an error of the server."""
    from openai.types.chat import ChatCompletion

    if not isinstance(reply, ChatCompletion):
        return BadReply("模型地址答复的不是模型的回答（可能是网关的登录页），请核对 OPENAI_BASE_URL")
    extra = reply.model_extra or {}
    if not reply.choices and extra.get("error"):
        return BadReply(f"模型服务报告出错{_quoted(extra, settings)}")
    return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait in seconds that a server asks for, written as milliseconds, seconds or a date."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (KeyError, ValueError, OverflowError):
        return None


def _status(status: int, headers: Mapping[str, str], body: object, settings: ModelSettings) -> ModelError | ModeRefused:
    said = _quoted(body, settings)
    if status == 429:
        wait = retry_after(headers)
        until = f"，要求 {wait:.0f} 秒后再试" if wait is not None else ""
        return RateLimited(f"模型服务限制了调用次数{until}{said}", wait)
    if status in _PASSING or (status >= 500 and status != 501):
        return Transport(f"模型服务暂时不能用（HTTP {status}）{said}")
    if 300 <= status < 400:
        return Unsupported("模型地址要求转到别的地址，没有跟随，请把 OPENAI_BASE_URL 改为最终的地址")
    error = Unsupported(f"{_SETTING.get(status) or _of_address_or_model(status, body, settings)}{said}")
    return ModeRefused(error) if refuses_mode(status, _plain(body)) else error


def _of_address_or_model(status: int, body: object, settings: ModelSettings) -> str:
    if status != 404:
        return f"模型服务不接受这个请求（HTTP {status}）"
    if "model" in _plain(body).lower() and isinstance(body, dict):
        return f"模型服务没有名为“{settings.model}”的模型，请核对 NIANBAO_MODEL"
    return "模型服务的地址不对，请核对 OPENAI_BASE_URL（一般以 /v1 结尾）"


def _connection(error: Exception) -> ModelError:
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return Unsupported("模型服务的证书不受信任，请用 NIANBAO_MODEL_CA 指明本单位的根证书")
    names = {type(cause).__name__ for cause in _causes(error)}
    if names & {"ReadError", "WriteError", "RemoteProtocolError", "CloseError", "ConnectionResetError"}:
        return Transport("与模型服务的连接中途断开")
    return Transport("连不上模型服务，请核对 OPENAI_BASE_URL 和网络")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _plain(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)


def _quoted(body: object, settings: ModelSettings) -> str:
    """The server's own message, short and without secrets; nothing of a web page."""
    while isinstance(body, dict):
        body = body.get("error") or body.get("message") or body.get("detail") or body.get("msg")
    if not isinstance(body, str) or body.lstrip().startswith("<"):
        return ""
    plain = masked(" ".join(without_key(settings)(body)[:_READ].split())).encode("utf-8", "replace").decode()
    return f"：{plain[:_LONGEST_EXCERPT]}" if plain else ""
