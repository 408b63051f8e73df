"""六、其他需要报告的事项: the fees for handling information, and what the unit has confirmed besides."""

from __future__ import annotations

from nianbao.drafting.case import Case, sentence, tell
from nianbao.narrative import Paragraph, Section, Sentence


def other(case: Case) -> Section:
    """The fee sentence is due from the 2021 edition on; without it nothing is said to be complete."""
    sentences = [] if case.dossier.edition == "2019" else _fees(case)
    told = [tell(statement) for statement in case.statements("other")]
    known = bool(sentences) or case.dossier.edition == "2019"
    if told:
        sentences += told
    elif known:
        words = ("nothing_after_fee",) if sentences else ("nothing",)
        sentences.append(sentence(case.say("other", *words), "connective"))
        if not case.dossier.fees:
            case.gap("other", "nothing_else")
    paragraphs = (Paragraph(sentences=tuple(sentences)),) if sentences else ()
    return Section(id="other", paragraphs=paragraphs, gaps=tuple(case.gaps))


def _fees(case: Case) -> list[Sentence]:
    fees = case.dossier.fees
    if fees is None:
        case.gap("fees", "no_fees")
        return []
    basis, period = case.say("other", "basis"), case.say("summary", "period")
    ids = ("fees.notices", "fees.charged", "fees.received")
    if not fees.notices and not fees.charged and not fees.received:
        return [sentence(basis + period + case.say("other", "none"), "figure", *ids)]
    parts = ["发出收费通知{{v.fees.notices}}" if fees.notices else "未发出收费通知"]
    if fees.charged:
        parts.append("应收信息处理费{{v.fees.charged}}")
    if fees.received:
        parts.append("实际收取{{v.fees.received}}" if fees.charged else "实际收取信息处理费{{v.fees.received}}")
    else:
        parts.append("未实际收取" if fees.charged else "未收取信息处理费")
    return [sentence(basis + period + "，".join(parts) + "。", "figure", *ids)]
