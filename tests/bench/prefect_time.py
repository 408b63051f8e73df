"""Prefect's own time: the same run with and without it, in a warm process and as a command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from rich.table import Table

from tests.bench.sample import SAMPLE

ROOT = Path(__file__).resolve().parents[2]
# Every call into a folder of its own: a run that finds its edition there has less to do.
WARM = """
import sys, time
from pathlib import Path
from statistics import median
from {module} import make_report

def seconds(number):
    start = time.perf_counter()
    make_report([Path(sys.argv[1])], Path(sys.argv[2], str(number)))
    return time.perf_counter() - start

seconds("first")
print(median(seconds(number) for number in range(7)))
"""
COMMAND = "from flows.command import main; main()"
IMPORT = """
import time
import flows.local
start = time.perf_counter()
import flows.annual_report
print(time.perf_counter() - start)
"""


@contextmanager
def prefect_server(home: str) -> Iterator[str]:
    """A Prefect server on loopback; its API's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PREFECT_HOME": home, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.terminate()
        server.wait()


class Runs:
    """Runs of the sample; `api` names a Prefect server, or none. Nothing of the user's own Prefect is touched."""

    def __init__(self, folder: str) -> None:
        self.folder, self.count = folder, 0

    def python(self, code: str, *arguments: str, api: str = "") -> str:
        """What a new Python process prints."""
        environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_HOME": f"{self.folder}/home"}
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=ROOT, check=True, env=environment, capture_output=True, text=True).stdout

    def out(self) -> str:
        self.count += 1
        return f"{self.folder}/out-{self.count}"

    def warm(self, api: str = "") -> float:
        """Median seconds of one run in a process that has made one before."""
        module = "flows.remote" if api else "flows.local"
        return float(self.python(WARM.format(module=module), str(SAMPLE), self.out(), api=api))

    def command(self, api: str = "", times: int = 5) -> float:
        """Median seconds of `nianbao run` as its user starts it, after one that does not count."""
        taken = []
        for _ in range(times + 1):
            start = time.perf_counter()
            self.python(COMMAND, "run", str(SAMPLE), "--out", self.out(), api=api)
            taken.append(time.perf_counter() - start)
        return median(taken[1:])

    def imported(self) -> float:
        """Seconds to import Prefect and the flow, once our own modules are there."""
        return median(float(self.python(IMPORT)) for _ in range(3))


def prefects_own() -> Table:
    """One run with Prefect beside the same functions without it; Prefect's part apart."""
    table = Table("one run of the sample", "on a Prefect server", "without Prefect", "Prefect's own time")

    def row(what: str, watched: float, alone: float) -> None:
        table.add_row(what, *(f"{seconds * 1000:,.0f} ms" for seconds in (watched, alone, watched - alone)))

    with tempfile.TemporaryDirectory() as folder, prefect_server(f"{folder}/server") as api:
        runs = Runs(folder)
        row("in a warm process", runs.warm(api), runs.warm())
        row("nianbao run, whole process", runs.command(api), runs.command())
        table.add_row("of it: the import of Prefect", "", "", f"{runs.imported() * 1000:,.0f} ms")
    return table
