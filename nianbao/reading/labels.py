"""Labels as they are compared, never as they are printed.

Published reports vary in brackets, spaces, quotes, digits and line breaks; two labels are the same when
their keys are. What is printed always comes from the form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from nianbao.forms import Form, Row

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_NOT_WORD = re.compile(r"[\W_]+")
_FOOTNOTE = re.compile(r"(?:[①-⑳¹²³⁰-⁹]|[\[［〔]\d{1,2}[\]］〕])+\s*\Z")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MARKERS = (
    re.compile(r"(?:^|\s)([一二三四五六])[、.,]"),
    re.compile(r"\(([一二三四五六七八])\)"),
    re.compile(r"(?:^|[\s)开供理])([1-9])[.、,](?!\d)"),
)
Markers = tuple[str, str, str]


def plain(text: str) -> str:
    """Half-width, without tags and outer space; still readable."""
    return unicodedata.normalize("NFKC", _BREAK.sub("", text.translate(_UNSEEN))).strip()


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What is compared: letters, digits and characters only, without the mark of a footnote at the end."""
    return _NOT_WORD.sub("", plain(_FOOTNOTE.sub("", text)))


def without_brackets(text: str) -> str:
    """A label without what it explains in brackets at its end; markers such as （一） stay."""
    found = plain(text)
    return re.sub(r"\((?![一二三四五六七八九十]\))[^()]+\)\s*$", "", found)


def in_brackets(text: str) -> tuple[str, ...]:
    """What stands in brackets in a label, without markers."""
    return tuple(part for part in _BRACKETS.findall(plain(text)) if len(part) > 1)


def markers(text: str) -> Markers:
    """The numbering of a label at its three levels: 三、 （六） 2. ; "" where there is none."""
    found = plain(text)
    hits = [pattern.search(found) for pattern in _MARKERS]
    return tuple(hit[1] if hit else "" for hit in hits)  # type: ignore[return-value]


def row_keys(row: Row) -> set[str]:
    """Every key a row may be found by: its labels from any level on, with and without brackets."""
    found: set[str] = set()
    for start in range(len(row.path)):
        joined = " ".join(row.path[start:])
        found |= {key(joined), key(without_brackets(joined))}
    bare = re.sub(r"^\s*(\([一-龥]\)|[一-龥]、|\d\.)", "", plain(row.label))
    found |= {key(bare), key(without_brackets(bare))}
    return found | {key(name) for name in row.read_as}


def distinguishing(form: Form, other: Form) -> frozenset[str]:
    """The keys of labels that this edition has and the other has not."""
    return frozenset(_all_keys(form) - _all_keys(other))


def _all_keys(form: Form) -> set[str]:
    blocks = [block for table in form.tables for block in table.blocks]
    names: Iterable[str] = (name for b in blocks for c in b.columns for name in (c.label, *c.read_as))
    return {key(name) for name in names} | {key(row.label) for b in blocks for row in b.rows}
