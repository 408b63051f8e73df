"""A run killed between drafting and the gate, on a real server with a real worker, goes on where it stopped."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest
import yaml

from flows.local import make_report
from nianbao.review.editions import load
from tests.flows.conftest import ROOT, SAMPLES

pytestmark = pytest.mark.slow
PATIENCE = 20  # seconds that the automation waits in this test


def descendants(pid):
    """The processes that a process has started, the youngest last."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [one for child in map(int, found) for one in (child, *descendants(child))]


class Machine:
    """A work pool's worker and the `prefect` command, with one PREFECT_HOME."""

    def __init__(self, server, home) -> None:
        self.home = home
        self.environment = os.environ | {
            "PREFECT_API_URL": server, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT),
            "PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_LOGGING_TO_API_ENABLED": "true",
        }  # fmt: skip

    def prefect(self, *arguments):
        command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
        done = subprocess.run(command, cwd=self.home, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def worker(self):
        command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "kill"]
        with (self.home / "worker.log").open("ab") as log:
            worker = subprocess.Popen(command, cwd=self.home, env=self.environment, stdout=log, stderr=log)
        try:
            yield worker
        finally:
            self.kill(*descendants(worker.pid), worker.pid)
            worker.wait()

    @staticmethod
    def kill(*pids):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def held(folder):
    """The edition's lock: a run stops just before it writes its documents."""
    folder.mkdir(parents=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def until(what, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.3)
    pytest.fail("it did not come to that in time")


def deployed(runs, source, out):
    from prefect.deployments.runner import EntrypointType

    deployment = runs.flow.to_deployment(
        "killed", work_pool_name="kill", entrypoint_type=EntrypointType.MODULE_PATH, concurrency_limit=1
    )
    deployment.storage = None  # the code is installed, as with `pull: []`
    parameters = {"sources": [str(source)], "out": str(out)}
    return runs.client.create_flow_run_from_deployment(deployment.apply(), parameters=parameters).id


def of(run):
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    return LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run]))


@pytest.fixture
def machine(server, tmp_path):
    """With the project's automation, whose patience is shorter here."""
    text = (ROOT / "automations.yaml").read_text("utf-8")
    assert "within: 1800" in text
    impatient = tmp_path / "automations.yaml"
    impatient.write_text(text.replace("within: 1800", f"within: {PATIENCE}"), encoding="utf-8")
    machine = Machine(server, tmp_path)
    machine.prefect("work-pool", "create", "kill", "--type", "process", "--overwrite")
    machine.prefect("automation", "create", "--from-file", str(impatient))
    yield machine
    machine.prefect("automation", "delete", yaml.safe_load(text)["automations"][0]["name"])


WAITS_FOR_PREFECT = pytest.mark.skipif(
    not os.environ.get("CI"), reason="waits a minute and a half for the automation to lose patience; set CI=1 to run it"
)


@pytest.mark.parametrize(
    "worker_too",
    [pytest.param(False, id="the run alone"), pytest.param(True, id="with its worker", marks=WAITS_FOR_PREFECT)],
)
def test_a_killed_run_is_retried_to_the_same_text(runs, machine, tmp_path, worker_too):
    for path in SAMPLES.glob("qingshi-*.yaml"):
        shutil.copy(path, tmp_path)
    source = tmp_path / "qingshi-shuiwuju-2025.yaml"
    wanted = load(make_report([source], tmp_path / "wanted"))
    folder = tmp_path / "out" / wanted.folder_name
    run = deployed(runs, source, tmp_path / "out")

    def tasks():
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[run]))
        return [(one.name, one.state_name) for one in runs.client.read_task_runs(flow_run_filter=chosen)]

    def state():
        return runs.client.read_flow_run(run).state.name

    with machine.worker() as first:
        with held(folder):
            until(lambda: ("生成文稿", "Running") in tasks())
            machine.kill(*descendants(first.pid))
            if worker_too:
                machine.kill(first.pid)
                first.wait()
        assert not (folder / "edition.json").exists()
        if not worker_too:
            until(lambda: state() == "Crashed", 30)
    assert sorted(name for name, how in tasks() if how == "Completed" and name.startswith("起草")) == DRAFTS
    with machine.worker():
        until(lambda: state() == "Crashed")
        machine.prefect("flow-run", "retry", str(run))
        until(lambda: state() == "Suspended")
        edition = load(folder)
        assert edition.digest == wanted.digest
        asked = runs.client.read_flow_run(run).state.state_details.pause_key
        assert asked == f"review-1-{wanted.digest[:12]}"
        assert edition.revision == 1
        assert not (folder / "revisions").exists()
        until(lambda: sorted(n for n, how in tasks() if how == "Cached" and n.startswith("起草")) == DRAFTS, 20)
        until(lambda: any("右上角“⋮”中的 Resume" in line.message for line in runs.client.read_logs(of(run))), 20)
        if worker_too:
            time.sleep(PATIENCE + 15)
            assert state() == "Suspended"  # nobody has killed a run that waits for people


DRAFTS = sorted(
    f"起草：{part}" for part in ("开头", "一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
)
