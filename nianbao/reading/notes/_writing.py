"""The file of candidates written for a person, and written on without touching what that person has decided.

What stands in `candidates`, comments included, is kept to the byte; new candidates are put after the last one. Only
`not_offered` and `offered`, which are the program's own, are written anew. A candidate that was struck out of the file
is not offered again: `offered` remembers the digest of its quotation.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from nianbao.errors import UnusableInput
from nianbao.findings import Value
from nianbao.notes import Candidate, Extract, same
from nianbao.reading.dossier_file import PlainDumper
from nianbao.reading.notes._sheet import KIND, Entry, Sheet, is_sheet, load_sheet

_HEADER = """\
# 从部门说明中摘录的候选情况（{year}年度）。候选不是依据：没有确认的，不会写进年报，也不会给起草程序和模型看。
# 怎样做：逐条对照部门原件，由负责政府信息公开工作的人员确认，并在 confirmed_by 后面写上确认人。
#   要采用的，把 confirmed 后面的“否”改成“是”；不要的，写“不用”，或者删去整条。
#   text 是将要写进年报的话，可以改，但不能写原文（quote）没有的内容和数字；quote、file、place 不要改。
#   kind（种类）：event 工作情况　problem 问题　plan 措施打算　rectification 整改　document 文件　platform 平台
#     result 考核、评议、责任追究结果
#   status（进度）：done 已完成　ongoing 进行中　planned 打算做
#   还可以写 topic（方面）、answers（回应哪几条问题，例如 answers: [n3]）和 remark（备注）。
# 改好后：nianbao run 底稿.yaml {name}　或　nianbao read 底稿.yaml {name} -o 新底稿.yaml
"""
_MARKER = "# ======== 以下由程序写，不要改动 ========"
_REST = """\
# not_offered 不在候选之列，只供查看：suspicious 是可疑内容，程序一概不照办；hint 说明为什么没有列为候选。
# 其中确需采用的，请改正部门的原件后重新运行 nianbao notes。
"""
_OFFERED = "# offered 供程序记住哪些原文已经列出过，删去的候选不再列出。\n"
_OWN = re.compile(rf"(?m)^(?:{re.escape(_MARKER)}|(?:not_offered|offered)[ \t]*:)")
_EMPTY = re.compile(r"(?m)^(candidates[ \t]*:)[ \t]*(?:\[[ \t]*\]|null|~)?[ \t]*\r?$")
_MOST_ENTRIES, _MOST_SHOWN = 1000, 200
_WIDEST = 100_000  # signs; YAML is not to fold what a person reads


class Written(Value):
    """What came of it: new candidates, those decided and waiting before, and what is only shown."""

    new: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    shown: tuple[dict[str, Any], ...]


def write_sheet(path: Path, year: int, extracts: Sequence[Extract]) -> Written:
    """Write the file, or write on in it; `UnusableInput` if there stands something else, which is then left alone."""
    before = _before(path, year)
    kept = before.entries if before else ()
    known = {_digest(entry.quote) for entry in kept} | set(before.offered if before else ())
    new = tuple(_entries(extracts, known, {entry.id for entry in kept}))
    read_now = {one.file for one in extracts}
    rest = [dict(one) for one in (before.rest if before else ()) if one.get("file") not in read_now]
    if len(kept) + len(new) > _MOST_ENTRIES:
        raise UnusableInput(f"候选超过{_MOST_ENTRIES}条，没有写；请只保留说明中与政务公开有关的部分", path.name)
    shown = [one for extract in extracts for one in _shown_of(extract)]
    offered = sorted(known | {_digest(entry.quote) for entry in new})
    old = _text(path) if before else ""
    text = (_decided(old) if before else _head(path.name, year)).rstrip()
    text = f"{_with(text, new)}\n\n{_own_part([*rest, *shown], offered)}"
    text = text.replace("\n", "\r\n") if "\r\n" in old else text
    if text != old:
        _replace(path, text, (*kept, *new))
    return Written(new=new, kept=kept, shown=tuple(shown))


def _before(path: Path, year: int) -> Sheet | None:
    if not path.exists():
        return None
    if not is_sheet(path):
        raise UnusableInput("这个文件已经存在，又不是候选清单，没有改动；请用 -o 写到另一个文件", path.name)
    sheet = load_sheet(path)
    if sheet.year != year:
        raise UnusableInput(f"这是{sheet.year}年度的候选清单，没有改动；{year}年度的请用 -o 写到另一个文件", path.name)
    return sheet


def _entries(extracts: Iterable[Extract], known: set[str], ids: set[str]) -> Iterator[Entry]:
    """The candidates that nobody has seen yet, each quotation once; an id that was struck out is not used again."""
    used = [int(one[1:]) for one in ids if one[0] == "n" and one[1:].isdecimal()]
    seen, number = set(known), max([len(known), *used])
    for one in (candidate for extract in extracts for candidate in extract.candidates):
        if (digest := _digest(one.quote)) in seen:
            continue
        seen.add(digest)
        number += 1
        yield _entry(f"n{number}", one)


def _entry(number: str, one: Candidate) -> Entry:
    return Entry(
        id=number, confirmed="no", kind=one.kind, status=one.status, text=one.text, quote=one.quote, file=one.file,
        place=one.place, doubt="；".join(one.doubts),
    )  # fmt: skip


def _plain(entry: Entry) -> dict[str, Any]:
    """A new entry as it is printed: what a person decides first, then what it rests on."""
    out = {"id": entry.id, "confirmed": "否", "kind": entry.kind, "status": entry.status, "text": entry.text}
    out |= {"doubt": entry.doubt} if entry.doubt else {}
    return out | {"quote": entry.quote, "file": entry.file, "place": entry.place}


def _shown_of(extract: Extract) -> Iterator[dict[str, Any]]:
    """What is only shown of one note; of very much the first, suspicious things before hints."""
    every = sorted(extract.shown, key=lambda one: one.why != "suspicious")
    yield from (_shown(extract.file, one) for one in every[:_MOST_SHOWN])
    if every[_MOST_SHOWN:]:
        yield {"hint": f"这份说明另有{len(every) - _MOST_SHOWN}处没有列出", "file": extract.file, "place": "（全文）"}


def _shown(file: str, one: Any) -> dict[str, Any]:
    quote = {"quote": one.quote} if one.quote else {}
    return {one.why: one.reason, **quote, "file": file, "place": one.place}


def _digest(quote: str) -> str:
    return hashlib.sha256(same(quote).encode()).hexdigest()[:12]


def _dump(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=_WIDEST)
    return text


def _head(name: str, year: int) -> str:
    return _HEADER.format(year=year, name=name) + f"kind: {KIND}\nyear: {year}\nconfirmed_by:\ncandidates: []\n"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _decided(text: str) -> str:
    """The part of the file that is a person's, its line breaks plain."""
    text = text.replace("\r\n", "\n")
    own = _OWN.search(text)
    return text[: own.start()] if own else text


