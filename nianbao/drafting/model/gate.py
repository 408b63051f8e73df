"""The gate: what a model wrote is refused unless every word and every slot of it may stand where it stands.

Fails closed. Outside slots only the closed vocabulary of `lexicon` may be used; slots must be known, belong to the
part and be complete; comparisons follow their figure; a measure answers its problem. What is refused comes back as
`Violation`s that a model can act on; nothing here raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from nianbao.dossier import Dossier
from nianbao.drafting.model.lexicon import Lexicon, gate_data, lead_ins, reason, words_for
from nianbao.drafting.model.reply import Reply, ReplySentence
from nianbao.drafting.model.slots import COMPARED, NAMED, Slot, Slots
from nianbao.drafting.offline import hanzi
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


class Drafted(Value):
    """One sentence that passed, in the model's slots; `at`: its number in the reply's part."""

    part: str
    at: int
    kind: str
    text: str
    cites: tuple[str, ...]


class Judged(Value):
    """A reply after the gate: the sentences that may stand, and everything that was refused."""

    accepted: tuple[Drafted, ...]
    violations: tuple[Violation, ...]


def tidy(text: str) -> str:
    """A model's text with invisible signs dropped, full-width letters and digits folded, Chinese punctuation."""
    shown = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me") and c > " ")
    folded = (n if (n := unicodedata.normalize("NFKC", c)).isalnum() else c for c in shown)
    return "".join(folded).translate(_WIDE)


