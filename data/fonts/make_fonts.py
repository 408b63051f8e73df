"""Cut the Noto fonts down to what a Chinese government report can contain.

Not needed to run nianbao: its results are kept in this folder. To make them again (fontTools is
in the extra ``font``; README.md names the versions that give the same bytes):

1.  ``npm pack @expo-google-fonts/noto-serif-sc @expo-google-fonts/noto-sans-sc`` and unpack both
    archives into one folder, each into a folder of its own, e.g. ``noto-serif-sc/``.
2.  Only for the list of characters: unpack ``Unihan_OtherMappings.txt`` (or ``.txt.bz2``, as in
    Debian's package ``unicode-data``).
3.  ``python make_fonts.py FOLDER [--unihan FILE] [--out FOLDER]``

It writes

-   ``tongyong-guifan.txt`` (with ``--unihan``): the 8105 characters of 通用规范汉字表 (2013) in the
    table's order, 50 on a line, an empty line between its three levels. The order is Unihan's
    property kTGH, whose value is ``2013:`` and the number of the character in the table;
-   three ``.ttf`` files with these characters, those of GB 2312 and the signs in SIGNS;
-   ``coverage.txt``: the code points that all three contain, as ranges ``4E00-4E01``;
-   ``OFL.txt``: the two licence files of the packages, word for word, one after the other.

The same input gives the same bytes: nothing in the output depends on the time or the machine.
"""

from __future__ import annotations

import argparse
import bz2
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

# The table's levels: 3500 + 3000 + 1605 characters.
LEVELS = (3500, 3000, 1605)
LIST = "tongyong-guifan.txt"

# Original file in the packages -> file here.
FONTS = {
    "NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
    "NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
    "NotoSansSC_500Medium.ttf": "NotoSansSC-Medium.ttf",
}
LICENCES = ("noto-serif-sc", "noto-sans-sc")

# ccmp and locl together give —— its Chinese form (one unbroken stroke of two ems). No kern: it is
# 50 KB for the little Latin text of a report, and figures in tables must not be kerned.
FEATURES = ["ccmp", "locl"]

# Whole blocks, first and last code point. What a font lacks is left out (see coverage.txt).
SIGNS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: · × ÷ ± § °
    (0x2000, 0x206F),  # general punctuation: — – … “ ” ‘ ’ ‰ ※
    (0x20AC, 0x20AC),  # €
    (0x2100, 0x214F),  # letter-like: № ℃
    (0x2160, 0x217F),  # Ⅰ - Ⅻ, ⅰ - ⅻ
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x226F),  # mathematics: ≤ ≥ ≈ ≠ √ ∶
    (0x2460, 0x24FF),  # ① - ⑳, ⑴, ⒈
    (0x25A0, 0x25FF),  # □ ■ ○ ● ◎ △
    (0x2605, 0x2606),  # ★ ☆
    (0x2610, 0x2612),  # ☐ ☑ ☒
    (0x2713, 0x2717),  # ✓ ✗
    (0x2E3A, 0x2E3B),  # the strokes of two and three ems
    (0x3000, 0x303F),  # CJK punctuation: 、 。 〇 《 》 〔 〕
    (0x3220, 0x3229),  # ㈠ - ㈩
    (0x3251, 0x325F),  # ㉑ - ㉟
    (0x3280, 0x3289),  # ㊀ - ㊉
    (0x32A3, 0x32A3),  # ㊣
    (0x32B1, 0x32BF),  # ㊱ - ㊿
    (0x3388, 0x33D5),  # ㎏ ㎡ ㎥
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),  # ￥
)


