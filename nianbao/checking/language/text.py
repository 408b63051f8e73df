"""A text made plain for reading, with the way back to the offsets of the given one.

Full-width signs become plain ones (but Chinese punctuation stays), spaces inside a line go, and signs that cannot
be seen (zero-width, bidirectional, tags) go too: each is reported, since it can hide what a reader takes for granted.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from nianbao.numerals import fold_digits

_KEPT = frozenset("，。；：！？（）“”‘’《》〈〉、〔〕【】…—·～％")
_FOLD = dict(zip("％﹪,;:!?()［[]］　\t\u00a0\r–−﹣", "%%，；：！？（）〔〔〕〕   \n---", strict=True))
_HIDDEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                     "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]")  # fmt: skip
_SIGNS = "壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩"
_FORMAL = re.compile(
    f"[{_SIGNS}〇零点]*[{_SIGNS}][{_SIGNS}〇零点]*(?=[万亿余多件条次个元篇人份场期项名宗起册块台处家位])"
)
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z%.\-+/，。；：！？（）“”《》〈〉、〔〕【】…—·\n]*")


class Normal(NamedTuple):
    """`at[i]`: where the i-th plain sign stands in the given text (one more entry for its end)."""

    given: str
    text: str
    at: tuple[int, ...]
    hidden: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text in the given one."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]


def normalise(given: str) -> Normal:
    """The plain text and its offsets."""
    if _PLAIN.fullmatch(given):
        return Normal(given, _counted(given), tuple(range(len(given) + 1)), ())
    signs: list[str] = []
    at: list[int] = []
    hidden: list[int] = []
    length = len(given)
    for index, sign in enumerate(given):
        if "\u4e00" <= sign <= "\u9fff" or (sign in _KEPT and sign != "％"):
            signs.append(sign)
            at.append(index)
            continue
        if _HIDDEN.match(sign):
            hidden.append(index)
            continue
        if sign == "," and _between_digits(given, index, length):
            signs.append(",")
            at.append(index)
            continue
        folded = _FOLD.get(sign)
        if folded is None:
            folded = sign if sign.isascii() else unicodedata.normalize("NFKC", sign)
            folded = "".join(_FOLD.get(part, part) for part in folded)
        if folded == " ":
            if signs and signs[-1].isascii() and signs[-1].isalpha():
                signs.append(" ")
                at.append(index)
            continue
        for part in folded:
            signs.append(part)
            at.append(index)
    at.append(length)
    return Normal(given, _counted("".join(signs)), tuple(at), tuple(hidden))


def _counted(text: str) -> str:
    """Formal numerals (叁仟件) as plain ones where they count something; no sign moves."""
    return _FORMAL.sub(lambda found: fold_digits(found.group()), text) if _FORMAL.search(text) else text


def _between_digits(given: str, index: int, length: int) -> bool:
    """Whether a comma parts thousands."""
    return 0 < index < length - 3 and given[index - 1].isdecimal() and given[index + 1 : index + 4].isdecimal()


SENTENCE = re.compile(r"[^。！？\n]+[。！？]*|[。！？\n]+")
