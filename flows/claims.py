"""`nianbao check`: one text, or one text a line, against dossiers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nianbao.checking import Claim, check_text
from nianbao.dossier import Dossier
from nianbao.errors import NianbaoError, UnusableInput

LARGEST = 20_000_000
_KEPT = 64


def text_of(given: str, stdin: Any) -> str:
    """The text of a file, or of standard input for `-`."""
    try:
        raw = stdin.buffer.read(LARGEST + 1) if given == "-" else Path(given).read_bytes()
    except OSError:
        raise UnusableInput("打不开这个文件，请核对路径和权限", given) from None
    if len(raw) > LARGEST:
        raise UnusableInput("文件过大，不像是一份年报的文字", given)
    for encoding in ("utf-8", "gb18030"):
        try:
            text: str = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise UnusableInput("这不是文本文件，请用纯文本（UTF-8）再试", given)


class Dossiers:
    """The dossiers of a run of texts, each read once."""

    def __init__(self) -> None:
        self._held: dict[str, Dossier] = {}

    def __getitem__(self, path: str) -> Dossier:
        from nianbao.reading import read

        if path not in self._held:
            if len(self._held) >= _KEPT:
                self._held.pop(next(iter(self._held)))
            self._held[path] = read([Path(path)])
        return self._held[path]


def answers(lines: Iterable[str], usual: str = "") -> Iterator[dict[str, Any]]:
    """The result of each line `{"id", "text", "dossier"}`; a line that cannot be used gives an `error`."""
    dossiers = Dossiers()
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number, usual, dossiers)


def _answer(line: str, number: int, usual: str, dossiers: Dossiers) -> dict[str, Any]:
    known: dict[str, Any] = {"id": number}
    try:
        asked = json.loads(line)
        if isinstance(asked, dict):
            known["id"] = asked.get("id", number)
        if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
            return known | {"error": f"第{number}行不是 {{“id”, “text”, “dossier”}} 形式的 JSON"}
        path = asked.get("dossier") or usual
        if not isinstance(path, str) or not path:
            return known | {"error": f"第{number}行没有写明底稿（dossier）"}
        return known | {"claims": [claim.as_json() for claim in check_text(asked["text"], dossiers[path])]}
    except json.JSONDecodeError:
        return known | {"error": f"第{number}行不是 JSON"}
    except NianbaoError as broken:
        return known | {"error": str(broken)}
    except OSError:
        return known | {"error": f"第{number}行的底稿打不开，请核对路径"}


def refuted(claims: Iterable[Claim] | Iterable[dict[str, Any]]) -> bool:
    """Whether anything is contradicted."""
    return any((c["verdict"] if isinstance(c, dict) else c.verdict) == "contradicted" for c in claims)
