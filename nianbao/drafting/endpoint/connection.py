"""The SDK's client, made in one place: which certificates, which proxy, which waits, and what it may connect to."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from nianbao.drafting.endpoint import policy
from nianbao.drafting.endpoint.faults import retry_after
from nianbao.errors import NotAllowed, UnusableInput
from nianbao.settings import ModelSettings

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

_LONGEST_CONNECT = 10.0  # seconds; a host that is down should be known long before the deadline
_NO_KEY = "none"  # the SDK insists on one; where none is set, the header is taken away again


def trust(settings: ModelSettings) -> ssl.SSLContext | bool:
    """The office's own root certificate where one is set, else what the system trusts."""
    if settings.ca_file is None:
        # Plain http never looks at certificates; a context that trusts none spares reading all of the system's.
        plain = settings.base_url.lower().startswith("http:") and not settings.proxy
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError):
        raise UnusableInput("里面没有可用的证书，应当是 PEM 格式的根证书", "NIANBAO_MODEL_CA") from None


def connect(
    settings: ModelSettings, verify: ssl.SSLContext | bool, transport: httpx2.AsyncBaseTransport | None
) -> AsyncOpenAI:
    """The SDK's client; the only place that knows the SDK's HTTP library, both imported late because they are slow."""
    import httpx2
    from openai import AsyncOpenAI

    for name in ("openai", "httpx2", "httpcore2"):  # their debug output may hold headers and whole prompts
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.getEffectiveLevel(), logging.INFO))
    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(settings.deadline, connect=min(_LONGEST_CONNECT, settings.deadline)),
        limits=httpx2.Limits(max_connections=settings.limit),
        follow_redirects=False,  # a redirect could leave the office
        trust_env=False,  # so could a proxy that is set for browsing
        verify=verify,
        transport=transport,
        proxy=settings.proxy.get_secret_value() if settings.proxy and not transport else None,
        event_hooks={"request": [_watch(settings)], "response": [_no_longer_than(settings.deadline)]},
    )
    key = settings.api_key.get_secret_value() or _NO_KEY
    return AsyncOpenAI(
        base_url=settings.base_url,
        api_key=key,
        default_headers={"Authorization": f"Bearer {key}"},  # said outright, it wins over OPENAI_CUSTOM_HEADERS
        max_retries=settings.retries,
        http_client=http,
    )


def _watch(settings: ModelSettings) -> Callable[[httpx2.Request], Awaitable[None]]:
    """Look at the address that was really connected to, before anything is sent there."""

    async def trace(event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            stream = info["return_value"]
            if not policy.may_reach(str(stream.get_extra_info("server_addr")[0]), settings):
                await stream.aclose()
                raise NotAllowed("模型地址的域名解析变了，指向本机和内网以外，没有发送")

    async def watch(request: httpx2.Request) -> None:
        request.extensions["trace"] = trace
        if not settings.api_key.get_secret_value():
            del request.headers["authorization"]

    return watch


def _no_longer_than(deadline: float) -> Callable[[httpx2.Response], Awaitable[None]]:
    """Give up at once where a server asks for a longer wait than the call may take; the SDK would sleep through it."""

    async def look(response: httpx2.Response) -> None:
        if (retry_after(response.headers) or 0.0) >= deadline:
            response.headers["x-should-retry"] = "false"

    return look
