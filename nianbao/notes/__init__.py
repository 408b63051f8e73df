"""Notes that departments hand in, and the candidate statements in them. No file is read here and no model asked."""

from nianbao.notes.candidates import Candidate, Extract, Key, Pointed, extract, screened
from nianbao.notes.kinds import is_open, is_planned
from nianbao.notes.screen import Clean, Screened, Shown
from nianbao.notes.text import Aside, Note, Passage, find_quote, same
from nianbao.notes.words import KINDS, STATUSES

__all__ = [
    "KINDS",
    "STATUSES",
    "Aside",
    "Candidate",
    "Clean",
    "Extract",
    "Key",
    "Note",
    "Passage",
    "Pointed",
    "Screened",
    "Shown",
    "extract",
    "find_quote",
    "is_open",
    "is_planned",
    "same",
    "screened",
]
