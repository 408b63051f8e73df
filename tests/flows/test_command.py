"""The `nianbao` command in a clean process: exit status, what it prints, and where."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from flows.command import ONE_SOURCE
from tests.flows.conftest import ROOT, SAMPLES

SAMPLE = SAMPLES / "qingshi-shuiwuju-2025.yaml"
BROKEN = SAMPLES / "qingshi-broken-2025.yaml"


def nianbao(*arguments, cwd=None, **settings):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {"PYTHONPATH": str(ROOT)} | settings  # this tree's code, from any folder
    command = [sys.executable, "-m", "flows.command", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=cwd)


def test_run_needs_no_server_and_is_silent(tmp_path):
    done = nianbao("run", SAMPLE, "--out", tmp_path / "out", PREFECT_HOME=str(tmp_path / "home"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "青石县水务局" in done.stdout
    assert "2025年度" in done.stdout
    folder = next((tmp_path / "out").iterdir())
    wrote = ("report.docx", "report.html", "report.pdf", "report.json", "audit.json", "findings.json", "narrative.md")
    assert all((folder / name).stat().st_size for name in wrote)
    assert str(folder) in done.stdout
    assert not (tmp_path / "home").exists()


def test_run_again_changes_nothing(tmp_path):
    first = nianbao("run", SAMPLE, "--out", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert nianbao("run", SAMPLE, "--out", tmp_path).stdout == first.stdout
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_errors_give_status_1_and_are_printed_in_full(tmp_path):
    done = nianbao("run", BROKEN, "--out", tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "[错误]" in done.stdout


def test_validate_json_is_the_contract():
    done = nianbao("validate", BROKEN, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    answer = json.loads(done.stdout)
    assert set(answer) == {"findings", "not_assessed"}
    wanted = {"rule", "severity", "cells", "expected", "actual", "message", "source", "fingerprint"}
    assert all(wanted <= set(finding) for finding in answer["findings"])


def test_read_writes_a_dossier_that_reads_the_same(tmp_path):
    first = nianbao("read", SAMPLE, "-o", tmp_path / "底稿.yaml", "--json")
    second = nianbao("read", tmp_path / "底稿.yaml", "--json")
    assert first.returncode == second.returncode == 0
    assert json.loads(first.stdout) == json.loads(second.stdout)
    assert json.loads(first.stdout)["reading"] == []


def test_a_workbook_is_made_and_read_back(tmp_path):
    made = nianbao("workbook", "--year", "2025", "--unit", "某局（虚构样例）", "-o", tmp_path / "填报.xlsx")
    assert (made.returncode, made.stderr) == (0, "")
    assert "2025年度" in made.stdout
    back = nianbao("read", tmp_path / "填报.xlsx")
    assert back.returncode == 2  # nobody has filled in what kind of unit it is
    assert "level" in back.stderr
    assert nianbao("workbook", "-o", tmp_path / "a.txt").returncode == 2


def test_ledgers_and_a_dossier_run_together(tmp_path):
    done = nianbao("run", *sorted(SAMPLES.glob("*台账.*")), SAMPLE, "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_and_last_years_dossier_run_together(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "台账.db")) as made, made:
        made.execute("CREATE TABLE a (id, came, who, result, gone)")
        made.execute("INSERT INTO a VALUES ('1', '2026-03-03', '自然人', '予以公开', '2026-03-20')")
    query = "SELECT id AS 登记编号, came AS 收到日期, who AS 申请人类型, result AS 办理结果, gone AS 答复日期 FROM a"
    source = tmp_path / "台账库.yaml"
    source.write_text(f"kind: database\nurl: sqlite:///台账.db\nyear: 2026\nquery: {query}\n", encoding="utf-8")
    done = nianbao("read", source, "-o", tmp_path / "底稿.yaml", SAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    done = nianbao("run", source, SAMPLE, "--out", tmp_path / "out")
    assert (done.returncode in (0, 1), done.stderr) == (True, "")
    assert "台账.db" in next((tmp_path / "out").glob("*-2026/audit.json")).read_text("utf-8")
    source.write_text(source.read_text("utf-8").replace("FROM a", "FROM b"), encoding="utf-8")
    done = nianbao("read", source, "-o", tmp_path / "新.yaml")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "没有查询所写的表" in done.stderr
    assert not (tmp_path / "新.yaml").exists()


def test_accept_checks_an_edited_narrative(tmp_path):
    nianbao("run", SAMPLE, "--out", tmp_path)
    path = next(tmp_path.rglob("narrative.md"))
    path.write_text(path.read_text("utf-8").replace("。", "，均已完成。", 1), encoding="utf-8")
    done = nianbao("accept", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "第2稿" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "没有.yaml"],
        ["run", "."],
        ["run", SAMPLE, "--out", "/proc/nianbao"],
        ["run", SAMPLE, "--out"],
        ["run", SAMPLE, "--colour", "red"],
        ["read"],
        ["validate"],
        ["accept"],
        ["validate", SAMPLE, BROKEN],
        ["accept", "没有.md"],
        ["accept", "没有.md", "--override", "没有等号"],
        ["frobnicate"],
    ],
    ids=lambda arguments: " ".join(str(a).rpartition("/")[2] for a in arguments),
)
def test_unusable_input_is_one_chinese_sentence(arguments, tmp_path):
    done = nianbao(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert any("\u4e00" <= c <= "\u9fff" for c in done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["run", "read", "validate"])
def test_all_mistakes_of_a_dossier_are_told_at_once(command, tmp_path):
    path = tmp_path / "底稿.yaml"
    path.write_text(SAMPLE.read_text("utf-8").replace("total: 53}", "total: 五十三}"), encoding="utf-8")
    done = nianbao(command, path)
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.splitlines()
    assert len(told) == 3
    assert all(line.startswith("底稿.yaml") and "：" in line for line in told)


def test_an_unreachable_server_is_told_in_one_sentence(tmp_path):
    nowhere = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = nianbao("run", SAMPLE, "--out", tmp_path, PREFECT_HOME=str(tmp_path / "home"), **nowhere)
    assert done.returncode == 2
    assert "连不上 Prefect 服务" in done.stderr
    assert done.stderr.count("\n") == 1


def heartbeats(server, since):
    """The events by which a run says that it is alive: their thread makes a short run longer."""
    wanted = {"event": {"name": ["prefect.flow-run.heartbeat"]}, "occurred": {"since": since.isoformat()}}
    return asked(server, "events/filter", {"filter": wanted})["total"]


def asked(server, path, what):
    import httpx

    return httpx.post(f"{server}/{path}", json=what, trust_env=False).raise_for_status().json()


@pytest.mark.slow
def test_run_with_a_server_shows_there_and_stays_silent_here(server, tmp_path):
    began = dt.datetime.now(dt.UTC)
    done = nianbao(
        "run", SAMPLE, "--out", tmp_path / "out", PREFECT_API_URL=server, PREFECT_HOME=str(tmp_path / "home")
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not heartbeats(server, since=began)
    done = nianbao("run", "没有.yaml", cwd=tmp_path, PREFECT_API_URL=server, PREFECT_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    logged = asked(server, "logs/filter", {"logs": {"timestamp": {"after_": began.isoformat()}}})
    assert any("没有.yaml：找不到这个文件" in line["message"] for line in logged)
    assert not any("Traceback" in line["message"] for line in logged)


@pytest.mark.parametrize("seconds", [0.4, 0.7, 0.9])
def test_killed_and_started_again(tmp_path, seconds):
    command = [sys.executable, "-m", "flows.command", "run", str(SAMPLE), "--out", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()
    done = nianbao("run", SAMPLE, "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "第1稿" in done.stdout
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("command", [[], ["run"], ["read"], ["validate"], ["workbook"], ["accept"]])
def test_help_is_chinese(command):
    done = nianbao(*command, "--help")
    assert done.returncode == 0
    assert "退出状态" in done.stdout
    words = done.stdout.replace("[", " ").replace("]", " ").split()
    assert not {"Parameters", "Arguments", "default", "Display", "required"} & set(words)


@pytest.mark.parametrize("command", [[], ["run"], ["read"], ["validate"]])
def test_help_promises_only_what_works(command):
    told = nianbao(*command, "--help").stdout
    assert not [word for word in ("工作簿", "多个", "各种") if word in told]
    if command:
        assert "".join(ONE_SOURCE.split()) in "".join(told.replace("│", "").split())


def test_a_closed_pipe_is_no_error(tmp_path):
    script = f"{sys.executable} -m flows.command read {SAMPLE} --json | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert done.stderr == ""


def test_an_output_closed_before_the_start_is_no_error(tmp_path):
    script = f"{sys.executable} -m flows.command validate {SAMPLE} >&-"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_loads_nothing_heavy():
    code = "import sys, flows.command; print(sorted({'prefect','numpy','typst','sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
