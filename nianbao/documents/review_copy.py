"""审阅稿: the text for its reviewers, with who wrote each sentence, every figure's source, and the findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nianbao.documents.records import formula
from nianbao.documents.templates import environment
from nianbao.facts import Fact, FactTable, fact_table
from nianbao.narrative import RenderedSection, Span
from nianbao.report import ORIGINS, Report, by_weight, place, tally


def render_review_copy(report: Report) -> str:
    """One page, no script, nothing loaded from elsewhere."""
    facts = fact_table(report.dossier)
    found = [
        {"label": f.severity.label, "severity": f.severity.value, "rule": f.rule, "message": f.message,
         "place": place(f, report.form)}
        for f in by_weight(report.findings)
        if f.rule != "DR-02"  # those sentences are marked where they stand
    ]  # fmt: skip
    known: dict[str, Any] = {
        "title": report.dossier.title,
        "revision": report.revision,
        "digest": report.digest[:12],
        "barred": len(report.barred_by),
        "tally": tally(report.findings),
        "models": "、".join(dict.fromkeys(attempt.model for attempt in report.attempts)),
        "stood_in": len(report.stood_in),
        "findings": found,
        "gaps": [gap.message for gap in report.gaps],
        "sections": [_section(section, report, facts) for section in report.sections],
    }
    return environment().get_template("html/review.html.j2").render(known)


def _section(section: RenderedSection, report: Report, facts: FactTable) -> dict[str, Any]:
    doubtful = [f.quote for f in report.findings if f.section == section.id and f.quote and f.rule != "DR-02"]
    paragraphs = [
        {
            "heading": paragraph.heading,
            "sentences": [
                {
                    "origin": one.origin,
                    "mark": ORIGINS.get(one.origin, "") if report.attempts or one.origin == "editor" else "",
                    "spans": [_span(span, facts) for span in one.spans],
                    "doubtful": any(quote in one.text for quote in doubtful),
                }
                for one in paragraph.sentences
            ],
        }
        for paragraph in section.paragraphs
    ]
    heading = "" if section.id == "opening" else report.form.heading(section.id)
    return {"heading": heading, "paragraphs": paragraphs}


def _span(span: Span, facts: FactTable) -> dict[str, str]:
    fact = facts.get(span.fact) if span.fact else None
    source = "；".join(_source(fact)) if fact else f"已确认的情况 {span.statement}" if span.statement else ""
    return {"text": span.text, "source": source}


def _source(fact: Fact) -> Iterator[str]:
    """What a reader of a figure wants to know: its name, scope and where it comes from."""
    yield f"{fact.label}（{fact.period}年，{fact.scope}）"
    if fact.kind in ("change", "growth", "share", "sum"):
        yield f"算式：{formula(fact)}"
    else:
        yield "出处：" + "、".join(source for source in fact.source if source)
