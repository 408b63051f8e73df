"""What can go wrong with a run, as a tree.

    NianbaoError
    ├── UnusableInput     a source cannot be used: one Chinese sentence, its place, what to do
    │   └── SeveralMistakes   all that is wrong with it, a line for each
    ├── DraftingError     a text could not be made (the model client's family hangs here)
    └── ReviewError       an edition may not be changed or published as asked

What is wrong *in a report* is never raised: it is a `nianbao.findings.Finding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

MOST_TOLD = 20


class NianbaoError(Exception):
    """Base of all. `str(error)` is one sentence in Chinese that can be shown to a clerk."""


class UnusableInput(NianbaoError):
    """A source that cannot be used.

    `where` is the place as the user would look it up (file, line, cell), `message` the sentence.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"{where}：{message}" if where else message)
        self.message = message
        self.where = where

    @property
    def mistakes(self) -> tuple[UnusableInput, ...]:
        """Each single mistake."""
        return (self,)


class SeveralMistakes(UnusableInput):
    """More than one thing is wrong. `str(error)` has a line for each of the first twenty."""

    def __init__(self, mistakes: Sequence[UnusableInput]) -> None:
        super().__init__(mistakes[0].message, mistakes[0].where)
        self._mistakes = tuple(mistakes)

    def __str__(self) -> str:
        lines = [str(one) for one in self._mistakes[:MOST_TOLD]]
        more = len(self._mistakes) - MOST_TOLD
        return "\n".join([*lines, f"其余 {more} 处，改正以上各处后再列出"] if more > 0 else lines)

    @property
    def mistakes(self) -> tuple[UnusableInput, ...]:
        return self._mistakes


def refuse(mistakes: Sequence[UnusableInput]) -> NoReturn:
    """Raise one mistake as it is, several together."""
    raise mistakes[0] if len(mistakes) == 1 else SeveralMistakes(mistakes)


class DraftingError(NianbaoError):
    """A section could not be drafted."""


class ReviewError(NianbaoError):
    """A decision or a change that the state of the edition does not allow."""
