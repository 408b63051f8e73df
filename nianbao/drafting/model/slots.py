"""The slots of one dossier: what a model may put into its sentences, and what each prints.

A slot prints a whole phrase (label, number and unit; a comparison; a list of results; a zero; a statement), made
from the narrative's own slots, so that whatever a model writes round it is printed from the fact table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nianbao.dossier import Dossier, Statement
from nianbao.drafting.case import Case, Clause, sentence
from nianbao.drafting.disclosure import documents, no_decisions
from nianbao.drafting.phrases import slot_data
from nianbao.drafting.problems import signals
from nianbao.drafting.remedies import both, review, suits
from nianbao.drafting.requests import applicants, grounds, no_requests, organisations, outcomes
from nianbao.drafting.supplementary import clauses, comparable
from nianbao.facts import FactTable
from nianbao.findings import Value
from nianbao.narrative import Sentence, print_text

NAMED = re.compile(r"\{\{([a-z0-9_.]+)\}\}")
COMPARED = "cmp."


class Slot(Value):
    """`id` as a model writes it; `text` in the narrative's slots; `prints` what stands in the report.

    `part`: where it may stand. `cites`: the facts and statements it tells. `needed`: the section is
    incomplete without it. `answers`: ids of the slots whose problems this plan or rectification answers;
    `topic`: the aspect that a problem or measure is about, where the dossier says it.
    """

    id: str
    part: str
    text: str
    prints: str
    cites: tuple[str, ...]
    needed: bool = True
    topic: str = ""
    answers: tuple[str, ...] = ()


class Slots(Value):
    """All slots of one dossier, by id, in printed order."""

    by_id: dict[str, Slot]

    def __contains__(self, slot_id: object) -> bool:
        return slot_id in self.by_id

    def __getitem__(self, slot_id: str) -> Slot:
        return self.by_id[slot_id]

    def of(self, part: str) -> list[Slot]:
        return [slot for slot in self.by_id.values() if slot.part == part]

    def expand(self, text: str) -> str:
        """The narrative's text of a model's sentence."""
        return NAMED.sub(lambda found: self.by_id[found[1]].text, text)

    def cites(self, text: str) -> tuple[str, ...]:
        """The facts and statements that a model's sentence tells, by its slots."""
        found = [cite for name in NAMED.findall(text) if name in self.by_id for cite in self.by_id[name].cites]
        return tuple(dict.fromkeys(found))


def slots_of(dossier: Dossier, facts: FactTable) -> Slots:
    """Every slot that the dossier carries."""
    case = Case("summary", dossier, facts)
    found: dict[str, Slot] = {}
    for slot_id, part, clause, more in _all(case):
        told = sentence(clause.text, "figure", *clause.also)
        prints = print_text(clause.text, facts, dossier)
        found[slot_id] = Slot(id=slot_id, part=part, text=clause.text, prints=prints, cites=told.cites, **more)
    return Slots(by_id=found)


_Found = tuple[str, str, Clause, dict[str, Any]]


def _all(case: Case) -> Iterator[_Found]:
    for law in slot_data()["law"]:
        notice = case.say("opening", "notice", case.dossier.form.edition)
        text = law["text"].replace("{notice}", notice).replace("{year}", str(case.dossier.year))
        yield f"law.{law['id']}", "lead", Clause(text, ("law",)), {"needed": False}
    yield from _supplementary(case, "disclosure")
    yield from _figures(case, "disclosure")
    yield from _no_decisions(case)
    yield from _statements(case, "disclosure")
    yield from _intake(case)
    yield from _supplementary(case, "requests")
    yield from _lists(case)
    yield from _statements(case, "requests")
    for number, told in enumerate(documents(case), 1):
        yield f"list.documents{number}", "management", _bare(told), {}
    for topic in ("management", "platform", "oversight"):
        yield from _supplementary(case, topic)
        yield from _statements(case, topic)
    yield from _past(case)
    yield from _present(case)


def _bare(told: Sentence) -> Clause:
    return Clause(told.text.rstrip("。"), told.cites)


