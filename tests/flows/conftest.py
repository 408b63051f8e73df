"""A real Prefect server for the session, and runs of the deployed flow driven by hand."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The API's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect-server")
    environment = os.environ | {"PREFECT_HOME": str(home), "PREFECT_LOGGING_SERVER_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=home, stdout=log, stderr=log)
    api = f"http://127.0.0.1:{port}/api"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for _ in range(240):
            try:
                opener.open(f"{api}/health", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None, (home / "log").read_text()
                time.sleep(0.25)
        yield api
    finally:
        process.terminate()
        process.wait(timeout=30)


class Runs:
    """Starts, continues and answers runs of a deployment, each step in this process."""

    def __init__(self, client) -> None:
        from flows.annual_report import annual_report

        self.client, self.flow = client, annual_report

    def start(self, source: Path, out: Path, **more: str):
        from prefect.deployments.runner import EntrypointType

        deployment = self.flow.to_deployment("test", entrypoint_type=EntrypointType.MODULE_PATH)
        parameters = {"sources": [str(source)], "out": str(out), **more}
        return self.client.create_flow_run_from_deployment(deployment.apply(), parameters=parameters).id

    def advance(self, run_id):
        """Let the run go on until it waits or ends."""
        from prefect.exceptions import Pause
        from prefect.flow_engine import run_flow

        with suppress(Pause):  # how a suspended run leaves its process
            run_flow(self.flow, flow_run=self.client.read_flow_run(run_id), return_type="state")
        return self.client.read_flow_run(run_id).state

    def answer(self, run_id, decision: str, comment: str = ""):
        given = {"decision": decision, "reviewer": "审阅人", "comment": comment}
        response = self.client.resume_flow_run(run_id, run_input=given)
        assert response.status.value == "ACCEPT", response
        return self.advance(run_id)

    def tasks(self, run_id):
        """The run's task runs, once the server has taken in their events."""
        from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
        found = []
        for _ in range(40):
            time.sleep(0.25)
            before, found = found, self.client.read_task_runs(flow_run_filter=chosen)
            if found and len(found) == len(before) and all(one.state.is_final() for one in found):
                break
        return found

    def form(self, run_id) -> str:
        """What the reviewers see above the form."""
        key = self.client.read_flow_run(run_id).state.state_details.run_input_keyset["description"]
        return self.client.read_flow_run_input(run_id, key)


@pytest.fixture
def runs(server):
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_LEVEL, temporary_settings

    settings = temporary_settings({PREFECT_API_URL: server, PREFECT_LOGGING_LEVEL: "ERROR"})
    with settings, get_client(sync_client=True) as client:
        yield Runs(client)
