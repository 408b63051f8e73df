"""Column headings in several lines, put into the order in which the values stand.

Merged cells lose their place when a table is pasted, but not their order: a group heading stands for the
headings below it that belong to it. So the tree of the form is unfolded along the lines.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence

from nianbao.forms import Column
from nianbao.reading.labels import key, without_brackets
from nianbao.reading.pages import Line
from nianbao.reading.short import in_order

Path = tuple[str, ...]
_GAP = re.compile(r"[\s|]+")


class HeaderTree:
    """The headings of one table: `leaves` by the keys of their path."""

    def __init__(self, columns: Sequence[tuple[Path, str]], others: dict[str, str] | None = None) -> None:
        self.leaves: dict[Path, str] = {tuple(key(part) for part in path): name for path, name in columns}
        self.labels = {part for path in self.leaves for part in path}
        self.others = {key(alias): key(label) for alias, label in (others or {}).items()}

    @classmethod
    def of(cls, columns: Sequence[Column]) -> HeaderTree:
        """The headings of a block, each with the id of its column."""
        return cls([(c.path, c.id) for c in columns], {name: c.label for c in columns for name in c.read_as})

    def order(self, lines: Sequence[Line]) -> list[str]:
        """The columns in the order in which the headings of these lines name them."""
        return [name for name in self.columns(lines) if name]

    def columns(self, lines: Sequence[Line]) -> list[str]:
        """The same with "" for each heading among them that the form does not have, or has for several columns."""
        queues = [deque(self._token(cell) for cell in self.cells(line)) for line in lines]
        found = self._below((), queues)
        once = list(dict.fromkeys(name for name in found if name))
        ordered = self._with_strays(once, queues)
        return found if ordered == [name for name in found if name] else ordered

    def cells(self, line: Line) -> list[str]:
        """The headings of a line; those of running text may be parted by no more than a space or a bar."""
        found: list[str] = []
        for cell in line.filled:
            parts = _GAP.split(cell) if not line.exact and not self.knows(cell) else [cell]
            known = sum(self.knows(part) for part in parts)
            found += parts if len(parts) <= 2 * known else [cell]
        return found

    def _with_strays(self, found: list[str], queues: list[deque[str]]) -> list[str]:
        """Headings whose group is lost, or that stand lower than their neighbours, as the form has them."""
        strays: set[str] = set()
        for queue in queues:
            for token in queue:
                at = self._under((), token)
                if at and at in self.leaves and self.leaves[at] not in found:
                    strays.add(self.leaves[at])
        every = list(self.leaves.values())
        if strays and not in_order(found, every):
            return []
        return [name for name in every if name in found or name in strays] if strays else found

    def knows(self, cell: str) -> bool:
        """Whether a cell is one of the headings."""
        return self._token(cell) in self.labels

    def printed(self, lines: Sequence[Line]) -> dict[str, str]:
        """The headings as they stand above the columns, where the last of the path tells which."""
        own = {path[-1]: name for path, name in self.leaves.items()}
        return {name: cell for line in lines for cell in self.cells(line) if (name := own.get(self._token(cell)))}

    def _token(self, cell: str) -> str:
        found = key(cell)
        if not self._is_label(found):
            found = key(without_brackets(cell))
        return self.others.get(found, found)

    def _is_label(self, token: str) -> bool:
        return token in self.others or token in self.labels

    def _below(self, prefix: Path, queues: list[deque[str]]) -> list[str]:
        for depth, queue in enumerate(queues):
            while queue and not self._is_label(queue[0]):
                queue.popleft()
            if not queue or self._under(prefix, queue[0]) is None:
                continue
            found: list[str] = []
            seen: set[Path] = set()
            while queue:
                at = self._under(prefix, queue[0])
                if at is None and not self._is_label(queue[0]):
                    queue.popleft()
                    found.append("")
                    continue
                if at is None or at in seen or (at[:-1] in seen and at[:-1] != prefix):
                    break  # what stands behind its group's neighbours is put under its group with the strays
                seen.add(at)
                queue.popleft()
                found += [self.leaves[at]] if at in self.leaves else self._below(at, queues[depth + 1 :]) or [""]
            return found
        return []

    def _under(self, prefix: Path, token: str) -> Path | None:
        """The one place of a heading below a prefix, the highest if there are several levels."""
        paths = {
            path[: level + 1]
            for path in self.leaves
            if path[: len(prefix)] == prefix
            for level in range(len(prefix), len(path))
            if path[level] == token
        }
        if not paths:
            return None
        least = min(len(path) for path in paths)
        highest = [path for path in paths if len(path) == least]
        return highest[0] if len(highest) == 1 and Counter(map(len, paths))[least] == 1 else None
