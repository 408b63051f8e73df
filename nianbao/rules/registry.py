"""What a rule is: one clause, its severity, its legal source, and a generator that yields what is wrong.

A rule function gets a `Case` and yields `Issue` (something is wrong) or `Unknown` (it cannot be decided
for lack of data); the registry adds the rule's id, severity and source, so no function repeats them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import cached_property

from nianbao.checking import Claim, check_text
from nianbao.dossier import Dossier, Number
from nianbao.facts import FactTable, fact_table
from nianbao.findings import Finding, NotAssessed, Severity
from nianbao.forms import Form

NAMES = {"opening": "引言", "summary": "一、总体情况", "problems": "五、主要问题及改进情况", "other": "六、其他事项"}
NARRATIVE = ("summary", "problems", "other")


@dataclasses.dataclass(frozen=True)
class Case:
    """One dossier under assessment. What several rules need is worked out once."""

    dossier: Dossier

    @cached_property
    def form(self) -> Form:
        return self.dossier.form

    @cached_property
    def facts(self) -> FactTable:
        return fact_table(self.dossier)

    @cached_property
    def sections(self) -> dict[str, str]:
        return dict(self.dossier.sections.items())

    @cached_property
    def claims(self) -> tuple[tuple[str, Claim], ...]:
        """Every claim of the text with its verdict, and the section it stands in."""
        return tuple(
            (name, claim)
            for name, text in self.sections.items()
            for claim in check_text(text, self.dossier, self.facts)
        )

    def text(self, section: str) -> str:
        return self.sections.get(section, "")

    def value(self, address: str) -> Number | None:
        return self.dossier.value(address)

    def place(self, address: str) -> str:
        """A cell in words; last year's with 上年 before it."""
        cell = self.form.cells.get(address.removeprefix("prior."))
        return ("上年年报" if address.startswith("prior.") else "") + (cell.place if cell else address)


@dataclasses.dataclass(frozen=True)
class Issue:
    """Something is wrong. `severity` only where it differs from the rule's own."""

    message: str
    cells: tuple[str, ...] = ()
    expected: str | None = None
    actual: str | None = None
    section: str | None = None
    span: tuple[int, int] | None = None
    quote: str | None = None
    severity: Severity | None = None


@dataclasses.dataclass(frozen=True)
class Unknown:
    """The rule cannot be decided; the reason is a Chinese sentence."""

    reason: str


Body = Callable[[Case], Iterator[Issue | Unknown]]


@dataclasses.dataclass(frozen=True)
class Rule:
    """A registered rule. `needs`: sections without which it is not assessed; `prior`: last year's report."""

    id: str
    severity: Severity
    source: str
    body: Body
    editions: tuple[str, ...]
    needs: tuple[str, ...]
    prior: bool
    text: bool

    def __call__(self, case: Case) -> Iterator[Finding | NotAssessed]:
        if case.form.edition not in self.editions:
            return
        if reason := self._lacking(case):
            yield NotAssessed(rule=self.id, reason=reason)
            return
        for outcome in self.body(case):
            yield self._result(outcome)

    def _lacking(self, case: Case) -> str:
        missing = [NAMES[name] for name in self.needs if not case.text(name).strip()]
        if missing:
            return f"“{'”“'.join(missing)}”还没有文字，起草后再核对。"
        if self.text and not any(text.strip() for text in case.sections.values()):
            return "报告还没有文字部分，起草后再核对。"
        if self.prior and case.dossier.prior_year is None:
            return "没有上年年报，无法比对。"
        return ""

    def _result(self, outcome: Issue | Unknown) -> Finding | NotAssessed:
        if isinstance(outcome, Unknown):
            return NotAssessed(rule=self.id, reason=outcome.reason)
        start, end = outcome.span or (None, None)
        return Finding(
            rule=self.id,
            severity=outcome.severity or self.severity,
            message=outcome.message,
            source=self.source,
            cells=outcome.cells,
            expected=outcome.expected,
            actual=outcome.actual,
            section=outcome.section,
            start=start,
            end=end,
            quote=outcome.quote,
        )


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    severity: Severity,
    source: str,
    *,
    editions: tuple[str, ...] = ("2019", "2021"),
    needs: tuple[str, ...] = (),
    prior: bool = False,
    text: bool = False,
) -> Callable[[Body], Rule]:
    """Register a generator function as the rule `rule_id`. An id is registered once."""

    def register(body: Body) -> Rule:
        if rule_id in RULES:
            raise ValueError(f"rule {rule_id} is registered twice")
        RULES[rule_id] = Rule(rule_id, severity, source, body, editions, needs, prior, text)
        return RULES[rule_id]

    return register


def quoted(case: Case, section: str, start: int, end: int, margin: int = 12) -> str:
    """The text of a span with a little around it, for a message."""
    text = case.text(section)
    return text[max(0, start - margin) : end + margin].replace("\n", " ").strip()


def sentence(case: Case, section: str, start: int, end: int) -> str:
    """The whole sentence that a span stands in."""
    text = case.text(section)
    first = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    ends = [at for mark in "。！？\n" if (at := text.find(mark, end)) >= 0]
    return text[first : min(ends) + 1 if ends else len(text)].strip()
