"""From a bound figure to a verdict: the small judges that all readers of figures share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from nianbao.checking.figures.certainty import certain, settled
from nianbao.checking.known.subjects import Known, Subject
from nianbao.checking.language.quantity import Quantity, agrees, compatible
from nianbao.checking.reading import Reading
from nianbao.checking.state import Said
from nianbao.checking.verdicts import Claim, Verdict

_AREAS = {"scope_city": "全市", "scope_county": "全县", "scope_province": "全省"}
_COUNTY = ("全县", "全区", "全旗")
UNKNOWN = "底稿没有这项数据，未能核对。"


def in_scope(said: str, fact: str, word: str = "") -> bool:
    """Whether a scope that the text names (its kind, its word) is that of the figure."""
    if said in ("", "self", "filed") or (word and fact.startswith(word)):
        return True
    if said == "own_scope":
        return fact == "本机关"
    if said == "scope_level":
        return "本级" in fact or fact == "本机关"
    if said == "scope_county":
        return fact.startswith(_COUNTY)
    return fact.startswith(_AREAS.get(said, "?"))


def out_of_scope(reading: Reading, known: Sequence[Known]) -> str:
    """Why the figures cannot be compared: 口径待复核; empty where they can."""
    said = reading.state.scope
    if (
        known
        and any(i.startswith("supplementary.") for i in known[0].facts)
        and (reading.state.scope_at < reading.segment_start)
    ):
        return ""  # a figure of the dossier's own carries its own scope; a scope told earlier is another's
    for one in known:
        if one.scope and not in_scope(said, one.scope, reading.state.scope_word):
            return f"口径待复核：“{one.label}”的数据口径是{one.scope}，与文中所说的范围不同，不作比较。"
    return ""


def out_of_period(reading: Reading) -> str:
    """Why the time that the text speaks of has no figures; empty where it has."""
    if reading.state.period == "part":
        return "底稿只有全年数据，没有文中这一时段的数据，未能核对。"
    if reading.state.period == "other":
        return f"底稿只有{reading.evidence.year}年和上年的数据，没有文中这一年份的数据，未能核对。"
    return ""


def judge(
    reading: Reading, start: int, end: int, one: Quantity, subjects: Sequence[Subject],
    *, sure: bool = True, what: str = "", segment: int = 0,
) -> None:  # fmt: skip
    """A number that states the sum of some subjects."""
    state = reading.state
    known = [reading.evidence.figures.known(subject) for subject in subjects]
    total = None if any(k.value is None for k in known) else sum((k.value or Fraction(0) for k in known), Fraction(0))
    state.say(Said(tuple(subjects), one.value, total, one.unit, state.sentence, segment))
    facts = tuple(dict.fromkeys(i for k in known for i in k.facts))
    label = what or "、".join(dict.fromkeys(k.label for k in known if k.label))
    rule = subjects[0].rule if subjects else "X-15"

    def found(verdict: str, reason: str = "", expected: str | None = None, scope: bool = False) -> None:
        begin = reading.widened(start) if verdict != "supported" else start
        reading.add(Claim(begin, end, verdict, facts, expected, reason, rule, scope))  # type: ignore[arg-type]

    if reason := out_of_period(reading):
        return found("unverified", reason)
    if total is None:
        return found("unverified", UNKNOWN)
    unit = known[0].unit
    fits = compatible(one.unit, unit)
    if fits and agrees(one, total) and not out_of_scope(reading, known):
        return found("supported")
    expected = reading.show(total, one, unit, start, end)
    if state.scope == "filed" and not agrees(one, total):
        reason = f"口径待复核：文中说的是备案的件数，“{label}”是{expected}，请核实。"
        return found("unverified", reason, expected, scope=True)
    if reason := out_of_scope(reading, known):
        return found("unverified", reason, scope=True)
    if not fits:
        same = one.value == total
        verdict = "contradicted" if same and sure and certain(reading, subjects) else "unverified"
        facts = facts if same else ()
        return found(verdict, f"“{label}”的单位是{unit}，文中写的单位是“{one.unit or '（无）'}”。", expected)
    if not sure or not certain(reading, subjects):
        return found("unverified", f"未能确定这个数说的是哪一项，按“{label}”应为{expected}。", expected)
    return found("contradicted", f"“{label}”应为{expected}，文中写的是{reading.text[start:end]}。", expected)


class Moves(NamedTuple):
    """The words for a change in the direction that is told, and in the other one."""

    told: str
    other: str


def compare(
    reading: Reading, start: int, end: int, one: Quantity, right: Fraction | None, facts: tuple[str, ...],
    what: str, rule: str = "X-12", *, sure: bool = True, known: Sequence[Known] = (), moves: Moves | None = None,
) -> None:  # fmt: skip
    """A number that states something worked out (a change, a share, a multiple); `moves` words a change."""
    if reason := out_of_period(reading) if reading.state.period == "part" else "":
        reading.claim(start, end, "unverified", facts=facts, reason=reason, rule=rule)
        return
    if right is None:
        reason = f"缺少计算“{what}”所需的数据，未能核对。"
        reading.claim(start, end, "unverified", facts=facts, reason=reason, rule=rule)
        return
    if reason := out_of_scope(reading, known):
        reading.claim(start, end, "unverified", facts=facts, reason=reason, rule=rule, scope=True)
        return
    if agrees(one, right):
        reading.claim(start, end, "supported", facts=facts, rule=rule)
        return
    sure = sure and plainly_told(reading) and settled(reading)
    expected = reading.show(right if moves is None else abs(right), one, one.unit, start, end)
    if moves:
        expected = "持平" if right == 0 else (moves.told if right > 0 else moves.other) + expected
    verdict: Verdict = "contradicted" if sure else "unverified"
    reason = f"{what}应为{expected}，文中写的是{reading.text[start:end]}。"
    reading.claim(start, end, verdict, facts=facts, expected=expected, reason=reason, rule=rule)


def agreeing(reading: Reading, one: Quantity, subject: Subject) -> bool:
    """Whether a number is that of a subject, of the year that is spoken of."""
    known = reading.evidence.figures.known(subject._replace(prior=subject.prior or reading.state.period == "prior"))
    return known.value is not None and compatible(one.unit, known.unit) and agrees(one, known.value)


def total_of(reading: Reading, subjects: Sequence[Subject]) -> tuple[Fraction | None, tuple[str, ...], list[Known]]:
    """The sum of some subjects, its facts, and what is known of each."""
    known = [reading.evidence.figures.known(subject) for subject in subjects]
    facts = tuple(dict.fromkeys(i for k in known for i in k.facts))
    if not known or any(k.value is None for k in known):
        return None, facts, known
    return sum((k.value for k in known if k.value is not None), Fraction(0)), facts, known


def name_of(reading: Reading, subjects: Sequence[Subject]) -> str:
    known = (reading.evidence.figures.known(subject) for subject in subjects)
    return "、".join(dict.fromkeys(k.label for k in known if k.label)) or "这一项"


def plainly_told(reading: Reading) -> bool:
    """Whether what a relation is about stands in this very sentence, so that a difference contradicts it."""
    state = reading.state
    labelled = any(t.kind in ("row", "column") for s in reading.segments for t in s.tokens)
    return labelled or bool(state.said and state.said[-1].sentence == state.sentence)
