"""The numbers that a ledger gives its rows: whether one may stand twice, without keeping a million of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import islice
from operator import lt
from typing import Any


class Numbers:
    """Eight bytes for each. While every one is greater than the one before, as registers have them, none is twice."""

    def __init__(self) -> None:
        self.hashes = array("q")
        self.rising = True
        self.last: list[Any] = []

    def add(self, numbers: Iterable[Any]) -> None:
        """The numbers of the next rows; rows without one are passed over."""
        said = [number for number in numbers if number]
        self.hashes.extend(map(hash, said))
        self.rising = self.rising and _rises(self.last + said)
        self.last = said[-1:] or self.last

    def twice(self) -> set[int]:
        """The hashes that occur more than once; sorts them in place, to need no more memory."""
        if self.rising:
            return set()
        import numpy as np

        ordered = np.frombuffer(self.hashes, dtype=np.int64)
        ordered.sort()
        return {int(one) for one in ordered[1:][ordered[1:] == ordered[:-1]]}


def _rises(numbers: list[Any]) -> bool:
    try:
        return all(map(lt, numbers, islice(numbers, 1, None)))
    except TypeError:  # texts among numbers
        return False
