"""What drafting with a model costs beside the model itself: a scripted server with a fixed latency on loopback."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pydantic import SecretStr

from nianbao.drafting.endpoint.extract import read_reply
from nianbao.drafting.model.gate import Gate
from nianbao.drafting.model.prompt import MODEL_SECTIONS, messages_for
from nianbao.drafting.model.reply import Reply
from nianbao.drafting.model.scripted import Compliant
from nianbao.drafting.model.slots import slots_of
from nianbao.facts import fact_table
from nianbao.reading import read
from nianbao.settings import ModelSettings
from tasks.plain import model_drafts
from tests.bench.sample import SAMPLE
from tests.drafting.fault_server import FaultServer

TEXTS = ("summary", "problems")


def three_sections(latency: float) -> tuple[float, float, int, int]:
    """Seconds of all sections, of the slowest call alone; calls of the first run, and after one figure changed."""
    dossier = read([SAMPLE])
    with FaultServer() as server, tempfile.TemporaryDirectory() as out:
        server.replies, server.latency = lambda body: Compliant().text(body["messages"]), latency
        settings = ModelSettings(base_url=server.url, model="scripted", api_key=SecretStr("x"))

        def run(folder: str) -> list[float]:
            begun = time.perf_counter()
            limit = asyncio.Semaphore(3)
            drafts = model_drafts(TEXTS, dossier, settings, Path(out) / folder, lambda: limit, give_up=False)
            return [time.perf_counter() - begun, max(a.seconds for d in drafts for a in d.attempts)]

        run("warm")
        before = len(server.requests)
        whole, slowest = run("measured")
        first = len(server.requests) - before
        granted = dossier.figures["requests.granted.total"].model_copy(update={"value": 17})
        dossier = dossier.model_copy(update={"figures": dict(dossier.figures) | {"requests.granted.total": granted}})
        before = len(server.requests)
        run("measured")
        return whole, slowest, first, len(server.requests) - before


def gates() -> Iterator[tuple[str, float, int]]:
    """Of each section: seconds of parsing and judging one reply, and the characters of its messages."""
    dossier = read([SAMPLE])
    slots = slots_of(dossier, fact_table(dossier))
    for section in MODEL_SECTIONS:
        messages = messages_for(section, dossier, slots)
        text = Compliant().text(messages)
        gate = Gate(section, dossier, slots)
        begun = time.perf_counter()
        for _ in range(20):
            gate.judge(read_reply(text, Reply))
        yield section, (time.perf_counter() - begun) / 20, sum(len(m["content"]) for m in messages)
