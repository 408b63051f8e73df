"""五、存在的主要问题及改进情况: last year's problems, this year's, and a measure for each in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nianbao.drafting.case import Case, Item, Listed, headed, listed
from nianbao.drafting.past import about, past
from nianbao.drafting.phrases import phrases
from nianbao.narrative import Section, print_text


@dataclass(frozen=True)
class Problem:
    """A confirmed problem, or one that the figures show. `start`: how a measure names it; `plans`: the measures."""

    text: str
    start: str
    also: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


def problems(case: Case) -> Section:
    """Three parts; a part without material is left out and asked for."""
    words = phrases()["problems"]["headings"]
    parts = [(part, words[part], listed(told)) for part, told in items(case).items()]
    return Section(id="problems", paragraphs=headed(parts), gaps=tuple(case.gaps))


def items(case: Case) -> dict[str, Listed]:
    """What is said in each of the three parts, before it is numbered."""
    before = past(case)
    found, more = _found(case)
    if not found:
        case.gap("problems", "no_problems")
    present = [Item(problem.text, "problem", problem.also) for problem in found]
    return {
        "past": Listed(case.say("problems", "past"), tuple(before)),
        "present": Listed(case.say("problems", "present"), tuple(present)),
        "measures": _measures(case, found, more),
    }


def _found(case: Case) -> tuple[list[Problem], list[str]]:
    """This year's problems in order, and the plans that answer none of them."""
    statements = case.dossier.statements
    plans = [s for s in statements if s.kind == "plan"]
    found: list[Problem] = []
    used: set[str] = set()
    for problem in (s for s in statements if s.kind == "problem"):
        answers = [plan for plan in plans if problem.id in plan.answers]
        if not answers:
            case.gap("plan", "no_plan", text=problem.text, id=problem.id)
        fresh = tuple(f"{{{{st.{plan.id}}}}}" for plan in answers if plan.id not in used)
        used |= {plan.id for plan in answers}
        slot = f"{{{{st.{problem.id}}}}}"
        found.append(Problem(slot, about(slot, problem.text), plans=fresh))
    for signal in signals(case):
        also = (signal["part"], signal["whole"]) if "whole" in signal else (signal["part"],)
        found.append(Problem(signal["problem"], f"针对{signal['about']}，", also, (signal["measure"],)))
        shown = print_text(signal["problem"], case.facts, case.dossier)
        case.gap("problems", "signal", problem=shown, measure=signal["measure"])
    return found, [f"{{{{st.{plan.id}}}}}" for plan in plans if plan.id not in used]


def signals(case: Case) -> list[dict[str, Any]]:
    """What the figures themselves show and no confirmed problem says, as far as there is room for it."""
    confirmed = [s.text for s in case.dossier.statements if s.kind == "problem"]
    said = "".join(confirmed)
    known = phrases()["problems"]
    new = [one for one in known["signals"] if not any(word in said for word in one["unless"]) and _shows(case, one)]
    return new[: max(0, known["most"] - len(confirmed))]


def _shows(case: Case, signal: dict[str, Any]) -> bool:
    part = case.value(signal["part"])
    if part is None or part < signal["count"]:
        return False
    if "whole" not in signal:
        return True
    whole = case.value(signal["whole"])
    return bool(whole) and part / (whole or 1) >= Fraction(str(signal["at_least"]))


def _measures(case: Case, found: list[Problem], more: list[str]) -> Listed:
    """In the order of the problems; where one has none, each measure names the problem it answers."""
    even = all(problem.plans for problem in found)
    told: list[Item] = []
    for problem in found:
        if problem.plans:
            told.append(Item(("" if even else problem.start) + "，".join(problem.plans), "plan", problem.also))
    told += [Item(text, "plan") for text in more]
    return Listed(case.say("problems", "measures" if even and len(told) > 1 else "named_measures"), tuple(told))
