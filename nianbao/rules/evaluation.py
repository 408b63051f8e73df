"""What evaluators criticise in the report's shape: deadline, form, parts, period, years, title.

EV-01 … EV-08, EV-13, EV-28, EV-31.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from nianbao.checking import phrases, similarity
from nianbao.findings import Severity
from nianbao.rules.registry import NAMES, NARRATIVE, Case, Issue, Unknown, rule

_GOVERNMENT = frozenset({"county", "city", "province"})
_BY_PRACTICE = frozenset({"street", "township"})
_BROKEN = frozenset({"short_row", "no_heading", "label", "heading"})
_PERIOD = re.compile(r"(\d{3,6})年(\d{1,2})月(\d{1,2})日起?(?:至|到|—+|-+|–|~)(?:(\d{3,6})年)?(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<!\d)(\d{4,6})年")
_OF_LAST_YEAR = re.compile(r"[比较与]|上年|去年|同期|结转|整改|以来|至|起|期间|历年|[—-]")
_COPIED, _ALIKE = 0.90, 0.70


def words(name: str) -> str:
    """One expression of `data/phrases/wording.yaml`; a list is joined."""
    held = phrases("wording")[name]
    return "|".join(held) if isinstance(held, list) else str(held)


def plain(text: str) -> str:
    """Full-width signs as plain ones, without spaces."""
    return re.sub(r"[ \u3000]", "", unicodedata.normalize("NFKC", text))


@rule("EV-01", Severity.ERROR, "条例第四十九条（部门1月31日前，县级以上地方人民政府3月31日前）")
def published_in_time(case: Case) -> Iterator[Issue | Unknown]:
    """Published by 31 January; a local government's own report by 31 March."""
    unit, published = case.dossier.unit, case.dossier.published
    if published is None:
        yield Unknown("没有填写公布日期，无法核对是否按时公布。")
        return
    month, day = (3, 31) if unit.level in _GOVERNMENT else (1, 31)
    deadline = dt.date(case.dossier.year + 1, month, day)
    if published > deadline:
        severity = Severity.WARNING if unit.level in _BY_PRACTICE else Severity.ERROR
        message = f"公布日期{published.isoformat()}晚于期限{deadline.isoformat()}。"
        yield Issue(message, (), deadline.isoformat(), published.isoformat(), severity=severity)
    elif published.year <= case.dossier.year:
        message = f"公布日期{published.isoformat()}在报告年度结束之前，请核对。"
        yield Issue(message, (), f"≥{case.dossier.year + 1}-01-01", published.isoformat(), severity=Severity.WARNING)


@rule("EV-02", Severity.ERROR, "2019、2020年度用国办公开办函〔2019〕60号格式，2021年度起用〔2021〕30号格式")
def right_edition(case: Case) -> Iterator[Issue | Unknown]:
    """The tables that were read are those of the year's edition."""
    for note in case.dossier.reading:
        if note.code in ("edition", "single_row"):
            message = f"{note.where}：{note.message}"
            yield Issue(message, (), case.form.edition, quote=note.where, severity=note.severity)


@rule("EV-03", Severity.ERROR, "条例第五十条；格式规定的六个部分", text=True)
def all_parts(case: Case) -> Iterator[Issue | Unknown]:
    """The three parts in words each hold something."""
    for name in NARRATIVE:
        if not case.text(name).strip():
            yield Issue(f"“{case.form.heading(name)}”没有内容，请补写。", section=name)


@rule("EV-04", Severity.WARNING, "引言所列部分与正文一致", needs=("opening",))
def parts_in_opening(case: Case) -> Iterator[Issue | Unknown]:
    """An opening that lists the parts lists the six of the form, and none of an older one."""
    text = case.text("opening")
    if found := re.search(words("old_parts"), text):
        yield Issue(
            f"引言提到“{found.group()}”，现行格式没有这一部分。请按六个部分改写。",
            section="opening", span=found.span(), quote=found.group(),
        )  # fmt: skip
    listed = [bool(re.search(part, text)) for part in phrases("wording")["parts"]]
    if 3 <= sum(listed) < len(listed):
        missing = [s.heading for s, there in zip(case.form.sections, listed, strict=True) if not there]
        yield Issue(f"引言列举报告内容时缺少“{'”“'.join(missing)}”，与正文六个部分不一致。请补全。", section="opening")