def read_unihan(path: Path) -> list[str]:
    """The characters of 通用规范汉字表 in order, from the lines of kTGH."""
    data = path.read_bytes()
    if path.suffix == ".bz2":
        data = bz2.decompress(data)
    place: dict[int, str] = {}
    for line in data.decode("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) != 3 or fields[1] != "kTGH":
            continue
        for value in fields[2].split():
            year, number = value.split(":")
            if year != "2013" or int(number) in place:
                raise ValueError(f"unexpected kTGH line: {line}")
            place[int(number)] = chr(int(fields[0].removeprefix("U+"), 16))
    if sorted(place) != list(range(1, sum(LEVELS) + 1)):
        raise ValueError(f"kTGH does not number 1 to {sum(LEVELS)}: {len(place)} characters")
    return [place[number] for number in sorted(place)]


def write_list(characters: list[str], path: Path) -> None:
    levels = []
    rest = iter(characters)
    for size in LEVELS:
        level = list(itertools.islice(rest, size))
        levels.append("".join("".join(level[i : i + 50]) + "\n" for i in range(0, size, 50)))
    path.write_text("\n".join(levels), encoding="utf-8", newline="\n")


def read_list(path: Path) -> list[str]:
    return list("".join(path.read_text(encoding="utf-8").split()))


def gb2312() -> Iterator[str]:
    """Every character of GB 2312: signs, kana, Greek, Cyrillic and the 6763 hanzi."""
    for row, cell in itertools.product(range(0xA1, 0xF8), range(0xA1, 0xFF)):
        try:
            yield bytes((row, cell)).decode("gb2312")
        except UnicodeDecodeError:
            continue  # an empty cell


def wanted(characters: Iterable[str]) -> set[int]:
    points = {ord(c) for c in characters} | {ord(c) for c in gb2312()}
    for first, last in SIGNS:
        points.update(range(first, last + 1))
    return points


def find(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if len(found) != 1:
        raise SystemExit(f"{folder}: {len(found)} files are called {name}, one expected")
    return found[0]


def cut(source: Path, target: Path, points: set[int]) -> set[int]:
    """Write the part of a font that shows these code points; return those it really has."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.legacy_kern = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    # Tables for vertical setting, for variable fonts and for screens.
    options.drop_tables += ["vhea", "vmtx", "STAT", "BASE", "gasp", "prep", "DSIG"]
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        font.save(target)
        return set(font.getBestCmap())


def ranges(points: set[int]) -> str:
    lines = []
    for _, run in itertools.groupby(enumerate(sorted(points)), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        lines.append(f"{numbers[0]:04X}-{numbers[-1]:04X}\n")
    return "".join(lines)


def licence(packages: Path) -> str:
    """The two licence files as they are; the packages' folders tell which is which."""
    parts = []
    for name in LICENCES:
        files = [p for p in packages.rglob("LICENSE_FONT") if name in str(p.relative_to(packages))]
        if len(files) != 1:
            raise SystemExit(f"{packages}: no single LICENSE_FONT below a folder {name}")
        parts.append(files[0].read_text(encoding="utf-8").strip("\n"))
    return ("\n\n" + "=" * 79 + "\n\n").join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packages", type=Path, help="folder with the unpacked npm packages")
    parser.add_argument("--unihan", type=Path, help="Unihan_OtherMappings.txt or .txt.bz2")
    parser.add_argument("--out", type=Path, default=HERE, help="default: this folder")
    args = parser.parse_args()

    args.out.mkdir(parents=True, exist_ok=True)
    if args.unihan:
        write_list(read_unihan(args.unihan), args.out / LIST)
    here = args.out / LIST
    characters = read_list(here if here.exists() else HERE / LIST)
    points = wanted(characters)
    shared = set(points)
    for source, target in FONTS.items():
        shared &= cut(find(args.packages, source), args.out / target, points)
        print(f"{target}: {(args.out / target).stat().st_size:,} bytes")
    missing = [c for c in characters if ord(c) not in shared]
    if missing:
        raise SystemExit(f"not in every font: {''.join(missing)}")
    (args.out / "coverage.txt").write_text(ranges(shared), encoding="ascii", newline="\n")
    (args.out / "OFL.txt").write_text(licence(args.packages), encoding="utf-8", newline="\n")
    print(f"coverage.txt: {len(shared)} code points")


if __name__ == "__main__":
    main()
