"""Every exception that the SDK, its HTTP library or Python can raise in a call ends in our own family."""

import asyncio
import inspect
import json
import socket
import ssl
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion

from nianbao.drafting.endpoint.client import ModelClient
from nianbao.errors import ModelError, NotAllowed, Transport, Unsupported, UnusableInput
from tests.drafting.endpoint.asking import MESSAGES, Sentence, ask, settings
from tests.drafting.fault_server import SHAPED, FaultServer, completion

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1")
RESPONSE = httpx2.Response(400, request=REQUEST)
COMPLETION = ChatCompletion(**completion("{}"))
URL = "http://127.0.0.1:1/v1"


def errors_of(module: object) -> list[Exception]:
    """One exception of each kind that a library exports, made with whatever its constructor wants."""
    given = {"request": REQUEST, "response": RESPONSE, "body": None, "completion": COMPLETION, "unsent_messages": []}
    members = [kind for kind in list(vars(module).values()) if inspect.isclass(kind) and issubclass(kind, Exception)]
    made = []
    for kind in sorted({kind for kind in members if not issubclass(kind, Warning)}, key=lambda kind: kind.__name__):
        takes = inspect.signature(kind.__init__).parameters.values()
        named = [p for p in takes if p.default is p.empty and p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)]
        made.append(kind(**{p.name: given.get(p.name, "x") for p in named if p.name != "self"}))
    return made


PYTHON = [
    ValueError("x"), TypeError("x"), AttributeError("x"), KeyError("x"), IndexError(), RuntimeError("x"), EOFError(),
    RecursionError(), MemoryError(), OSError(5, "x"), TimeoutError(), ConnectionRefusedError(), ConnectionResetError(),
    BrokenPipeError(), StopAsyncIteration(), ssl.SSLError("x"), ssl.SSLCertVerificationError("x"), socket.gaierror(),
    asyncio.IncompleteReadError(b"", 1), asyncio.InvalidStateError(), json.JSONDecodeError("x", "x", 0),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), UnicodeEncodeError("ascii", "x", 0, 1, "x"),
    ExceptionGroup("x", [ValueError()]), AssertionError(), NotImplementedError(),
]  # fmt: skip


class Raising(httpx2.AsyncBaseTransport):
    def __init__(self, error: Exception) -> None:
        self.error = error

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        raise self.error


@pytest.mark.parametrize("error", [*errors_of(openai), *errors_of(httpx2), *PYTHON], ids=lambda e: type(e).__name__)
def test_it_ends_in_the_family(error):
    with pytest.raises(ModelError) as caught:
        ask(settings(URL, retries=0), transport=Raising(error))
    assert "\u4e00" <= str(caught.value)[0] <= "\u9fff"
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("error", [KeyboardInterrupt(), asyncio.CancelledError(), SystemExit(1)])
def test_what_stops_the_program_is_let_through(error):
    with pytest.raises(type(error)):
        ask(settings(URL, retries=0), transport=Raising(error))


@pytest.mark.parametrize(
    ("cause", "kind", "word"),
    [
        (ssl.SSLCertVerificationError("x"), Unsupported, "NIANBAO_MODEL_CA"),
        (ConnectionRefusedError(), Transport, "连不上"),
        (ConnectionResetError(), Transport, "中途断开"),
    ],
)
def test_the_cause_below_an_error_decides_what_is_said(cause, kind, word):
    error = httpx2.ConnectError("x")
    error.__cause__ = cause
    with pytest.raises(kind, match=word):
        ask(settings(URL, retries=0), transport=Raising(error))


def test_our_own_error_from_within_the_connection_stays_itself():
    with pytest.raises(NotAllowed, match="别处"):
        ask(settings(URL), transport=Raising(NotAllowed("别处")))


def test_a_client_used_in_a_second_loop_says_so_in_the_family(server):
    async def once(client):
        return await client.complete(MESSAGES, Sentence)

    client = ModelClient(settings(server.url))
    assert asyncio.run(once(client))[0].model_dump() == SHAPED
    with suppress(ModelError):
        assert asyncio.run(once(client))[0].model_dump() == SHAPED


def test_settings_without_a_model_make_no_client():
    for missing in ({"base_url": ""}, {"model": ""}):
        with pytest.raises(UnusableInput, match="OPENAI_BASE_URL 和 NIANBAO_MODEL"):
            ModelClient(settings(URL).model_copy(update=missing))


def test_a_file_without_a_certificate_is_refused(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing", encoding="utf-8")
    with pytest.raises(UnusableInput, match="NIANBAO_MODEL_CA"):
        ModelClient(settings(URL, ca_file=tmp_path / "ca.pem"))


@pytest.fixture
def certificate(tmp_path):
    """A root certificate of the office's own, for this machine."""
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", *names]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "ca.pem")]
    subprocess.run(["openssl", "req", *made, *files], check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(tmp_path / "ca.pem", tmp_path / "key.pem")
    return tls, tmp_path / "ca.pem"


def test_the_offices_own_root_certificate_is_trusted_where_it_is_set(certificate):
    tls, ca_file = certificate
    with FaultServer(tls) as server:
        assert ask(settings(server.url, ca_file=ca_file))[0].model_dump() == SHAPED
        with pytest.raises(Unsupported, match="NIANBAO_MODEL_CA"):
            ask(settings(server.url, retries=0))


def test_the_slow_libraries_are_not_imported_before_the_first_call():
    script = (
        "import sys\n"
        "from nianbao.drafting.endpoint.client import ModelClient\n"
        "from nianbao.findings import Value\n"
        "from nianbao.settings import ModelSettings\n"
        "client = ModelClient(ModelSettings(base_url='http://127.0.0.1/v1', model='m'))\n"
        "client.request([], Value)\n"
        "assert not {'openai', 'httpx2'} & set(sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, timeout=60)
