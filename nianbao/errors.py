"""What can go wrong with a run, as a tree.

    NianbaoError
    ├── UnusableInput     a source cannot be used: one Chinese sentence, its place, what to do
    ├── DraftingError     a text could not be made (the model client's family hangs here)
    └── ReviewError       an edition may not be changed or published as asked

What is wrong *in a report* is never raised: it is a `nianbao.findings.Finding`.
"""

from __future__ import annotations


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


class DraftingError(NianbaoError):
    """A section could not be drafted."""


class ReviewError(NianbaoError):
    """A decision or a change that the state of the edition does not allow."""
