"""What a model sends back: the parts of one section as sentences with slots and what they rest on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["figure", "event", "problem", "plan", "rectification", "legal", "connective"]


class ReplySentence(BaseModel):
    """One sentence; `cites` are ids of slots."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    text: str
    cites: list[str] = Field(default_factory=list)


class ReplyPart(BaseModel):
    """One part of the section (主动公开, 依申请公开 …) by its id."""

    model_config = ConfigDict(extra="forbid")

    part: str
    sentences: list[ReplySentence]


class Reply(BaseModel):
    """One section."""

    model_config = ConfigDict(extra="forbid")

    parts: list[ReplyPart]
