"""No network but loopback, and never the developer's own Prefect."""

from __future__ import annotations

import os
import socket
import tempfile

import pytest
from hypothesis import settings

os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="nianbao-prefect-")
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_LOGGING_TO_API_ENABLED"] = "false"
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
os.environ.pop("PREFECT_API_URL", None)

settings.register_profile("ci", derandomize=True, deadline=None)  # the same examples on every machine
settings.load_profile("ci" if os.environ.get("CI") else "default")

_connect = socket.socket.connect
_LOOPBACK = ("127.", "::1", "localhost")


def _guarded(self: socket.socket, address: object) -> None:
    if self.family != socket.AF_UNIX and not str(address[0]).startswith(_LOOPBACK):  # type: ignore[index]
        raise AssertionError(f"a test tried to reach the network: {address}")
    return _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Only this machine can be reached from a test."""
    socket.socket.connect = _guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]
