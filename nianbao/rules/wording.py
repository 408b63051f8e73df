"""What evaluators criticise in the narrative itself (EV-15 … EV-24, EV-27, EV-30)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.findings import Severity
from nianbao.rules.evaluation import words
from nianbao.rules.registry import NAMES, Case, Issue, Unknown, quoted, rule, sentence

_SHORTEST = 60
_LONGEST = 1000
_ON_TOPIC = 0.3
_OVERLAP = 0.25
_ITEMS = re.compile(r"[一二三四五六七八九]是([^；。]+)")
_OTHERS = ("", "problem", "cause", "timeliness", "satisfaction")
_ABSOLUTE = re.compile(r"均[获被]?(?:得)?维持|零纠错|零败诉|全部(?:获得?)?维持|无一(?:被)?纠正|胜诉率(?:为|达)?100%")
_STOP = re.compile(
    r"进一步|有待|需要|需|不够|不足|还|存在|问题|工作|政府信息|公开|政务|部分|较为?|加强|提升|完善|[，、；。：的和与及]"
)


def hanzi(text: str) -> int:
    """How many Chinese characters a text has."""
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text)


@rule("EV-15", Severity.ERROR, "条例第五十条第四项：主要问题及改进情况", needs=("problems",))
def problems_are_stated(case: Case) -> Iterator[Issue | Unknown]:
    """五 is no 无 and no slogan: at least 60 characters, a problem and a measure."""
    text = case.text("problems")
    lacking = []
    if hanzi(text) < _SHORTEST:
        lacking.append(f"只有{hanzi(text)}字（至少{_SHORTEST}字）")
    if not re.search(words("problem_words"), text):
        lacking.append("没有写出问题")
    if not re.search(words("measure_words"), text):
        lacking.append("没有写出改进情况")
    if lacking:
        yield Issue(
            f"“{case.form.heading('problems')}”{'，'.join(lacking)}。请写明具体问题和改进情况。", section="problems"
        )


def split_problems(text: str) -> tuple[list[str], list[str]]:
    """The numbered problems and the numbered measures of 五."""
    begins = [m.start() for m in re.finditer(words("measures_begin"), text)]
    found = list(_ITEMS.finditer(text))
    starts = [n for n, m in enumerate(found) if m.group().startswith("一是")]
    if len(starts) >= 2:
        last, before = starts[-1], starts[-2]
        return [m[1] for m in found[before:last]], [m[1] for m in found[last:]]
    cut = begins[0] if begins else len(text)
    return [m[1] for m in found if m.start() < cut], [m[1] for m in found if m.start() >= cut]


@rule("EV-16", Severity.WARNING, "逐条提出改进措施", needs=("problems",))
def a_measure_for_each(case: Case) -> Iterator[Issue | Unknown]:
    """As many measures as problems, and no measure that is a slogan only."""
    problems, measures = split_problems(case.text("problems"))
    if problems and measures and len(problems) != len(measures):
        message = f"列了{len(problems)}个问题、{len(measures)}条措施，请逐条对应。"
        yield Issue(message, (), str(len(problems)), str(len(measures)), "problems")
    for measure in measures:
        rest = re.sub(words("slogans"), "", measure)
        if rest != measure and hanzi(rest) < 8:
            yield Issue(f"措施“{measure}”没有具体做法，请写明做什么。", section="problems", quote=measure)


@rule("EV-17", Severity.WARNING, "条例第五十条第四项：改进情况", needs=("problems",), prior=True)
def last_years_problems(case: Case) -> Iterator[Issue | Unknown]:
    """Each problem of last year's report is taken up again."""
    prior = case.dossier.prior_year
    stated = [s.text for s in prior.statements if s.kind == "problem"] if prior else []
    items = stated or (split_problems(prior.sections.problems)[0] if prior else [])
    if not items:
        yield Unknown("上年年报没有可以逐条对照的问题。")
        return
    text = case.text("problems")
    for item in items:
        if _overlap(item, text) < _OVERLAP:
            yield Issue(
                f"上年提出的问题“{item.strip()}”没有回应。请写明整改情况。", section="problems", quote=item.strip()
            )


