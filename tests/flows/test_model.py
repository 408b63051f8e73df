"""The flow with a model server: one limit for all runs, patience in an outage, the same text after a pause, no key."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from nianbao.drafting.model.scripted import Compliant
from nianbao.review.editions import load
from tests.drafting.fault_server import FaultServer, error
from tests.flows.conftest import SAMPLES

pytestmark = pytest.mark.slow
KEY = "sk-recognisable-4711"
SAMPLE = SAMPLES / "qingshi-shuiwuju-2025.yaml"


@pytest.fixture
def model(monkeypatch):
    with FaultServer() as running:
        running.replies = lambda body: Compliant().text(body["messages"])
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("NIANBAO_MODEL", "scripted")
        monkeypatch.setenv("NIANBAO_MODEL_RETRIES", "0")
        yield running


def test_a_run_drafts_with_the_model_under_the_servers_limit_and_keeps_its_text(runs, model, tmp_path):
    run = runs.start(SAMPLE, tmp_path)
    assert runs.advance(run).name == "Suspended"
    assert len(model.requests) == 3
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir() and not path.name.startswith(".")]
    drafted = load(folder)
    assert {a.model for a in drafted.attempts} == {"served-model"}
    assert runs.client.read_global_concurrency_limit_by_name("nianbao-model").limit == 3
    assert "模型 served-model 起草" in runs.form(run)
    runs.answer(run, "退回", "请再看")
    assert len(model.requests) == 3
    assert load(folder).digest == drafted.digest


def test_an_outage_is_waited_out(runs, model, tmp_path, monkeypatch):
    from tasks.draft import draft

    monkeypatch.setattr(draft, "retry_delay_seconds", [0, 0, 0])
    failures = iter([error(503, "busy"), error(429, "slow down", **{"retry-after": "600"})])
    model.replies = lambda body: next(failures, None) or Compliant().text(body["messages"])
    run = runs.start(SAMPLE, tmp_path)
    assert runs.advance(run).name == "Suspended"
    assert len(model.requests) == 5
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir() and not path.name.startswith(".")]
    assert not load(folder).stood_in


def test_after_the_last_try_the_template_stands_in(runs, model, tmp_path, monkeypatch):
    from tasks.draft import draft

    monkeypatch.setattr(draft, "retry_delay_seconds", [0, 0, 0])
    model.replies = lambda body: error(503, "busy")
    run = runs.start(SAMPLE, tmp_path)
    assert runs.advance(run).name == "Suspended"
    assert "没有用上模型的文字" in runs.form(run)


def test_the_key_reaches_neither_the_servers_database_nor_a_file(runs, model, server, tmp_path, tmp_path_factory):
    run = runs.start(SAMPLE, tmp_path)
    runs.advance(run)
    assert model.requests[0].headers["authorization"] == f"Bearer {KEY}"
    for task in runs.tasks(run):
        assert KEY not in json.dumps(task.model_dump(mode="json"), default=str)
    homes = [tmp_path_factory.getbasetemp(), tmp_path, Path(os.environ["PREFECT_HOME"])]
    looked = 0
    for home in homes:
        for path in home.rglob("*"):
            if path.is_file():
                looked += 1
                assert KEY.encode() not in path.read_bytes(), path
    assert looked > 20
    database = next(tmp_path_factory.getbasetemp().rglob("prefect.db"))
    with sqlite3.connect(database) as connection:
        assert KEY not in "\n".join(connection.iterdump())


def test_the_key_may_lie_in_a_secret_block(runs, model, tmp_path, monkeypatch):
    from prefect.blocks.system import Secret

    from tasks.model import KEY_BLOCK

    monkeypatch.delenv("OPENAI_API_KEY")
    Secret(value="sk-of-the-block-4712").save(KEY_BLOCK, overwrite=True, _sync=True)
    runs.advance(runs.start(SAMPLE, tmp_path))
    assert {request.headers["authorization"] for request in model.requests} == {"Bearer sk-of-the-block-4712"}
