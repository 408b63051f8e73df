"""What was done about last year's problems."""

from __future__ import annotations

import re
from itertools import pairwise

from nianbao.dossier import Statement
from nianbao.drafting.case import Case, Item
from nianbao.drafting.phrases import phrases

_NUMBER = re.compile(r"([一二三四五六七八九十]+)是")
_PRESENT = re.compile(r"存在的?(?:主要)?(?:问题|不足)|以下(?:问题|不足)|主要问题|(?:问题|不足)主要")
_NEAR = 0.3


def listed_problems(text: str) -> tuple[str, ...]:
    """The problems that a report's section 五 lists with 一是…；二是… ."""
    start = _PRESENT.search(text)
    text = text[start.end() :] if start else text
    marks = list(_NUMBER.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found: list[str] = []
    for mark, end in zip(marks, ends, strict=False):
        if found and mark[1] == "一":
            break
        found.append(re.split(r"[；;。\n]", text[mark.end() : end])[0].strip())
    return tuple(item for item in found if item)


def past(case: Case) -> list[Item]:
    """Each rectification with the problem it answers; the unanswered ones are asked for, not told."""
    done = [s for s in case.dossier.statements if s.kind == "rectification" and s.status != "planned"]
    for statement in case.dossier.statements:
        if statement.kind == "rectification" and statement.status == "planned":
            case.gap("rectification", "rectification_planned", text=statement.text, id=statement.id)
    prior = case.dossier.prior_year
    problems = [s for s in prior.statements if s.kind == "problem"] if prior else []
    if not problems:
        _by_text(case, done)
    told: list[Item] = []
    used: set[str] = set()
    for problem in problems:
        answers = [r for r in done if problem.id in r.answers and r.id not in used]
        if not any(problem.id in r.answers for r in done):
            case.gap("rectification", "rectification", text=problem.text, id=problem.id)
        if answers:
            used |= {answer.id for answer in answers}
            words = "，".join(_told(case, answer) for answer in answers)
            slot = f"{{{{st.prior.{problem.id}}}}}"
            start = "" if answers[0].text.startswith(("针对", "对")) else about(slot, problem.text)
            told.append(Item(start + words, "rectification"))
    return told + [Item(_told(case, r), "rectification") for r in done if r.id not in used]


def about(slot: str, text: str) -> str:
    """针对“…”的问题， (without quotation marks where the words hold some)."""
    return f"针对{slot}的问题，" if "“" in text else f"针对“{slot}”的问题，"


def _told(case: Case, statement: Statement) -> str:
    words = phrases()["problems"]
    still = statement.status == "ongoing" and not any(word in statement.text for word in words["ongoing_words"])
    return f"{{{{st.{statement.id}}}}}" + (words["ongoing"] if still else "")


def _by_text(case: Case, done: list[Statement]) -> None:
    """Gaps for last year's problems where only the report's text is at hand (`answers: [prior_1]`)."""
    prior = case.dossier.prior_year
    if not prior or not prior.sections.problems:
        case.gap("rectification", "no_prior")
        return
    problems = listed_problems(prior.sections.problems)
    if not problems:
        case.gap("rectification", "prior_unlisted")
    for number, problem in enumerate(problems, 1):
        if not any(f"prior_{number}" in r.answers or _near(problem, r.text) for r in done):
            short = problem if len(problem) <= 40 else problem[:40] + "……"
            case.gap("rectification", "rectification", text=short, id=f"prior_{number}")


def _near(problem: str, answer: str) -> bool:
    """The answer takes up enough of the problem's words (character pairs)."""
    pairs = {a + b for a, b in pairwise(problem)}
    return bool(pairs) and len(pairs & {a + b for a, b in pairwise(answer)}) >= _NEAR * len(pairs)
