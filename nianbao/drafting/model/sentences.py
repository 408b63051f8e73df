"""What one sentence of a model may say: every rule of the gate that looks at a sentence by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from nianbao.dossier import Dossier
from nianbao.drafting.model.lexicon import Lexicon, gate_data, lead_ins, reason, words_for
from nianbao.drafting.model.reply import ReplySentence
from nianbao.drafting.model.shapes import Shapes
from nianbao.drafting.model.slots import COMPARED, NAMED, Slots
from nianbao.drafting.phrases import slot_data
from nianbao.findings import Value

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "｡": "。", "﹐": "，", "“": "“", "”": "”"})
_BETWEEN = re.compile(r"，?\Z")
_JOINED = re.compile(r"\}\}(?:、|和|与|及|以及)\Z")
_MARKS = tuple("，；。、”")
_REPEATED = 14


class Violation(Value):
    """One refusal. `sentence` counts from 1 within its part; None where the part or the section is meant."""

    rule: str
    part: str
    sentence: int | None = None
    quote: str = ""
    message: str

    def __str__(self) -> str:
        where = f"{self.part}" + (f"第{self.sentence}句" if self.sentence else "")
        return f"[{self.rule}] {where}{f'“{self.quote}”' if self.quote else ''}：{self.message}"


def tidy(text: str) -> str:
    """A model's text with invisible signs dropped, full-width letters and digits folded, Chinese punctuation."""
    shown = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me") and c > " ")
    folded = (n if (n := unicodedata.normalize("NFKC", c)).isalnum() else c for c in shown)
    return "".join(folded).translate(_WIDE)


class Sentences:
    """The rules for the sentences of one section of one dossier."""

    def __init__(self, section: str, dossier: Dossier, slots: Slots) -> None:
        self._slots = slots
        self._parts: dict[str, dict[str, Any]] = slot_data()["sections"][section]["parts"]
        self._lexicons = {part: Lexicon(words_for(dossier, part)) for part in self._parts}
        self._shapes = Shapes(dossier, slots)
        self._before = _last_year(dossier, section)

    def refusals(self, part: str, number: int, raw: ReplySentence, text: str, names: list[str]) -> Iterator[Violation]:
        if not text.endswith("。") or text.count("。") != 1 or len(text) < 4:
            yield refusal("G-SENTENCE", part, number, text[-12:], "一条只写一句，以句号结尾")
        yield from self._words(part, number, text)
        for name in dict.fromkeys(names):
            yield from self._slot(part, number, name)
        for message in self._shapes.wrong(part, text):
            yield refusal("G-SHAPE", part, number, text[:24], message)
        yield from self._order(part, number, text)
        yield from self._cited(part, number, raw, names)
        if part in ("past", "measures", "present"):
            yield from self._answered(part, number, raw, names)
        if self._before and (copied := self._copied(text)):
            yield refusal("G-COPY", part, number, copied, "与上年报告的文字相同，请换一种写法")

    def _words(self, part: str, number: int, text: str) -> Iterator[Violation]:
        """Nothing outside slots but the vocabulary, and lead-ins only before their list."""
        at = 0
        for found in [*NAMED.finditer(text), None]:
            end = found.start() if found else len(text)
            free = text[at:end]
            for run in self._lexicons[part].uncovered(free):
                rule, say = reason(run.text, part)
                yield refusal(rule, part, number, run.text, say)
            for word, wanted in lead_ins().items():
                if word in free and not (found and found[1] in wanted and free.rstrip("，：").endswith(word)):
                    yield refusal("G-LEAD", part, number, word, f"后面必须紧跟槽位 {'、'.join(wanted)}")
            at = found.end() if found else end

    def _slot(self, part: str, number: int, name: str) -> Iterator[Violation]:
        if name not in self._slots:
            yield refusal("G-SLOT", part, number, name, "材料表里没有这个槽位")
            return
        slot = self._slots[name]
        if slot.part not in (part, self._parts[part].get("refers")):
            yield refusal("G-SLOT", part, number, name, f"这个槽位只能用在{name_of(slot.part)}部分")

    def _order(self, part: str, number: int, text: str) -> Iterator[Violation]:
        """A comparison stands right behind the one figure that it is about; no words hang on to a slot."""
        last: re.Match[str] | None = None
        for found in NAMED.finditer(text):
            name = found[1]
            if name.startswith(COMPARED):
                about = name.removeprefix(COMPARED)
                alone = last and last[1] == about and not _JOINED.search(text[: last.start()])
                if not alone or not _BETWEEN.fullmatch(text[last.end() if last else 0 : found.start()]):
                    yield refusal("G-ORDER", part, number, name, f"必须紧跟在单独的 {about} 后面，中间只能有一个逗号")
            behind = text[found.end() :]
            if not name.startswith("law.") and not behind.startswith((*_MARKS, *gate_data()["behind"])):
                yield refusal("G-BEHIND", part, number, behind[:6], f"槽位 {name} 后面要用标点隔开")
            last = found

    def _cited(self, part: str, number: int, raw: ReplySentence, names: list[str]) -> Iterator[Violation]:
        unknown = [cite for cite in raw.cites if cite not in self._slots]
        if unknown:
            yield refusal("G-CITE", part, number, unknown[0][:30], "cites 里只能写材料表里的编号")
        if not raw.cites and not names:
            yield refusal("G-CITE", part, number, "", "每一句都要在 cites 写明依据的编号")

    def _answered(self, part: str, number: int, raw: ReplySentence, names: list[str]) -> Iterator[Violation]:
        known = [self._slots[name] for name in names if name in self._slots]
        own = [slot for slot in known if slot.part == part and not slot.id.startswith("st.prior.")]
        asked = [slot.id for slot in known if slot.part == self._parts[part].get("refers") or slot not in own]
        if not own:
            yield refusal("G-ANSWER", part, number, "", f"这一句没有用本部分（{name_of(part)}）的材料槽位")
        for name in asked:
            if own and not any(name in slot.answers for slot in own):
                yield refusal("G-ANSWER", part, number, name, "这个问题与这一句的措施不对应")
        for slot in own:
            if slot.answers and not set(slot.answers) & {*asked, *raw.cites}:
                wanted = "或".join(slot.answers)
                yield refusal("G-ANSWER", part, number, slot.id, f"cites 里要写它回应的问题 {wanted}")
            elif slot.answers and asked and not set(slot.answers) & set(asked):
                yield refusal("G-ANSWER", part, number, slot.id, "这条措施回应的不是这一句里的问题")

    def _copied(self, text: str) -> str:
        """A stretch of the model's own words that stands in last year's text."""
        for free in NAMED.split(text)[::2]:
            for at in range(len(free) - _REPEATED + 1):
                if free[at : at + _REPEATED] in self._before:
                    return free[at : at + _REPEATED]
        return ""


def refusal(rule: str, part: str, sentence: int | None, quote: str, message: str) -> Violation:
    """A `Violation` in short."""
    return Violation(rule=rule, part=part, sentence=sentence, quote=quote, message=message)


def name_of(part: str) -> str:
    """The part's printed name, quoted."""
    for section in slot_data()["sections"].values():
        if part in section["parts"]:
            return f"“{section['parts'][part]['name']}”"
    return part


def _last_year(dossier: Dossier, section: str) -> str:
    """Last year's text of the section, to be compared with."""
    sections = dossier.prior_year.sections if dossier.prior_year else None
    if not sections:
        return ""
    return tidy(sections.summary if section == "summary" else sections.problems)
