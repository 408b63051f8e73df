"""The shape of a sentence: where words may stand round the slots, so that known words in a new order tell nothing new.

A closed vocabulary alone does not hold: 主动公开{{n.penalties}} or 不足以… say what no word of it says. So a problem
and its measure follow one pattern, and in 总体情况 whole bland phrases open a clause before its slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from nianbao.dossier import Dossier
from nianbao.drafting.model.lexicon import gate_data, lead_ins, terms_for
from nianbao.drafting.model.slots import NAMED, Slots

_SLOT = r"\{\{([a-z0-9_.]+)\}\}"
_TOPIC = re.compile(r"在?(主动公开|依申请公开|政府信息管理|(?:政府信息公开)?平台建设|监督保障)")
_MARKS = re.compile(r"[，；：、。][，；：、。]|^[，；：、。]|“”")
_PERIOD = ("全年", "年内", "本年度", "一年来")
_HARD = re.compile(r"none\.|list\.(?:review|suits|remedies|grounds)|n\.(?:penalties|coercion|charges|carried_out)")


class Shapes:
    """The shapes of one dossier's sentences; `wrong` tells what does not fit, in words for the model."""

    def __init__(self, dossier: Dossier, slots: Slots) -> None:
        self._slots = slots
        own = f"(?:{re.escape(dossier.unit.self_name)}|本机关)"
        terms = _any(sorted(map(re.escape, terms_for(dossier)), key=len, reverse=True))
        data = gate_data()["shape"]
        self._own, adverb = own, _any(data["adverbs"])
        verb, noun = _any(data["verbs"]), f"(?:{_any(data['nouns'])}|的|和|与|、|{terms})"
        self._phrase = re.compile(f"{own}?为?{adverb}{{0,3}}(?:{verb}){{1,2}}{noun}+")
        following = f"{adverb}*(?:{_any(data['followed'])})"
        law = r"\{\{law\.(?:regulation|notice)\}\}(?:的?规定|的?要求|有关规定|各项要求)?"
        clause = (
            f"{own}?(?:{following}(?:{terms}(?:、|和)?)+(?:的要求|要求)?|{following}{law}"
            f"|(?:{adverb}*{verb}{noun}+)|{data['closing']})"
        )
        clause = f"{clause}(?:{adverb}{{0,3}}{verb}{noun}+)?"
        self._lead = re.compile(rf"\{{\{{law\.year\}}\}}，?{own}?{clause}(?:，{clause})*。")
        topic = f"(?:在?{_any(list(data['topics']))}(?:工作)?(?:方面|中)?，)?"
        about, past = (f"(?:{_any(data[key])}“?{_SLOT}”?的?问题，)?" for key in ("about", "about_past"))
        self._lists = {
            "present": re.compile(f"{topic}(?:{own}?(?:还|仍)?存在)?“?{_SLOT}”?(?:的问题)?。"),
            "past": re.compile(f"{topic}{past}{self._go('past')}{_SLOT}。"),
            "measures": re.compile(f"{topic}{about}{self._go('measures')}{_SLOT}。"),
        }

    def _go(self, part: str) -> str:
        shape = gate_data()["shape"]
        return f"(?:{_any(shape['first'][part])}，?){{0,2}}(?:{self._own}，?)?{_any(shape['then'][part])}?"

    def wrong(self, part: str, text: str) -> Iterator[str]:
        """What is wrong with the shape of a sentence, if anything."""
        if _MARKS.search(text) or text.count("“") != text.count("”"):
            yield "标点重复、缺失或者不成对"
        elif part == "lead":
            if not (self._lead.fullmatch(text) and re.search(r"\{\{law\.(?:regulation|notice)\}\}", text)):
                yield "开头一句写成“{{law.year}}，单位，依照（贯彻落实、按照……）{{law.regulation}}，做什么”"
        elif part in self._lists:
            yield from self._item(part, text)
        else:
            yield from self._summary(text)

    def _item(self, part: str, text: str) -> Iterator[str]:
        """One problem, rectification or measure; a topic that is named is the item's own."""
        found = self._lists[part].fullmatch(text)
        name = found[found.lastindex or 0] if found else ""
        if not found or name not in self._slots or self._slots[name].part != part or name.startswith("st.prior."):
            yield _LIST_SAYS[part]
            return
        asked = found[1] if len(found.groups()) > 1 else None
        if asked and asked not in self._slots[name].answers:
            yield f"{name} 不回应 {asked}"
        named = _TOPIC.match(text)
        topic = self._slots[name].topic
        if named and topic and gate_data()["shape"]["topics"].get(named[1]) != topic:
            yield f"{name} 不属于“{named[1]}”方面"

    def _summary(self, text: str) -> Iterator[str]:
        pieces = NAMED.split(text)
        free, names = pieces[::2], pieces[1::2]
        if free[-1] != "。":
            yield "最后一个槽位后面只能是句号"
        for number, (words, name) in enumerate(zip(free, names, strict=False)):
            before = names[number - 1] if number else ""
            marks = r"[，；]" if before.startswith("cmp.") else r"[，；、]|(?:和|与|及|以及)\Z"
            if number and not re.match(marks, words):
                yield f"槽位 {before} 和 {name} 之间要用标点隔开"
            if re.search(r"[、和与及]", words) and number and f"cmp.{name}" in names:
                yield f"{name} 与别的数字并列，后面不能再写比较"
            yield from self._words(words, name, before)

    def _words(self, words: str, name: str, before: str) -> Iterator[str]:
        """The phrases before one slot, and what may touch it."""
        bare = re.sub(r"\A(?:[，；、]|(?:和|与|及|以及)\Z)", "", words)
        head, _, glued = bare.rpartition("，")
        if glued.startswith(self._leads(name)):
            head, glued = bare, ""
        phrases = [phrase for phrase in head.split("，") if phrase]
        glued = re.sub(rf"\A{self._own}", "", glued)
        if glued and not self._touches(glued, name):
            yield f"“{glued}”不能直接连着槽位 {name}，请用逗号隔开或者删去"
        if (glued in _PERIOD or (phrases and phrases[-1] in _PERIOD)) and not _flows(name):
            yield f"槽位 {name} 前面不能写“{glued or phrases[-1]}”"
        for phrase in phrases:
            if not self._opens(phrase, name):
                yield f"“{phrase}”应当是“做法加对象”的短语（如“聚焦重点领域”），放在槽位前面"
            elif self._phrase.fullmatch(phrase) and _HARD.match(name):
                yield f"槽位 {name} 前面不要写“{phrase}”"
        if before and not words.startswith("；") and not _follows(name, before):
            yield f"{name} 不能这样接在 {before} 后面，请用分号隔开或者另写一句"

    def _leads(self, name: str) -> tuple[str, ...]:
        return tuple(word for word, wanted in lead_ins().items() if name in wanted) or ("\0",)

    def _touches(self, glued: str, name: str) -> bool:
        if glued in _PERIOD:
            return True
        if glued == "依法":
            return name in ("n.licences", "n.penalties", "n.coercion", "n.handled")
        return (
            glued == "通过"
            and name.startswith("x.")
            and bool(re.search("网|媒体|公众号|平台", self._prints(name)[:14]))
        )

    def _prints(self, name: str) -> str:
        return self._slots[name].prints if name in self._slots else ""

    def _opens(self, phrase: str, name: str) -> bool:
        plain = re.sub(rf"\A(?:同时|此外)?(?:{self._own})?", "", phrase)
        return (
            not plain or plain in _PERIOD or plain.startswith(self._leads(name)) or bool(self._phrase.fullmatch(plain))
        )


