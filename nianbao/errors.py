"""What can go wrong with a run, as a tree.

    NianbaoError
    ├── UnusableInput     a source cannot be used: one Chinese sentence, its place, what to do
    │   └── SeveralMistakes   all that is wrong with it, a line for each
    ├── DraftingError     a text could not be made
    │   └── ModelError    a call of the model server gave no usable answer
    │       ├── Transport      no answer: connection, deadline, HTTP 408, 409, 5xx    (later it may work)
    │       ├── RateLimited    HTTP 429, with the wait the server asks for            (later it may work)
    │       ├── Unsupported    the server will not: key, model name, address, parameter
    │       ├── NotAllowed     our own policy will not
    │       ├── Truncated      the answer broke off at the limit of tokens
    │       ├── Filtered       the server's content filter took the answer
    │       ├── Refused        the model declined
    │       ├── BadReply       what came is no answer of a model: a web page, an error, nothing
    │       └── BadAnswer      an answer of the model, carried along for the round that repairs it
    │           ├── BadJSON        that is not JSON
    │           └── BadSchema      that has not the shape asked for
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


class ModelError(DraftingError):
    """A call of the model server that gave no usable answer: one sentence for an operator, without any secret."""

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later, without anybody changing anything."""
        return False


class Transport(ModelError):
    """No answer came through: connection, deadline, or a passing fault of the server (HTTP 408, 409, 5xx)."""

    @property
    def retryable(self) -> bool:
        return True


class RateLimited(ModelError):
    """HTTP 429. `retry_after` is the wait in seconds that the server asked for, if it did."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    @property
    def retryable(self) -> bool:
        return True


class Unsupported(ModelError):
    """The server will not do this, now or later; the sentence names the setting to look at."""


class NotAllowed(ModelError):
    """The endpoint policy forbids this address, or sending this text to it."""


class Truncated(ModelError):
    """The answer broke off at the limit of tokens."""


class Filtered(ModelError):
    """The server's content filter withheld the answer."""


class Refused(ModelError):
    """The model declined to answer."""


class BadReply(ModelError):
    """What came back is not an answer of a model: a web page, an error with status 200, no text."""


class BadAnswer(ModelError):
    """The model answered, but not in the form that was asked for. `text` is its answer."""

    def __init__(self, message: str, text: str = "") -> None:
        super().__init__(message)
        self.text = text


class BadJSON(BadAnswer):
    """The answer is not JSON."""


class BadSchema(BadAnswer):
    """The answer is JSON of another shape; the sentence says where."""


class ReviewError(NianbaoError):
    """A decision or a change that the state of the edition does not allow."""
