"""Tables pasted with each cell on a line of its own, or the values on a line below their label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.reading.pages import Line
from nianbao.reading.rows import RowFinder
from nianbao.reading.values import is_value


def gathered(lines: Sequence[Line], finder: RowFinder) -> list[Line]:
    """The lines with values behind the label, or the first value, that they stand below; such rows are `ragged`.

    Whether a cell that was blank left no line cannot be seen, so what such a row holds is only to be taken where its
    total proves it, or with a word to the editor.
    """
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if above and line.filled and _all_values(line) and _goes_on(above, finder):
            cells = (*above.cells, *line.filled)
            out[-1] = replace(above, cells=cells, text="\t".join(cells), ragged=True)
        elif line.filled:
            out.append(line)
    return out


def _all_values(line: Line) -> bool:
    return not line.exact and all(is_value(cell) for cell in line.filled)


def _goes_on(above: Line, finder: RowFinder) -> bool:
    if above.exact or above.ragged:
        return above.ragged and not above.exact
    if _all_values(above):
        return len(above.filled) == 1
    found = finder.find(above)
    return found is not None and found.exact and not any(found.raw)
