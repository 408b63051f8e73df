"""A number in its segment, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.quantity import Quantity
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token


@dataclass
class Number:
    """A number in its segment. `pre`, `post`: the tokens around it; `start`: where its claim begins."""

    segment: Segment
    pre: list[Token]
    token: Token
    post: list[Token]
    start: int
    queue: list[tuple[Subject, ...]]
    listed: bool = False

    @property
    def quantity(self) -> Quantity:
        assert self.token.quantity is not None
        return self.token.quantity

    @property
    def end(self) -> int:
        return self.token.end