def _figures(case: Case, part: str) -> Iterator[_Found]:
    for row in slot_data()["figures"]:
        fact = row["fact"]
        value = case.value(fact)
        words = row.get("some") if value else row.get("none")
        if row["part"] != part or value is None or words is None:
            continue
        yield f"n.{row['id']}", part, Clause(words.replace("{v}", f"{{{{v.{fact}}}}}"), (fact,)), {}
        if row.get("compare") and f"change.{fact}" in case.facts:
            yield f"{COMPARED}n.{row['id']}", part, Clause(f"{{{{cmp.{fact}}}}}"), {"needed": False}


def _no_decisions(case: Case) -> Iterator[_Found]:
    if none := no_decisions(case):
        yield "none.decisions", "disclosure", none, {}


def _intake(case: Case) -> Iterator[_Found]:
    if nothing := no_requests(case):
        yield "none.requests", "requests", nothing, {}
    else:
        yield from _figures(case, "requests")


def _supplementary(case: Case, part: str) -> Iterator[_Found]:
    for item, clause in clauses(case, part):
        yield f"x.{item.id}", part, clause, {}
        if comparable(case, item) and "，" not in clause.text:  # else it would read as the participants' change
            yield f"{COMPARED}x.{item.id}", part, Clause(f"{{{{cmp.supplementary.{item.id}}}}}"), {"needed": False}


def _lists(case: Case) -> Iterator[_Found]:
    lists: dict[str, Clause | None] = {
        "applicants": applicants(case),
        "organisations": organisations(case),
        "results": outcomes(case),
        **{f"grounds.{row}": clause for row, clause in grounds(case).items()},
    }
    for name, clause in lists.items():
        if clause:
            yield f"list.{name}", "requests", clause, {"needed": name in ("applicants", "results")}
    known = [clause for clause in (review(case), suits(case)) if clause]
    whole = both(case)
    if whole and (len(known) < 2 or all(clause.text.startswith("未") for clause in known)):
        yield "list.remedies", "requests", whole, {}
        return
    for name, clause in zip(("review", "suits"), known, strict=False):
        none = clause.text.startswith("未")
        words = f"未发生因政府信息公开工作{clause.text[1:]}的情况" if none else f"因政府信息公开工作{clause.text}"
        yield f"list.{name}", "requests", Clause(words, clause.also), {}


def _statements(case: Case, part: str) -> Iterator[_Found]:
    for statement in case.statements(part):
        yield f"st.{statement.id}", part, Clause(f"{{{{st.{statement.id}}}}}"), {}


def _past(case: Case) -> Iterator[_Found]:
    prior = case.dossier.prior_year
    done = [s for s in case.dossier.statements if s.kind == "rectification" and s.status != "planned"]
    answered = {answer for statement in done for answer in statement.answers}
    for problem in prior.statements if prior else ():
        if problem.kind == "problem" and problem.id in answered:
            yield f"st.prior.{problem.id}", "past", Clause(f"{{{{st.prior.{problem.id}}}}}"), {"needed": False}
    known = {p.id for p in prior.statements} if prior else set()
    for statement in done:
        answers = tuple(f"st.prior.{a}" for a in statement.answers if a in known)
        yield f"st.{statement.id}", "past", Clause(f"{{{{st.{statement.id}}}}}"), _about(statement, answers)


def _present(case: Case) -> Iterator[_Found]:
    statements = case.dossier.statements
    for problem in (s for s in statements if s.kind == "problem"):
        yield f"st.{problem.id}", "present", Clause(f"{{{{st.{problem.id}}}}}"), _about(problem)
    shown = signals(case)
    for signal in shown:
        also = tuple(signal[key] for key in ("part", "whole") if key in signal)
        yield f"sig.{signal['id']}", "present", Clause(signal["problem"], also), {"topic": "requests"}
    known = {s.id for s in statements if s.kind == "problem"}
    for plan in (s for s in statements if s.kind == "plan"):
        answers = tuple(f"st.{a}" for a in plan.answers if a in known)
        yield f"st.{plan.id}", "measures", Clause(f"{{{{st.{plan.id}}}}}"), _about(plan, answers)
    for signal in shown:
        also = (signal["part"],)
        more = {"answers": (f"sig.{signal['id']}",)}
        yield f"sig.{signal['id']}.measure", "measures", Clause(signal["measure"], also), more


def _about(statement: Statement, answers: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"topic": statement.topic or "", "answers": answers}
