"""How an answer in JSON is asked for: the ways in falling order, and which of them a server has shown to work."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel

Mode = Literal["json_schema", "json_object", "plain"]
MODES: tuple[Mode, ...] = ("json_schema", "json_object", "plain")

# With these a server says that it does not know a parameter; the body has to name which.
_REFUSALS = frozenset({400, 404, 405, 415, 422, 501})
_NAMES_THE_MODE = re.compile(
    r"(?<![a-z])(?:response_format|json_schema|json_object|strict|schema|grammar)(?![a-z])", re.IGNORECASE
)
_ENOUGH = 2  # answers in a row without the shape: the server took the parameter and ignores it


class Ladder:
    """The mode in use with one server and model. It only ever steps down."""

    def __init__(self, modes: tuple[Mode, ...] = MODES) -> None:
        self._modes = modes
        self._bad = 0

    @property
    def mode(self) -> Mode:
        """The mode to use for the next call."""
        return self._modes[0]

    def refused(self, mode: Mode) -> bool:
        """The server does not take `mode`. True if there is another to try, be it by another call's step down."""
        return mode != self.mode or self._down()

    def answered(self, mode: Mode, in_shape: bool) -> None:
        """An answer came in `mode`; two in a row that have not the shape step down for the calls to come."""
        if mode == self.mode:
            self._bad = 0 if in_shape else self._bad + 1
            if self._bad >= _ENOUGH:
                self._down()

    def _down(self) -> bool:
        if len(self._modes) == 1:
            return False
        self._modes, self._bad = self._modes[1:], 0
        return True


_known: dict[tuple[str, str], Ladder] = {}


def ladder_of(base_url: str, model: str, mode: Mode | Literal["auto"]) -> Ladder:
    """The ladder of one server and model, remembered for the process; a mode that is set is the only rung."""
    if mode != "auto":
        return Ladder((mode,))
    return _known.setdefault((base_url, model), Ladder())


def forget() -> None:
    """Forget what all servers have shown."""
    _known.clear()


def refuses_mode(status: int, body: str) -> bool:
    """Whether an error is about the way the JSON was asked for, and not about anything else of the call."""
    return status in _REFUSALS and bool(_NAMES_THE_MODE.search(body))


def response_format(reply: type[BaseModel], mode: Mode) -> dict[str, Any] | None:
    """The parameter `response_format` for one mode; none in plain mode, where only the prompt asks for JSON."""
    if mode == "json_object":
        return {"type": "json_object"}
    if mode == "json_schema":
        name = re.sub(r"[^A-Za-z0-9_-]", "_", reply.__name__)[:64]
        return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema_of(reply)}}
    return None


def schema_of(reply: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a reply as strict servers want it: without `$ref`, closed, every property required.

    Lengths, patterns and defaults are left to pydantic: grammars of servers break on them, or fail open.
    """
    whole = reply.model_json_schema()
    return _strict(whole, whole.get("$defs", {}), ())


def _strict(node: dict[str, Any], defs: dict[str, Any], within: tuple[str, ...]) -> dict[str, Any]:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name in within:
            raise TypeError(f"{name} holds itself; a strict schema cannot")
        told = {"description": node["description"]} if "description" in node else {}
        return _strict(defs[name], defs, (*within, name)) | told
    kept: dict[str, Any] = {key: node[key] for key in ("type", "enum", "description") if key in node}
    if "const" in node:
        kept["enum"] = [node["const"]]
    if "items" in node:
        kept["items"] = _strict(node["items"], defs, within)
    if variants := node.get("anyOf") or node.get("oneOf"):
        kept["anyOf"] = [_strict(variant, defs, within) for variant in variants]
    if "properties" in node:
        kept["properties"] = {key: _strict(value, defs, within) for key, value in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
        kept.pop("description", None)  # the class's docstring, which is for programmers
    return kept