def _with(text: str, new: Sequence[Entry]) -> str:
    """The new entries after the last one, as far to the right as the others stand."""
    if not new:
        return text
    text = _EMPTY.sub(r"\1", text, count=1) if not _column(text) else text
    items = (textwrap.indent(_dump([_plain(entry)]), " " * (_column(text) or 0)) for entry in new)
    return text + "".join(f"\n\n{item.rstrip()}" for item in items)


def _column(text: str) -> int | None:
    """Where the dashes of the list of candidates stand, None where it is empty."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    keys = root.value if isinstance(root, yaml.MappingNode) else []
    held = next((value for key, value in keys if key.value == "candidates"), None)
    return held.start_mark.column if isinstance(held, yaml.SequenceNode) and held.value else None


def _own_part(rest: Sequence[Any], offered: Sequence[str]) -> str:
    shown = _dump({"not_offered": list(rest)})
    return f"{_MARKER}\n{_REST}{shown}\n{_OFFERED}offered: [{', '.join(offered)}]\n"


def _replace(path: Path, text: str, entries: tuple[Entry, ...]) -> None:
    """Whole or not at all, and only what reads back as it was meant."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(UnusableInput):
            if load_sheet(temporary).entries == entries:
                if path.exists():
                    shutil.copymode(path, temporary)
                os.replace(temporary, path)
                return
        raise UnusableInput("候选清单的排版改过，程序不能接着写，没有改动；请用 -o 写到另一个文件", path.name)
    finally:
        temporary.unlink(missing_ok=True)
