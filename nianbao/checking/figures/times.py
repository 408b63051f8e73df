"""The year, its part, the base of comparison and the scope that a segment names."""

from __future__ import annotations

import re

from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_LED = re.compile(r"(?:[比较与同和跟以是为达由从]|相比|相较于?|对比|相当于)$")
_BASE = re.compile(r"(?:[比较由从]|相比|相较于?|对比)$")
_WITH = re.compile(r"[与同和跟]$")
_AGAINST = re.compile(r"年?度?(?:相比|同期相比|为基[数期准])")
_SINCE = re.compile(r"以来|起(?!诉)|至今|到\d{4}年")
_COMPARED = re.compile(r"年?度?(?:相比|同期|持平|相当|相同|一致|比较|基本|的\d|一样)")


_POINTED = re.compile("(?:报告)?(?:中)?(?:提出|指出|存在|反映|梳理|查摆|列出|点出)的")
_NOW = re.compile("(?:到|至)?(?:年末|年底|目前|现有|现在)")
_STOCK = re.compile("达到?(?=[0-9])|在管|在用|保有|目前|现有|现共|共有|总数|累计|全年|年末|年底|截至")


def note_times(reading: Reading, segment: Segment) -> None:
    """The year, the part of it, the base of comparison and the scope that a segment names."""
    state, year = reading.state, reading.evidence.year
    stock = _STOCK.search(reading.text, segment.start, segment.end)
    if (state.period == "part" and stock) or (state.period == "prior" and _NOW.match(reading.text, segment.start)):
        state.period = "this"  # 9月新添2个，目前共有14个
    years: list[int] = []
    for token in segment.tokens:
        match token.kind:
            case "date":
                _note_date(reading, token, years)
            case "base_prior":
                state.compared = "prior"
            case "base_other":
                state.compared = token.text
            case "prior" if _POINTED.match(reading.text, token.end):
                pass  # 上年指出的三个问题: what is said of them is this year's
            case "prior":
                if _LED.search(reading.text, max(0, token.start - 3), token.start):
                    state.compared = "prior"
                else:
                    state.period = "prior"
            case "this" if token.text == "当年" and state.period == "prior":
                pass  # 2024年…，当年…
            case "this":
                state.period = "this" if state.period != "part" else "part"
            case "part_period" if not _of_one_event(reading):
                state.period = "part"
            case "filed":
                state.scope, state.scope_at = "filed", token.start
            case "self" if area := _area(reading, token):
                state.scope, state.scope_at = area, token.start
            case kind if kind in ("self", "own_scope") or kind.startswith("scope_"):
                state.scope = "" if kind == "scope_level" and state.scope == "self" else kind
                state.scope_at, state.scope_word = token.start, token.text
    for name in reading.evidence.scopes:
        at = reading.text.find(name, segment.start, segment.end)
        if at >= 0:  # 市政府办公室全年…: the figures that the dossier has of it, and no others
            state.scope = "own_scope" if reading.evidence.scopes[name] == "本机关" else "named"
            state.scope_word, state.scope_at = name, at
    if _TWO_YEARS.search(reading.text, segment.start, segment.end):
        state.period = "both"
    offices = _OFFICES.search(reading.text, segment.start, segment.end)
    if offices and reading.evidence.dossier.unit.level in ("street", "township", "department"):
        state.scope, state.scope_word, state.scope_at = "scope_below", offices.group(), offices.start()
    office = _OFFICE.match(reading.text, segment.start, segment.end)
    if office and reading.evidence.name.endswith("人民政府"):
        state.scope, state.scope_word, state.scope_at = "own_scope", office["name"], office.start("name")
    below = _BELOW.match(reading.text, segment.start, segment.end)
    village = _VILLAGE.match(reading.text, segment.start, segment.end)
    if village and reading.evidence.dossier.unit.level in ("township", "street"):
        below = village
    if below and below["name"] not in reading.evidence.label_words + reading.evidence.name:
        state.scope, state.scope_word, state.scope_at = "scope_below", below["name"], below.start("name")
    if years:
        known = {y for y in years if y in (year, year - 1)}
        if len(known) < len(set(years)):
            state.period = "other"
        else:
            state.period = "both" if len(known) == 2 else "this" if year in known else "prior"


_TWO_YEARS = re.compile("(?:连续|近)两年(?:都|均|皆)?(?:[为是有]|没有|未)")
_OFFICES = re.compile("[区县市](?:各街道|各乡镇|各镇街|各部门)(?=共|新|收|一共|合计)")
_OFFICE = re.compile(
    "(?:今年|本年度?|20[0-9]{2}年)?，?(?P<name>[县市区州省]政府办公[室厅])(?:本级)?(?=全年|本年|今年|共|新收|收到|受理|办结|答复|接收)"
)
_BELOW = re.compile(
    "(?:今年|本年度?|全年|20[0-9]{2}年度?)?(?P<name>[\u4e00-\u9fff]{1,6}?"
    "(?:派出所|司法所|财政所|监管所|管理所|税务所|分局|支队|大队))"
    "(?=全年|本年|今年|20|共|新|收|作|办|受|答|制|发|的|行政)"
)
_VILLAGE = re.compile(
    "(?P<name>(?![各全每所下本线]|行政)[\u4e00-\u9fff]{1,4}(?:村|社区))(?=全年|本年|今年|共|张贴|召开|开展|举办)"
)
_AREAS = {"市": "scope_city", "县": "scope_county", "区": "scope_county", "旗": "scope_county", "省": "scope_province"}


def _area(reading: Reading, token: Token) -> str:
    """我市 in the report of an office: the whole city, of which it has no figures."""
    evidence = reading.evidence
    if token.text in evidence.self_names or evidence.name.endswith("人民政府"):
        return ""
    return _AREAS.get(token.text[-1], "")


def _of_one_event(reading: Reading) -> bool:
    """4月、7月、10月的三期培训: all the months of one statement, no part of the year."""
    months = {t.data[1] for t in reading.tokens if t.kind == "date" and t.data[1]}
    return len(months) > 1 and any(months == {m for m, _ in s.dates} for s in reading.evidence.statements.all)


def _note_date(reading: Reading, token: Token, years: list[int]) -> None:
    state, year = reading.state, reading.evidence.year
    said, month, day = (*token.data, 0, 0, 0)[:3]
    start = max(0, token.start - 3)
    after = _COMPARED.match(reading.text, token.end) is not None
    before = _BASE.search(reading.text, start, token.start) or (
        after and _WITH.search(reading.text, start, token.start)
    )
    since = _SINCE.match(reading.text, token.end) is not None and said < year - 1
    if said and (before or since or _AGAINST.match(reading.text, token.end)):
        state.compared = "prior" if said == year - 1 else token.text
        state.base_at = token.start
        return
    if said and said != year + 1:
        years.append(said)
        state.period_at = token.start
    if month and _of_one_event(reading):
        return
    if month and not (month == 12 and day == 31) and not (month == 1 and day == 1):
        state.period = "part"
