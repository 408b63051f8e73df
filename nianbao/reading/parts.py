"""The six parts of a report: where each begins, and its running text."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from nianbao.forms import Form, Section
from nianbao.reading.labels import key, plain
from nianbao.reading.pages import Line

_LONGEST_HEADING, _LONGEST_OWN = 40, 25
NEAR, _ALIKE = 80, 60  # of a heading with the right number: as good as the form's; another, but for this part
_NUMBERING = re.compile(
    r"\A(?:第?[一二三四五六七八九十\d]{1,3}(?:部分|章|节|[、.,:]|\s)+|\([一二三四五六七八九十\d]{1,2}\))\s*"
)


def headings(lines: list[Line], form: Form) -> dict[str, int]:
    """Where each part begins (index of its heading); of several the last that keeps the order."""
    found: dict[str, int] = {}
    before = len(lines)
    for section in reversed(form.sections):
        hits = [at for at, line in enumerate(lines[:before]) if is_heading(line, section)]
        if not hits:  # its number is another's, or comes from the word processor and is not in the text
            names = {_bare(name) for name in (section.heading, *section.read_as)}
            hits = [at for at, line in enumerate(lines[:before]) if _short(line) and _bare(line.text) in names]
        if hits:
            before = found[section.id] = hits[-1]
    return _between(lines, form, found) if found else found


def is_heading(line: Line, section: Section, least: float = _ALIKE) -> bool:
    """Whether a line is the heading of a part, its words alike by at least so much."""
    text = _short(line)
    if not text:
        return False
    mine = key(text)
    names = [key(name) for name in (section.heading, *section.read_as)]
    if mine in names:
        return True
    return text[:2] == section.heading[:2] and max(fuzz.ratio(mine, name) for name in names) >= least


def part(lines: list[Line], found: dict[str, int], section: str) -> list[Line]:
    """The lines of one part, without its heading."""
    if section not in found:
        return []
    start = found[section]
    end = min((at for at in found.values() if at > start), default=len(lines))
    return lines[start + 1 : end]


def prose(lines: list[Line]) -> str:
    """The running text of a part, one paragraph a line, without tables."""
    kept = (line.text for line in lines if line.text and not line.is_row)
    return "\n".join(text.lstrip("#").replace("\t", " ").strip() for text in kept).strip()


def _short(line: Line) -> str:
    """The text of a line that may be a heading; empty where it cannot be one."""
    if not 0 < len(line.text) <= 2 * _LONGEST_HEADING or len(line.filled) > 1:
        return ""
    text = plain(line.text).lstrip("#* ").rstrip("* ")
    return text if len(text) <= _LONGEST_HEADING else ""


def _bare(text: str) -> str:
    """A heading without its number."""
    return key(_NUMBERING.sub("", plain(text).lstrip("#* ")))


def _between(lines: list[Line], form: Form, found: dict[str, int]) -> dict[str, int]:
    """The headings in other words too: the one short line with the number of a part, where that part must stand."""
    labels = {key(label) for table in form.tables for row in table.rows for label in row.path}
    ids = [section.id for section in form.sections]
    for at, section in enumerate(form.sections):
        if section.id in found:
            continue
        low = max((found[name] for name in ids[:at] if name in found), default=-1)
        high = min((found[name] for name in ids[at:] if name in found), default=len(lines))
        hits = [
            number
            for number in range(low + 1, high)
            if (text := _short(lines[number])).startswith(section.heading[:2])
            and len(text) <= _LONGEST_OWN
            and not text.endswith(("。", ";", ":", ","))
            and key(text) not in labels
        ]
        if len(hits) == 1:
            found[section.id] = hits[0]
    return found
