"""Case lists → table 四; lists of decisions and of documents → table 二."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from nianbao.findings import Severity
from nianbao.forms import Form
from nianbao.reading.ledgers._counting import NOWHERE, Cells, Troubles
from nianbao.reading.ledgers._dates import BAD, BLANK, day
from nianbao.reading.ledgers._source import Sheet
from nianbao.reading.ledgers._words import entry, shown

_DOUBT = "受影响的单元格已留空，请改正后重新读取"


class ListReader:
    """What the three have in common: rows, dates, kinds, numbers that stand twice."""

    def __init__(self, sheet: Sheet, form: Form, year: int) -> None:
        self.sheet, self.form, self.book = sheet, form, sheet.book
        self.begin, self.end = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
        self.cells, self.troubles = Cells(), Troubles()
        self.titled = self.book.titled(f"{sheet.name}{sheet.title}")
        self.seen: set[str] = set()
        self.kinds: set[str] = set()
        self.rows, self.row, self.number = 0, 0, ""

    def read(self) -> None:
        for number, cells in enumerate(self.sheet.rows(), self.sheet.first):
            self.row = number
            said = {n: cells[at] if at < len(cells) else "" for n, at in self.sheet.columns.items()}
            if any(value not in ("", None) for value in said.values()):
                self.rows, self.number = self.rows + 1, str(said.get("number") or "").strip()
                self.take(said)

    def take(self, said: dict[str, Any]) -> None:
        """Count one row."""
        raise NotImplementedError

    def addresses(self) -> Iterator[tuple[str, int | None]]:
        """The cells that the list tells, blank where a row was in doubt."""
        raise NotImplementedError

    def wrong(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        self.troubles.add(severity, code, message, self.row, self.number)

    def kind(self, said: dict[str, Any]) -> tuple[str, ...]:
        """The kind of a row; all of them where it is not known."""
        words = self.book.words("kind")
        code = words.get(entry(said["kind"])) if "kind" in said else self.titled
        if not code:
            self.wrong("kind", f"“{shown(said.get('kind')) or '空白'}”不是认得的类型，{_DOUBT}")
            return tuple(dict.fromkeys(words.values()))
        self.kinds.add(code)
        return (code,)

    def date(self, said: dict[str, Any], name: str, needed: bool = True) -> int:
        found = day(said.get(name))
        if found == BAD or (found == BLANK and needed):
            self.wrong("date", f"“{self.book.data['columns'][name][0]}”没有填写或不是日期，{_DOUBT}")
            return BAD
        return found

    def other_year(self) -> None:
        self.wrong("other_year", "不在本年度之内，没有计入，请核对", Severity.WARNING)

    def again(self) -> tuple[str, ...]:
        """`(NOWHERE,)` where the number of the row was seen before: it may be the same one."""
        if self.number and self.number in self.seen:
            self.wrong("duplicate", f"编号前面已经出现过，{_DOUBT}")
            return (NOWHERE,)
        self.seen.add(self.number)
        return ()


class Cases(ListReader):
    """A case counts in the year it was pending in: received by its end and not closed before it."""

    def take(self, said: dict[str, Any]) -> None:
        rows = self._rows(said)
        doubt = self.again()
        instance = entry(said.get("instance"))
        if instance and instance not in self.book.words("first_instance"):
            self.wrong("instance", f"“{shown(said['instance'])}”与一审是同一件还是另一件不能确定，{_DOUBT}")
            doubt = (NOWHERE,)
        received, closed = self.date(said, "received"), self.date(said, "closed", needed=False)
        if received > self.end or 0 < closed < self.begin:
            self.other_year()
            return
        if BAD in (received, closed):
            doubt = (NOWHERE,)
        columns = self._columns(said, closed)
        self.cells.add((*rows, *doubt), columns)

    def _rows(self, said: dict[str, Any]) -> tuple[str, ...]:
        rows = self.kind(said)
        known = self.book.words("after_review").get(entry(said.get("after_review")))
        if rows == ("suits",):
            rows = {"yes": ("suit_after_review",), "no": ("direct_suit",)}.get(known or "", ())
            if not rows:
                self.wrong("kind", f"行政诉讼没有写明是否经过复议，{_DOUBT}")
                rows = ("direct_suit", "suit_after_review")
        return tuple(row for row in rows if row != "suits")

    def _columns(self, said: dict[str, Any], closed: int) -> tuple[str, ...]:
        result = entry(said["result"])
        if closed > self.end or (closed == BLANK and (not result or result in self.book.words("pending"))):
            return ("pending",)
        code = self.book.words("result").get(result)
        if code and closed > 0:
            return (code,)
        told = "填了结果而没有填结案日期" if code else f"“{shown(said['result']) or '空白'}”不是认得的结果"
        self.wrong("result", f"{told}，{_DOUBT}")
        return (code, "pending") if code else ("upheld", "corrected", "other", "pending")

    def addresses(self) -> Iterator[tuple[str, int | None]]:
        table = self.form.table("remedies")
        for row in table.rows:
            for column in table.blocks[0].columns:
                yield f"remedies.{row.id}.{column.id}", self.cells.value(row.id, column.id)


class Decisions(ListReader):
    """A decision counts in the year it was made. Kinds that the list never names stay as they are."""

    def take(self, said: dict[str, Any]) -> None:
        kinds, doubt = self.kind(said), self.again()
        decided = self.date(said, "decided")
        if decided != BAD and not self.begin <= decided <= self.end:
            self.other_year()
            return
        self.cells.add((*kinds, *doubt, *([NOWHERE] if decided == BAD else [])), ("decisions",))

    def addresses(self) -> Iterator[tuple[str, int | None]]:
        for kind in dict.fromkeys(self.book.words("kind").values()):
            if kind in self.kinds:
                yield f"disclosure.{kind}.decisions", self.cells.value(kind, "decisions")


class Documents(ListReader):
    """A document may count three times: made in the year, repealed in it, in force at its end."""

    def take(self, said: dict[str, Any]) -> None:
        kinds, doubt = self.kind(said), self.again()
        made, repealed = self.date(said, "made"), self.date(said, "repealed", needed=False)
        if made > self.end:
            self.other_year()
            return
        inside = {
            "made": (made >= self.begin, made == BAD),
            "repealed": (self.begin <= repealed <= self.end, repealed == BAD),
            "in_force": (not 0 < repealed <= self.end, BAD in (made, repealed)),
        }
        for column, (counts, unsure) in inside.items():
            if counts or unsure:
                self.cells.add((*kinds, *doubt, *([NOWHERE] if unsure else [])), (column,))

    def addresses(self) -> Iterator[tuple[str, int | None]]:
        for kind in dict.fromkeys(self.book.words("kind").values()):
            for counted, column in self.book.data["counts"][self.form.edition].items():
                if kind in self.kinds:
                    yield f"disclosure.{kind}.{column}", self.cells.value(kind, counted)
