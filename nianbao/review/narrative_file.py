"""`narrative.md` back into sections: what an editor changed, and what stayed as it was drafted.

A sentence that still reads as drafted keeps its spans; an edited one is plain text whose numbers are
linked to the facts that carry them (`nianbao.checking`).
"""

from __future__ import annotations

import re
from pathlib import Path

from nianbao.checking import check_text
from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.facts import FactTable
from nianbao.narrative import RenderedParagraph, RenderedSection, RenderedSentence, Span
from nianbao.report import Report

_SENTENCE = re.compile(r"[^。！？]*[。！？][”’）》]*|[^。！？]+")
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]）[^。，；：]{2,20}$")
LARGEST = 2_000_000


def read_narrative(path: Path) -> str:
    """The text of an edited narrative file, whatever of the usual encodings it was saved in."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise UnusableInput("打不开这个文件，请核对路径和权限", str(path)) from None
    if len(raw) > LARGEST:
        raise UnusableInput("文件过大，不像是一份年报正文", path.name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnusableInput("这不是文本文件，请用 narrative.md 修改后再试", path.name)


def sections_from(
    text: str, report: Report, facts: FactTable, name: str = "narrative.md"
) -> tuple[RenderedSection, ...]:
    """The sections of an edited text, in printed order.

    Raises `UnusableInput` where an official heading is missing or stands twice, or a text section is empty.
    """
    found = _split(text, report, name)
    by_id = {section.id: section for section in report.sections}
    return tuple(
        _section(section_id, lines, by_id.get(section_id), report.dossier, facts) for section_id, lines in found.items()
    )


def given_section(section_id: str, text: str, dossier: Dossier, facts: FactTable) -> RenderedSection:
    """A section whose text the dossier brings itself (a published report that was read), not drafted."""
    return _section(section_id, [line.strip() for line in text.splitlines() if line.strip()], None, dossier, facts)


def _split(text: str, report: Report, name: str) -> dict[str, list[str]]:
    """The lines of each section by its official heading; before the first one stands the opening."""
    headings = {_bare(s.heading): s.id for s in report.form.text_sections}
    title = _bare("".join(report.dossier.title))
    found: dict[str, list[str]] = {"opening": []}
    current = "opening"
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip().lstrip("#").strip()
        if not line or (current == "opening" and _bare(line) == title):
            continue
        if (section_id := headings.get(_bare(line))) is not None:
            if section_id in found:
                raise UnusableInput(f"标题“{line}”出现了两次，请删去多余的一个", f"{name} 第{number}行")
            found[section_id] = []
            current = section_id
        else:
            found[current].append(line)
    for section in report.form.text_sections:
        if section.id not in found:
            raise UnusableInput(f"找不到标题“{section.heading}”，请把这一行原样补上，独占一行", name)
        if not found[section.id]:
            raise UnusableInput(f"“{section.heading}”下面没有内容，请补上后再试", name)
    if not found["opening"]:
        del found["opening"]
    order = ["opening", *(s.id for s in report.form.text_sections)]
    return {key: found[key] for key in order if key in found}


def _bare(line: str) -> str:
    return re.sub(r"\s|#", "", line).replace("(", "（").replace(")", "）")


def _section(
    section_id: str, lines: list[str], drafted: RenderedSection | None, dossier: Dossier, facts: FactTable
) -> RenderedSection:
    known = {s.text: s for p in (drafted.paragraphs if drafted else ()) for s in p.sentences}
    paragraphs: list[RenderedParagraph] = []
    heading = ""
    for line in lines:
        if _SUBHEADING.fullmatch(line):
            if heading:
                paragraphs.append(RenderedParagraph(heading=heading))
            heading = line
            continue
        sentences = tuple(
            known.get(part) or RenderedSentence(kind="edited", origin="editor", spans=_linked(part, dossier, facts))
            for part in _SENTENCE.findall(line)
        )
        paragraphs.append(RenderedParagraph(heading=heading, sentences=sentences))
        heading = ""
    if heading:
        paragraphs.append(RenderedParagraph(heading=heading))
    return RenderedSection(id=section_id, paragraphs=tuple(paragraphs), gaps=drafted.gaps if drafted else ())


def _linked(text: str, dossier: Dossier, facts: FactTable) -> tuple[Span, ...]:
    """The sentence as spans, with each number that a fact carries linked to it."""
    spans: list[Span] = []
    at = 0
    for claim in check_text(text, dossier, facts):
        fact = facts.get(claim.facts[0]) if claim.verdict == "supported" and claim.facts else None
        start, end = claim.number or (claim.start, claim.start)
        number = re.match(r"[0-9][0-9.,]*", text[start:end])
        if fact is None or number is None or start < at:
            continue
        if start > at:
            spans.append(Span(text=text[at:start]))
        at = start + number.end()
        spans.append(Span(text=text[start:at], fact=fact.id, value=str(fact.number), unit=fact.unit))
    if at < len(text):
        spans.append(Span(text=text[at:]))
    return tuple(spans)
