"""（二）依申请公开: what came in, from whom, with what result and on what grounds; 复议 and 诉讼."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.drafting.case import Case, sentence
from nianbao.drafting.phrases import phrases
from nianbao.drafting.supplementary import supplementary
from nianbao.facts import clean
from nianbao.narrative import Sentence

_RESULTS = ("granted", "partial", "refused", "unavailable", "declined", "other")
_CORE = (
    ("new", "本年新收"),
    ("carried_in", "上年结转"),
    ("total_handled", "办理结果总计"),
    ("carried_out", "结转下年度继续办理"),
)
_WHO = (("natural_person", "自然人"), ("organisations", "法人或其他组织"))


def requests(case: Case) -> list[Sentence]:
    """All sentences that the table supports; blank totals are left out and asked for."""
    blanks = [(row, name) for row, name in _CORE if case.blank(f"requests.{row}.total")]
    if blanks:
        where = "、".join(f"figures.requests.{row}.total" for row, _ in blanks)
        names = "".join(f"“{name}”" for _, name in blanks)
        case.gap("requests", "requests", names=names, where=where)
    own = supplementary(case, "requests")
    return [*_intake(case), *own, *_applicants(case), *_outcomes(case), *_grounds(case)]


def _intake(case: Case) -> list[Sentence]:
    new, carried_in, handled, out = (f"requests.{row}.total" for row, _ in _CORE)
    if case.zero(new) and not case.positive(carried_in) and not case.positive(handled) and not case.positive(out):
        also = tuple(fact for fact in (new, carried_in, out) if case.zero(fact))
        text = case.say("summary", "period") + "未收到政府信息公开申请"
        if f"growth.{new}" in case.facts:
            text += f"，{{{{cmp.{new}}}}}"
        if case.zero(carried_in) and case.zero(out):
            text += "，也没有上年结转或者结转下年度继续办理的申请"
        return [sentence(text + "。", "figure", *also)]
    parts: list[str] = []
    also = ()
    if case.positive(new):
        compared = f"change.{new}" in case.facts
        parts.append(f"新收政府信息公开申请{{{{v.{new}}}}}" + (f"，{{{{cmp.{new}}}}}" if compared else ""))
    elif case.zero(new):
        parts.append("未收到新的政府信息公开申请")
        also = (new,)
    if case.positive(carried_in):
        parts.append(f"上年结转{'' if parts else '政府信息公开申请'}{{{{v.{carried_in}}}}}")
    if case.positive(handled):
        parts.append(f"办结{'' if parts else '政府信息公开申请'}{{{{v.{handled}}}}}")
    if case.positive(out):
        parts.append(f"结转下年度继续办理{{{{v.{out}}}}}")
    elif case.zero(out) and case.positive(handled):
        parts.append("没有结转下年度继续办理的申请")
        also = (*also, out)
    if not parts:
        return []
    return [sentence(case.say("summary", "period") + _series(parts) + "。", "figure", *also)]


def _series(parts: Sequence[str]) -> str:
    """Parts joined by ；where one of them holds a comma (a comparison), else by ，."""
    return ("；" if any("cmp." in part for part in parts) else "，").join(parts)


def _applicants(case: Case) -> list[Sentence]:
    total = case.value("requests.new.total")
    known = [(case.value(f"requests.new.{column}"), column, name) for column, name in _WHO]
    if not total or any(value is None for value, *_ in known):
        return []
    if sum(value or 0 for value, *_ in known) != total:
        case.gap("requests", "applicants")
        return []
    present = sorted(((v, c, n) for v, c, n in known if v), key=lambda item: (-(item[0] or 0), item[1]))
    if len(present) == 1:
        text = f"{'申请人均为' if total > 1 else '申请人为'}{present[0][2]}"
        cites = ("requests.new.total", f"requests.new.{present[0][1]}")
        if present[0][1] == "natural_person" or case.brief:
            return [sentence(text + "。", "figure", *cites)]
        kinds = _organisations(case)
        return [sentence(f"{text}，其中{kinds}。" if "、" in kinds else text + "。", "figure", *cites)]
    counts = "、".join(f"{name}{{{{v.requests.new.{column}}}}}" for _, column, name in present)
    said = case.say("summary", "applicants")
    ids = [f"share.requests.new.{column}" for _, column, _ in present]
    sentences = [sentence(f"{said}，{counts}，{_shares(case, '新收申请总数', ids)}。", "figure", *ids)]
    kinds = _organisations(case)
    if not case.brief and "、" in kinds:
        sentences.append(sentence(f"法人或其他组织提出的申请中，{kinds}。"))
    return sentences


def _organisations(case: Case) -> str:
    columns = case.dossier.form.table("requests").blocks[0].columns
    orgs = [c for c in columns if len(c.path) > 2 and case.positive(f"requests.new.{c.id}")]
    orgs.sort(key=lambda c: -(case.value(f"requests.new.{c.id}") or 0))
    names = {"other_org": "其他组织"}
    return "、".join(f"{names.get(c.id, c.label)}{{{{v.requests.new.{c.id}}}}}" for c in orgs)


def _present(case: Case) -> list[str]:
    """The results above 0, largest first, where they add up to the total."""
    values = {row: case.value(f"requests.{row}.total") for row in _RESULTS}
    total = case.value("requests.total_handled.total")
    if not total:
        return []
    if any(value is None for value in values.values()):
        case.gap("requests", "outcomes_blank")
        return []
    if sum(value or 0 for value in values.values()) != total:
        case.gap("requests", "outcomes")
        return []
    return sorted((row for row, value in values.items() if value), key=lambda row: -(values[row] or 0))


def _outcomes(case: Case) -> list[Sentence]:
    present = _present(case)
    if not present:
        return []
    said = case.say("summary", "outcomes")
    if len(present) == 1:
        several = (case.value("requests.total_handled.total") or 0) > 1
        also = (f"requests.{present[0]}.total", "requests.total_handled.total")
        return [sentence(f"办理结果{'均为' if several else '为'}{_name(case, present[0])}。", "figure", *also)]
    counts = "、".join(f"{_name(case, row)}{{{{v.requests.{row}.total}}}}" for row in present)
    ids = [f"share.requests.{row}.total" for row in present]
    return [sentence(f"{said}，{counts}，{_shares(case, '办理结果总数', ids)}。", "figure", *ids)]


def _shares(case: Case, base: str, ids: list[str]) -> str:
    """分别占办理结果总数的60%和40% · 各占办理结果总数的50%."""
    if len(ids) == 2 and case.value(ids[0]) == case.value(ids[1]):
        return f"各占{base}的{{{{v.{ids[0]}}}}}"
    slots = [f"{{{{v.{share}}}}}" for share in ids]
    return f"分别占{base}的{'、'.join(slots[:-1])}和{slots[-1]}"


def _name(case: Case, row: str) -> str:
    labels = {r.id: r.label for r in case.dossier.form.table("requests").rows}
    return clean(labels[row]) if row in labels else str(phrases()["summary"]["grounds"][row]["name"])


def _grounds(case: Case) -> list[Sentence]:
    """不予公开10件中，属于行政执法案卷3件、…；无法提供12件中，…。"""
    groups = {group.id: group.of for group in case.dossier.form.groups["requests_rows"]}
    texts: list[str] = []
    also: list[str] = []
    for row in _present_quietly(case):
        if row not in groups or (case.brief and row == "other"):
            continue
        grounds = [g for g in groups[row] if case.positive(f"requests.{g}.total")]
        grounds.sort(key=lambda g: -(case.value(f"requests.{g}.total") or 0))
        words = phrases()["summary"]["grounds"][row]
        if grounds == ["other_misc"]:
            continue
        if len(grounds) == 1:
            several = (case.value(f"requests.{row}.total") or 0) > 1
            verb = words["all"] if several else words["one"]
            texts.append(f"{words['name']}的{{{{v.requests.{row}.total}}}}{verb}{_ground(case, grounds[0])}")
            also.append(f"requests.{grounds[0]}.total")
        else:
            listed = "、".join(_counted(g) for g in grounds)
            texts.append(f"{words['name']}的{{{{v.requests.{row}.total}}}}中，{listed}")
    return [sentence("；".join(texts) + "。", "figure", *also)] if texts else []


def _present_quietly(case: Case) -> list[str]:
    return _present(Case(case.section, case.dossier, case.facts))


def _counted(row: str) -> str:
    short: dict[str, str] = phrases()["summary"]["shorter"]
    return f"{short[row]}{{{{v.requests.{row}.total}}}}" if row in short else f"{{{{f.requests.{row}.total}}}}"


def _ground(case: Case, row: str) -> str:
    """The ground as the form names it (its long ones shorter)."""
    short: dict[str, str] = phrases()["summary"]["shorter"]
    labels = {r.id: r.label for r in case.dossier.form.table("requests").rows}
    return short.get(row, clean(labels[row]))
