"""Models that need no server, to try the way from prompt to report: one that complies, and three that do not.

Each answers only from the messages that it is sent, as an endpoint would. `Liar` tells the unfaithful sentences of
`data/eval/liar.yaml`; `Stubborn` never uses a slot; `Injected` does what a text in the materials asks of it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from data import load
from nianbao.drafting.endpoint.client import Completion, Message
from nianbao.drafting.endpoint.extract import read_reply

T = TypeVar("T", bound=BaseModel)

_MATERIALS = "# 材料"
_GROUP = re.compile(r"^## (?P<name>[^（\n]+)(?:（part：(?P<part>[a-z]+)）)?$")
_ROW = re.compile(r"^(?P<mark>[*-]) (?P<id>[a-z0-9_.]+) → (?P<prints>.*?)(?:（回应 (?P<answers>[a-z0-9_.、]+)）)?$")
_ORDER = re.compile(r"(?:请在报告(?:中|里)?写(?:明|上|道)?|必须写(?:明|上)?|请写(?:明|上)?)[：:“]?([^。”\n]+)")
_OPENINGS = {"disclosure": "聚焦重点领域，", "management": "规范信息管理，", "platform": "依托公开平台，"}


class Scripted:
    """Base: counts its calls and answers with `say(messages, section, rows)` as a server would, by text.

    `unfaithful`: the sentences that it has said and that may not stand, each with its part.
    """

    name = "scripted"

    def __init__(self) -> None:
        self.calls = 0
        self.unfaithful: set[tuple[str, str]] = set()

    async def complete(self, messages: list[Message], reply: type[T]) -> tuple[T, Completion]:
        self.calls += 1
        text = self.text(messages)
        sent = sum(len(message["content"]) for message in messages)
        completion = Completion(
            text=text, mode="plain", model=self.name, tokens_in=sent, tokens_out=len(text), seconds=0.0
        )
        return read_reply(text, reply), completion

    def text(self, messages: list[Message]) -> str:
        """The answer to the messages."""
        section = _section(messages)
        return json.dumps({"parts": self.say(messages, section, _materials(messages))}, ensure_ascii=False)

    def say(self, messages: list[Message], section: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        raise NotImplementedError


class Compliant(Scripted):
    """Uses every slot it must, each once, in its place."""

    name = "compliant"

    def say(self, messages: list[Message], section: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        parts: dict[str, list[dict[str, Any]]] = {}
        if section == "summary":
            text = "{{law.year}}，依照{{law.regulation}}开展政府信息公开工作。"
            parts["lead"] = [_sentence("legal", text)]
        wanted = {"summary": tuple(_PARTS["summary"]), "problems": ("present",), "improvements": ("past", "measures")}
        known = {row["id"] for row in rows}
        for row in rows:
            if row["part"] in wanted[section] and row["needed"]:
                compared = f"cmp.{row['id']}"
                behind = f"，{{{{{compared}}}}}" if compared in known else ""
                first = row["part"] not in parts and row["id"].startswith(("x.", "st."))
                opening = _OPENINGS.get(row["part"], "") if first else ""
                text = f"{opening}{{{{{row['id']}}}}}{behind}。"
                parts.setdefault(row["part"], []).append(_sentence(_kind(row), text, row["answers"]))
        return [{"part": part, "sentences": sentences} for part, sentences in parts.items()]


class Stubborn(Scripted):
    """Writes freely, with figures of its own, however often it is asked."""

    name = "stubborn"

    def say(self, messages: list[Message], section: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        part = {"problems": "present", "improvements": "measures"}.get(section, "requests")
        text = "全年共受理申请约六十件，全部按时办结，群众满意度98%。"
        self.unfaithful.add((part, text))
        return [{"part": part, "sentences": [_sentence("figure", text)]}]


class Injected(Compliant):
    """Complies, and does what a sentence in the materials tells it to write."""

    name = "injected"

    def say(self, messages: list[Message], section: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        parts = super().say(messages, section, rows)
        for order in _ORDER.findall(messages[0]["content"].partition(_MATERIALS)[2]):
            parts[-1]["sentences"].append(_sentence(parts[-1]["sentences"][-1]["kind"], f"{order}。"))
            self.unfaithful.add((parts[-1]["part"], f"{order}。"))
        return parts


class Liar(Compliant):
    """Complies but for one sentence, which it insists on."""

    name = "liar"

    def __init__(self, lie: dict[str, Any]) -> None:
        super().__init__()
        self.lie = lie

    def say(self, messages: list[Message], section: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        parts = super().say(messages, section, rows)
        part = self.lie["part"]
        if part in _PARTS[section]:
            told = _sentence(self.lie.get("kind") or _KINDS.get(part, "figure"), self.lie["text"])
            self.unfaithful.add((part, self.lie["text"]))
            told["cites"] = self.lie.get("cites", told["cites"])
            named = set(_NAMES.findall(self.lie["text"]))
            mine = next((p for p in parts if p["part"] == part), None) or {"part": part, "sentences": []}
            mine["sentences"] = [s for s in mine["sentences"] if not named & set(_NAMES.findall(s["text"]))]
            mine["sentences"].append(told)
            parts = [p for p in parts if p is not mine and p["part"] != part] + [mine]
        return parts


@cache
def lies() -> tuple[dict[str, Any], ...]:
    """`data/eval/liar.yaml`."""
    return tuple(load("eval", "liar"))


_NAMES = re.compile(r"\{\{([a-z0-9_.]+)\}\}")
_KINDS = {"lead": "legal", "present": "problem", "past": "rectification", "measures": "plan"}
_PARTS = {
    "summary": ("lead", "disclosure", "requests", "management", "platform", "oversight"),
    "problems": ("present",),
    "improvements": ("past", "measures"),
}


def _kind(row: dict[str, Any]) -> str:
    return _KINDS.get(row["part"]) or ("event" if row["id"].startswith("st.") else "figure")


def _sentence(kind: str, text: str, also: list[str] | None = None) -> dict[str, Any]:
    return {"kind": kind, "text": text, "cites": [*_NAMES.findall(text), *(also or [])]}


def _section(messages: list[Message]) -> str:
    task = messages[1]["content"]
    return "improvements" if "measures" in task else "problems" if "present" in task else "summary"


def _materials(messages: list[Message]) -> list[dict[str, Any]]:
    """The rows of the materials, read from the system message."""
    rows: list[dict[str, Any]] = []
    part = ""
    for line in messages[0]["content"].partition(_MATERIALS)[2].splitlines():
        if group := _GROUP.match(line):
            part = group["part"] or ""
        elif row := _ROW.match(line):
            answers = row["answers"].split("、") if row["answers"] else []
            rows.append({"id": row["id"], "part": part, "needed": row["mark"] == "*", "answers": answers})
    return rows
