"""The fonts beside the PDF: complete for 通用规范汉字表, licensed, and small."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[2] / "data" / "fonts"

# File -> family, weight: what the PDF's template asks for.
FONTS = {
    "NotoSerifSC-Regular.ttf": ("Noto Serif SC", 400),
    "NotoSerifSC-Bold.ttf": ("Noto Serif SC", 700),
    "NotoSansSC-Medium.ttf": ("Noto Sans SC", 500),
}

# The signs a report is written with, besides hanzi.
SIGNS = "，。、；：？！（）〔〕《》〈〉“”‘’—…·①⑩⑳㈠㈩№‰℃×÷≤≥±〇％＋－＝￥㎡Ⅰ□√○△→" + "".join(
    map(chr, range(0x20, 0x7F))
)


def table() -> list[str]:
    return list("".join((FOLDER / "tongyong-guifan.txt").read_text(encoding="utf-8").split()))


def covered() -> set[int]:
    points: set[int] = set()
    for line in (FOLDER / "coverage.txt").read_text(encoding="ascii").splitlines():
        first, last = line.split("-")
        points.update(range(int(first, 16), int(last, 16) + 1))
    return points


@pytest.fixture(scope="module")
def cmaps() -> dict[str, set[int]]:
    result = {}
    for name in FONTS:
        with TTFont(FOLDER / name, lazy=True) as font:
            result[name] = set(font.getBestCmap())
    return result


def test_the_list_is_the_whole_table() -> None:
    characters = table()
    assert len(characters) == len(set(characters)) == 8105
    # First and last of each of the table's levels: 3500 + 3000 + 1605.
    ends = [characters[i] for i in (0, 3499, 3500, 6499, 6500, 8104)]
    assert ends == ["一", "矗", "乂", "齉", "亍", "蠼"]


@pytest.mark.parametrize("name", FONTS)
def test_every_character_of_the_table_has_a_glyph(name: str, cmaps: dict[str, set[int]]) -> None:
    assert [c for c in table() if ord(c) not in cmaps[name]] == []


@pytest.mark.parametrize("name", FONTS)
def test_every_usual_sign_has_a_glyph(name: str, cmaps: dict[str, set[int]]) -> None:
    assert [c for c in SIGNS if ord(c) not in cmaps[name]] == []


@pytest.mark.parametrize("name", FONTS)
def test_no_hanzi_is_an_empty_glyph(name: str) -> None:
    with TTFont(FOLDER / name, lazy=True) as font:
        cmap, glyphs = font.getBestCmap(), font["glyf"]
        assert [c for c in table() if glyphs[cmap[ord(c)]].numberOfContours == 0] == []


def test_coverage_is_what_all_fonts_share(cmaps: dict[str, set[int]]) -> None:
    assert covered() == set.intersection(*cmaps.values())


def test_coverage_lists_sorted_apart_ranges() -> None:
    pairs = [
        tuple(int(n, 16) for n in line.split("-"))
        for line in (FOLDER / "coverage.txt").read_text(encoding="ascii").splitlines()
    ]
    assert all(first <= last for first, last in pairs)
    assert all(a[1] + 1 < b[0] for a, b in pairwise(pairs))


@pytest.mark.parametrize(("name", "face"), FONTS.items())
def test_family_and_weight(name: str, face: tuple[str, int]) -> None:
    with TTFont(FOLDER / name, lazy=True) as font:
        names = font["name"]
        assert (names.getBestFamilyName(), font["OS/2"].usWeightClass) == face


@pytest.mark.parametrize("name", FONTS)
def test_every_font_carries_its_own_licence_note(name: str) -> None:
    with TTFont(FOLDER / name, lazy=True) as font:
        assert "Adobe" in font["name"].getDebugName(0)
        assert "SIL Open Font License, Version 1.1" in font["name"].getDebugName(13)


def test_the_licence_is_beside_the_fonts() -> None:
    text = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert text.count("SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007") == 2
    assert len(re.findall(r"^Copyright .*(Adobe|Google)", text, re.MULTILINE)) == 2


def test_the_fonts_stay_small() -> None:
    sizes = {name: (FOLDER / name).stat().st_size for name in FONTS}
    assert set(sizes) == {path.name for path in FOLDER.glob("*.[to]t[fc]")}
    assert max(sizes.values()) < 4_200_000
    assert sum(sizes.values()) < 11_500_000
