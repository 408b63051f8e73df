"""What a person has confirmed becomes statements; what waits is counted and goes no further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from nianbao.dossier import Dossier, ReadingNote, Statement
from nianbao.errors import UnusableInput
from nianbao.findings import Severity, Value
from nianbao.notes import Note, find_quote, is_open, is_planned, same
from nianbao.numerals import find_numbers
from nianbao.reading.merging import CONFIRMED, joined
from nianbao.reading.notes._note import read_note
from nianbao.reading.notes._sheet import Entry, Sheet, load_sheet

CODES = ("candidates_waiting", "candidate_doubtful")
_COUNTED = re.compile(r"[次期场条篇份人个项件家月日号名余万亿年度]")
_ALIKE = 60


class Confirmed(Value):
    """One sheet's contribution: statements that a person vouches for, and what its reader should be told."""

    name: str
    year: int
    statements: tuple[Statement, ...]
    notes: tuple[ReadingNote, ...]


def confirmed(path: Path) -> Confirmed:
    """The confirmed candidates of a file, held against the notes that lie beside it."""
    sheet = load_sheet(path)
    chosen = [entry for entry in sheet.entries if entry.confirmed == "yes"]
    notes = [*_waiting(sheet, path.name), *_doubts(chosen, path)]
    if chosen and not sheet.confirmed_by:
        told = f"有{len(chosen)}条已确认，但没有写明确认人，请在 confirmed_by 后面写上"
        notes.append(_note("candidate_doubtful", path.name, told))
    by = f"：{sheet.confirmed_by}" if sheet.confirmed_by else ""
    statements = tuple(entry.statement(f"（{CONFIRMED}{by}）") for entry in chosen)
    return Confirmed(name=path.name, year=sheet.year, statements=statements, notes=tuple(notes))


def with_confirmed(dossier: Dossier, sheets: Sequence[Confirmed]) -> Dossier:
    """The dossier with the confirmed candidates as statements; `UnusableInput` for a sheet of another year."""
    if strange := next((one for one in sheets if one.year != dossier.year), None):
        raise UnusableInput(f"这是{strange.year}年度的候选清单，报告是{dossier.year}年度的", strange.name)
    own = tuple(f"{one.name} " for one in sheets)
    before = [note for note in dossier.reading if not (note.code in CODES and f"{note.where} ".startswith(own))]
    statements = joined([dossier.statements, *(one.statements for one in sheets)])
    notes = (*before, *(note for one in sheets for note in one.notes))
    return dossier.model_copy(update={"statements": statements, "reading": notes})


def lost_quotes(entries: Iterable[Entry], notes: Iterable[Note]) -> list[str]:
    """A sentence for each candidate, struck out ones apart, whose quotation its note no longer holds."""
    held = {note.file: [passage.text for passage in note.passages] for note in notes}
    known = [entry for entry in entries if entry.file in held and entry.confirmed != "struck"]
    return [f"{entry.id}：{told}" for entry in known for told in _gone(entry, held[entry.file])]


def _waiting(sheet: Sheet, name: str) -> Iterator[ReadingNote]:
    if waiting := sum(entry.confirmed == "no" for entry in sheet.entries):
        told = f"还有{waiting}条候选没有确认，没有采用；确认的在 confirmed 后面写“是”，不要的写“不用”"
        yield _note("candidates_waiting", name, told, Severity.INFO)


def _doubts(chosen: Sequence[Entry], path: Path) -> Iterator[ReadingNote]:
    """What a person should look at once more, each under the candidate's id."""
    texts: dict[str, list[str] | None] = {}
    for entry in chosen:
        if entry.file not in texts:
            texts[entry.file] = _passages(path.parent / entry.file) if entry.file else None
        for told in (*_gone(entry, texts[entry.file]), *_changed(entry)):
            yield _note("candidate_doubtful", f"{path.name} {entry.id}", told)


def _passages(path: Path) -> list[str] | None:
    """The note's passages, None where the note does not lie there or can no longer be read."""
    try:
        return [passage.text for passage in read_note(path).passages] if path.is_file() else None
    except (UnusableInput, ValueError):
        return None


def _gone(entry: Entry, passages: list[str] | None) -> Iterator[str]:
    if passages is not None and not any(find_quote(entry.quote, text) for text in passages):
        yield f"在“{entry.file}”中已找不到这句原文，请核对后重新确认：“{entry.quote[:40]}”"


def _changed(entry: Entry) -> Iterator[str]:
    """Where the confirmed text says what its quotation does not."""
    added = [number for number in _figures(entry.text) if number not in _values(entry.quote)]
    if added:
        yield f"确认的文字里有原文没有的数字，请核对：“{entry.text[:40]}”"
    elif fuzz.partial_ratio(same(entry.text), same(entry.quote)) < _ALIKE:
        yield f"确认的文字与原文相差较大，请核对：“{entry.text[:40]}”"
    if entry.status == "done" and entry.kind != "rectification" and (is_planned(entry.quote) or is_open(entry.quote)):
        yield f"原文写的是打算，或者还没有做完的事，状态却写成 done，请核对：“{entry.quote[:40]}”"


def _values(text: str) -> set[object]:
    return {number.value for number in find_numbers(text)}


def _figures(text: str) -> list[object]:
    """The numbers of a text; a single 一 within a word is none."""
    found = find_numbers(text)
    return [n.value for n in found if not n.chinese or len(n.text) > 1 or _COUNTED.match(text[n.end : n.end + 1])]


def _note(code: str, where: str, message: str, severity: Severity = Severity.WARNING) -> ReadingNote:
    return ReadingNote(severity=severity, code=code, where=where, message=message)
