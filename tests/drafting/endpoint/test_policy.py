"""Where an address stands, whether it may be used, and what may be sent there."""

import asyncio
import socket

import pytest

from nianbao.drafting.endpoint import policy
from nianbao.drafting.endpoint.client import ModelClient
from nianbao.drafting.endpoint.policy import check, guard, where
from nianbao.errors import NotAllowed, UnusableInput
from nianbao.settings import ModelSettings
from tests.drafting.endpoint.asking import MESSAGES, Sentence, ask, settings

NAMES = {
    "model.office": ["10.8.0.7"],
    "two.office": ["10.8.0.7", "fd00::7"],
    "half.office": ["10.8.0.7", "8.8.8.8"],
    "mapped.office": ["::ffff:8.8.8.8"],
    "localhost": ["127.0.0.1", "::1"],
    "127.0.0.1.nip.io": ["93.184.216.34"],
    "10.0.0.1.sslip.io": ["93.184.216.34"],
    "localhost.example.com": ["93.184.216.34"],
    "api.example.com": ["93.184.216.34"],
    "xn--fiqs8s.example": ["93.184.216.34"],
    "listed.example.com": ["93.184.216.34"],
    "zero.office": ["0.0.0.0"],
    "scoped.office": ["fe80::1%eth0"],
    "odd.office": ["not an address"],
}


NUMBERS = {"2130706433", "017700000001", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "010.0.0.1"}


def resolve(host):
    return ["127.0.0.1"] if host in NUMBERS else NAMES.get(host, [])  # as some systems do


@pytest.fixture(autouse=True)
def no_resolver(monkeypatch):
    monkeypatch.setattr(policy, "addresses_of", resolve)


LOCAL = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1",
    "[::1]", "[fd00::1]", "[fe80::1]", "[fe80::1%25eth0]", "[FD00::ABCD]", "[::ffff:10.0.0.1]", "[::ffff:127.0.0.1]",
    "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "model.office", "Model.Office.", "two.office",
    "scoped.office", "listed.example.com", "LISTED.example.com.",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "172.32.0.1", "172.15.0.1", "11.0.0.1", "192.169.0.1", "100.64.0.1", "128.0.0.1",
    "0.0.0.0", "255.255.255.255", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "[::]", "[2001:4860:4860::8888]", "[::ffff:8.8.8.8]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[fec0::1]",
    "[ff02::1]",
    "2130706433", "017700000001", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "010.0.0.1", "127.0.0.0x1",
    "999.1.1.1", "1.2.3.4.5",
    "127.0.0.1.nip.io", "10.0.0.1.sslip.io", "localhost.example.com", "api.example.com", "xn--fiqs8s.example",
    "half.office", "mapped.office", "zero.office", "odd.office", "unresolvable.office", "notlisted.example.com",
]  # fmt: skip
UNUSABLE = [
    "http://user:secret@127.0.0.1/v1", "http://127.0.0.1@evil.example/v1", "http://127.0.0.1\\@evil.example/v1",
    "http://evil.example#@127.0.0.1/", "http://evil.example?@127.0.0.1/", "http://127.0.0.1 .evil.example/",
    "ftp://127.0.0.1/v1", "file:///etc/passwd", "127.0.0.1:8000", "//127.0.0.1/v1", "http://", "http:///v1", "",
    "http://127.0.0.1:99999/v1", "http://127.0.0.1:x/v1", "http://模型.政务/v1", "http://lоcalhost/v1",
    "http://１２７.０.０.１/v1", "http://127。0。0。1/v1", "http://127.0.0.1/v1?key=1", "http://127.0.0.1/v1#x",
    "http://127.0.0.1\n/v1", "http://[::1/v1", "http://[a:80]/v1", "http://%3127.0.0.1/v1",
]  # fmt: skip


def under(policy_name: str = "local_only", url: str = "http://127.0.0.1/v1", **changes):
    return ModelSettings(
        _env_file=None, base_url=url, model="m", policy=policy_name, hosts="listed.example.com", **changes
    )


