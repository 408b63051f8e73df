"""The dossier: everything known of one unit and one year, and how data becomes one."""

from nianbao.dossier._cells import NOT_APPLICABLE, CellValue, Figures, Number, flat, nested, normal
from nianbao.dossier._mistakes import Mistakes, Place, unprintable
from nianbao.dossier._model import (
    GOVERNMENTS,
    Candidate,
    Contact,
    Dossier,
    Fees,
    Level,
    PriorYear,
    Provenance,
    ReadingNote,
    Sections,
    Statement,
    StatementKind,
    Status,
    Supplementary,
    Topic,
    Unit,
)
from nianbao.dossier._parse import FIRST_YEAR, parse

__all__ = [
    "FIRST_YEAR",
    "GOVERNMENTS",
    "NOT_APPLICABLE",
    "Candidate",
    "CellValue",
    "Contact",
    "Dossier",
    "Fees",
    "Figures",
    "Level",
    "Mistakes",
    "Number",
    "Place",
    "PriorYear",
    "Provenance",
    "ReadingNote",
    "Sections",
    "Statement",
    "StatementKind",
    "Status",
    "Supplementary",
    "Topic",
    "Unit",
    "flat",
    "nested",
    "normal",
    "parse",
    "unprintable",
]