def _overlap(item: str, text: str) -> float:
    kept = [run for run in _STOP.split(item) if len(run) >= 2]
    pairs = {run[i : i + 2] for run in kept for i in range(len(run) - 1)} or {
        item[i : i + 2] for i in range(len(item) - 1)
    }
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 1.0


@rule("EV-18", Severity.ERROR, "条例第五十条第四项：工作考核、社会评议和责任追究结果情况", needs=("summary",))
def oversight_results(case: Case) -> Iterator[Issue | Unknown]:
    """各级人民政府 report 工作考核, 社会评议 and 责任追究; an error from the county upward, else a warning."""
    unit, text = case.dossier.unit, case.text("summary")
    if not unit.is_government:
        return
    wanted = (("考核", "工作考核"), ("评议", "社会评议"), ("追究|追责|问责", "责任追究"))
    missing = [name for pattern, name in wanted if not re.search(pattern, text)]
    if missing:
        severity = Severity.WARNING if unit.level == "township" else Severity.ERROR
        yield Issue(
            f"总体情况没有写{'、'.join(missing)}的结果，请在“监督保障”中补写。", section="summary", severity=severity
        )


@rule("EV-19", Severity.WARNING, "国办函〔2020〕109号：信息处理费情况", editions=("2021",), needs=("other",))
def fees_are_stated(case: Case) -> Iterator[Issue | Unknown]:
    """六 states 信息处理费, also where none was charged."""
    if "信息处理费" not in case.text("other"):
        yield Issue("“六、其他需要报告的事项”没有写信息处理费收取情况，没有收取的也请写明。", section="other")


@rule("EV-20", Severity.ERROR, "国办函〔2020〕109号；第六部分与台账一致", editions=("2021",), needs=("other",))
def fees_not_denied(case: Case) -> Iterator[Issue | Unknown]:
    """Fees were charged, and 六 says that there were none."""
    fees, unpaid = case.dossier.fees, case.value("requests.other_unpaid_fee.total")
    if fees is None and not unpaid:
        yield Unknown("没有信息处理费台账数，无法核对。")
        return
    charged = bool(unpaid) or bool(fees and (fees.notices or fees.charged or fees.received))
    text = case.text("other")
    denied = re.search(r"(?:未|没有|无)(?:发出|发生|产生|收取)?(?:政府信息公开)?(?:收费通知|信息处理费)", text)
    bare = re.fullmatch(r"\W*(?:本年度)?(?:无|没有)(?:其他需要报告的事项)?\W*", text.strip())
    received_only = fees and fees.notices and not fees.received and denied and "收费通知" not in denied.group()
    if charged and (denied or bare) and not received_only:
        quote = denied.group() if denied else text.strip()
        message = f"台账有收费通知或逾期未缴费的申请，第六部分却写“{quote}”。请如实写明件数和金额。"
        span = denied.span() if denied else None
        yield Issue(message, ("requests.other_unpaid_fee.total",), section="other", span=span, quote=quote)


@rule("EV-21", Severity.WARNING, "总体情况应有主动公开和依申请公开的数量", needs=("summary",))
def figures_in_summary(case: Case) -> Iterator[Issue | Unknown]:
    """一 has at least one number on 主动公开 and one on applications; a zero claim is a number."""
    seen = {"主动公开": False, "依申请公开": False}
    for section, claim in case.claims:
        if section == "summary" and claim.kind == "figure":
            words_around = sentence(case, section, claim.start, claim.end)
            asked = "申请" in words_around
            seen["依申请公开"] |= asked
            seen["主动公开"] |= not asked or "主动公开" in words_around
    missing = [name for name, there in seen.items() if not there]
    if missing:
        yield Issue(f"总体情况没有{'、'.join(missing)}的数字，请补写，没有发生的也请写明。", section="summary")


