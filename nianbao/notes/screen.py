"""The sentences of a note that may be proposed or sent to a model, and those that may not, each with the reason."""

from __future__ import annotations

from typing import Literal

from nianbao.dossier import StatementKind
from nianbao.findings import Value
from nianbao.identity import find_private, masked
from nianbao.instructions import Order, find_orders, find_unseen, fold, seen
from nianbao.notes.kinds import heading_kind
from nianbao.notes.text import Note, Sentence, sentences
from nianbao.notes.words import words

_INSIDE = "同一段中有可疑内容，请对照原件核对"
_LONG = "这一段没有句号，太长，请在原件中分成几句"
_SHOWN, _TOLD = 200, 30

Why = Literal["suspicious", "hint"]


class Shown(Value):
    """What a person gets to see and cannot confirm. The quotation has signs that nobody sees written out."""

    place: str
    why: Why
    reason: str
    quote: str


class Clean(Value):
    """A sentence that may be proposed. `text` is the note's own; `section`: the kind that its heading announces."""

    passage: int
    place: str
    start: int
    end: int
    text: str
    section: StatementKind | None
    year: int | None
    doubts: tuple[str, ...] = ()

    @property
    def folded(self) -> str:
        return fold(self.text).signs


class Screened(Value):
    """A note after the screening. `marked`: it bears a mark of secrecy, so that nothing of it goes anywhere."""

    file: str
    clean: tuple[Clean, ...]
    shown: tuple[Shown, ...]
    marked: bool = False


def screen(note: Note, year_in: dict[int, int | None]) -> Screened:
    """Part the sentences of a note. `year_in`: the year that a heading or title names, by passage."""
    clean: list[Clean] = []
    shown = [
        Shown(place=a.place, why=a.kind, reason=a.reason, quote=seen(masked(a.text))[:_SHOWN]) for a in note.asides
    ]
    section: StatementKind | None = None
    year: int | None = None
    orders = _orders(note)
    for number, passage in enumerate(note.passages):
        year = year_in.get(number, year)
        if is_heading(passage.text) and not orders[number]:
            section = heading_kind(fold(passage.text).signs)
            if not find_private(passage.text) and not find_unseen(passage.text):
                continue
        inner = section
        doubtful = (_INSIDE,) if orders[number] else ()
        for sentence in sentences(passage.text):
            inner = announced(sentence.text) or _begins(sentence.text) or inner
            if why := _withheld(sentence, orders[number]):
                quote = seen(masked(sentence.text))[:_SHOWN]
                shown.append(Shown(place=passage.place, why=why[0], reason=why[1], quote=quote))
                continue
            clean.append(
                Clean(
                    passage=number, place=passage.place, start=sentence.start, end=sentence.end, text=sentence.text,
                    section=inner, year=year, doubts=doubtful,
                )
            )  # fmt: skip
    marked = any(one.kind == "secrecy" for passage in note.passages for one in find_private(passage.text))
    return Screened(file=note.file, clean=tuple(clean), shown=tuple(shown), marked=marked)


def is_heading(text: str) -> bool:
    """A short line that ends without a full stop and announces a part, or is numbered as one."""
    folded = fold(text).signs
    if not is_short(text):
        return False
    numbered = words().lead.match(text) is not None
    return heading_kind(folded) is not None and (numbered or len(folded) <= words().heading_signs // 2 + 3)


def is_short(text: str) -> bool:
    """Whether a line may be a title or heading: short, and no sentence."""
    folded = fold(text).signs
    return len(folded) <= words().heading_signs and not folded.endswith(("。", ";", "!", ","))


def announced(text: str) -> StatementKind | None:
    """The kind that the words before a colon announce for what follows."""
    before, colon, _ = fold(text).signs.partition(":")
    return heading_kind(before) if colon and len(before) <= words().heading_signs else None


def _begins(text: str) -> StatementKind | None:
    """The same of a short sentence that is a heading in its paragraph, and of 下一步."""
    folded = fold(text).signs
    if words().deeds.search(folded):
        return None
    return heading_kind(folded) if len(folded) <= words().heading_signs // 2 + 3 or folded[:2] == "下一" else None


def _orders(note: Note) -> list[list[Order]]:
    """The orders of each passage; they are looked for in the whole note, since one may run over several."""
    found = find_orders("\n".join(passage.text for passage in note.passages))
    out: list[list[Order]] = []
    at = 0
    for passage in note.passages:
        end = at + len(passage.text)
        mine = [one for one in found if one.start < end and at < one.end]
        out.append([one._replace(start=one.start - at, end=one.end - at) for one in mine])
        at = end + 1
    return out


def _withheld(sentence: Sentence, orders: list[Order]) -> tuple[Why, str] | None:
    for one in orders:
        if one.start < sentence.end and sentence.start < one.end:
            told = sentence.text[max(0, one.start - sentence.start) : one.end - sentence.start]
            return "suspicious", f"{one.what}“{seen(masked(told))[:_TOLD]}”，程序不会照办，不作为候选"
    if find_unseen(sentence.text):
        return "suspicious", "含有看不见的字符，不作为候选"
    if private := find_private(sentence.text):
        named = "、".join(dict.fromkeys(one.label for one in private))
        if any(one.kind == "secrecy" for one in private):
            return "hint", f"带有{named}，请先确认这份说明可以使用"
        return "hint", f"含有{named}，已遮盖，不作为候选"
    return ("hint", _LONG) if len(sentence.text) > words().longest else None
