"""Candidate statements out of a note: each a sentence of it, with its quotation, its place and what is doubtful.

A candidate is no evidence. It becomes a statement only once a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nianbao.dossier import StatementKind, Status
from nianbao.findings import Value
from nianbao.instructions import fold
from nianbao.notes.dates import impossible_day, year_of
from nianbao.notes.kinds import Verdict, is_open, is_planned, judge
from nianbao.notes.screen import Clean, Screened, Shown, announced, is_heading, is_short, screen
from nianbao.notes.text import Note
from nianbao.notes.words import words

_TITLE_YEAR = re.compile(r"(20\d\d)年(?!版)")
_ORDER: dict[Status, int] = {"planned": 0, "ongoing": 1, "done": 2}
_COLON = re.compile("^[^:：]*[:：]")
Key = tuple[int, int]  # passage and start of a sentence


class Pointed(Value):
    """What a model said of a sentence; it supplies no words."""

    kind: StatementKind
    status: Status


class Candidate(Value):
    """One proposed statement. `quote` is verbatim, `text` is the quotation without numbering and full stop."""

    file: str
    place: str
    kind: StatementKind
    status: Status
    text: str
    quote: str
    doubts: tuple[str, ...] = ()


class Extract(Value):
    """What one note gives. `left`: sentences that are neither candidates nor shown."""

    file: str
    candidates: tuple[Candidate, ...]
    shown: tuple[Shown, ...]
    left: int = 0


def screened(note: Note) -> Screened:
    """The note's sentences that may be proposed, and those that may not."""
    return screen(note, dict(_years(note)))


def _years(note: Note) -> Iterator[tuple[int, int | None]]:
    """The year that a title or heading names for what follows; a heading without one goes back to the title's."""
    title: int | None = None
    for number, passage in enumerate(note.passages):
        if not is_short(passage.text):
            continue
        found = _TITLE_YEAR.search(fold(passage.text).signs)
        title = int(found[1]) if found and number == 0 else title
        if found or is_heading(passage.text):
            yield number, int(found[1]) if found else title


def extract(note: Screened, year: int, pointed: Mapping[Key, Pointed] | None = None) -> Extract:
    """The candidates of a note for the report of `year`, by rules and by what a model has pointed at."""
    found: list[Candidate] = []
    shown = list(note.shown)
    left = 0
    passage, inherited = -1, None
    for one in note.clean:
        if one.passage != passage:
            passage, inherited = one.passage, one.year
        when = year_of(one.folded, year, inherited)
        inherited = when.year if when.said else inherited
        verdict = _with_model(judge(one.folded, one.section), (pointed or {}).get((one.passage, one.start)), one.folded)
        hint = verdict.hint or (_other_year(verdict, when.year, year) if verdict.kind else "")
        if hint:
            shown.append(Shown(place=one.place, why="hint", reason=hint, quote=one.text))
        elif candidate := _candidate(note.file, one, verdict, year):
            found.append(candidate)
        else:
            left += 1
    return Extract(file=note.file, candidates=tuple(found), shown=tuple(shown), left=left)


def trimmed(text: str) -> str:
    """A sentence without numbering, full stop, 存在的问题： and the frame 存在……的问题; always a run of its signs."""
    bare = _bare(text)
    if announced(text):
        bare = _bare(_COLON.sub("", bare, count=1))
    bare = words().tail.sub("", bare)
    framed = words().frame.match(bare)
    return framed["it"] if framed else bare


def _bare(text: str) -> str:
    lead = words().lead.match(text)
    return text[lead.end() :] if lead else text


def _with_model(rule: Verdict, model: Pointed | None, folded: str) -> Verdict:
    """The model finds sentences and names kinds; it never makes a plan a deed, nor proposes what the rules refuse."""
    if model is None or rule.hint:
        return rule
    cautious: Status = "planned" if is_planned(folded) else "ongoing" if is_open(folded) else model.status
    if rule.kind is None:
        return Verdict(kind=model.kind, status=min(cautious, model.status, key=_ORDER.__getitem__))
    if (rule.kind, rule.status) == (model.kind, model.status):
        return rule
    status = min(rule.status, model.status, key=_ORDER.__getitem__)
    told = f"程序判断为 {rule.kind}/{rule.status}，模型判断为 {model.kind}/{model.status}，请核对种类和进度"
    kind = rule.kind if rule.kind == "plan" else model.kind
    return Verdict(kind=kind, status=status, doubts=(*rule.doubts, told))


def _other_year(verdict: Verdict, told: int | None, year: int) -> str:
    """Why a sentence that tells of another year is not offered: nothing of it is a deed of this year."""
    if told is None or told == year or verdict.status == "planned" or verdict.kind == "problem":
        return ""
    return f"写的像是{told}年的事，不是{year}年度的，不作为候选；确属{year}年度的，请在原件中写明年份"


def _candidate(file: str, one: Clean, verdict: Verdict, year: int) -> Candidate | None:
    text = trimmed(one.text)
    if verdict.kind is None or len(text) < words().shortest:
        return None
    doubts = [*verdict.doubts, *one.doubts]
    if wrong := impossible_day(one.folded, year):
        doubts.append(f"没有“{wrong}”这一天，请核对日期")
    return Candidate(
        file=file, place=one.place, kind=verdict.kind, status=verdict.status, text=text, quote=one.text,
        doubts=tuple(doubts),
    )  # fmt: skip
