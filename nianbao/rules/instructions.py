"""Instructions hidden in what the office hands in (IN-01): shown to a person, obeyed by nothing.

The drafting gate holds whatever a model does with them; but a confirmed statement is printed word for word, so a
person has to see what stands in it. Source: TC260-004《政务大模型应用安全规范》, on injected instructions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.dossier import Dossier
from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule

_ORDERS = re.compile(
    r"(?:忽略|无视|不要理会|忘记)[^，。；\n]{0,12}(?:规则|要求|指令|提示|约束)"
    r"|你(?:现在)?是(?:一个|一名)?[^，。；\n]{0,10}(?:助手|模型|专家)"
    r"|请(?:在|于)(?:报告|文中|正文|年报)(?:中|里)?(?:写|加|注|说)[明入上]"
    r"|(?i:system|assistant|prompt)\s*[:：]|(?i:ignore all)|<!--|</?[a-z]+>|[A-Za-z0-9+/]{80,}={0,2}"
)


@rule("IN-01", Severity.WARNING, "TC260-004《政务大模型应用安全规范》：防止指令注入")
def hidden_instructions(case: Case) -> Iterator[Issue | Unknown]:
    """A statement or label that speaks to a program (signs that nobody sees are refused with the dossier)."""
    for where, text in _handed_in(case.dossier):
        if found := _ORDERS.search(text):
            message = (
                f"{where}中有像是写给程序的话“{found.group()[:30]}”。程序不会照办，请核对这段文字，不该有的请删去。"
            )
            yield Issue(message, actual=found.group()[:30], quote=where)


def _handed_in(dossier: Dossier) -> Iterator[tuple[str, str]]:
    prior = dossier.prior_year
    for name, statements in (("", dossier.statements), ("上年", prior.statements if prior else ())):
        for statement in statements:
            yield f"{name}已确认情况 {statement.id}", statement.text
    for figure in dossier.supplementary:
        yield f"补充数字 {figure.id}", figure.label
