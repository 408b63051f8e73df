"""One section by a model: ask, judge, at most two repairs; the best reply's sentences stand.

What the model did not write acceptably is written by the offline drafter (see `compose`), so a section is always
complete. A transport failure is raised to whoever owns retries; anything else the model does wrong ends here.
"""

from __future__ import annotations

import hashlib
import json
from typing import Protocol, TypeVar

from pydantic import BaseModel

from nianbao.dossier import Dossier
from nianbao.drafting.endpoint.client import Completion, Message
from nianbao.drafting.model.gate import Drafted, Gate, Judged
from nianbao.drafting.model.prompt import has_material, messages_for, repair_message
from nianbao.drafting.model.reply import Reply
from nianbao.drafting.model.sentences import Violation
from nianbao.drafting.model.slots import Slots
from nianbao.errors import BadAnswer, ModelError, Truncated
from nianbao.findings import Value
from nianbao.narrative import Attempt

ROUNDS = 3  # the first reply and at most two repairs
T = TypeVar("T", bound=BaseModel)


class Model(Protocol):
    """Whatever answers messages with a value of the asked type: an endpoint, or a scripted stand-in."""

    name: str

    async def complete(self, messages: list[Message], reply: type[T]) -> tuple[T, Completion]: ...


class ModelDraft(Value):
    """What a model contributed to one section: sentences that passed the gate, and the record of how they came."""

    section: str
    sentences: tuple[Drafted, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def asked(self) -> bool:
        return bool(self.attempts)


def digest_of(messages: list[Message]) -> str:
    """sha256 of messages as they are sent."""
    return hashlib.sha256(json.dumps(messages, ensure_ascii=False).encode()).hexdigest()


async def draft_with(model: Model, section: str, dossier: Dossier, slots: Slots) -> ModelDraft:
    """`summary`, `problems` or `improvements` by a model. Raises Transport and RateLimited, nothing else of its own."""
    if not has_material(section, slots):
        return ModelDraft(section=section)
    gate = Gate(section, dossier, slots)
    first = messages = messages_for(section, dossier, slots)
    attempts: list[Attempt] = []
    best: tuple[Judged, int] | None = None
    for number in range(1, ROUNDS + 1):
        attempt, judged, said = await _ask(model, section, number, messages, gate)
        attempts.append(attempt)
        if judged and (best is None or len(judged.violations) < len(best[0].violations)):
            best = (judged, number)
        if not attempt.refused or not said.mend:
            break
        messages = _again(first, said, number)
    if best is None:
        return ModelDraft(section=section, attempts=tuple(attempts))
    attempts[best[1] - 1] = attempts[best[1] - 1].model_copy(update={"kept": True})
    return ModelDraft(section=section, sentences=best[0].accepted, attempts=tuple(attempts))


class _Said(Value):
    """The model's own words and what is to be mended in them (empty: asking again would not help)."""

    text: str = ""
    mend: tuple[Violation, ...] = ()


async def _ask(
    model: Model, section: str, number: int, messages: list[Message], gate: Gate
) -> tuple[Attempt, Judged | None, _Said]:
    attempt = Attempt(section=section, number=number, model=model.name, asked=digest_of(messages))
    try:
        reply, completion = await model.complete(messages, Reply)
    except (BadAnswer, Truncated) as wrong:
        text = wrong.text if isinstance(wrong, BadAnswer) else ""
        rule = "G-LENGTH" if isinstance(wrong, Truncated) else "G-JSON"
        mend = (Violation(rule=rule, part=section, message=str(wrong)),)
        return attempt.model_copy(update={"refused": (str(wrong),)}), None, _Said(text=text, mend=mend)
    except ModelError as failed:
        if failed.retryable:
            raise
        return attempt.model_copy(update={"refused": (str(failed),)}), None, _Said()
    judged = gate.judge(reply)
    record = {
        "mode": completion.mode, "model": completion.model or model.name, "recalled": completion.recalled,
        "tokens_in": completion.tokens_in, "tokens_out": completion.tokens_out, "seconds": completion.seconds,
        "refused": tuple(map(str, judged.violations)),
    }  # fmt: skip
    said = _Said(text=reply.model_dump_json(), mend=judged.violations)
    return attempt.model_copy(update=record), judged, said


def _again(messages: list[Message], said: _Said, number: int) -> list[Message]:
    """The first messages, the model's own answer and what is wrong with it; earlier rounds are left out."""
    own: list[Message] = [{"role": "assistant", "content": said.text}] if said.text else []
    return [*messages, *own, {"role": "user", "content": repair_message(said.mend, number)}]
