"""The gate: what a model wrote is refused unless every word and every slot of it may stand where it stands.

Fails closed. Outside slots only the closed vocabulary of `lexicon` may be used; slots must be known, belong to the
part and be complete; comparisons follow their figure; a measure answers its problem. What is refused comes back as
`Violation`s that a model can act on; nothing here raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from nianbao.dossier import Dossier
from nianbao.drafting.model.lexicon import gate_data
from nianbao.drafting.model.reply import Reply, ReplySentence
from nianbao.drafting.model.sentences import Sentences, Violation, refusal, tidy
from nianbao.drafting.model.slots import NAMED, Slot, Slots
from nianbao.drafting.offline import hanzi
from nianbao.drafting.phrases import slot_data
from nianbao.findings import Value


class Drafted(Value):
    """One sentence that passed, in the model's slots."""

    part: str
    kind: str
    text: str
    cites: tuple[str, ...]


class Judged(Value):
    """A reply after the gate: the sentences that may stand, and everything that was refused."""

    accepted: tuple[Drafted, ...]
    violations: tuple[Violation, ...]


class Gate:
    """The gate of one section of one dossier."""

    def __init__(self, section: str, dossier: Dossier, slots: Slots) -> None:
        self.section, self.dossier, self.slots = section, dossier, slots
        self.parts: dict[str, dict[str, Any]] = slot_data()["sections"][section]["parts"]
        self._sentences = Sentences(section, dossier, slots)

    def judge(self, reply: Reply) -> Judged:
        """Every sentence and the section as a whole."""
        accepted: list[Drafted] = []
        refused: list[Violation] = list(self._shape(reply))
        used: Counter[str] = Counter()
        for given in reply.parts:
            if given.part not in self.parts:
                continue
            for number, raw in enumerate(given.sentences, 1):
                text = tidy(raw.text)
                names = NAMED.findall(text)
                wrong = list(self._sentences.refusals(given.part, number, raw, text, names))
                if not any(self._told(name, given.part) for name in names):
                    wrong.append(refusal("G-BLAND", given.part, number, text[:24], "没有本部分材料的句子，请删去"))
                for name in names:
                    used[name] += 1
                    if used[name] > 1 and self._told(name, given.part):
                        wrong.append(refusal("G-TWICE", given.part, number, name, "这个槽位前面已经用过，不要重复"))
                refused += wrong
                if not wrong:
                    cites = self._cites(raw, names)
                    kind = _kind(given.part, names, self.parts[given.part]["kinds"])
                    accepted.append(Drafted(part=given.part, kind=kind, text=text, cites=cites))
        return Judged(accepted=tuple(accepted), violations=(*refused, *self._whole(accepted, used)))

    def _shape(self, reply: Reply) -> Iterator[Violation]:
        seen: set[str] = set()
        for given in reply.parts:
            if given.part not in self.parts:
                allowed = "、".join(self.parts)
                yield refusal("G-PART", given.part[:20], None, "", f"没有这一部分，part 只能是 {allowed}")
            elif given.part in seen:
                yield refusal("G-PART", given.part, None, "", "这一部分写了两次，请合并")
            seen.add(given.part)

    def _told(self, name: str, part: str) -> bool:
        """Whether the slot tells something that is told once (a law, a year or a problem referred to is not)."""
        return name in self.slots and self.slots[name].part == part

    def _cites(self, raw: ReplySentence, names: list[str]) -> tuple[str, ...]:
        """What the slots of the text tell, and the problems that they answer; other cites tell nothing."""
        answered = {answer for name in names for answer in self.slots[name].answers}
        given = [*names, *(cite for cite in raw.cites if cite in answered)]
        return tuple(dict.fromkeys(cite for name in given for cite in self.slots[name].cites))

    def _whole(self, accepted: list[Drafted], used: Counter[str]) -> Iterator[Violation]:
        """Nothing needed is missing, and the section is not too long."""
        for part in self.parts:
            missing = [slot for slot in self.slots.of(part) if slot.needed and not used[slot.id]]
            if missing:
                listed = "、".join(f"{slot.id}（{slot.prints[:30]}）" for slot in missing)
                yield refusal("G-MISS", part, None, "", f"还没有写到：{listed}")
        if self.section == "summary":
            size = sum(hanzi(print_model(one.text, self.slots)) for one in accepted)
            most = gate_data()["longest"][self.dossier.unit.level]
            if size > gate_data()["overlong"] * most and size > gate_data()["overlong"] * sum(
                hanzi(s.prints) for s in self.slots.by_id.values() if self._owed(s)
            ):
                yield refusal(
                    "G-LONG", "summary", None, "", f"写了{size}字，请压缩到{most}字以内，先删可写可不写的槽位"
                )

    def _owed(self, slot: Slot) -> bool:
        return slot.needed and slot.part in self.parts


def _kind(part: str, names: list[str], kinds: list[str]) -> str:
    """What a sentence is, by its slots: a model's own word for it decides nothing."""
    told = "event" if any(name.startswith("st.") for name in names) else "figure" if names else "connective"
    return told if told in kinds else kinds[0]


def print_model(text: str, slots: Slots) -> str:
    """A model's sentence as it will read."""
    return NAMED.sub(lambda found: slots[found[1]].prints, text)