@pytest.mark.parametrize("host", LOCAL)
def test_local(host):
    url = f"http://{host}:8000/v1"
    assert where(url, under(), resolve) == "local"
    check(under(url=url))


@pytest.mark.parametrize("host", PUBLIC)
def test_public(host):
    url = f"https://{host}/v1"
    assert where(url, under(), resolve) == "public"
    with pytest.raises(NotAllowed, match="NIANBAO_MODEL_POLICY=public"):
        check(under(url=url))
    with pytest.raises(NotAllowed):
        ModelClient(under(url=url))
    check(under("public", url))


@pytest.mark.parametrize("url", UNUSABLE)
def test_what_is_no_plain_address_is_refused_without_repeating_it(url):
    with pytest.raises(UnusableInput) as caught:
        where(url, under(), resolve)
    assert "OPENAI_BASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_listed_address_counts_as_local():
    listed = ModelSettings(_env_file=None, base_url="http://59.1.2.3/v1", model="m", hosts="59.1.2.3,[2001:db8::1]")
    check(listed)
    assert where("http://[2001:DB8::1]/v1", listed) == "local"


@pytest.mark.parametrize(("proxy", "allowed"), [("10.0.0.9:3128", True), ("8.8.8.8:3128", False)])
def test_the_proxy_on_the_way_has_to_be_local_too(proxy, allowed):
    through = under(proxy=f"http://user:proxy-password@{proxy}")
    if allowed:
        check(through)
    else:
        with pytest.raises(NotAllowed) as caught:
            check(through)
        assert "proxy-password" not in str(caught.value)


def test_a_name_that_leads_elsewhere_after_the_check_gets_nothing(server, monkeypatch):
    checked = settings(server.url, retries=0)

    async def changed():
        client = ModelClient(checked)
        monkeypatch.setattr(policy, "is_local_address", lambda address: False)
        try:
            await client.complete(MESSAGES, Sentence)
        finally:
            await client.aclose()

    with pytest.raises(NotAllowed, match="没有发送"):
        asyncio.run(changed())
    assert server.requests == []


def test_a_listed_host_may_stand_anywhere(server, monkeypatch):
    chosen = settings(server.url, hosts="127.0.0.1")
    monkeypatch.setattr(policy, "is_local_address", lambda address: False)
    ask(chosen)
    assert server.hits["good"] == 1


def test_the_system_resolves_names_and_says_nothing_of_those_it_cannot(monkeypatch):
    monkeypatch.undo()

    def getaddrinfo(host, port, **_):
        if host == "model.office":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.8.0.7", 0))]
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert policy.addresses_of("model.office") == ["10.8.0.7"]
    assert policy.addresses_of("other.office") == []
    assert where("http://model.office/v1", under()) == "local"


# What may be sent

MOBILE = [{"role": "system", "content": "只写JSON"}, {"role": "user", "content": "联系人：王芳，13800138000"}]


def test_an_outside_model_is_sent_nothing_that_identifies_a_person():
    with pytest.raises(NotAllowed) as caught:
        guard(MOBILE, under("public", "https://api.example.com/v1"))
    assert "手机号码“138…00”" in str(caught.value)
    assert "13800138000" not in str(caught.value)
    assert "王芳" not in str(caught.value)


def test_a_local_model_may_see_it_and_the_caller_is_told():
    assert [one.kind for one in guard(MOBILE, under())] == ["name", "mobile"]
    assert [one.kind for one in guard(MOBILE, under("public"))] == ["name", "mobile"]


def test_what_the_office_publishes_itself_may_be_sent():
    own = [{"role": "user", "content": "电话0571-12345678，邮箱 gk@example.gov.cn"}]
    public = under("public", "https://api.example.com/v1")
    assert guard(own, public, ("0571-12345678", "gk@example.gov.cn")) == ()
    with pytest.raises(NotAllowed):
        guard(own, public)


def test_clean_messages_may_go_anywhere():
    clean = [{"role": "user", "content": "requests.new.total 新收申请 12件，属于国家秘密 0件，已作保密审查。"}]
    assert guard(clean, under("public", "https://api.example.com/v1")) == ()
