"""The paragraph before 一、: legal basis, parts, period, where to read the report and whom to ask."""

from __future__ import annotations

from nianbao.drafting.case import Case, sentence
from nianbao.narrative import Paragraph, Section

_CONTACT = (
    ("address", "地址"), ("postcode", "邮政编码"), ("phone", "电话"), ("email", "电子邮箱"), ("hours", "办公时间"),
)  # fmt: skip


def opening(case: Case) -> Section:
    """Short for streets and townships: they do not list the parts."""
    dossier, unit = case.dossier, case.dossier.unit
    form = dossier.form
    notice = case.say("opening", "notice", form.edition)
    sentences = [sentence(case.say("opening", "basis", notice=notice), "legal")]
    if unit.level not in ("street", "township"):
        parts = "；".join(section.heading for section in form.sections)
        sentences.append(sentence(case.say("opening", "parts", parts=parts), "connective"))
    if unit.figures_scope != "本机关":
        sentences.append(sentence(case.say("opening", "scope", scope=unit.figures_scope), "connective", "unit.scope"))
    sentences.append(sentence(case.say("opening", "period"), "legal"))
    contact = dossier.contact
    if contact.website:
        text = case.say("opening", "download", website=contact.website)
        sentences.append(sentence(text, "connective", "contact.website"))
    else:
        case.gap("download", "no_website")
    known = [(name, label, getattr(contact, name)) for name, label in _CONTACT if getattr(contact, name)]
    if known:
        listed = "；".join(f"{label}：{value}" for _, label, value in known)
        cites = tuple(f"contact.{name}" for name, *_ in known)
        sentences.append(sentence(case.say("opening", "contact", contact=listed), "connective", *cites))
    missing = [label for name, label in _CONTACT[:3] if not getattr(contact, name)]
    if missing:
        case.gap("contact", "no_contact", parts="、".join(missing))
    return Section(id="opening", paragraphs=(Paragraph(sentences=tuple(sentences)),), gaps=tuple(case.gaps))
