"""How long the answers of a ledger took, and whether they kept the legal days (条例第三十三条)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nianbao.reading.ledgers._dates import WorkingDays
from nianbao.reading.ledgers._words import Book

LEGAL, EXTENDED = 0, -1
Span = tuple[int, int, int]  # days of receipt (0 or less: not known) and of answer; the last day, LEGAL or EXTENDED


@dataclass
class Times:
    """Sums over what was answered; `unsure`, not `judged`, not `reckoned`: a day, a limit, a calendar is not known."""

    counted: int = 0
    calendar: int = 0
    working: int = 0
    late: int = 0
    unsure: bool = False
    judged: bool = True
    reckoned: bool = True


def reckon(spans: Counter[Span], book: Book, year: int) -> Times:
    """Days and lateness of all that was answered."""
    days, legal, found = WorkingDays(year), book.data["days"], Times()
    most = {LEGAL: legal["limit"], EXTENDED: legal["limit"] + legal["extension"]}
    for (start, end, limit), times in spans.items():
        found.counted += times
        if start <= 0:
            found.unsure = True
            continue
        found.calendar += times * (end - start)
        working = days.between(start, end)
        if working is None:
            found.reckoned = False
        else:
            found.working += times * working
        if limit > 0:
            found.late += times * (end > limit)
        elif working is not None:
            found.late += times * (working > most[limit])
        else:
            found.judged = False
    return found
