"""One note: a text file or a Word document into passages. Whatever else a department sends is told how to be sent."""

from __future__ import annotations

import re
from pathlib import Path

from nianbao.errors import UnusableInput
from nianbao.notes import Aside, Note, Passage
from nianbao.reading.docx_lines import body_of, lines_of_body
from nianbao.reading.notes._hidden import asides_of
from nianbao.reading.page_lines import LONGEST
from nianbao.reading.pages import read_text
from nianbao.reading.safety import OLE, ZIP, check_container, opened

LARGEST_TEXT, MOST_SIGNS = 1_000_000, 100_000
CAN_READ = "说明可以是文本（.txt）或 Word（.docx）"
_OTHERS = {
    ".doc": "这是旧格式的 Word 文档，请另存为 .docx 后再试",
    ".wps": "这是 WPS 文字文档，请另存为 .docx 后再试",
    ".pdf": "PDF 不能作为说明读取，请向部门要 .docx，或者把文字复制到 .txt 后再试",
    ".rtf": "这是 RTF 文件，请另存为 .docx 后再试",
}
_LINE = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LATIN = re.compile(r"[\x21-\x7e]")
_ITEM = re.compile(r"\s|[一二三四五六七八九十]{1,3}[、是]|[(（]|\d{1,2}[.、．]|[-•●①-⑳]")
_WRAPPED_AT = range(56, 101)  # columns at which programs wrap plain text
_RAGGED = 6
_ENDS = ("。", "；", "！", "？", "：", "”")


def read_note(path: Path, name: str = "") -> Note:
    """The note under the name by which the candidates' file knows it; `UnusableInput` says what to do otherwise."""
    kind = _kind(path)
    note = _docx(path) if kind == "docx" else _text(path)
    if not note.passages and not note.asides:
        raise UnusableInput("文件里没有文字，请放入内容后再试", path.name)
    if sum(len(passage.text) for passage in note.passages) > MOST_SIGNS:
        raise UnusableInput(f"说明超过{MOST_SIGNS // 10_000}万字，请只保留与政务公开有关的部分", path.name)
    return note.model_copy(update={"file": name or path.name})


def _kind(path: Path) -> str:
    try:
        if path.is_dir():
            raise UnusableInput(f"这是一个文件夹，请指定其中的文件；{CAN_READ}", str(path))
        with path.open("rb") as file:
            head = file.read(1024)
    except (OSError, ValueError):
        raise UnusableInput("找不到或打不开这个文件，请核对路径和权限", str(path)) from None
    ending = path.suffix.lower()
    if not head:
        raise UnusableInput("文件是空的，请放入内容后再试", path.name)
    if ending in _OTHERS and head[: len(ZIP)] != ZIP:
        raise UnusableInput(_OTHERS[ending], path.name)
    if b"%PDF-" in head:
        raise UnusableInput(_OTHERS[".pdf"], path.name)
    if head.startswith(OLE):
        check_container(path)
    if head.startswith(ZIP):
        return "docx"
    if ending not in (".txt", ".md"):
        raise UnusableInput(f"不能读取这种文件；{CAN_READ}，请另存后再试", path.name)
    return "text"


def _docx(path: Path) -> Note:
    """As it reads with all tracked changes accepted; hidden words and comments are asides."""
    with opened(path) as archive:
        body = body_of(archive, path.name)
        asides = asides_of(archive, body, path.name)
    lines = lines_of_body(body, path.name)
    passages: list[Passage] = []
    for line in lines:
        parts = line.filled if line.exact else (line.text,)
        passages += [Passage(place=line.place, text=part) for part in parts if part]
    cut = [
        Aside(place=p.place, kind="hint", reason="这一段过长，后面的文字没有读取")
        for p in passages
        if len(p.text) >= LONGEST
    ]
    return Note(file=path.name, passages=tuple(passages), asides=(*asides, *cut))


def _text(path: Path) -> Note:
    lines = _LINE.split(read_text(path, LARGEST_TEXT))
    width = _wrapped_at(lines)
    passages: list[Passage] = []
    first, joined = 0, ""
    for number, line in enumerate(lines, 1):
        joined = _joined(joined, line.strip())
        first = first or number
        following = lines[number] if number < len(lines) else ""
        if _goes_on(line, following, width):
            continue
        if joined:
            place = f"第{first}行" if first == number else f"第{first}—{number}行"
            passages.append(Passage(place=place, text=joined))
        first, joined = 0, ""
    return Note(file=path.name, passages=tuple(passages))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line was wrapped, so that the one below it belongs to its sentence."""
    full = width > 0 and _columns(line) > width - _RAGGED and not line.rstrip().endswith(_ENDS)
    return full and bool(following.strip()) and not _ITEM.match(following)


def _joined(before: str, line: str) -> str:
    """A wrapped line goes on without a space, but between two Latin words."""
    gap = " " if before and line and _LATIN.match(before[-1]) and _LATIN.match(line) else ""
    return before + gap + line


def _wrapped_at(lines: list[str]) -> int:
    """The width at which a program has wrapped the text, 0 where each line is a paragraph of its own."""
    filled = [_columns(line) for line in lines if line.strip()]
    width = max(filled, default=0)
    full = sum(columns > width - _RAGGED for columns in filled)
    return width if len(filled) >= 4 and width in _WRAPPED_AT and 2 * full >= len(filled) else 0


def _columns(line: str) -> int:
    return sum(1 if sign < "\u2e80" else 2 for sign in line.rstrip())
