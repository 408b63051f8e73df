"""依申请公开台账 → table 三, and what the ledger tells about time and channels."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import compress, islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from nianbao.forms import Form
from nianbao.reading.ledgers._counting import NOWHERE, Cells, Troubles
from nianbao.reading.ledgers._dates import BAD, day
from nianbao.reading.ledgers._fates import AFTER, BEFORE, ERROR, WITHIN, Fate, Fates
from nianbao.reading.ledgers._numbers import Numbers
from nianbao.reading.ledgers._source import Row, Sheet
from nianbao.reading.ledgers._timeliness import EXTENDED, LEGAL, Span, reckon
from nianbao.reading.ledgers._words import entry

_MOST_KEPT = 50_000
_AT_ONCE = 128  # few enough to stay in the processor's cache, and below what makes Python look for garbage
_NOTHING, _LIMIT = repeat(""), ("deadline", "extended")


class Batch(NamedTuple):
    """Some rows: which they are, what they are numbered, their fates."""

    places: Sequence[int]
    numbers: Iterable[Any]
    fates: list[Fate]

    def rows(self) -> Iterator[tuple[int, Any, Fate]]:
        return zip(*self, strict=False)


class _Memo(dict[Any, Any]):
    """Every different entry is worked out once; a ledger repeats few of them, and times to the second are not kept."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, key: Any) -> Any:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[key] = self.work(key)
        return found

    def each(self, keys: Iterable[Any]) -> Iterator[Any]:
        return map(self.__getitem__, keys)


