"""Rules across parts: the narrative against the tables, last year's report and itself (X-01 … X-16, F-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from nianbao.checking import Claim, Mention, quantities
from nianbao.findings import Severity
from nianbao.rules.evaluation import plain
from nianbao.rules.registry import NAMES, Case, Issue, Unknown, quoted, rule, sentence

_PARTS = re.compile(r"其中|分别为|包括|由[^，。；]{0,4}组成")
_TIED = re.compile(r"同比|[比较](?:上|去)一?年|占|等(?=[，。；]|\d)|至|平均")
_CHANNELS = re.compile(r"网站|新媒体|微信|微博|公报|公示栏|公开栏")
_TOTAL = re.compile(r"(?:累计|共|合计|总计)(?:主动)?(?:公开|发布)[^，。；]{0,14}$")
_BASIC_STEP = 10


def _mismatches(case: Case, rule_id: str) -> Iterator[Issue | Unknown]:
    """The contradictions that the checker reports under this rule, and what it lacked data for."""
    for section, claim in case.claims:
        if claim.rule != rule_id or claim.kind != "figure":
            continue
        if claim.verdict == "contradicted":
            yield _issue(case, section, claim)
        elif claim.scope:
            # With a value it is another count of the same things (备案的案件数), which is worth a look.
            yield _issue(case, section, claim, Severity.WARNING if claim.expected else Severity.INFO, "")
        elif claim.verdict == "unverified" and claim.facts:
            yield Unknown(f"{NAMES[section]}“…{quoted(case, section, claim.start, claim.end)}…”：{claim.reason}")


def _issue(
    case: Case, section: str, claim: Claim, severity: Severity | None = None, advice: str = "请改正文字或表格。"
) -> Issue:
    around = quoted(case, section, claim.start, claim.end)
    said = case.text(section)[slice(*claim.number)] if claim.number else claim.text
    return Issue(
        f"{NAMES[section]}“…{around}…”：{claim.reason}{advice}",
        _cells(case, claim), claim.expected, said, section, (claim.start, claim.end), claim.text, severity,
    )  # fmt: skip


def _cells(case: Case, claim: Claim) -> tuple[str, ...]:
    """The cells that the facts of a claim rest on."""
    sources = (s for f in claim.facts if (fact := case.facts.get(f)) for s in fact.source)
    known = (s for s in sources if s.removeprefix("prior.") in case.form.cells)
    return tuple(dict.fromkeys(known)) or tuple(f for f in claim.facts if f in case.form.cells)


def _register(rule_id: str, source: str) -> None:
    @rule(rule_id, Severity.ERROR, source, text=True)
    def body(case: Case) -> Iterator[Issue | Unknown]:
        yield from _mismatches(case, rule_id)


for _id, _source in {
    "X-01": "文中新收件数与表三第一项总计一致",
    "X-02": "文中办结、答复件数与表三（七）总计一致",
    "X-03": "文中上年结转、结转下年件数与表三第二项、第四项总计一致",
    "X-04": "文中申请人类型件数与表三各列一致",
    "X-05": "文中各类办理结果件数与表三第三项一致",
    "X-06": "文中行政复议、行政诉讼件数与表四一致（行政诉讼为两组之和）",
    "X-07": "文中规章、行政规范性文件件数与表二一致",
    "X-08": "文中行政许可、处罚、强制、收费与表二一致",
    "X-09": "国办函〔2020〕109号；文中信息处理费与台账一致",
    "X-11": "百分比按文中所称的总数计算",
    "X-12": "与上年比较按上年年报计算",
}.items():
    _register(_id, _source)


@rule("X-10", Severity.ERROR, "分项之和不超过总数", text=True)
def parts_of_a_whole(case: Case) -> Iterator[Issue | Unknown]:
    """共 N，其中 a、b、c: the parts never exceed N; below N they are worth a look; after 分别为, exactly N."""
    for section, text in case.sections.items():
        bare = re.sub(r"（[^（）]*）", lambda m: "　" * len(m.group()), text)
        for found in re.finditer(r"[^。；！？\n]+", bare):
            yield from _parts(found.group(), found.start(), section)


def _parts(words: str, shift: int, section: str) -> Iterator[Issue | Unknown]:
    opening = _PARTS.search(words)
    if not opening or _TIED.search(words[opening.end() :]):
        return
    numbers = quantities(words)
    wholes = [m for m in numbers if m.end <= opening.start() and m.quantity.unit not in ("%", "倍")]
    parts = [m for m in numbers if m.start >= opening.end()]
    if not wholes or len(parts) < 2:
        return
    whole = wholes[-1]
    mixed = any(p.quantity.unit != whole.quantity.unit or p.quantity.approx for p in parts)
    total, stated = sum((p.quantity.value for p in parts), Fraction(0)), whole.quantity.value
    if mixed or whole.quantity.approx or total == stated or not _a_list(words, parts):
        return
    shown = "＋".join(str(p.quantity.value) for p in parts)
    message = f"{NAMES[section]}：“{words.strip()[:60]}”中各分项{shown}＝{total}，总数是{stated}，"
    span = (shift + whole.start, shift + parts[-1].end)
    quote = words[whole.start : parts[-1].end]
    if total > stated:
        yield Issue(message + "分项之和超过总数。请核对。", (), str(stated), str(total), section, span, quote)
    else:
        note = message + "分项之和少于总数。如未列全属正常，否则请核对。"
        yield Issue(note, (), str(stated), str(total), section, span, quote, Severity.WARNING)


def _a_list(words: str, parts: list[Mention]) -> bool:
    """Whether the parts stand side by side: short gaps, and no new 其中 between them."""
    gaps = [words[a.end : b.start] for a, b in pairwise(parts)]
    return all(len(gap) <= 22 and "其中" not in gap and gap[:1] in "、，和及" for gap in gaps)


@rule("X-13", Severity.ERROR, "均、全部、未发生等全称说法与表格一致", text=True)
def universal_claims(case: Case) -> Iterator[Issue | Unknown]:
    """全部办结 stands only where nothing is carried out; 未发生 only where the table has 0."""
    yield from (i for i in _mismatches(case, "X-13") if not _about_receipts(i))


def _about_receipts(issue: Issue | Unknown) -> bool:
    """未收到申请 is T3-12's; one contradiction is reported once."""
    return isinstance(issue, Issue) and issue.cells == ("requests.new.total",) and issue.section == "summary"


