"""Words in a Word document that its reader does not see as text: hidden runs, comments, footnotes.

They are taken out of the body before it is read, and shown. White letters and letters too small to be read count as
hidden, set in the run itself or by its style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.notes import Aside
from nianbao.reading.docx_lines import is_on, name_of, part_of, value_of

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_SMALLEST = 8  # half points
_PALE = 0xF0
_HIDDEN = "这是隐藏的文字（隐藏属性，或者看不见的颜色、字号），不是正文，不作为候选"
_COMMENT = "这是批注，不是正文，不作为候选"
_FOOTNOTE = "这是脚注或尾注，没有作为材料，需要的请写进正文"
_TRACKED = "文件带有修订标记，按接受全部修订后的文字读取，已删去的文字没有读取"
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_DEEPEST_STYLE = 20


def asides_of(archive: ZipFile, body: _Element, source: str) -> tuple[Aside, ...]:
    """Everything hidden in a document; the hidden runs are removed from `body`."""
    found = [
        Aside(place="（隐藏的文字）", kind="suspicious", reason=_HIDDEN, text=text)
        for text in _taken_out(body, _hidden_styles(archive, source))
    ]
    comments = part_of(archive, "word/comments.xml", source)
    for comment in () if comments is None else comments:
        if text := _words(comment):
            found.append(Aside(place="（批注）", kind="suspicious", reason=_COMMENT, text=text))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        part = part_of(archive, name, source)
        found += [
            Aside(place="（脚注）", kind="hint", reason=_FOOTNOTE, text=text)
            for note in (() if part is None else part)
            if (text := _words(note))
        ]
    if any(name_of(element) in _CHANGES for element in body.iter() if isinstance(element.tag, str)):
        found.append(Aside(place="（全文）", kind="hint", reason=_TRACKED))
    return tuple(found)


def _taken_out(body: _Element, styles: frozenset[str]) -> list[str]:
    """The hidden words, a stretch for each paragraph."""
    texts: list[str] = []
    for paragraph in [element for element in body.iter() if name_of(element) == "p"]:
        hidden = [run for run in paragraph.iter() if name_of(run) == "r" and _is_hidden(run, paragraph, styles)]
        text = "".join(_words(run) for run in hidden)
        for run in hidden:
            if (parent := run.getparent()) is not None:
                parent.remove(run)
        if text:
            texts.append(text)
    return texts


def _is_hidden(run: _Element, paragraph: _Element, styles: frozenset[str]) -> bool:
    if value_of(run, "rPr", "rStyle") in styles or value_of(paragraph, "pPr", "pStyle") in styles:
        return True
    properties = next((child for child in run if name_of(child) == "rPr"), None)
    if properties is None:
        return False
    return _hides(properties) or (_is_pale(value_of(properties, "color")) and not _on_dark(run))


def _hides(properties: _Element) -> bool:
    """Whether letters with these properties are printed nowhere, or too small to be seen."""
    if any(is_on(properties, name) for name in ("vanish", "webHidden", "specVanish")):
        return True
    size = value_of(properties, "sz") or ""
    return size.isdecimal() and int(size) <= _SMALLEST


def _is_pale(colour: str | None) -> bool:
    try:
        return colour is not None and len(colour) == 6 and all(part >= _PALE for part in bytes.fromhex(colour))
    except ValueError:
        return False


def _on_dark(run: _Element) -> bool:
    """Whether a run stands on a shaded ground, on which white letters can be read."""
    for above in (run, *run.iterancestors()):
        for properties in (child for child in above if name_of(child) in ("rPr", "pPr", "tcPr", "tblPr")):
            for shade in (child for child in properties if name_of(child) == "shd"):
                fill = next((str(value) for key, value in shade.attrib.items() if str(key).endswith("}fill")), "auto")
                if fill.lower() != "auto" and not _is_pale(fill):
                    return True
    return False


def _hidden_styles(archive: ZipFile, source: str) -> frozenset[str]:
    """The styles that hide, by themselves or by the style they are based on."""
    part = part_of(archive, "word/styles.xml", source)
    styles = [] if part is None else [child for child in part if name_of(child) == "style"]
    based: dict[str, str] = {}
    hidden: set[str] = set()
    for style in styles:
        name = next((str(value) for key, value in style.attrib.items() if str(key).endswith("}styleId")), "")
        based[name] = value_of(style, "basedOn") or ""
        if any(name_of(one) == "rPr" and (_hides(one) or _is_pale(value_of(one, "color"))) for one in style):
            hidden.add(name)
    for name in based:
        above, steps = based[name], 0
        while above and above not in hidden and steps < _DEEPEST_STYLE:
            above, steps = based.get(above, ""), steps + 1
        if above in hidden:
            hidden.add(name)
    return frozenset(hidden - {""})


def _words(element: _Element) -> str:
    """All words below an element, deleted ones left out."""
    return "".join(one.text or "" for one in element.iter() if name_of(one) == "t").strip()
