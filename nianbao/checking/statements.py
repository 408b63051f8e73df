"""Confirmed statements, and how a text's words are matched with them."""
from __future__ import annotations
from typing import NamedTuple
from nianbao.dossier import Dossier

class Stated(NamedTuple):
    id: str
    kind: str
    status: str
    text: str

def stated_of(dossier: Dossier) -> tuple[Stated, ...]:
    return tuple(Stated(s.id, s.kind, s.status, s.text) for s in dossier.statements)
