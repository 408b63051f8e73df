"""Drafting the text sections of one report, with the model endpoint of the settings or without any."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from nianbao.dossier import Dossier
from nianbao.drafting.endpoint.client import ModelClient
from nianbao.drafting.endpoint.policy import guard
from nianbao.drafting.endpoint.store import FOLDER, Limit, Remembering
from nianbao.drafting.model import compose
from nianbao.drafting.model.draft import Model, ModelDraft, digest_of, draft_with
from nianbao.drafting.model.prompt import messages_for
from nianbao.drafting.model.slots import Slots, slots_of
from nianbao.drafting.offline import draft
from nianbao.errors import ModelError
from nianbao.facts import fact_table
from nianbao.narrative import Attempt, RenderedSection, render
from nianbao.settings import ModelSettings

# What a model drafts for each text section of the report.
ASKED = {"summary": ("summary",), "problems": ("problems", "improvements")}


@asynccontextmanager
async def endpoint(settings: ModelSettings, out: Path, limit: Limit) -> AsyncIterator[Model]:
    """The model server of the settings, with its replies kept below `out`."""
    client = ModelClient(settings)
    try:
        yield Remembering(client, out / FOLDER, limit)
    finally:
        await client.aclose()


async def ask(
    sections: tuple[str, ...], dossier: Dossier, model: Model, settings: ModelSettings, *, give_up: bool
) -> list[ModelDraft]:
    """The model's part of several sections, all at once.

    With `give_up` a server that does not answer leaves its section to the offline drafter; else Transport and
    RateLimited are raised once all calls have ended, for whoever tries again later.
    """
    slots = slots_of(dossier, fact_table(dossier))
    warned = _checked_to_leave(sections, dossier, slots, settings)
    asked = await asyncio.gather(
        *(draft_with(model, section, dossier, slots) for section in sections), return_exceptions=True
    )
    drafts: list[ModelDraft] = []
    for section, outcome in zip(sections, asked, strict=True):
        if isinstance(outcome, ModelError) and give_up:
            drafts.append(_unanswered(section, dossier, slots, model, outcome))
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            drafts.append(outcome)
    return [_warned(one, warned) for one in drafts]


def _checked_to_leave(
    sections: tuple[str, ...], dossier: Dossier, slots: Slots, settings: ModelSettings
) -> tuple[str, ...]:
    """What looks private in the materials: a warning for a local server; raises NotAllowed before a public one."""
    sent = {message["content"]: message for section in sections for message in messages_for(section, dossier, slots)}
    published = tuple(value for value in dossier.contact.model_dump().values() if value)
    found = guard(list(sent.values()), settings, published)
    return tuple(dict.fromkeys(f"{one.label}（{one.excerpt}）" for one in found))


def compose_section(section_id: str, dossier: Dossier, drafts: list[ModelDraft]) -> RenderedSection:
    """One text section of the report from the model's part and the offline drafter's."""
    facts = fact_table(dossier)
    if section_id == "summary" and drafts:
        section = compose.summary(dossier, facts, drafts[0])
    elif section_id == "problems" and drafts:
        section = compose.problems(dossier, facts, drafts)
    else:
        section = draft(section_id, dossier, facts)
    return render(section, facts, dossier)


def _unanswered(section: str, dossier: Dossier, slots: Slots, model: Model, why: ModelError) -> ModelDraft:
    messages = messages_for(section, dossier, slots)
    failed = Attempt(section=section, number=1, model=model.name, asked=digest_of(messages), refused=(str(why),))
    return ModelDraft(section=section, attempts=(failed,))


def _warned(one: ModelDraft, warned: tuple[str, ...]) -> ModelDraft:
    if not warned or not one.attempts:
        return one
    first = one.attempts[0].model_copy(update={"warned": warned})
    return one.model_copy(update={"attempts": (first, *one.attempts[1:])})
