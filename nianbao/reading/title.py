"""Who reports, and for which year, from the title and the text of a report."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from nianbao.dossier import Level
from nianbao.reading.labels import plain

_YEAR = re.compile(r"((?:19|20)\d\d|[二][〇○零oO0一二三四五六七八九]{3})\s*年度?")
_KIND = re.compile(r"政府信息公开|信息公开工作|年度报告|年报")
_REPORT = re.compile(r"报告|年报")
_NO_NAME = re.compile(r"[>|:;,]|首页|网站")
_SELF = re.compile(r"[我本](街道|镇|乡|局|委|办|厅|县|市|区|省|旗|州|中心|院|大队|支队|管委会|单位|机关)(?![公开民])")
_LEVELS: tuple[tuple[str, Level], ...] = (
    (r"人民政府办公(室|厅)$|政府办(公室)?$", "county_office"),
    (r"街道(办事处)?$", "street"),
    (r"[镇乡](人民政府)?$", "township"),
    (r"(局|委员会|委|办公室|办|厅|中心|院|队|署|所|公司|学校|协会|社|会)$", "department"),
    (r"(省|自治区)(人民政府)?$", "province"),
    (r"[市州盟](人民政府)?$", "city"),
    (r"[县区旗](人民政府)?$", "county"),
)
LEVEL_NAMES: dict[Level, str] = {
    "street": "街道",
    "township": "乡镇",
    "department": "部门",
    "county_office": "政府办公室",
    "county": "县（区）",
    "city": "市",
    "province": "省",
}
_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_MONTH = re.compile(r"\s*\d{1,2}\s*月")
_FAR, _TITLE, _TITLE_LINES = 60, 80, 3  # lines, characters, lines


@dataclass(frozen=True)
class Title:
    """What the title says: `name` is empty and `year` 0 where it does not say."""

    name: str
    year: int


def read_title(lines: list[str], text: str) -> Title:
    """The unit and the year from the lines before the first part; `text` tells which year the report is mostly about.

    Above the title stand lists of other reports and where the page belongs, so of several the last one counts.
    """
    near = [plain(line).lstrip("#* ") for line in lines if line.strip()][-_FAR:]
    found = [title for at in range(len(near)) if (title := _title_at(near, at))]
    mostly = first_year(text)
    ranked = [(bool(one.name), one.year == mostly, at, one) for at, one in enumerate(found)]
    return max(ranked, key=lambda one: one[:3])[3] if ranked else Title("", 0)


def _title_at(lines: list[str], at: int) -> Title | None:
    """The title that ends with a line; its first lines may hold no more than the name."""
    nameless: Title | None = None
    for above in range(min(_TITLE_LINES, at + 1) if _REPORT.search(lines[at]) else 0):
        text = "".join(lines[at - above : at + 1])
        if not is_title(text) or not _KIND.search(text):
            break
        if not (hit := _year_in(text)):
            continue
        before, after = text[: hit.start()], _KIND.split(text[hit.end() :])[0]
        names = [name for part in (before, after) if (name := _name(part))]
        year = int(hit[1].translate(_DIGITS))
        if names and (not above or _is_organ(names[0])):
            return Title(names[0], year)
        nameless = nameless or Title("", year)
    return nameless


def _year_in(text: str) -> re.Match[str] | None:
    """The first year that is no part of a date."""
    return next((hit for hit in _YEAR.finditer(text) if not _MONTH.match(text, hit.end())), None)


def is_title(text: str) -> bool:
    """Whether a line before the first part is the title, or a line of it, and no sentence."""
    found = plain(text)
    return bool(_REPORT.search(found)) and len(found) < _TITLE and not found.endswith(("。", ":", ";"))


def _name(text: str) -> str:
    found = re.sub(r"\s+|[》《]|^附件\d*:?|^(?:标题|名称|文件名称|当前位置):", "", text)
    found = re.sub(r"^关于|关于$|的$", "", found)
    if _NO_NAME.search(found) or _KIND.search(found):
        return ""
    return found.replace("(", "（").replace(")", "）") if len(found) > 1 else ""


def _is_organ(name: str) -> bool:
    """Whether a name ends as the name of an organ does."""
    core = re.sub(r"\([^()]*\)$", "", plain(name))
    return any(re.search(pattern, core) for pattern, _ in _LEVELS)


def first_year(text: str) -> int:
    """The year that the text names most, 0 where there is none."""
    years = Counter(int(hit[1].translate(_DIGITS)) for hit in _YEAR.finditer(plain(text)))
    return years.most_common(1)[0][0] if years else 0


def guess_level(name: str) -> Level:
    """The kind of organ, by the end of its name; a department where it does not tell."""
    core = re.sub(r"\([^()]*\)$", "", plain(name))
    return next((level for pattern, level in _LEVELS if re.search(pattern, core)), "department")


def guess_self(name: str, text: str, level: Level) -> str:
    """How the organ speaks of itself: as the text mostly does, else by its kind."""
    said = Counter(hit.group() for hit in _SELF.finditer(text) if hit.group().startswith("我"))
    if said:
        return said.most_common(1)[0][0]
    core = plain(name)
    ends: dict[Level, str] = {
        "street": "我街道",
        "township": "我乡" if "乡" in core else "我镇",
        "county_office": "我办",
        "county": "我区" if "区" in core else "我县",
        "city": "我市",
        "province": "我省",
    }
    return ends.get(level, "我局" if core.endswith("局") else "我委" if core.endswith(("委", "委员会")) else "本机关")
