"""Ledgers (台账): one row for each application, case, decision or document, counted into the tables."""

from nianbao.reading.ledgers._counting import Part
from nianbao.reading.ledgers._dates import CHINA
from nianbao.reading.ledgers._read import HEADINGS, count, ledger_year, read_ledger
from nianbao.reading.ledgers._source import Row, Sheet, headings
from nianbao.reading.ledgers._words import shown

__all__ = [
    "CHINA",
    "HEADINGS",
    "Part",
    "Row",
    "Sheet",
    "count",
    "headings",
    "ledger_year",
    "read_ledger",
    "shown",
]
