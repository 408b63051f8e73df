"""Where a model server stands, whether it may be used, and what may be sent to it.

Local is an address that cannot leave the office: loopback, private and link-local ranges, and the hosts an
operator has listed. A name is local only if every address it resolves to is; what cannot be resolved is public.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from nianbao.errors import NotAllowed, UnusableInput
from nianbao.identity import Private, find_private
from nianbao.settings import ModelSettings, host_of

Place = Literal["local", "public"]
Resolve = Callable[[str], Iterable[str]]

# Not `is_private` of the standard library: that also holds 0.0.0.0, documentation and benchmark ranges.
_LOCAL = tuple(
    ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)
# 2130706433, 0x7f.1 and 0177.0.0.1 are addresses to some resolvers and names to others.
_LIKE_A_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")


def is_local_address(text: str) -> bool:
    """Whether one IP address is within the office; an IPv4 address inside an IPv6 one counts as itself."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in _LOCAL)


def addresses_of(host: str) -> list[str]:
    """The addresses the system resolves a name to; none if it cannot."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def where(base_url: str, settings: ModelSettings, resolve: Resolve | None = None) -> Place:
    """Whether an address is within the office or outside.

    Raises `UnusableInput` for what is no plain http(s) address, a user name and password in it included.
    """
    try:
        host = host_of(base_url)
    except ValueError:
        raise UnusableInput(
            "应当是 http 或 https 的地址，形如 http://10.1.2.3:8000/v1，不带用户名和密码", "OPENAI_BASE_URL"
        ) from None
    return _place(host, settings, resolve)


def check(settings: ModelSettings, resolve: Resolve | None = None) -> None:
    """Raise `NotAllowed` if the policy forbids the endpoint, or the proxy on the way to it."""
    if settings.policy == "public":
        return
    if where(settings.base_url, settings, resolve) == "public":
        raise NotAllowed(
            f"模型地址“{host_of(settings.base_url)}”不在本机或内网，按现行设置不得使用；确属内网的，"
            "请把主机名写进 NIANBAO_MODEL_HOSTS，确要使用外部模型的，请设 NIANBAO_MODEL_POLICY=public"
        )
    if settings.proxy:
        proxy = host_of(settings.proxy.get_secret_value(), login=True)
        if _place(proxy, settings, resolve) == "public":
            raise NotAllowed(
                f"代理“{proxy}”不在本机或内网，按现行设置不得使用；确属内网的，请把主机名写进 NIANBAO_MODEL_HOSTS"
            )


def guard(
    messages: Sequence[Mapping[str, object]], settings: ModelSettings, allowed: Iterable[str] = ()
) -> tuple[Private, ...]:
    """What of the messages identifies a person or bears a mark of secrecy; offsets are within each message.

    Raises `NotAllowed` if there is any and the endpoint is public.
    """
    own = tuple(allowed)
    found = tuple(one for message in messages for one in find_private(str(message["content"]), own))
    if found and where(settings.base_url, settings) == "public":
        named = "、".join(dict.fromkeys(f"{one.label}“{one.excerpt}”" for one in found))
        raise NotAllowed(f"要发给外部模型的内容里有{named}，没有发送；请先从底稿中删去")
    return found


def may_reach(address: str, settings: ModelSettings) -> bool:
    """Whether a connection that was made to this address may be used; a name can change after the check."""
    if settings.policy == "public" or is_local_address(address):
        return True
    peer = settings.proxy.get_secret_value() if settings.proxy else settings.base_url
    return host_of(peer, login=True) in settings.hosts


def _place(host: str, settings: ModelSettings, resolve: Resolve | None) -> Place:
    if host in settings.hosts:
        return "local"
    if ":" in host or re.fullmatch(r"\d+\.\d+\.\d+\.\d+", host):
        found: Iterable[str] = [host]
    elif _LIKE_A_NUMBER.fullmatch(host):
        found = []
    else:
        found = tuple((resolve or addresses_of)(host))
    return "local" if found and all(map(is_local_address, found)) else "public"
