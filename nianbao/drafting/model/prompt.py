"""The messages for one section: the shared system message (rules, vocabulary, materials), then the section's task.

The system message is the same to the byte for all sections of a dossier, so that servers reuse its prefix; nothing in
it changes from call to call. Only the slots and last year's published text are sent, never raw notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from nianbao.dossier import Dossier
from nianbao.drafting.endpoint.client import Message
from nianbao.drafting.model.lexicon import gate_data, lead_ins, part_words, terms_for, topics
from nianbao.drafting.model.sentences import Violation, tidy
from nianbao.drafting.model.slots import Slots
from nianbao.drafting.phrases import slot_data

MODEL_SECTIONS = ("summary", "problems", "improvements")
_QUOTED_AT_MOST = 600
_TOLD_AT_MOST = 20


@cache
def templates() -> Environment:
    """The prompts; a name that is not given is an error."""
    return Environment(
        loader=PackageLoader("prompts", "."), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=False
    )


def messages_for(section: str, dossier: Dossier, slots: Slots) -> list[Message]:
    """What is sent for `summary`, `problems` or `improvements`."""
    return [
        {"role": "system", "content": system_message(dossier, slots)},
        {"role": "user", "content": _task(section, dossier, slots)},
    ]


def has_material(section: str, slots: Slots) -> bool:
    """Whether the dossier carries anything for a section; without it no model is asked."""
    return any(slots.of(part) for part in slot_data()["sections"][section]["parts"] if part != "lead")


def system_message(dossier: Dossier, slots: Slots) -> str:
    """Rules, vocabulary and materials."""
    parts = {p: spec["name"] for s in slot_data()["sections"].values() for p, spec in s["parts"].items()}
    groups = [{"name": name, "part": part, "slots": slots.of(part)} for part, name in parts.items()]
    known: dict[str, Any] = {
        "unit": dossier.unit.name,
        "year": dossier.year,
        "every": [*gate_data()["words"]["every"], *topics(), dossier.unit.self_name],
        "terms": terms_for(dossier),
        "groups": [group for group in groups if group["slots"]],
    }
    return templates().get_template("system.md.j2").render(known).strip()


def repair_message(violations: Sequence[Violation], number: int) -> str:
    """What was refused and why, for the model to mend; `number` counts the repairs."""
    told = [str(violation) for violation in violations[:_TOLD_AT_MOST]]
    return templates().get_template("repair.md.j2").render(errors=told, round=number).strip()


def _task(section: str, dossier: Dossier, slots: Slots) -> str:
    prior = dossier.prior_year.sections if dossier.prior_year else None
    before = (prior.summary if section == "summary" else prior.problems) if prior else ""
    words = {part: part_words(part) for part in ("summary", "past", "present", "measures")}
    known: dict[str, Any] = {"before": _without_figures(before), "words": words}
    if section == "summary":
        parts = slot_data()["sections"]["summary"]["parts"]
        known |= {
            "parts": [f"{part}（{spec['name']}）" for part, spec in parts.items() if part == "lead" or slots.of(part)],
            "we": dossier.unit.self_name,
            "government": dossier.unit.is_government,
            "lead_ins": list(lead_ins()),
            "longest": gate_data()["longest"][dossier.unit.level],
        }
    if section == "improvements":
        known |= {"has_past": bool(slots.of("past")), "has_measures": bool(slots.of("measures"))}
    return templates().get_template(f"{section}.md.j2").render(known).strip()


def _without_figures(text: str) -> str:
    """Last year's words, shortened, with its figures masked: they are no material."""
    masked = re.sub(r"\d+(?:\.\d+)?", "○", tidy(text.replace("\n", "")))
    return masked if len(masked) <= _QUOTED_AT_MOST else masked[:_QUOTED_AT_MOST] + "……"
