"""The report as data: its content, the origin of every printed figure, the findings, and plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nianbao.dossier import nested
from nianbao.facts import Fact, FactTable, fact_table
from nianbao.findings import Severity
from nianbao.narrative import RenderedSection
from nianbao.report import TEXT_SECTIONS, Report

_OPENING = "开头部分"
_TOPICS = {
    "download": "下载网址", "contact": "联系方式", "disclosure": "主动公开", "requests": "依申请公开",
    "remedies": "行政复议、行政诉讼", "management": "政府信息管理", "platform": "平台建设", "oversight": "监督保障",
    "problems": "存在的主要问题", "rectification": "上年问题整改情况", "plan": "改进措施", "fees": "信息处理费",
    "other": "其他",
}  # fmt: skip


def report_json(report: Report) -> str:
    """Figures and text of the report, for machines. Decimals are written exactly."""
    dossier = report.dossier
    return exact_json(
        {
            "unit": dossier.unit.name,
            "year": dossier.year,
            "edition": dossier.edition,
            "basis": report.form.basis,
            "title": "".join(dossier.title),
            "figures": nested(dossier.figures),
            "sections": {section.id: section.text for section in report.sections},
            "notes": list(report.notes),
            "revision": report.revision,
            "digest": report.digest,
        }
    )


def audit_json(report: Report) -> str:
    """Where every printed figure and every sentence comes from; offsets are code points of the section's text.

    `model`: which models were asked, or `offline`; `attempts`: every request and why its reply was refused, by the
    sha256 of what was sent. A sentence's `origin` says who wrote it: model, template, offline, editor.
    """
    facts = fact_table(report.dossier)
    reasons = {v.fingerprint: v for v in report.verdicts if v.decision == "dismissed"}
    return exact_json(
        {
            "unit": report.dossier.unit.name,
            "year": report.dossier.year,
            "revision": report.revision,
            "digest": report.digest,
            "model": "、".join(dict.fromkeys(attempt.model for attempt in report.attempts)) or "offline",
            "attempts": [attempt.model_dump() for attempt in report.attempts],
            "spans": [span for section in report.sections for span in _spans(section, facts)],
            "sentences": [one for section in report.sections for one in _sentences(section)],
            "statements": _statements(report),
            "overrides": [
                {
                    "rule": f.rule, "cells": list(f.cells), "message": f.message, "fingerprint": f.fingerprint,
                    **reasons[f.fingerprint].model_dump(include={"reason", "by", "at"}),
                }
                for f in report.findings
                if f.severity is Severity.OVERRIDABLE and f.fingerprint in reasons
            ],
            "gaps": [gap.model_dump() for gap in report.gaps],
        }
    )  # fmt: skip


def findings_json(report: Report) -> str:
    """All findings, what could not be assessed, and the gaps."""
    return exact_json(
        {
            "findings": [finding.model_dump(mode="json") for finding in report.findings],
            "not_assessed": [one.model_dump(mode="json") for one in report.not_assessed],
            "gaps": [gap.model_dump() for gap in report.gaps],
        }
    )


def narrative_md(report: Report) -> str:
    """The text sections for an editor: title, opening, then each section under its printed heading."""
    blocks = ["".join(report.dossier.title)]
    opening = report.section("opening")
    blocks += opening.lines if opening else []
    for part in report.form.text_sections:
        section = report.section(part.id)
        blocks += [part.heading, *(section.lines if section else [])]
    return "\n\n".join(blocks) + "\n"


def gaps_md(report: Report) -> str:
    """缺口清单: what the office still has to supply, section by section."""
    blocks = [f"{''.join(report.dossier.title)} 缺口清单"]
    for name in TEXT_SECTIONS:
        gaps = list(dict.fromkeys(gap for gap in report.gaps if gap.section == name))
        if gaps:
            heading = _OPENING if name == "opening" else report.form.heading(name)
            names = [f"{_TOPICS[gap.topic]}：" if gap.topic in _TOPICS else "" for gap in gaps]
            lines = (f"{n}. {name}{gap.message}" for n, (name, gap) in enumerate(zip(names, gaps, strict=True), 1))
            blocks.append(f"{heading}\n\n" + "\n".join(lines))
    if len(blocks) == 1:
        blocks.append("没有缺口。")
    return "\n\n".join(blocks) + "\n"


def exact_json(value: Any) -> str:
    """JSON in which a `Decimal` is a number with exactly its digits."""
    return "".join(_encode(value, "\n")) + "\n"


def _encode(value: Any, margin: str) -> Iterator[str]:
    if isinstance(value, Decimal):
        yield format(value, "f")
    elif isinstance(value, Mapping) and value:
        deeper = margin + "  "
        for n, (key, item) in enumerate(value.items()):
            yield f"{',' if n else '{'}{deeper}{json.dumps(str(key), ensure_ascii=False)}: "
            yield from _encode(item, deeper)
        yield margin + "}"
    elif isinstance(value, (list, tuple)) and value:
        deeper = margin + "  "
        for n, item in enumerate(value):
            yield f"{',' if n else '['}{deeper}"
            yield from _encode(item, deeper)
        yield margin + "]"
    else:
        yield json.dumps(value, ensure_ascii=False)


def _spans(section: RenderedSection, facts: FactTable) -> Iterator[dict[str, Any]]:
    origins = [s.origin for p in section.paragraphs for s in p.sentences for _ in s.spans]
    for (start, span), origin in zip(section.spans(), origins, strict=True):
        if span.fact is None and span.statement is None:
            continue
        out: dict[str, Any] = {
            "section": section.id, "start": start, "end": start + len(span.text), "display": span.text,
            "origin": origin, "fact": span.fact, "value": span.value, "unit": span.unit, "statement": span.statement,
        }  # fmt: skip
        fact = facts.get(span.fact) if span.fact else None
        if fact:
            out |= {"label": fact.label, "scope": fact.scope, "formula": formula(fact), "sources": list(fact.source)}
        yield out


def formula(fact: Fact) -> str:
    """How a figure is reckoned, in ids of facts."""
    match fact.kind:
        case "change":
            return f"{fact.id.removeprefix('change.')} - {fact.base}"
        case "growth":
            return f"({fact.id.removeprefix('growth.')} - {fact.base}) / {fact.base} * 100"
        case "share":
            return f"{fact.id.removeprefix('share.')} / {fact.base} * 100"
        case "sum":
            return " + ".join(fact.source)
    return fact.id


def _sentences(section: RenderedSection) -> Iterator[dict[str, Any]]:
    at = 0
    for paragraph in section.paragraphs:
        at += len(paragraph.heading) + 1 if paragraph.heading else 0
        for one in paragraph.sentences:
            end = at + len(one.text)
            yield {
                "section": section.id, "start": at, "end": end, "kind": one.kind, "origin": one.origin,
                "cites": list(one.cites), "text": one.text,
            }  # fmt: skip
            at = end
        at += 1 if paragraph.text else 0


def _statements(report: Report) -> list[dict[str, Any]]:
    """The confirmed statements, this year's and last year's, that a sentence quotes or cites."""
    before = report.dossier.prior_year.statements if report.dossier.prior_year else ()
    known = {s.id: s for s in report.dossier.statements} | {f"prior.{s.id}": s for s in before}
    cited = {name for section in report.sections for name in _cited(section)}
    return [{"id": name, "text": s.text, "source": s.source} for name, s in known.items() if name in cited]


def _cited(section: RenderedSection) -> Iterator[str]:
    for paragraph in section.paragraphs:
        for one in paragraph.sentences:
            yield from one.cites
            yield from (span.statement for span in one.spans if span.statement)