class Gate:
    """The gate of one section of one dossier."""

    def __init__(self, section: str, dossier: Dossier, slots: Slots) -> None:
        self.section, self.dossier, self.slots = section, dossier, slots
        self.parts: dict[str, dict[str, Any]] = slot_data()["sections"][section]["parts"]
        self.lexicons = {part: Lexicon(words_for(dossier, section, part)) for part in self.parts}
        self.before = _last_year(dossier, section)

    def judge(self, reply: Reply) -> Judged:
        """Every sentence and the section as a whole."""
        accepted: list[Drafted] = []
        refused: list[Violation] = list(self._shape(reply))
        used: Counter[str] = Counter()
        for given in reply.parts:
            if given.part not in self.parts:
                continue
            bland = 0
            for number, raw in enumerate(given.sentences, 1):
                text = tidy(raw.text)
                names = NAMED.findall(text)
                wrong = list(self._sentence(given.part, number, raw, text, names))
                bland += not names
                if not names and bland > gate_data()["most_bland"]:
                    wrong.append(self._no("G-BLAND", given.part, number, text, "没有材料的句子太多，请删去这一句"))
                for name in names:
                    used[name] += 1
                    if used[name] > 1 and self._told(name, given.part):
                        wrong.append(self._no("G-TWICE", given.part, number, name, "这个槽位前面已经用过，不要重复"))
                refused += wrong
                if not wrong:
                    cites = self._cites(raw, names)
                    kind = _kind(given.part, names, self.parts[given.part]["kinds"])
                    accepted.append(Drafted(part=given.part, at=number, kind=kind, text=text, cites=cites))
        return Judged(accepted=tuple(accepted), violations=(*refused, *self._whole(accepted, used)))

    def _shape(self, reply: Reply) -> Iterator[Violation]:
        seen: set[str] = set()
        for given in reply.parts:
            if given.part not in self.parts:
                allowed = "、".join(self.parts)
                yield self._no("G-PART", given.part[:20], None, "", f"没有这一部分，part 只能是 {allowed}")
            elif given.part in seen:
                yield self._no("G-PART", given.part, None, "", "这一部分写了两次，请合并")
            seen.add(given.part)

    def _sentence(self, part: str, number: int, raw: ReplySentence, text: str, names: list[str]) -> Iterator[Violation]:
        if not text.endswith("。") or text.count("。") != 1 or len(text) < 4:
            yield self._no("G-SENTENCE", part, number, text[-12:], "一条只写一句，以句号结尾")
        yield from self._words(part, number, text)
        for name in dict.fromkeys(names):
            yield from self._slot(part, number, name)
        yield from self._order(part, number, text)
        yield from self._cited(part, number, raw, names)
        if part in ("past", "measures", "present"):
            yield from self._answered(part, number, raw, names)
        if self.before and (copied := self._copied(text)):
            yield self._no("G-COPY", part, number, copied, "与上年报告的文字相同，请换一种写法")

    def _words(self, part: str, number: int, text: str) -> Iterator[Violation]:
        """Nothing outside slots but the vocabulary, and lead-ins only before their list."""
        at = 0
        for found in [*NAMED.finditer(text), None]:
            end = found.start() if found else len(text)
            free = text[at:end]
            for run in self.lexicons[part].uncovered(free):
                rule, say = reason(run.text, part)
                yield self._no(rule, part, number, run.text, say)
            for word, wanted in lead_ins().items():
                if word in free and not (found and found[1] in wanted and free.rstrip("，：").endswith(word)):
                    yield self._no("G-LEAD", part, number, word, f"后面必须紧跟槽位 {'、'.join(wanted)}")
            at = found.end() if found else end

    def _slot(self, part: str, number: int, name: str) -> Iterator[Violation]:
        if name not in self.slots:
            yield self._no("G-SLOT", part, number, name, "材料表里没有这个槽位")
            return
        slot = self.slots[name]
        if slot.part not in ("", part, self.parts[part].get("refers")):
            yield self._no("G-SLOT", part, number, name, f"这个槽位只能用在{_name(slot.part)}部分")

    def _order(self, part: str, number: int, text: str) -> Iterator[Violation]:
        """A comparison stands right behind the one figure that it is about; no words hang on to a slot."""
        last: re.Match[str] | None = None
        for found in NAMED.finditer(text):
            name = found[1]
            if name.startswith(COMPARED):
                about = name.removeprefix(COMPARED)
                alone = last and last[1] == about and not _JOINED.search(text[: last.start()])
                if not alone or not _BETWEEN.fullmatch(text[last.end() if last else 0 : found.start()]):
                    yield self._no("G-ORDER", part, number, name, f"必须紧跟在单独的 {about} 后面，中间只能有一个逗号")
            behind = text[found.end() :]
            if not name.startswith("law.") and not behind.startswith((*_MARKS, *gate_data()["behind"])):
                yield self._no("G-BEHIND", part, number, behind[:6], f"槽位 {name} 后面要用标点隔开")
            last = found

    def _cited(self, part: str, number: int, raw: ReplySentence, names: list[str]) -> Iterator[Violation]:
        unknown = [cite for cite in raw.cites if cite not in self.slots]
        if unknown:
            yield self._no("G-CITE", part, number, unknown[0][:30], "cites 里只能写材料表里的编号")
        if not raw.cites and not names:
            yield self._no("G-CITE", part, number, "", "每一句都要在 cites 写明依据的编号")

    def _answered(self, part: str, number: int, raw: ReplySentence, names: list[str]) -> Iterator[Violation]:
        known = [self.slots[name] for name in names if name in self.slots]
        own = [slot for slot in known if slot.part == part and not slot.id.startswith("st.prior.")]
        asked = [slot.id for slot in known if slot.part == self.parts[part].get("refers") or slot not in own]
        asked = [name for name in asked if self.slots[name].part]
        if not own:
            yield self._no("G-ANSWER", part, number, "", f"这一句没有用本部分（{_name(part)}）的材料槽位")
        for name in asked:
            if own and not any(name in slot.answers for slot in own):
                yield self._no("G-ANSWER", part, number, name, "这个问题与这一句的措施不对应")
        for slot in own:
            if slot.answers and not set(slot.answers) & {*asked, *raw.cites}:
                wanted = "或".join(slot.answers)
                yield self._no("G-ANSWER", part, number, slot.id, f"cites 里要写它回应的问题 {wanted}")
            elif slot.answers and asked and not set(slot.answers) & set(asked):
                yield self._no("G-ANSWER", part, number, slot.id, "这条措施回应的不是这一句里的问题")

    def _copied(self, text: str) -> str:
        """A stretch of the model's own words that stands in last year's text."""
        for free in NAMED.split(text)[::2]:
            for at in range(len(free) - _REPEATED + 1):
                if free[at : at + _REPEATED] in self.before:
                    return free[at : at + _REPEATED]
        return ""

    def _told(self, name: str, part: str) -> bool:
        """Whether the slot tells something that is told once (a law, a year or a problem referred to is not)."""
        return name in self.slots and self.slots[name].part == part

    def _cites(self, raw: ReplySentence, names: list[str]) -> tuple[str, ...]:
        given = [*names, *(cite for cite in raw.cites if cite in self.slots)]
        return tuple(dict.fromkeys(cite for name in given for cite in self.slots[name].cites))

    def _whole(self, accepted: list[Drafted], used: Counter[str]) -> Iterator[Violation]:
        """Nothing needed is missing, and the section is not too long."""
        for part in self.parts:
            missing = [slot for slot in self.slots.of(part) if slot.needed and not used[slot.id]]
            if missing:
                listed = "、".join(f"{slot.id}（{slot.prints[:30]}）" for slot in missing)
                yield self._no("G-MISS", part, None, "", f"还没有写到：{listed}")
        if self.section == "summary":
            size = sum(hanzi(print_model(one.text, self.slots)) for one in accepted)
            most = gate_data()["longest"][self.dossier.unit.level]
            if size > gate_data()["overlong"] * most and size > gate_data()["overlong"] * sum(
                hanzi(s.prints) for s in self.slots.by_id.values() if self._owed(s)
            ):
                yield self._no(
                    "G-LONG", "summary", None, "", f"写了{size}字，请压缩到{most}字以内，先删可写可不写的槽位"
                )

    def _owed(self, slot: Slot) -> bool:
        return slot.needed and slot.part in self.parts

    def _no(self, rule: str, part: str, sentence: int | None, quote: str, message: str) -> Violation:
        return Violation(rule=rule, part=part, sentence=sentence, quote=quote, message=message)


def _kind(part: str, names: list[str], kinds: list[str]) -> str:
    """What a sentence is, by its slots: a model's own word for it decides nothing."""
    told = "event" if any(name.startswith("st.") for name in names) else "figure" if names else "connective"
    return told if told in kinds else kinds[0]


def print_model(text: str, slots: Slots) -> str:
    """A model's sentence as it will read."""
    return NAMED.sub(lambda found: slots[found[1]].prints, text)


def _name(part: str) -> str:
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