class Reader:
    """Counts one sheet for one year. Afterwards: `rows` (how many), `cells`, `troubles`, `supplementary()`."""

    def __init__(self, sheet: Sheet, form: Form, year: int) -> None:
        self.sheet, self.form, self.year, self.book = sheet, form, year, sheet.book
        self.begin, self.end = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
        self.cells, self.troubles = Cells({"total_handled": form.result_rows}), Troubles()
        self.rows = 0
        self.numbers = Numbers()
        self.spans: Counter[Span] = Counter()
        self.channels: Counter[str] = Counter()
        self.doubtful = False

    def read(self) -> None:
        """One pass over the rows; a second one only where a number stands twice."""
        counts: Counter[Fate] = Counter()
        for batch in self._batches():
            counts.update(batch.fates)
            if len(counts) > _MOST_KEPT:  # a column of free text, taken for another
                self._count(counts)
            if any(fate.wrong for fate in set(batch.fates)):
                for row, number, fate in batch.rows():
                    for severity, code, message in fate.wrong:
                        self.troubles.add(severity, code, message, row, number)
        self._count(counts)
        self._duplicates()

    def _count(self, counts: Counter[Fate]) -> None:
        for fate, times in counts.items():
            self.rows += times
            for rows in (fate.intake, fate.outcome):
                if rows:
                    self.cells.add(rows, fate.columns, times)
            if fate.channel is not None:
                self.channels[fate.channel] += times
        counts.clear()

    def _batches(self) -> Iterator[Batch]:
        """The one loop that has to be fast: column by column, some hundred rows at a time."""
        days, fates = _Memo(self._when), _Memo(Fates(self.book, self.form).of)
        channels, limits = _Memo(self._channel), _Memo(self._limit)
        limited = not self.sheet.columns.keys().isdisjoint(_LIMIT)
        for places, said in self._columns():
            received, starts = zip(*days.each(said["received"]), strict=True)
            answered, ends = zip(*days.each(said["answered"]), strict=True)
            until = [BAD if 0 < end < start else when for when, start, end in zip(answered, starts, ends, strict=True)]
            ground = said.get("ground", _NOTHING)
            channel = channels.each(said["channel"]) if "channel" in said else _NOTHING
            kinds = zip(received, until, said["applicant"], said["result"], ground, channel, strict=False)
            found = list(fates.each(kinds))
            if "number" in said:
                self.numbers.add(said["number"])
            told = zip(*(said.get(name, _NOTHING) for name in _LIMIT), strict=False)
            spans = zip(starts, ends, limits.each(told) if limited else repeat(LEGAL), strict=False)
            self.spans.update(compress(spans, map(WITHIN.__eq__, until)))
            yield Batch(places, said.get("number", _NOTHING), found)

    def _columns(self) -> Iterator[tuple[Sequence[int], dict[str, Sequence[Any]]]]:
        """Of the rows that are not empty, a batch at a time: which rows they are, and what their columns say."""
        names, wanted = tuple(self.sheet.columns), itemgetter(*self.sheet.columns.values())
        rows, place = self.sheet.rows(), self.sheet.first

        def columns(batch: Iterable[Row]) -> dict[str, Sequence[Any]]:
            return dict(zip(names, zip(*map(wanted, batch), strict=True), strict=False))

        while batch := list(islice(rows, _AT_ONCE)):
            places: Sequence[int] = range(place, place + len(batch))
            place += len(batch)
            try:
                said = columns(batch)
            except IndexError:
                width = max(self.sheet.columns.values()) + 1
                batch = [row + [""] * (width - len(row)) for row in batch]
                said = columns(batch)
            if not all(said["received"]):
                kept = [any(row) or self._dated(row) for row in batch]
                places, said = list(compress(places, kept)), columns(compress(batch, kept))
            if said:
                yield places, said

    def _dated(self, row: Row) -> bool:
        """Whether there is, in place of a date, something that is none: a zero."""
        return any(day(row[self.sheet.columns[name]]) for name in ("received", "answered"))

    def _when(self, value: Any) -> tuple[int, int]:
        """Before, in or after the year, BLANK or BAD; and the day."""
        found = day(value)
        if found <= 0:
            return found, found
        return (BEFORE if found < self.begin else AFTER if found > self.end else WITHIN), found

    def _channel(self, value: Any) -> str:
        return self.book.words("channel").get(entry(value), NOWHERE)

    def _limit(self, said: tuple[Any, Any]) -> int:
        """The last day, where a row says it; else which of the legal limits holds."""
        deadline, extended = said
        due = day(deadline)
        return due if due > 0 else EXTENDED if self.book.words("extended").get(entry(extended)) == "yes" else LEGAL

    def _duplicates(self) -> None:
        """Rows whose number was seen before may be the same application: what they count in is in doubt."""
        twice = self.numbers.twice()
        if not twice:
            return
        seen = set[Any]()
        told = "编号前面已经出现过，受影响的单元格已留空，请核对是否重复登记"
        for batch in Reader(self.sheet, self.form, self.year)._batches():
            for row, number, fate in batch.rows():
                if not number or hash(number) not in twice:
                    continue
                if number in seen:
                    self.troubles.add(ERROR, "duplicate", told, row, number)
                    for outcome in (fate.intake, fate.outcome):
                        if outcome:
                            self.cells.add((*outcome, NOWHERE), fate.columns, 0)
                    self.doubtful = True
                seen.add(number)

    def supplementary(self, source: str) -> list[dict[str, Any]]:
        """Figures beside the table; none where a doubtful row could change them."""
        handled = self.cells.value("total_handled", "total")
        times = reckon(self.spans, self.book, self.year)
        found: list[dict[str, Any]] = []

        def give(name: str, value: int | Decimal, **more: str) -> None:
            said = {**self.book.data["supplementary"][name], **more}
            found.append({**said, "value": value, "scope": "本机关", "topic": "requests", "source": source})

        if handled and handled == times.counted and not times.unsure and not self.doubtful:
            give("calendar", _ratio(times.calendar, handled, "0.1"))
            if times.judged:
                give("on_time", handled - times.late)
                give("late", times.late)
                give("rate", _ratio(100 * (handled - times.late), handled, "0.01"))
            if times.reckoned:
                give("working", _ratio(times.working, handled, "0.1"))
        new = self.cells.value("new", "total")
        if "channel" in self.sheet.columns and not self.channels[NOWHERE] and new == self.channels.total():
            shown = self.book.data["shown"]
            spec = self.book.data["supplementary"]["channel"]
            for channel, number in self.channels.items():
                if channel:
                    give("channel", number, id=spec["id"] + channel, label=spec["label"].format(channel=shown[channel]))
        return found


def _ratio(part: int, whole: int, step: str) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal(step), ROUND_HALF_UP)
