"""The key is sent to the endpoint and can be read nowhere else, whatever the server does with it."""

import json
import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from nianbao.drafting.endpoint.client import ModelClient
from nianbao.errors import BadAnswer, ModelError
from tests.drafting.endpoint.asking import MESSAGES, Sentence, ask, settings
from tests.drafting.fault_server import SCENARIOS, FaultServer

KEY = "sk-RECOGNISABLE-0123456789"
PROXY_PASSWORD = "proxy-RECOGNISABLE-password"
ROOT = Path(__file__).resolve().parents[3]


def everything_of(error: BaseException | None) -> str:
    """All that can be seen of an exception: itself, its attributes, its traceback, and whatever it carries along."""
    seen = ""
    while error is not None:
        seen += f"{error!r} {error} {error.args!r} {vars(error)!r} {''.join(traceback.format_exception(error))}"
        error = error.__cause__ or error.__context__
    return seen


@pytest.fixture
def loudest(caplog):
    """All loggers that exist at DEBUG, even those the client has made quieter."""

    def louder():
        logging.getLogger().setLevel(logging.DEBUG)
        for name in list(logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(logging.DEBUG)

    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    caplog.set_level(logging.DEBUG)
    yield louder
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


@pytest.mark.parametrize("model", SCENARIOS)
def test_in_no_scenario_can_it_be_seen(server, model, caplog, capfd, loudest):
    chosen = settings(server.url, model, api_key=KEY, retries=1, deadline=0.5 if model in ("drip", "slow") else 5.0)
    ModelClient(chosen)
    seen = repr(chosen)
    loudest()
    try:
        value, how = ask(chosen)
        seen += f"{value!r} {how!r} {how.model_dump_json()}"
    except ModelError as error:
        seen += everything_of(error)
        seen += error.text if isinstance(error, BadAnswer) else ""
    client = ModelClient(chosen)
    seen += f"{client!r} {vars(client)!r} {json.dumps(client.request(MESSAGES, Sentence))}"
    seen += caplog.text + "".join(repr(vars(record)) for record in caplog.records) + "".join(capfd.readouterr())
    assert caplog.records
    assert KEY not in seen
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert all(KEY.encode() not in request.raw for request in server.requests)


@pytest.mark.parametrize("model", ["echo", "echo-401", "echo-500", "echo-prose", "echo-answer"])
def test_a_key_that_a_server_repeats_is_covered(server, model):
    try:
        shown = ask(settings(server.url, model, api_key=KEY, retries=0))[1].text
    except ModelError as error:
        shown = error.text if isinstance(error, BadAnswer) else str(error)
    assert "***" in shown


def test_the_sdks_own_debug_switch_shows_no_key():
    script = f"""
import logging
logging.getLogger().setLevel(logging.DEBUG)
from tests.drafting.endpoint.asking import ask, settings
from tests.drafting.fault_server import FaultServer
with FaultServer() as server:
    ask(settings(server.url, "500-twice", api_key="{KEY}"))
"""
    environment = os.environ | {"OPENAI_LOG": "debug"}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert "Retrying request" in ran.stderr  # the log is there
    assert KEY not in ran.stdout + ran.stderr


def test_the_password_of_the_proxy_is_not_shown_either(caplog, loudest):
    with FaultServer() as server:
        proxy = server.url.removesuffix("/v1").replace("://", f"://user:{PROXY_PASSWORD}@")
        chosen = settings("http://10.255.0.1/v1", "echo", proxy=proxy, api_key=KEY)
        ModelClient(chosen)
        loudest()
        with pytest.raises(ModelError) as caught:
            ask(chosen)
    assert PROXY_PASSWORD not in everything_of(caught.value) + caplog.text + repr(chosen)
