"""What would be sent to the model, to the letter, and nothing sent."""

from __future__ import annotations

import json

from nianbao.dossier import Dossier
from nianbao.drafting.endpoint.client import Message, ModelClient
from nianbao.drafting.model.prompt import MODEL_SECTIONS, has_material, messages_for
from nianbao.drafting.model.reply import Reply
from nianbao.drafting.model.slots import slots_of
from nianbao.facts import fact_table
from nianbao.settings import ModelSettings


def print_messages(dossier: Dossier, sections: list[str] | None) -> None:
    """The messages as text, each under its section and role."""
    for section, messages in _messages(dossier, sections):
        for message in messages:
            print(f"===== {section} · {message['role']} =====\n{message['content']}\n")


def print_requests(dossier: Dossier, sections: list[str] | None) -> None:
    """The request bodies as JSON: of the configured endpoint, or the bare messages where there is none."""
    settings = ModelSettings()
    client = ModelClient(settings) if settings.configured else None
    out = [
        {"section": section, "request": client.request(messages, Reply) if client else {"messages": messages}}
        for section, messages in _messages(dossier, sections)
    ]
    print(json.dumps(out, ensure_ascii=False, indent=1))


def _messages(dossier: Dossier, sections: list[str] | None) -> list[tuple[str, list[Message]]]:
    slots = slots_of(dossier, fact_table(dossier))
    wanted = [section for section in sections or MODEL_SECTIONS if has_material(section, slots)]
    return [(section, messages_for(section, dossier, slots)) for section in wanted]