@rule("EV-05", Severity.ERROR, "统计期限为当年1月1日至12月31日", text=True)
def period_of_the_year(case: Case) -> Iterator[Issue | Unknown]:
    """统计期限 runs from 1 January to 31 December of the report year."""
    year, stated = case.dossier.year, False
    for section, text in case.sections.items():
        for sentence in re.findall(r"[^。\n]+", text):
            if not re.search(r"统计|期限|数据|时限", sentence):
                continue
            for found in _PERIOD.finditer(plain(sentence)):
                stated = True
                start, end = found.group(1, 2, 3), (found[4] or found[1], found[5], found[6])
                right = (str(year), "1", "1"), (str(year), "12", "31")
                if (start[0], start[1].lstrip("0"), start[2].lstrip("0")) != right[0] or end != right[1]:
                    expected = f"{year}年1月1日至12月31日"
                    message = f"{NAMES[section]}写的统计期限是“{found.group()}”，应为{expected}。"
                    yield Issue(message, (), expected, found.group(), section, quote=found.group())
    if not stated:
        yield Unknown("文字中没有写统计期限。")


@rule("EV-06", Severity.WARNING, "报告年度与文中年份一致", text=True)
def years_in_text(case: Case) -> Iterator[Issue | Unknown]:
    """Years are the report's, last year's in comparisons, next year's in plans; others belong to titles."""
    year = case.dossier.year
    told = tuple(s.text for s in case.dossier.statements)
    for section, text in case.sections.items():
        masked = re.sub(r"《[^》]*》|〔\d+〕", lambda m: "　" * len(m.group()), text)
        for found in _YEAR.finditer(masked):
            written, severity = found[1], None
            sentence = _around(masked, found.start())
            if any(found.group() in one for one in told):
                continue
            if len(written) != 4:
                severity = Severity.ERROR
            elif int(written) == year - 1:
                first = not masked[: found.start()].strip()
                if first and section == "summary" and not _OF_LAST_YEAR.search(sentence[:20]):
                    severity = Severity.ERROR
                elif not _OF_LAST_YEAR.search(sentence):
                    severity = Severity.WARNING
            elif int(written) == year:
                severity = Severity.WARNING if _plan_of_the_year(masked, section, found) else None
            elif not (int(written) == year + 1 and section != "summary"):
                severity = Severity.WARNING
            if severity:
                message = f"{NAMES[section]}出现“{found.group()}”，本报告是{year}年度的。请核对年份。"
                if int(written) == year:
                    message = f"{NAMES[section]}的今后措施写的是“{found.group()}”，这一年已经过去。请核对年份。"
                yield Issue(message, (), f"{year}年", found.group(), section, found.span(), found.group(), severity)


_MEASURES = re.compile(r"(?:整改|改进)措施|下一步|今后")
_WILL = re.compile(r"，?(?:[我本各全][\u4e00-\u9fff]{1,3})?(?:将|要|继续|加大|进一步|着力|持续)")


def _plan_of_the_year(text: str, section: str, found: re.Match[str]) -> bool:
    """整改措施：…2023年我局加大…, in the report of 2023: a plan dated with the year that is over."""
    lead = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return section == "problems" and bool(_MEASURES.search(lead[:40]) and _WILL.match(text, found.end()))


