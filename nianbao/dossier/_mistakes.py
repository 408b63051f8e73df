"""What is wrong with the data of one source: collected with its places, and told all at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from unicodedata import category

from nianbao.errors import UnusableInput, refuse

Path = tuple[str | int, ...]
Place = dict[Path, str]
_SHOWN = 15


def unprintable(text: str, allowed: str = "\n\t") -> str:
    """What is wrong with text that no office prints: control characters, halves of characters, slots of the drafter."""
    wrong = [c for c in text if category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in allowed]
    if wrong:
        return f"含有不能印出的字符（U+{ord(wrong[0]):04X}），请删去后重新填写"
    return "不能含有“{{”或“}}”，请改用其他括号" if "{{" in text or "}}" in text else ""


class Mistakes:
    """`places` gives the line of each path (`("figures", "requests")` → `第12行`), `source` the file's name."""

    def __init__(self, places: Place, source: str) -> None:
        self._places, self._source = places, source
        self._found: list[UnusableInput] = []
        self._told: set[Path] = set()

    def add(self, path: Path, message: str, about: Path | None = None) -> None:
        """One sentence, placed at a path; nothing more is told of what it is `about`, or of what lies below that."""
        self._found.append(self.at(path, message))
        self._told.add(about or path)

    def at(self, path: Path, message: str) -> UnusableInput:
        """The mistake with the nearest line that is known."""
        line = next((found for cut in range(len(path), 0, -1) if (found := self._places.get(path[:cut]))), "")
        dotted = ".".join(f"第{part + 1}项" if isinstance(part, int) else str(part) for part in path)
        return UnusableInput(message, " ".join(part for part in (self._source, line, dotted) if part))

    def told(self, path: Path) -> bool:
        return any(path[:cut] in self._told for cut in range(1, len(path) + 1))

    def known(self, name: object, names: Iterable[str], path: Path, message: str) -> bool:
        """Whether a name is one of these; if not, the nearest is proposed."""
        names = list(names)
        if name in names:
            return True
        near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
        listed = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
        hint = f"，是不是“{near[0]}”" if near else f"，可用的有：{listed}"
        self.add(path, message + hint, (*path[:-1], near[0]) if near else path)
        return False

    def refuse(self, others: Iterable[UnusableInput] = ()) -> None:
        """Raise whatever was found, in the order of the lines; other files' mistakes come after."""
        found = [*self._found, *others]
        if found:
            refuse(sorted(found, key=lambda one: (not one.where.startswith(self._source), _line(one))))


def _line(one: UnusableInput) -> int:
    found = re.search(r" 第(\d+)行", one.where)
    return int(found[1]) if found else 0