_LIST_SAYS = {
    "present": "写成“（某方面，）{{问题}}。”，一句一个问题，不加别的话",
    "past": "写成“（针对“{{上年问题}}”的问题，）{{整改}}。”，一句一条",
    "measures": "写成“（针对“{{问题}}”的问题，）（我局将）{{措施}}。”，一句一条",
}


def _follows(name: str, before: str) -> bool:
    """Whether a slot may stand behind another in one clause: lists behind what they split, statements by themselves."""
    if name.startswith("list.") and name not in ("list.review", "list.suits", "list.remedies"):
        wanted = _SPLITS.get(name.split(".")[1], ())
        return not wanted or before.removeprefix("cmp.") in wanted
    return name.startswith("st.") == before.startswith("st.")


_SPLITS = {
    "applicants": ("n.new",),
    "organisations": ("list.applicants",),
    "results": ("n.handled",),
    "grounds": ("list.results", "list.grounds.refused", "list.grounds.unavailable", "list.grounds.declined"),
}


def _flows(name: str) -> bool:
    """Whether a figure is of the whole year: not a stock, what was carried over, or a statement with its own date."""
    return not name.startswith(("st.", "cmp.", "list.documents")) and name not in ("n.carried_in", "n.carried_out")


@cache
def _joined(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _any(words: list[Any]) -> str:
    return _joined(tuple(map(str, words)))