@rule("EV-22", Severity.ERROR, "年度报告应写本机关的情况", text=True)
def has_a_subject(case: Case) -> Iterator[Issue | Unknown]:
    """Words about 各级政府部门 or 部分地区 do not belong in the report of one unit."""
    for section, text in case.sections.items():
        for found in re.finditer(words("subjectless"), text):
            message = f"{NAMES[section]}写“{found.group()}”，没有写本单位的情况。请改写。"
            yield Issue(message, section=section, span=found.span(), quote=found.group())


@rule("EV-24", Severity.ERROR, "文中的文件、会议和名称应有来源", text=True)
def told_has_sources(case: Case) -> Iterator[Issue | Unknown]:
    """Every meeting, document, honour and name in the text is in a confirmed statement, as it says it.

    What a statement contradicts, and a document's number without one, is an error; what none carries, a warning.
    """
    if not case.dossier.statements:
        yield Unknown("底稿没有已确认的情况（statements），无法核对文中的会议、文件和活动。")
        return
    for section, claim in case.claims:
        if claim.rule != "EV-24" or claim.verdict == "supported" or claim.about in _OTHERS:
            continue
        around = quoted(case, section, claim.start, claim.end)
        severity = Severity.ERROR if claim.verdict == "contradicted" or claim.about == "number" else Severity.WARNING
        yield Issue(
            f"{NAMES[section]}“…{around}…”：{claim.reason}请补充来源、改正或者删去。",
            (), claim.expected, claim.text, section, (claim.start, claim.end), claim.text, severity,
        )  # fmt: skip


@rule("EV-27", Severity.WARNING, "国办公开办函〔2021〕30号：不能遗漏，也不宜泛化", needs=("summary",))
def not_too_broad(case: Case) -> Iterator[Issue | Unknown]:
    """一 within about a thousand characters (not for cities and provinces), and about disclosure."""
    text = case.text("summary")
    if hanzi(text) > _LONGEST and case.dossier.unit.level not in ("city", "province"):
        yield Issue(
            f"总体情况有{hanzi(text)}字，一般不超过{_LONGEST}字。请精简。",
            (),
            f"≤{_LONGEST}",
            str(hanzi(text)),
            "summary",
        )
    sentences = [s for s in re.findall(r"[^。\n]+", text) if hanzi(s) >= 10]
    about = sum(bool(re.search(words("disclosure_words"), s)) for s in sentences)
    if len(sentences) >= 3 and about < _ON_TOPIC * len(sentences):
        yield Issue(f"总体情况{len(sentences)}句中只有{about}句写政府信息公开。请删去无关内容。", section="summary")


@rule("EV-30", Severity.ERROR, "绝对化的说法与表四一致", text=True)
def absolute_claims(case: Case) -> Iterator[Issue | Unknown]:
    """均获维持 stands only where every case ended so: none corrected, none of another result, none pending."""
    for section, text in case.sections.items():
        for found in _ABSOLUTE.finditer(text):
            columns = ("corrected",) if "纠" in found.group() or "败" in found.group() or "胜" in found.group() else (
                "corrected", "other", "pending",
            )  # fmt: skip
            cells = [a for a, c in case.form.cells.items() if c.table == "remedies" and c.column.id in columns]
            against = tuple(a for a in cells if case.value(a))
            if against:
                shown = "、".join(
                    f"{case.form.cells[a].row.label}{case.form.cells[a].column.label}{case.value(a)}件" for a in against
                )
                message = f"{NAMES[section]}写“{found.group()}”，表四有{shown}。请改正。"
                yield Issue(message, against, "0", shown, section, found.span(), found.group())
            elif any(case.value(a) is None for a in cells):
                yield Unknown(f"表四有空白，无法核对“{found.group()}”。")
