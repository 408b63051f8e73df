"""（二）依申请公开: what came in, from whom, with what result and on what grounds; 复议 and 诉讼."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.drafting.case import Case, Clause, sentence
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
    if nothing := no_requests(case):
        change = f"，{{{{cmp.{new}}}}}" if f"growth.{new}" in case.facts else ""
        first, comma, rest = nothing.text.partition("，")
        return [sentence(f"{case.say('summary', 'period')}{first}{change}{comma}{rest}。", "figure", *nothing.also)]
    parts: list[str] = []
    also: tuple[str, ...] = ()
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


def no_requests(case: Case) -> Clause | None:
    """未收到政府信息公开申请，也没有上年结转或者结转下年度继续办理的申请."""
    new, carried_in, handled, out = (f"requests.{row}.total" for row, _ in _CORE)
    if not case.zero(new) or any(case.positive(fact) for fact in (carried_in, handled, out)):
        return None
    none = case.zero(carried_in) and case.zero(out)
    text = "未收到政府信息公开申请" + ("，也没有上年结转或者结转下年度继续办理的申请" if none else "")
    return Clause(text, tuple(fact for fact in (new, carried_in, out) if case.zero(fact)))


def _series(parts: Sequence[str]) -> str:
    """Parts joined by ；where one of them holds a comma (a comparison), else by ，."""
    return ("；" if any("cmp." in part for part in parts) else "，").join(parts)


def _applicants(case: Case) -> list[Sentence]:
    split = applicants(case)
    if split is None:
        return []
    if not split.text.startswith("申请人"):
        split = Clause(f"{case.say('summary', 'applicants')}，{split.text}", split.also)
    elif not case.brief and (kinds := organisations(case)):
        split = Clause(f"{split.text}，其中{kinds.text.partition('，')[2]}", split.also)
    told = [sentence(split.text + "。", "figure", *split.also)]
    kinds = None if case.brief or "其中" in split.text else organisations(case)
    return [*told, sentence(kinds.text + "。")] if kinds else told


def applicants(case: Case) -> Clause | None:
    """申请人均为自然人 · 自然人32件、法人或其他组织21件，分别占新收申请总数的60.38%和39.62%."""
    total = case.value("requests.new.total")
    known = [(case.value(f"requests.new.{column}"), column, name) for column, name in _WHO]
    if not total or any(value is None for value, *_ in known):
        return None
    if sum(value or 0 for value, *_ in known) != total:
        case.gap("requests", "applicants")
        return None
    present = sorted(((v, c, n) for v, c, n in known if v), key=lambda item: (-(item[0] or 0), item[1]))
    if len(present) == 1:
        also = ("requests.new.total", f"requests.new.{present[0][1]}")
        return Clause(f"{'申请人均为' if total > 1 else '申请人为'}{present[0][2]}", also)
    counts = "、".join(f"{name}{{{{v.requests.new.{column}}}}}" for _, column, name in present)
    ids = tuple(f"share.requests.new.{column}" for _, column, _ in present)
    return Clause(f"{counts}，{_shares(case, '新收申请总数', list(ids))}", ids)


def organisations(case: Case) -> Clause | None:
    """法人或其他组织提出的申请中，商业企业11件、…; None where they are all of one kind."""
    columns = case.dossier.form.table("requests").blocks[0].columns
    orgs = [c for c in columns if len(c.path) > 2 and case.positive(f"requests.new.{c.id}")]
    if len(orgs) < 2:
        return None
    orgs.sort(key=lambda c: -(case.value(f"requests.new.{c.id}") or 0))
    names = {"other_org": "其他组织"}
    listed = "、".join(f"{names.get(c.id, c.label)}{{{{v.requests.new.{c.id}}}}}" for c in orgs)
    return Clause(f"法人或其他组织提出的申请中，{listed}")


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
    split = outcomes(case)
    if split is None:
        return []
    lead = "" if split.text.startswith("办理结果") else case.say("summary", "outcomes") + "，"
    return [sentence(f"{lead}{split.text}。", "figure", *split.also)]


def outcomes(case: Case) -> Clause | None:
    """办理结果均为予以公开 · 予以公开18件、…，分别占办理结果总数的33.96%、…."""
    present = _present(case)
    if not present:
        return None
    if len(present) == 1:
        several = (case.value("requests.total_handled.total") or 0) > 1
        also = (f"requests.{present[0]}.total", "requests.total_handled.total")
        return Clause(f"办理结果{'均为' if several else '为'}{_name(case, present[0])}", also)
    counts = "、".join(f"{_name(case, row)}{{{{v.requests.{row}.total}}}}" for row in present)
    ids = tuple(f"share.requests.{row}.total" for row in present)
    return Clause(f"{counts}，{_shares(case, '办理结果总数', list(ids))}", ids)


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
    told = [clause for row, clause in grounds(case).items() if not (case.brief and row == "other")]
    also = [fact for clause in told for fact in clause.also]
    return [sentence("；".join(clause.text for clause in told) + "。", "figure", *also)] if told else []


def grounds(case: Case) -> dict[str, Clause]:
    """Of each group of results its grounds: 不予公开的10件中，属于行政执法案卷3件、… · 均因…."""
    groups = {group.id: group.of for group in case.dossier.form.groups["requests_rows"]}
    told: dict[str, Clause] = {}
    for row in _present_quietly(case):
        if row not in groups:
            continue
        present = [g for g in groups[row] if case.positive(f"requests.{g}.total")]
        present.sort(key=lambda g: -(case.value(f"requests.{g}.total") or 0))
        words = phrases()["summary"]["grounds"][row]
        if present == ["other_misc"]:
            continue
        if len(present) == 1:
            several = (case.value(f"requests.{row}.total") or 0) > 1
            verb = words["all"] if several else words["one"]
            text = f"{words['name']}的{{{{v.requests.{row}.total}}}}{verb}{_ground(case, present[0])}"
            told[row] = Clause(text, (f"requests.{present[0]}.total",))
        else:
            listed = "、".join(_counted(g) for g in present)
            told[row] = Clause(f"{words['name']}的{{{{v.requests.{row}.total}}}}中，{listed}")
    return told


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
