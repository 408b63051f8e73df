"""Ledgers (台账): one row for each application, case, decision or document, counted into the tables."""

from nianbao.reading.ledgers._counting import Part
from nianbao.reading.ledgers._read import LEDGER_KINDS, is_ledger, ledger_year, read_ledger

__all__ = ["LEDGER_KINDS", "Part", "is_ledger", "ledger_year", "read_ledger"]
