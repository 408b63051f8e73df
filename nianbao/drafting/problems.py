"""五、存在的主要问题及改进情况: last year's problems, this year's, and a measure for each in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nianbao.drafting.case import Case, headed, numbered, sentence
from nianbao.drafting.past import about, past
from nianbao.drafting.phrases import phrases
from nianbao.narrative import Section, Sentence


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
    before = past(case)
    found, more = _found(case)
    if not found:
        case.gap("problems", "no_problems")
    now: list[Sentence] = []
    if found:
        lead = sentence(case.say("problems", "present"), "connective")
        now = [lead, *numbered((problem.text, "problem", problem.also) for problem in found)]
    parts = [(words["past"], before), (words["present"], now), (words["measures"], _measures(case, found, more))]
    return Section(id="problems", paragraphs=headed(parts), gaps=tuple(case.gaps))


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
    said = "".join(s.text for s in statements if s.kind == "problem")
    for signal in phrases()["problems"]["signals"]:
        new = not any(word in said for word in signal["unless"])
        if len(found) < phrases()["problems"]["most"] and new and _shows(case, signal):
            also = (signal["part"], signal["whole"]) if "whole" in signal else (signal["part"],)
            found.append(Problem(signal["problem"], f"针对{signal['about']}，", also, (signal["measure"],)))
            shown = _plain(case, signal["problem"])
            case.gap("problems", "signal", problem=shown, measure=signal["measure"])
    return found, [f"{{{{st.{plan.id}}}}}" for plan in plans if plan.id not in used]


def _plain(case: Case, text: str) -> str:
    """A signal's words without its slots, for the editor's list."""
    for fact in case.facts.facts.values():
        text = text.replace(f"{{{{v.{fact.id}}}}}", fact.display + fact.unit)
    return text


def _shows(case: Case, signal: dict[str, Any]) -> bool:
    part = case.value(signal["part"])
    if part is None or part < signal["count"]:
        return False
    if "whole" not in signal:
        return True
    whole = case.value(signal["whole"])
    return bool(whole) and part / (whole or 1) >= Fraction(str(signal["at_least"]))


def _measures(case: Case, found: list[Problem], more: list[str]) -> list[Sentence]:
    """In the order of the problems; where one has none, each measure names the problem it answers."""
    even = all(problem.plans for problem in found)
    items: list[tuple[str, tuple[str, ...]]] = []
    for problem in found:
        if problem.plans:
            items.append((("" if even else problem.start) + "，".join(problem.plans), problem.also))
    items += [(text, ()) for text in more]
    if not items:
        return []
    lead = sentence(case.say("problems", "measures" if even and len(items) > 1 else "named_measures"), "connective")
    return [lead, *numbered((text, "plan", also) for text, also in items)]
