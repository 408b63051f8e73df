"""依申请公开台账 → table 三, and what the ledger tells about time and channels.

Received in the year: 新收; before it and not answered before it: 上年结转; answered in the year: a result; not answered
by its end: 结转下年. 区分处理 counts once as 部分公开. Legal days: 条例第三十三条.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import itemgetter
from typing import Any

from nianbao.findings import Severity
from nianbao.forms import Form
from nianbao.reading.ledgers._counting import NOWHERE, Cells, Troubles
from nianbao.reading.ledgers._dates import BAD, BLANK, WorkingDays, day
from nianbao.reading.ledgers._source import Sheet
from nianbao.reading.ledgers._words import entry, parts, shown

_MOST_KEPT = 50_000
ERROR, WARNING = Severity.ERROR, Severity.WARNING
_WANTED = ("received", "answered", "applicant", "result", "ground", "number", "channel", "deadline", "extended")
Wrong = tuple[Severity, str, str]
_NO_SUCH = "“{}”不是认得的{}，受影响的单元格已留空，请改正后重新读取"


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


@dataclass(frozen=True, eq=False)  # one object for each kind of row: counted by identity, fast
class Fate:
    """Where an application counts: the rows it may stand in (several: in doubt), its columns, what is wrong."""

    intake: tuple[str, ...]
    outcome: tuple[str, ...]
    columns: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    answered: bool


@dataclass
class _Times:
    """Sums over what was answered; `unsure`, not `judged`, not `reckoned`: a day, a limit, a calendar is not known."""

    counted: int = 0
    calendar: int = 0
    working: int = 0
    late: int = 0
    unsure: bool = False
    judged: bool = True
    reckoned: bool = True


class Reader:
    """Counts one sheet for one year. Afterwards: `rows` (how many), `cells`, `troubles`, `supplementary()`."""

    def __init__(self, sheet: Sheet, form: Form, year: int) -> None:
        self.sheet, self.form, self.year, self.book = sheet, form, year, sheet.book
        self.begin, self.end = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
        self.results = form.result_rows
        self.columns = tuple(c.id for c in form.table("requests").blocks[0].columns if c.id != "total")
        self.cells, self.troubles = Cells({"total_handled": self.results}), Troubles()
        self.days = WorkingDays(year)
        self.rows = 0
        self.numbers = array("q")
        self.spans: defaultdict[tuple[int, int, int, Any], int] = defaultdict(int)
        self.channels: defaultdict[Any, int] = defaultdict(int)
        self.doubtful = False

    def read(self) -> None:
        """One pass over the rows; a second one only where a number stands twice."""
        counts: defaultdict[Fate, int] = defaultdict(int)
        for row, number, fate in self._pass():
            counts[fate] += 1
            if len(counts) > _MOST_KEPT:  # a column of free text, taken for another
                self._count(counts)
            if fate.wrong:
                for severity, code, message in fate.wrong:
                    self.troubles.add(severity, code, message, row, number)
        self._count(counts)
        self._duplicates()

    def _count(self, counts: dict[Fate, int]) -> None:
        for fate, times in counts.items():
            self.rows += times
            for rows in (fate.intake, fate.outcome):
                if rows:
                    self.cells.add(rows, fate.columns, times)
        counts.clear()

    def _pass(self) -> Iterator[tuple[int, Any, Fate]]:
        """Every row that is not empty: which it is, what it is numbered, its fate. The one loop that has to be fast."""
        at = self.sheet.columns
        width = max(at.values()) + 1
        days, fates, add_number = _Memo(self._when), _Memo(self._fate), self.numbers.append
        channels, spans = self.channels, self.spans
        wanted = itemgetter(*(at.get(name, -1) for name in _WANTED))
        for at_row, row in enumerate(self.sheet.rows(), self.sheet.first):
            if len(row) < width:
                row += [""] * (width - len(row))
            row.append("")  # for the columns that the sheet has not
            received, answered, applicant, result, ground, label, channel, due, extended = wanted(row)
            since, start = days[received]
            until, end = days[answered]
            if not since and not until and not result and not any(row):
                continue
            if 0 < end < start:
                until = BAD
            fate = fates[since, until, applicant, result, ground]
            if label:
                add_number(hash(label))
            if since == 2:
                channels[channel] += 1
            if fate.answered:
                spans[start, end, days[due][1], extended] += 1
            yield at_row, label, fate

    def _when(self, value: Any) -> tuple[int, int]:
        """Before (1), in (2) or after (3) the year, BLANK or BAD; and the day."""
        found = day(value)
        if found <= 0:
            return found, found
        return (1 if found < self.begin else 3 if found > self.end else 2), found

    def _times(self) -> _Times:
        """Days and lateness of all that was answered."""
        all_days = self.book.data["days"]
        found = _Times()
        for (start, end, due, extended_said), times in self.spans.items():
            found.counted += times
            if start <= 0:
                found.unsure = True
                continue
            found.calendar += times * (end - start)
            working = self.days.between(start, end)
            extended = self.book.words("extended").get(entry(extended_said)) == "yes"
            limit = all_days["limit"] + (all_days["extension"] if extended else 0)
            if working is None:
                found.reckoned = False
            else:
                found.working += times * working
            if due > 0:
                found.late += times * (end > due)
            elif working is not None:
                found.late += times * (working > limit)
            else:
                found.judged = False
        return found

    def _fate(self, said: tuple[Any, ...]) -> Fate:
        since, until, applicant, result, ground = said
        wrong: list[Wrong] = []
        kind = self.book.words("applicant").get(entry(applicant))
        columns = (kind,) if kind else self.columns
        if since == 3 or until == 1:
            when = "收到日期在本年度之后" if since == 3 else "在本年度以前已经办结"
            return Fate((), (), columns, ((WARNING, "other_year", f"{when}，没有计入本年度，请核对"),), False)
        if not kind:
            wrong.append((ERROR, "applicant", _NO_SUCH.format(shown(applicant) or "空白", "申请人类型")))
        intake: tuple[str, ...] = ("new",) if since == 2 else ("carried_in",)
        if since in (BAD, BLANK):
            intake = ("new", "carried_in") if until == 2 else ("new", "carried_in", NOWHERE)
            wrong.append((ERROR, "date", "收到日期没有填写或不是日期，受影响的单元格已留空，请改正后重新读取"))
        rows, doubt = self._result(result, ground)
        outcome = self._outcome(until, rows, doubt, wrong)
        if since in (BAD, BLANK) and until in (BLANK, 3):
            outcome = (*outcome, NOWHERE)
        return Fate(intake, outcome, columns, tuple(wrong), until == 2)

    def _outcome(self, until: int, rows: tuple[str, ...], doubt: str, wrong: list[Wrong]) -> tuple[str, ...]:
        if until == 3 or (until == BLANK and not rows):
            return ("carried_out",)
        if until == BAD:
            wrong.append((ERROR, "date", "答复日期不是日期，或者早于收到日期，受影响的单元格已留空，请改正后重新读取"))
            return (*(rows or self.results), "carried_out")
        if until == BLANK:
            wrong.append((ERROR, "date", "填了办理结果而没有填答复日期，受影响的单元格已留空，请补填后重新读取"))
            return (*rows, "carried_out")
        if doubt:
            wrong.append((ERROR, "result", doubt))
        elif not rows:
            wrong.append((ERROR, "no_result", "填了答复日期而没有填办理结果，受影响的单元格已留空，请补填后重新读取"))
        return rows or self.results

    def _result(self, result: Any, ground: Any) -> tuple[tuple[str, ...], str]:
        """The rows a result may be, and what is doubtful; no row: still pending, or nothing said."""
        said, reason = entry(result), entry(ground)
        if not said or said in self.book.words("pending"):
            return (), ""
        found = self._rows(said, reason)
        if not found:
            each = [rows for one in parts(result) if (rows := self._rows(one, ""))]
            if len(each) > 1 and len(each) == len(parts(result)):
                together = tuple(dict.fromkeys(row for rows in each for row in rows))
                found = ("partial",) if {"granted", "partial"} & set(together) else together
        if len(found) == 1:
            return found, ""
        if not found:
            return self.results, _NO_SUCH.format(shown(result), "办理结果")
        told = f"（{shown(ground)}）" if reason else ""
        return found, f"办理结果“{shown(result)}”{told}没有写明是哪一种情形，受影响的单元格已留空，请补填理由后重新读取"

    def _rows(self, said: str, reason: str) -> tuple[str, ...]:
        words, groups = self.book.words("result"), self.book.words("groups")
        if said in words:
            return (self._row(words[said]),)
        group = groups.get(said)
        if group is None:
            start = max((word for word in groups if said.startswith(word)), key=len, default="")
            group, reason = (groups[start], said.removeprefix(start)) if start else (None, "")
        if group is None:
            return ()
        inside = tuple(dict.fromkeys(row for row in self.results if row == group or row.startswith(f"{group}_")))
        named = words.get(reason) or (f"{group}_misc" if groups.get(reason) == group else None)
        if named and self._row(named) in inside:
            return (self._row(named),)
        return inside

    def _row(self, row: str) -> str:
        merged: dict[str, str] = self.book.data["merged"].get(self.form.edition, {})
        return merged.get(row, row)

    def _duplicates(self) -> None:
        """Rows whose number was seen before may be the same application: what they count in is in doubt."""
        twice = _twice(self.numbers)
        if not twice:
            return
        seen = set[Any]()
        told = "编号前面已经出现过，受影响的单元格已留空，请核对是否重复登记"
        for row, number, fate in Reader(self.sheet, self.form, self.year)._pass():
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
        times = self._times()
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
        words, split = self.book.words("channel"), Counter[str]()
        for said, number in self.channels.items():
            split[words.get(entry(said), NOWHERE)] += number
        new = self.cells.value("new", "total")
        if "channel" in self.sheet.columns and not split[NOWHERE] and new == sum(split.values()):
            shown = self.book.data["shown"]
            spec = self.book.data["supplementary"]["channel"]
            for channel, number in split.items():
                if channel:
                    give("channel", number, id=spec["id"] + channel, label=spec["label"].format(channel=shown[channel]))
        return found


def _ratio(part: int, whole: int, step: str) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal(step), ROUND_HALF_UP)


def _twice(numbers: array[int]) -> set[int]:
    """The hashes that occur more than once; sorts them in place, to need no more memory."""
    import numpy as np

    if len(numbers) < 2:
        return set()
    ordered = np.frombuffer(numbers, dtype=np.int64)
    ordered.sort()
    return {int(one) for one in ordered[1:][ordered[1:] == ordered[:-1]]}
