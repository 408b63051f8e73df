"""一、总体情况: the five aspects of 国办公开办函〔2021〕30号, each as far as the dossier carries it."""

from __future__ import annotations

from nianbao.drafting.case import Case, headed, sentence, tell
from nianbao.drafting.disclosure import decisions, documents
from nianbao.drafting.phrases import phrases, topic_of, topics
from nianbao.drafting.remedies import remedies
from nianbao.drafting.requests import requests
from nianbao.drafting.supplementary import of_other_scopes, supplementary
from nianbao.narrative import Paragraph, Section, Sentence


def summary(case: Case) -> Section:
    """A lead sentence and the aspects; one without material is left out and asked for."""
    parts = {
        "disclosure": disclosure(case),
        "requests": [*requests(case), *_told(case, "requests"), *remedies(case), *of_other_scopes(case, "requests")],
        "management": _mixed(case, "management", documents(case)),
        "platform": _mixed(case, "platform", []),
        "oversight": _mixed(case, "oversight", []),
    }
    _ask(case, parts)
    headings: dict[str, str] = phrases()["summary"]["headings"]
    lead = Paragraph(part="lead", sentences=(sentence(case.say("summary", "lead"), "legal"),))
    body = headed((topic, headings[topic], sentences) for topic, sentences in parts.items())
    return Section(id="summary", paragraphs=(lead, *body), gaps=tuple(case.gaps))


def disclosure(case: Case) -> list[Sentence]:
    """Channels first, then the decisions of table 二, then what was done."""
    compare = 1 if case.brief else 2
    own, others = (told(case, "disclosure", compare) for told in (supplementary, of_other_scopes))
    return [*own, *_told(case, "disclosure"), *decisions(case), *others]


def _told(case: Case, topic: str) -> list[Sentence]:
    return [tell(statement) for statement in case.statements(topic)]


def _mixed(case: Case, topic: str, table: list[Sentence]) -> list[Sentence]:
    """Figures and statements; what there is more of comes first."""
    told, figures, others = _told(case, topic), supplementary(case, topic), of_other_scopes(case, topic)
    amount = sum(topic_of(item) == topic for item in case.dossier.supplementary)
    first = topic == "oversight" or len(told) >= amount
    return [*told, *table, *figures, *others] if first else [*table, *figures, *told, *others]


def _ask(case: Case, parts: dict[str, list[Sentence]]) -> None:
    """Gaps: empty aspects, 主动公开 without channels, planned events, results that a government owes."""
    for topic, sentences in parts.items():
        if not sentences and not (topic == "requests" and case.gaps):
            case.gap(topic, "empty", topic)
    if parts["disclosure"] and not any(topic_of(s) == "disclosure" for s in case.dossier.supplementary):
        case.gap("disclosure", "no_channels")
    for statement in case.dossier.statements:
        if statement.status == "planned" and statement.kind in ("event", "document", "platform", "result"):
            case.gap(topic_of(statement), "planned", text=statement.text, id=statement.id)
    if case.dossier.unit.is_government:
        told = [s.text for s in case.dossier.statements if s.kind == "result" and s.status != "planned"]
        for result in topics()["results"]:
            if not any(word in text for word in result["words"] for text in told):
                case.gap("oversight", "result", name=result["name"])
