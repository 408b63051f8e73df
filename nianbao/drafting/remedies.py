"""复议 and 诉讼 over disclosure: how many, and how they ended."""

from __future__ import annotations

from nianbao.drafting.case import Case, Clause, sentence
from nianbao.drafting.phrases import phrases
from nianbao.narrative import Sentence

_RESULTS = ("upheld", "corrected", "other", "pending")
_SHORT = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
_ROUTES = (("direct_suit", "未经复议直接起诉"), ("suit_after_review", "复议后起诉"))
_NAMES = {"review": "行政复议", **dict(_ROUTES)}


def remedies(case: Case) -> list[Sentence]:
    """None, or each kind with its results; a blank total is left out and asked for."""
    totals = {row: f"remedies.{row}.total" for row in _NAMES}
    blanks = [row for row, address in totals.items() if case.blank(address)]
    if blanks:
        names = "".join(f"“{_NAMES[row]}”" for row in blanks)
        case.gap("remedies", "remedies", names=names, where="、".join("figures." + totals[row] for row in blanks))
    return [sentence(told.text + "。", "figure", *told.also)] if (told := both(case)) else []


def both(case: Case) -> Clause | None:
    """复议 and 诉讼 in one sentence, as far as they are known."""
    known = [clause for clause in (review(case), suits(case)) if clause]
    if len(known) == 2 and all(clause.text.startswith("未") for clause in known):
        text = "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况"
        return Clause(text, tuple(f"remedies.{row}.total" for row in ("review", "direct_suit", "suit_after_review")))
    some = [clause for clause in known if not clause.text.startswith("未")]
    none = [clause for clause in known if clause.text.startswith("未")]
    also = tuple(fact for clause in (*some, *none) for fact in clause.also)
    if not some:
        return Clause(f"未发生因政府信息公开工作{none[0].text.removeprefix('未')}的情况", also) if none else None
    text = "因政府信息公开工作" + "；".join(clause.text for clause in some)
    joiner = "；" if "，" in text else "，"
    return Clause(text + "".join(joiner + clause.text for clause in none), also)


def review(case: Case) -> Clause | None:
    """被申请行政复议4件，其中… · 未被申请行政复议."""
    total = "remedies.review.total"
    if case.zero(total):
        return Clause("未被申请行政复议", (total,))
    also: list[str] = []
    if not case.positive(total):
        return None
    return Clause(f"被申请行政复议{{{{v.{total}}}}}" + _results(case, "review", also), tuple(also))


def suits(case: Case) -> Clause | None:
    """被提起行政诉讼2件，其中… · 未被提起行政诉讼."""
    total = "remedies.suits.total"
    if case.zero(total):
        return Clause("未被提起行政诉讼", (total,))
    also: list[str] = []
    return Clause(_suits(case, also), tuple(also)) if case.positive(total) else None


def _results(case: Case, row: str, also: list[str]) -> str:
    """，其中结果维持2件、尚未审结1件 · ，结果均为维持 · ，尚未审结. Nothing where it does not add up."""
    values = {result: case.value(f"remedies.{row}.{result}") for result in _RESULTS}
    total = case.value(f"remedies.{row}.total")
    if any(value is None for value in values.values()) or sum(value or 0 for value in values.values()) != total:
        case.gap("remedies", "remedies_results", name=_NAMES[row], row=row)
        return ""
    present = sorted((r for r in _RESULTS if values[r]), key=lambda r: -(values[r] or 0))
    if len(present) == 1:
        also.append(f"remedies.{row}.{present[0]}")
        said = phrases()["summary"]["results"][present[0]]
        return f"，{said['all'] if total > 1 else said['one']}"
    return "，其中" + "、".join(f"{_SHORT[r]}{{{{v.remedies.{row}.{r}}}}}" for r in present)


def _suits(case: Case, also: list[str]) -> str:
    routes = [(row, name) for row, name in _ROUTES if case.positive(f"remedies.{row}.total")]
    if len(routes) == 1:
        row, name = routes[0]
        also.append("remedies.suits.total")
        return f"被提起行政诉讼{{{{v.remedies.{row}.total}}}}（{name}）" + _results(case, row, also)
    routes.sort(key=lambda route: -(case.value(f"remedies.{route[0]}.total") or 0))
    told = []
    for row, name in routes:
        ended = _results(case, row, also).removeprefix("，").removeprefix("其中")
        told.append(f"{name}{{{{v.remedies.{row}.total}}}}" + (f"（{ended}）" if ended else ""))
    return "被提起行政诉讼{{v.remedies.suits.total}}，其中" + "，".join(told)
