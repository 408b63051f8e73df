"""Findings and editions in words, for the terminal and the Prefect UI alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from nianbao.dossier import Dossier
from nianbao.findings import Finding
from nianbao.forms import Form
from nianbao.narrative import Attempt
from nianbao.report import ORIGINS, Report, by_weight, place

_ADDRESS = re.compile(r"(https?://[\x21-\x7e]+)")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$!]")
FILES = {
    "report.docx": "正式文稿（Word/WPS）",
    "report.pdf": "正式文稿（PDF）",
    "report.html": "网页版",
    "fragment.html": "供网站后台粘贴的网页片段",
    "narrative.md": "供修改的正文",
    "缺口清单.md": "待补充的材料",
    "审阅稿.html": "审阅用，标明出处和存疑之处",
    "findings.json": "核对结果",
    "audit.json": "数字出处",
    "report.json": "全部数据",
}


def table(findings: Iterable[Finding], form: Form) -> str:
    """The findings as a Markdown table, whose cells wrap (those of a table artifact are cut off)."""
    lines = ["| 级别和位置 | 说明 | 规则和依据 |", "|---|---|---|"]
    for f in by_weight(findings):
        where, message, basis = map(literal, (place(f, form), f.message, f"{f.rule}：{f.source}"))
        lines.append(f"| **{f.severity.label}** {where} | {message} | {basis} |")
    return "\n".join(lines) if len(lines) > 2 else "没有发现问题。"


def literal(text: str) -> str:
    """Text as Markdown shows it unchanged; an address ends where it ends, and not with the paragraph."""
    parts = _ADDRESS.split(text.replace("\n", " "))  # at odd places the addresses
    return "".join(f"<{part}>" if n % 2 else _SIGNS.sub(r"\\\g<0>", part) for n, part in enumerate(parts))


SECTIONS = {"summary": "总体情况", "problems": "存在的主要问题", "improvements": "改进情况"}


def told(attempt: Attempt) -> str:
    """One request to the model, as an operator reads it."""
    where = f"{SECTIONS[attempt.section]}第{attempt.number}次：{attempt.model}"
    cost = "沿用上次答复" if attempt.recalled else f"{attempt.seconds:.1f}秒"
    refused = f"，{len(attempt.refused)}处未通过：{'；'.join(attempt.refused[:5])}" if attempt.refused else "，通过"
    return f"{where}（{cost}）{refused}"


def drafted(report: Report) -> str:
    """How a model drafted the text: 模型 qwen 起草，返修 1 次，2 句由模板生成; empty where none was asked."""
    if not report.attempts:
        return ""
    names = "、".join(dict.fromkeys(attempt.model for attempt in report.attempts))
    repairs = sum(attempt.number > 1 for attempt in report.attempts)
    stood_in = len(report.stood_in)
    parts = [
        f"模型 {names} 起草",
        f"返修 {repairs} 次" if repairs else "",
        f"{stood_in} 句由模板生成" if stood_in else "",
    ]
    return "，".join(part for part in parts if part)


def title(dossier: Dossier) -> str:
    """青石县水务局 2025年度."""
    return f"{dossier.unit.name} {dossier.year}年度"


def slug(dossier: Dossier) -> str:
    """The unit and year in the letters that an artifact's key may have."""
    return f"{dossier.year}-{hashlib.sha256(dossier.unit.name.encode()).hexdigest()[:8]}"


def markdown(report: Report) -> str:
    """The draft's text under its printed headings; where a model drafted, what it did not write is marked."""
    parts = [f"# {literal(''.join(report.dossier.title))}"]
    for section in report.sections:
        if section.id != "opening":
            parts.append(f"## {report.form.heading(section.id)}")
        for paragraph in section.paragraphs:
            parts += [f"**{literal(paragraph.heading)}**"] if paragraph.heading else []
            text = "".join(s.text + ORIGINS.get(s.origin, "") * bool(report.attempts) for s in paragraph.sentences)
            parts.append(literal(text))
    return "\n\n".join(part for part in parts if part.strip())
