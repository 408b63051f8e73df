"""The offline drafter: complete, correct and plain sections without a model.

Every figure stands in a slot, every statement is quoted by its id, and what the dossier does not carry
becomes a gap for the editor. The same dossier always gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable

from nianbao.dossier import Dossier
from nianbao.drafting.case import Case
from nianbao.drafting.opening import opening
from nianbao.drafting.other import other
from nianbao.drafting.problems import problems
from nianbao.drafting.summary import summary
from nianbao.facts import FactTable
from nianbao.narrative import Section, render

LONGEST_SUMMARY = 1000  # 汉字; county notices for report year 2025

_DRAFTERS: dict[str, Callable[[Case], Section]] = {
    "opening": opening,
    "summary": summary,
    "problems": problems,
    "other": other,
}


def draft(section_id: str, dossier: Dossier, facts: FactTable) -> Section:
    """One section: `opening`, `summary`, `problems` or `other`."""
    section = _DRAFTERS[section_id](Case(section_id, dossier, facts))
    if section_id == "summary" and hanzi(render(section, facts, dossier).text) > LONGEST_SUMMARY:
        return _DRAFTERS[section_id](Case(section_id, dossier, facts, brief=True))
    return section


def hanzi(text: str) -> int:
    """How many Chinese characters a text has."""
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text)