@rule("X-14", Severity.WARNING, "各渠道公开数量与累计数一致", needs=("summary",))
def channels_against_total(case: Case) -> Iterator[Issue | Unknown]:
    """网站 + 新媒体 + 公报 of one paragraph do not exceed the 累计 that it states in the same unit."""
    for paragraph in re.finditer(r"[^\n]+", case.text("summary")):
        words, shift = paragraph.group(), paragraph.start()
        numbers = [m for m in quantities(words) if not m.quantity.approx]
        totals = [m for m in numbers if _TOTAL.search(words[: m.start])]
        if len(totals) != 1:
            continue
        total, stated, unit = totals[0], totals[0].quantity.value, totals[0].quantity.unit
        parts = [
            m.quantity.value
            for m in numbers
            if m.quantity.unit == unit and m is not total and _CHANNELS.search(words[max(0, m.start - 12) : m.start])
        ]
        added = sum(parts, Fraction(0))
        if len(parts) > 1 and added > stated:
            message = f"总体情况中各渠道相加为{added}{unit}，超过累计的{stated}{unit}。请核对。"
            span = (shift + total.start, shift + total.end)
            yield Issue(message, (), f"≤{stated}", str(added), "summary", span, total.text)


@rule("X-15", Severity.OVERRIDABLE, "文中每个数字都应有数据来源", text=True)
def unsupported_numbers(case: Case) -> Iterator[Issue | Unknown]:
    """A number in the opening, 一, 五 or 六 that maps to no supplied figure and stands in no confirmed statement.

    It bars publication until it is corrected, or let stand by name with a recorded reason.
    """
    for section, claim in case.claims:
        if claim.kind != "figure" or (claim.rule != "X-15" and claim.facts):
            continue
        if claim.verdict == "contradicted" and claim.rule == "X-15":
            yield _issue(case, section, claim)
        elif claim.verdict == "unverified" and claim.scope:
            yield _issue(case, section, claim, Severity.INFO, "")
        elif claim.verdict == "unverified":
            around = quoted(case, section, claim.start, claim.end)
            said = case.text(section)[slice(*claim.number)] if claim.number else claim.text
            message = (
                f"{NAMES[section]}“…{around}…”中的{said}没有对应的数据，"
                "未能核对。请在底稿中补充这个数及其来源，或者删去；确有依据的，说明理由后可以放行。"
            )
            whole = sentence(case, section, claim.start, claim.end)  # a reason is for this sentence, not for any 77人
            yield Issue(message, claim.facts, None, said, section, (claim.start, claim.end), whole)


@rule("X-16", Severity.OVERRIDABLE, "与上年年报衔接：应是同一机关的，因机构改革更名、合并的须说明", prior=True)
def same_office_as_last_year(case: Case) -> Iterator[Issue | Unknown]:
    """Last year's report is this unit's. One of a predecessor is legitimate, and the reason is printed."""
    unit, before = case.dossier.unit.name, case.dossier.prior_year.unit if case.dossier.prior_year else ""
    if not before:
        yield Unknown("上年资料没有写明单位，无法核对是否为本单位的。")
    elif plain(unit) != plain(before):
        message = (
            f"上年资料是“{before}”的，本报告是“{unit}”的。请换成本单位的上年年报；"
            "因机构改革更名、合并的，说明理由后可以放行，理由会印在报告中。"
        )
        yield Issue(message, ("prior_year.unit",), unit, before)


@rule("F-01", Severity.WARNING, "国办函〔2020〕109号：信息处理费按件、按量计收的标准", editions=("2021",))
def fee_steps(case: Case) -> Iterator[Issue | Unknown]:
    """Rates of 100元 a file and 10, 20 or 40元 a page make every amount a multiple of 10元."""
    fees = case.dossier.fees
    if fees is None:
        yield Unknown("没有信息处理费台账数，无法核对。")
        return
    for name, label in (("charged", "应收"), ("received", "实收")):
        amount = getattr(fees, name)
        if amount < 0 or amount % _BASIC_STEP:
            message = (
                f"信息处理费{label}{amount}元不是10元的整数倍，与按件100元、按页10元、20元、40元的标准不符。请核对。"
            )
            yield Issue(message, (f"fees.{name}",), "10元的整数倍", f"{amount}元")
    if fees.charged and not fees.notices:
        yield Issue(f"信息处理费应收{fees.charged}元，收费通知却为0件。请核对。", ("fees.notices",), "≥1", "0")