def _around(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    ends = [e for mark in "。；\n" if (e := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]


@rule("EV-07", Severity.ERROR, "报告主体的自称和层级一致", text=True)
def own_name(case: Case) -> Iterator[Issue | Unknown]:
    """我局 in a street's report, 全市政府信息公开工作 in a county's: text taken from elsewhere."""
    unit = case.dossier.unit
    allowed = unit.name + unit.self_name
    for section, text in case.sections.items():
        for found in re.finditer(r"[我本](局|街道|镇|乡|委(?!员会)|厅)(?![属机]|[员会])", text):
            if found[1] not in allowed:
                message = (
                    f"{NAMES[section]}自称“{found.group()}”，"
                    f"与报告单位“{unit.name}”（自称{unit.self_name}）不符。请改正。"
                )
                yield Issue(message, (), unit.self_name, found.group(), section, found.span(), found.group())
        wider = {"county": "市省", "township": "市省县", "city": "省"}.get(unit.level, "")
        for found in re.finditer(
            f"全([{wider}])[^，。；]{{0,6}}(?:政府信息公开|政务公开)工作" if wider else "(?!)", text
        ):
            message = f"{NAMES[section]}写“{found.group()}”，超出了“{unit.name}”的范围。请改正。"
            yield Issue(message, (), unit.figures_scope, found.group(), section, found.span(), found.group())


@rule("EV-08", Severity.WARNING, "国办公开办函〔2021〕30号：不得内容雷同", text=True, prior=True)
def copied_from_last_year(case: Case) -> Iterator[Issue | Unknown]:
    """一 and 五 compared with last year's, numbers masked: from 0.90 an error, from 0.70 a warning."""
    prior = case.dossier.prior_year
    compared = False
    for section in ("summary", "problems"):
        now, before = case.text(section), getattr(prior.sections, section) if prior else ""
        if not now.strip() or not before.strip():
            continue
        compared = True
        alike = similarity(now, before)
        if alike.ratio >= _ALIKE:
            severity = Severity.ERROR if alike.ratio >= _COPIED else Severity.WARNING
            same = [now[p.start : p.end].strip() for p in alike.passages]
            shown = "；".join(f"“{words[:30]}”" for words in same[:3])
            message = (
                f"“{case.form.heading(section)}”与上年年报的相似度为{alike.ratio:.0%}（数字不计），"
                f"{len(same)}句相同或相近{f'，如{shown}' if shown else ''}。请按当年实际情况改写。"
            )
            yield Issue(message, (), f"<{_ALIKE:.0%}", f"{alike.ratio:.0%}", section, severity=severity)
    if not compared:
        yield Unknown("没有上年年报的文字部分，无法比对是否雷同。")


@rule("EV-13", Severity.ERROR, "附件格式的行、列和标签")
def table_as_printed(case: Case) -> Iterator[Issue | Unknown]:
    """What the reader met in the tables: short rows, missing headings, labels that differ, rows too many or few."""
    for note in case.dossier.reading:
        elsewhere = note.code in ("extra_row", "missing_row") and not ("三" in note.where or "requests" in note.where)
        if note.code in _BROKEN or elsewhere:
            yield Issue(f"{note.where}：{note.message}", quote=note.where, severity=note.severity)


@rule("EV-28", Severity.WARNING, "标题为“（机关全称）（年份）年政府信息公开工作年度报告”", text=True)
def report_not_letter(case: Case) -> Iterator[Issue | Unknown]:
    """An annual report is no letter and no 工作总结."""
    for section, text in case.sections.items():
        for found in re.finditer(f"{words('letter_form')}|{words('wrong_title')}", text):
            message = f"{NAMES[section]}写“{found.group()}”，不是年度报告的体例。请改写。"
            yield Issue(message, section=section, span=found.span(), quote=found.group())


@rule("EV-31", Severity.INFO, "便于公众查找和下载", needs=("opening",))
def where_to_download(case: Case) -> Iterator[Issue | Unknown]:
    """The opening says where the report can be read or downloaded."""
    if case.dossier.contact.website and not re.search(words("download"), case.text("opening")):
        yield Issue("引言没有写明电子版在哪里查阅、下载，建议补写网址。", section="opening")
