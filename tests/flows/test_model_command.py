"""The command with a model server: what is shown before, what is sent, and a run killed between two calls."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from nianbao.drafting.model.scripted import Compliant, Stubborn
from tests.drafting.fault_server import Answer, FaultServer
from tests.flows.conftest import ROOT, SAMPLES

SAMPLE = SAMPLES / "qingshi-shuiwuju-2025.yaml"
KEY = "sk-recognisable-4711"


@pytest.fixture
def server():
    with FaultServer() as running:
        running.replies = lambda body: Compliant().text(body["messages"])
        yield running


def environment(server):
    away = {"PREFECT_API_URL": "", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "NIANBAO_MODEL": "scripted"}
    return os.environ | away


def nianbao(server, *arguments, **more):
    command = [sys.executable, "-c", "from flows.command import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=environment(server) | more, capture_output=True, encoding="utf-8", timeout=120
    )


def test_prompt_shows_to_the_letter_what_run_sends(server, tmp_path):
    shown = json.loads(nianbao(server, "prompt", SAMPLE, "--json").stdout)
    assert not server.requests
    done = nianbao(server, "run", SAMPLE, "--out", tmp_path)
    assert "起草：模型 served-model 起草" in done.stdout, done.stderr
    assert done.returncode == 0
    sent = [request.body for request in server.requests]
    assert [one["section"] for one in shown] == ["summary", "problems", "improvements"]
    assert sorted(map(str, (one["request"] for one in shown))) == sorted(map(str, sent))
    assert KEY not in json.dumps(shown)
    text = nianbao(server, "prompt", SAMPLE, "--section", "problems").stdout
    assert shown[1]["request"]["messages"][0]["content"] in text
    assert "===== problems · user =====" in text


def test_the_audit_says_who_wrote_what_and_what_was_refused(server, tmp_path):
    server.replies = lambda body: Stubborn().text(body["messages"])
    done = nianbao(server, "run", SAMPLE, "--out", tmp_path)
    assert "由模板生成" in done.stdout
    folder = next(path for path in tmp_path.iterdir() if not path.name.startswith("."))
    audit = json.loads((folder / "audit.json").read_text("utf-8"))
    assert audit["model"] == "served-model"
    assert [(a["section"], a["number"]) for a in audit["attempts"]][:3] == [("summary", n) for n in (1, 2, 3)]
    assert "G-DIGIT" in audit["attempts"][0]["refused"][0]
    assert {s["origin"] for s in audit["sentences"] if s["section"] == "summary"} == {"template"}
    assert "模板生成" in (folder / "审阅稿.html").read_text("utf-8")
    assert "模板生成" not in (folder / "narrative.md").read_text("utf-8")
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"OPENAI_BASE_URL": "https://203.0.113.9/v1"}, "NIANBAO_MODEL_POLICY=public"),
        ({"NIANBAO_MODEL_DEADLINE": "soon"}, "NIANBAO_MODEL_DEADLINE"),
        ({"OPENAI_BASE_URL": "ftp://x"}, "OPENAI_BASE_URL"),
    ],
)
def test_settings_that_cannot_be_used_stop_with_one_sentence(server, tmp_path, settings, says):
    done = nianbao(server, "run", SAMPLE, "--out", tmp_path, **settings)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_run_killed_between_two_calls_pays_for_none_twice(server, tmp_path):
    asked = []

    def two_then_silence(body):
        asked.append(body)
        return Compliant().text(body["messages"]) if len(asked) <= 2 else Answer(wait=60)

    server.replies = two_then_silence
    command = [
        sys.executable,
        "-c",
        "from flows.command import main; main()",
        "run",
        str(SAMPLE),
        "--out",
        str(tmp_path),
    ]
    with subprocess.Popen(command, cwd=ROOT, env=environment(server)) as run:
        for _ in range(200):
            if len(list((tmp_path / ".model").glob("*.json"))) == 2 and len(asked) == 3:
                break
            time.sleep(0.1)
        run.send_signal(signal.SIGKILL)
    server.replies = lambda body: Compliant().text(body["messages"])
    done = nianbao(server, "run", SAMPLE, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(server.requests) == 4


def test_eval_lets_no_lie_through_and_claims_nothing_of_a_live_model(server):
    done = nianbao(server, "eval", OPENAI_BASE_URL="", NIANBAO_MODEL="")
    assert done.returncode == 0, done.stderr
    assert "没有配置模型" in done.stdout
    rows = {line.split()[0]: line.split()[-1] for line in done.stdout.splitlines() if line.strip()}
    assert [rows[name] for name in ("compliant", "liar", "stubborn", "injected")] == ["0"] * 4
    live = nianbao(server, "eval", SAMPLE).stdout
    assert any(line.split()[:3] == ["scripted", "3", "100%"] for line in live.splitlines())
