"""What one row of the 依申请公开台账 counts as.

Received in the year: 新收; before it and not answered before it: 上年结转; answered in the year: a result; not answered
by its end: 结转下年. 区分处理 counts once as 部分公开.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao.findings import Severity
from nianbao.forms import Form
from nianbao.reading.ledgers._counting import NOWHERE
from nianbao.reading.ledgers._dates import BAD, BLANK
from nianbao.reading.ledgers._words import Book, entry, parts, shown

ERROR, WARNING = Severity.ERROR, Severity.WARNING
BEFORE, WITHIN, AFTER = 1, 2, 3  # a day and the year; besides these, BLANK and BAD
Wrong = tuple[Severity, str, str]
_NO_SUCH = "“{}”不是认得的{}，受影响的单元格已留空，请改正后重新读取"


@dataclass(frozen=True, eq=False)  # one object for each kind of row: counted by identity, fast
class Fate:
    """Where an application counts: the rows it may stand in (several: in doubt), its columns; what is wrong.

    `channel`: how it came, where it is new and the ledger tells.
    """

    intake: tuple[str, ...]
    outcome: tuple[str, ...]
    columns: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    channel: str | None = None


class Fates:
    """The fate of what a row says, by the words of a book and the rows of a form."""

    def __init__(self, book: Book, form: Form) -> None:
        self.book, self.form = book, form
        self.results = form.result_rows
        self.columns = tuple(c.id for c in form.table("requests").blocks[0].columns if c.id != "total")

    def of(self, said: tuple[Any, ...]) -> Fate:
        """`said`: when it was received and answered, as a day and the year; applicant, result, ground; channel."""
        since, until, applicant, result, ground, channel = said
        wrong: list[Wrong] = []
        kind = self.book.words("applicant").get(entry(applicant))
        columns = (kind,) if kind else self.columns
        if since == AFTER or until == BEFORE:
            when = "收到日期在本年度之后" if since == AFTER else "在本年度以前已经办结"
            return Fate((), (), columns, ((WARNING, "other_year", f"{when}，没有计入本年度，请核对"),))
        if not kind:
            wrong.append((ERROR, "applicant", _NO_SUCH.format(shown(applicant) or "空白", "申请人类型")))
        intake: tuple[str, ...] = ("new",) if since == WITHIN else ("carried_in",)
        if since in (BAD, BLANK):
            intake = ("new", "carried_in") if until == WITHIN else ("new", "carried_in", NOWHERE)
            wrong.append((ERROR, "date", "收到日期没有填写或不是日期，受影响的单元格已留空，请改正后重新读取"))
        rows, doubt = self._result(result, ground)
        outcome = self._outcome(until, rows, doubt, wrong)
        if since in (BAD, BLANK) and until in (BLANK, AFTER):
            outcome = (*outcome, NOWHERE)
        return Fate(intake, outcome, columns, tuple(wrong), channel if since == WITHIN else None)

    def _outcome(self, until: int, rows: tuple[str, ...], doubt: str, wrong: list[Wrong]) -> tuple[str, ...]:
        if until == AFTER or (until == BLANK and not rows):
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
