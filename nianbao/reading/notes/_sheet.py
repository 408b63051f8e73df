"""The file of candidates as a person has left it: read with the line of every mistake."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, get_args

from nianbao.dossier import Mistakes, Statement, StatementKind, Status, Topic, unprintable
from nianbao.errors import UnusableInput
from nianbao.findings import Value
from nianbao.notes import KINDS, STATUSES
from nianbao.reading.dossier_file import load_data

KIND = "note_candidates"
Answer = Literal["yes", "no", "struck"]
ANSWERS: dict[object, Answer] = {"是": "yes", True: "yes", "否": "no", False: "no", None: "no", "不用": "struck"}
_HEAD = 8192
_MARK = re.compile(rb"(?m)^\s*[\"']?kind[\"']?\s*:\s*[\"']?" + KIND.encode() + rb"\b")
_TEXTS = ("text", "quote", "file", "place", "doubt", "remark")
_KEYS = ("id", "confirmed", "kind", "status", "topic", "answers", *_TEXTS)
_TOP = ("kind", "year", "confirmed_by", "candidates", "not_offered", "offered")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_NOT_HERE = "不在候选之列的内容不能在这里确认；确需采用的，请改正部门的原件后重新运行 nianbao notes"
Place = tuple[str | int, ...]


class Entry(Value):
    """One candidate and what a person decided on it."""

    id: str
    confirmed: Answer
    kind: StatementKind
    status: Status
    text: str
    quote: str
    file: str = ""
    place: str = ""
    topic: Topic | None = None
    answers: tuple[str, ...] = ()
    doubt: str = ""
    remark: str = ""

    def statement(self, vouched: str = "") -> Statement:
        """What it says, as a statement of the dossier; `vouched`: who stands for it."""
        return Statement(
            id=self.id, kind=self.kind, status=self.status, text=self.text, topic=self.topic, answers=self.answers,
            source=f"{self.file} {self.place}".strip() + vouched,
        )  # fmt: skip


class Sheet(Value):
    """The whole file. `offered`: digests of all quotations that were ever put to a person; `rest`: 不在候选之列的."""

    year: int
    confirmed_by: str
    entries: tuple[Entry, ...]
    offered: tuple[str, ...] = ()
    rest: tuple[dict[str, Any], ...] = ()


def is_sheet(path: Path) -> bool:
    """Whether a YAML file says of itself that it is one."""
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        return False
    try:
        with path.open("rb") as file:
            return bool(_MARK.search(file.read(_HEAD)))
    except OSError:
        return False


def load_sheet(path: Path) -> Sheet:
    """The sheet; all that is wrong with it is raised as one `UnusableInput`."""
    data, places, already = load_data(path)
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise UnusableInput(f"这不是候选清单（应当有 kind: {KIND} 一行）", path.name)
    return _Reader(places, path.name).sheet(data, already)


class _Reader(Mistakes):
    def sheet(self, data: dict[Any, Any], already: list[UnusableInput]) -> Sheet:
        for key in data:
            self.known(key, _TOP, (key,), f"没有名为“{key}”的项目")
        year = data.get("year")
        if isinstance(year, bool) or not isinstance(year, int):
            year = 0
            self.add(("year",), "年份（year）应当写成四位数字，例如 year: 2025")
        raw = self._list(data, "candidates")
        entries = [self._entry(item, ("candidates", number)) for number, item in enumerate(raw)]
        self._unique(entries)
        rest = self._list(data, "not_offered")
        for number, item in enumerate(rest):
            if not isinstance(item, dict):
                self.add(("not_offered", number), "这里的写法不对，应当是“名称: 值”的形式")
            elif "confirmed" in item:
                self.add(("not_offered", number, "confirmed"), _NOT_HERE)
        by = data.get("confirmed_by")
        if by is not None and not isinstance(by, str):
            self.add(("confirmed_by",), "应当写确认人的名字")
        self.refuse(already)
        return Sheet(
            year=year,
            confirmed_by=by.strip() if isinstance(by, str) else "",
            entries=tuple(entry for entry in entries if entry),
            offered=tuple(str(one) for one in self._list(data, "offered")),
            rest=tuple(rest),
        )

    def _list(self, data: dict[Any, Any], name: str) -> list[Any]:
        found = data.get(name)
        if found is not None and not isinstance(found, list):
            self.add((name,), "应当是列表，每项以“- ”开头")
        return found if isinstance(found, list) else []

    def _entry(self, item: Any, path: Place) -> Entry | None:
        if not isinstance(item, dict):
            self.add(path, "这里的写法不对，应当是“名称: 值”的形式")
            return None
        for key in item:
            self.known(key, _KEYS, (*path, key), f"没有名为“{key}”的项目")
        held = item.get("confirmed")
        answer = ANSWERS.get(held) if isinstance(held, str | bool | None) else None
        if answer is None:
            self.add((*path, "confirmed"), f"只能写 是、否 或 不用，现在是“{held}”")
        self._one_of(item, "kind", KINDS, path)
        self._one_of(item, "status", STATUSES, path)
        if item.get("topic") is not None:
            self._one_of(item, "topic", get_args(Topic), path)
        texts: dict[str, Any] = {name: self._text(item, name, path) for name in _TEXTS}
        if not (isinstance(item.get("id"), str) and _ID.fullmatch(item["id"])):
            self.add((*path, "id"), "编号只能用小写英文字母、数字和下划线，并以字母开头")
        answers = item.get("answers") or []
        if not (isinstance(answers, list) and all(isinstance(one, str) for one in answers)):
            self.add((*path, "answers"), "应当是编号的列表，例如 answers: [n3]")
        if any(self.told((*path, key)) for key in _KEYS):
            return None
        chosen: dict[str, Any] = {"topic": item.get("topic"), "answers": tuple(answers)}
        return Entry(
            id=item["id"], confirmed=answer or "no", kind=item["kind"], status=item["status"], **texts, **chosen
        )

    def _one_of(self, item: dict[Any, Any], name: str, allowed: tuple[str, ...], path: Place) -> None:
        if item.get(name) not in allowed:
            self.add((*path, name), f"只能是 {'、'.join(allowed)}，现在是“{item.get(name)}”")

    def _text(self, item: dict[Any, Any], name: str, path: Place) -> str:
        text = item.get(name)
        needed = name in ("text", "quote")
        if text is None and not needed:
            return ""
        if not isinstance(text, str):
            self.add((*path, name), "应当是文字，纯数字请加引号" if text is not None else f"缺少 {name}，请补上")
        elif needed and len(text.strip()) < 2:
            self.add((*path, name), "不能为空")
        elif wrong := unprintable(text, "\t" if needed else "\n\t"):
            self.add((*path, name), wrong)
        else:
            return text.strip() if name == "text" else text
        return ""

    def _unique(self, entries: list[Entry | None]) -> None:
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            if entry and entry.id in seen:
                self.add(("candidates", number, "id"), f"编号“{entry.id}”出现了不止一次，请改成不同的编号")
            seen |= {entry.id} if entry else set()
