"""The fault-injecting server, and neither a remembered mode nor a setting of this machine."""

from __future__ import annotations

import os

import pytest

from nianbao.drafting.endpoint import ladder
from tests.drafting.fault_server import FaultServer


@pytest.fixture
def server():
    with FaultServer() as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    ladder.forget()
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "NIANBAO_MODEL")):
            monkeypatch.delenv(name)
