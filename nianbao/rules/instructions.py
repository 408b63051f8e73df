"""Instructions hidden in what the office hands in (IN-01): shown to a person, obeyed by nothing.

The drafting gate holds whatever a model does with them; but a confirmed statement is printed word for word, so a
person has to see what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.dossier import Dossier
from nianbao.findings import Severity
from nianbao.instructions import find_orders
from nianbao.rules.registry import Case, Issue, Unknown, rule


@rule("IN-01", Severity.WARNING, "TC260-004《政务大模型应用安全规范》：防止指令注入")
def hidden_instructions(case: Case) -> Iterator[Issue | Unknown]:
    """A statement or label that speaks to a program (signs that nobody sees are refused with the dossier)."""
    for where, text in _handed_in(case.dossier):
        if found := find_orders(text):
            shown = found[0].excerpt
            message = f"{where}中有{found[0].what}“{shown}”。程序不会照办，请核对这段文字，不该有的请删去。"
            yield Issue(message, actual=shown, quote=where)


def _handed_in(dossier: Dossier) -> Iterator[tuple[str, str]]:
    prior = dossier.prior_year
    for name, statements in (("", dossier.statements), ("上年", prior.statements if prior else ())):
        for statement in statements:
            yield f"{name}已确认情况 {statement.id}", statement.text
    for figure in dossier.supplementary:
        yield f"补充数字 {figure.id}", figure.label
