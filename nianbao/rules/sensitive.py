"""Set phrases that must be exact, and data about persons that must not stand in a report (EV-23, EV-29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from nianbao.checking import phrases
from nianbao.findings import Severity
from nianbao.identity import find_private
from nianbao.rules.evaluation import words
from nianbao.rules.registry import NAMES, Case, Issue, Unknown, rule

_MARKS = re.compile(r"[,;:.，、；。：“”‘’（）《》〈〉\s]")
_PERSONAL = ("id_card", "credit_code", "bank_card", "mobile")
_SHORT, _FAR = 7, 2


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without punctuation, and where each sign of it stood."""
    kept = [(sign, at) for at, sign in enumerate(text) if not _MARKS.match(sign)]
    return "".join(sign for sign, _ in kept), [at for _, at in kept]


def broken_phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Places one or two edits away from a set phrase, with the phrase."""
    folded, places = _folded(text)
    for entry in phrases("fixed_terms")["phrases"]:
        right = _folded(entry["text"])[0]
        accepted = {right, *(_folded(form)[0] for form in entry.get("also", []))}
        for wrong in entry.get("wrong", []):
            for found in re.finditer(re.escape(wrong), folded):
                yield places[found.start()], places[found.end() - 1] + 1, entry["text"]
        yield from _near(folded, places, right, accepted, entry["text"])


def _near(
    folded: str, places: list[int], right: str, accepted: set[str], phrase: str
) -> Iterator[tuple[int, int, str]]:
    if len(right) < _SHORT:
        return
    whole = [m.span() for form in accepted for m in re.finditer(re.escape(form), folded)]
    third = len(right) // (_FAR + 1)
    pieces = [(right[i * third : (i + 1) * third], i * third) for i in range(_FAR + 1)]
    best: dict[int, tuple[int, int, int]] = {}
    for piece, offset in pieces:
        for found in re.finditer(re.escape(piece), folded):
            for start in range(max(0, found.start() - offset - _FAR), found.start() - offset + _FAR + 1):
                for size in range(len(right) - _FAR, len(right) + _FAR + 1):
                    window = folded[start : start + size]
                    distance = Levenshtein.distance(window, right, score_cutoff=_FAR)
                    if 0 < distance <= _FAR and window not in accepted and _same_place(window, right, distance):
                        key = found.start() - offset
                        best[key] = min(best.get(key, (9, 0, 0)), (distance, start, start + len(window)))
    seen: list[tuple[int, int]] = []
    for _, start, end in sorted(best.values()):
        if any(start < b and a < end for a, b in (*whole, *seen)):
            continue
        seen.append((start, end))
        yield places[start], places[end - 1] + 1, phrase


def _same_place(window: str, right: str, distance: int) -> bool:
    """Whether the window is the phrase miswritten, and not its beginning or end within other words."""
    ends = window[:1] == right[:1] and window[-1:] == right[-1:]
    return ends or (distance == 1 and len(window) == len(right))


@rule("EV-23", Severity.ERROR, "固定表述必须准确、完整", text=True)
def set_phrases(case: Case) -> Iterator[Issue | Unknown]:
    """A set phrase one or two characters off, which can turn its meaning round; and residue of templates."""
    for section, text in case.sections.items():
        for start, end, phrase in broken_phrases(text):
            written = text[start:end]
            message = f"{NAMES[section]}写“{written}”，固定表述是“{phrase}”。请改正。"
            yield Issue(message, (), phrase, written, section, (start, end), written)
        for found in re.finditer(words("residue"), text, re.MULTILINE):
            message = f"{NAMES[section]}有模板或工具留下的“{found.group()}”，请删去或补写。"
            yield Issue(message, section=section, span=found.span(), quote=found.group())


@rule("EV-29", Severity.ERROR, "条例第十四条至第十七条；个人信息不得公开", text=True)
def personal_data(case: Case) -> Iterator[Issue | Unknown]:
    """No mobile, identity, bank card or social credit number; the office's own telephone is allowed."""
    contact = case.dossier.contact
    own = tuple(filter(None, (contact.phone, contact.hotline)))
    for section, text in case.sections.items():
        for one in find_private(text, own):
            if one.kind in _PERSONAL:
                message = f"{NAMES[section]}出现疑似{one.label}“{one.excerpt}”，请删去。"
                yield Issue(message, section=section, span=(one.start, one.end), quote=text[one.start : one.end])
