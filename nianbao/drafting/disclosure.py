"""Figures of table 二 in words."""

from __future__ import annotations

from nianbao.drafting.case import Case, Clause, sentence
from nianbao.drafting.phrases import phrases
from nianbao.narrative import Sentence


def decisions(case: Case) -> list[Sentence]:
    """作出行政许可决定158件、…；未作出行政强制决定；行政事业性收费402.318万元；政府集中采购 (2019)."""
    names: dict[str, str] = phrases()["summary"]["decisions"]
    rows = [row for row in names if f"disclosure.{row}.decisions" in case.dossier.form.cells]
    blanks = [row for row in rows if case.blank(f"disclosure.{row}.decisions")]
    known = [(row, case.value(f"disclosure.{row}.decisions")) for row in rows]
    some = sorted(((row, value) for row, value in known if value), key=lambda item: -item[1])
    parts: list[str] = []
    also: list[str] = []
    if some:
        said = "、".join(_decided(row, names[row]) for row, _ in some)
        first = f"disclosure.{some[0][0]}.decisions"
        compare = not case.brief and len(some) == 1 and f"change.{first}" in case.facts
        parts.append(f"作出{said}" + (f"，{{{{cmp.{first}}}}}" if compare else ""))
    if none := no_decisions(case):
        parts.append(none.text)
        also += none.also
    charged = "disclosure.fees.amount"
    if case.positive(charged):
        parts.append(f"行政事业性收费{{{{v.{charged}}}}}")
    elif case.zero(charged):
        parts.append("未收取行政事业性收费")
        also.append(charged)
    bought = "disclosure.procurement.projects"
    if case.positive(bought):
        money = "disclosure.procurement.amount"
        amount = f"，采购总金额{{{{v.{money}}}}}" if case.positive(money) else ""
        parts.append(f"政府集中采购项目{{{{v.{bought}}}}}{amount}")
    missing = {f"figures.disclosure.{row}.decisions": names[row] for row in blanks}
    if charged in case.dossier.form.cells and case.blank(charged):
        missing["figures." + charged] = "行政事业性收费"
    if missing:
        quoted = "".join(f"“{name}”" for name in missing.values())
        case.gap("disclosure", "decisions", names=quoted, where="、".join(missing))
    joiner = "；" if any("，" in part for part in parts) else "，"
    return [sentence(joiner.join(parts) + "。", "figure", *also)] if parts else []


def no_decisions(case: Case) -> Clause | None:
    """未作出行政处罚和行政强制决定: what was decided on in no case."""
    names: dict[str, str] = phrases()["summary"]["decisions"]
    none = [row for row in names if row != "other_services" and case.zero(f"disclosure.{row}.decisions")]
    said = f"未作出{_and([names[row] for row in none])}决定" if none else ""
    return Clause(said, tuple(f"disclosure.{row}.decisions" for row in none)) if none else None


def _decided(row: str, name: str) -> str:
    return f"{name}{'处理' if row == 'other_services' else ''}决定{{{{v.disclosure.{row}.decisions}}}}"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else "、".join(names[:-1]) + "和" + names[-1]


def documents(case: Case) -> list[Sentence]:
    """规章 (only where there are any) and 规范性文件: made, repealed, in force."""
    old = case.dossier.edition == "2019"
    columns = ("made", "newly_disclosed", "total_disclosed") if old else ("issued", "repealed", "in_force")
    sentences: list[Sentence] = []
    for row, name in (("regulations", "规章"), ("normative_documents", "规范性文件" if old else "行政规范性文件")):
        ids = [f"disclosure.{row}.{column}" for column in columns]
        if row == "normative_documents" and (blanks := [i for i in ids if case.blank(i)]):
            where = "、".join("figures." + i for i in blanks)
            case.gap("management", "documents", name=name, where=where)
        if row == "regulations" and not any(case.positive(i) for i in ids):
            continue
        text = _made(case, name, ids) if old else _issued(case, name, ids)
        if text:
            sentences.append(sentence(text + "。", "figure", *(i for i in ids if case.zero(i))))
    return sentences


def _issued(case: Case, name: str, ids: list[str]) -> str:
    issued, repealed, in_force = ids
    if all(case.zero(i) for i in ids):
        return f"未制发、废止{name}，没有现行有效的{name}"
    parts: list[str] = []
    if case.zero(issued) and case.zero(repealed):
        parts.append(f"未制发、废止{name}")
    else:
        if issued in case.facts:
            parts.append(f"制发{name}{{{{v.{issued}}}}}" if case.positive(issued) else f"未制发{name}")
        if case.positive(repealed):
            parts.append(f"废止{'' if parts else name}{{{{v.{repealed}}}}}")
    if case.positive(in_force):
        parts.append(f"现行有效{'' if parts else name}{{{{v.{in_force}}}}}")
    elif case.zero(in_force):
        parts.append(f"没有现行有效的{name}")
    compared = case.positive(in_force) and f"change.{in_force}" in case.facts and not case.brief
    return "，".join(parts) + (f"，{{{{cmp.{in_force}}}}}" if parts and compared else "")


def _made(case: Case, name: str, ids: list[str]) -> str:
    made, disclosed, total = ids
    if all(case.zero(i) for i in ids):
        return f"未新制作、新公开{name}，没有对外公开的{name}"
    parts: list[str] = []
    for verb, i in (("新制作", made), ("新公开", disclosed)):
        if case.positive(i):
            parts.append(f"{verb}{'' if parts else name}{{{{v.{i}}}}}")
    if case.positive(total):
        parts.append(f"{'' if parts else name}对外公开总数{{{{v.{total}}}}}")
    return "，".join(parts)
