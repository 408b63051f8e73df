"""Numbers that count no figure of the dossier: exceptions, items of a list, rectifications, months of one event."""

from __future__ import annotations

import re

from nianbao.checking.figures.judging import total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.timely import timely_subject
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.quantity import counts_items
from nianbao.checking.reading import Reading

_PROBLEMS = re.compile("(?:不足|问题|短板|差距)[^，。；：]{0,6}$")
_SETTLED = re.compile("(?:问题)?(?:均|都)?已经?(?:全部|得到)?(?:整改|解决|完成)")


def no_figure(reading: Reading, number: Number) -> bool:
    """Whether a number without a figure is one of these; what can be told of it is claimed."""
    if number.quantity.chinese and counts_items(reading.text, number.token.start, number.end):
        return _as_many_problems(reading, number)
    if number.quantity.chinese and number.quantity.unit in ("类", "种"):
        return True  # 不予公开2件，…，四类共7件: how many were named
    return _but_for(reading, number)


_PLACES = re.compile(
    "社区(?!公)|村(?![务民级规干])|行政村|乡镇|镇|街道|部门|单位|科室|股室|处室|县|区|学校|窗口|网点|站点"
)


def so_many_places(reading: Reading, number: Number) -> bool:
    """12个社区的橱窗: how many places, as a statement or the scope of a figure says too."""
    noun = _PLACES.match(reading.text, number.end)
    if noun is None or number.quantity.unit not in ("个", "家", "所"):
        return False
    known = [x for x in reading.evidence.labels if noun.group() in x.words and x.unit == number.quantity.unit]
    value = reading.evidence.figures.known
    if not number.pre and any(value(Subject("supp", x.id)).value == number.quantity.value for x in known):
        return True  # 14个村合起来开了42场, where 下辖行政村14个 is known
    if any(noun.group() in x.words and number.quantity.unit == x.unit for x in reading.evidence.labels):
        return False
    told = f"{reading.text[number.token.start : number.end]}{noun.group()}"
    return told in reading.evidence.statements.names or told in reading.evidence.scopes


def _as_many_problems(reading: Reading, number: Number) -> bool:
    """问题有三个：… where two are confirmed."""
    if not _PROBLEMS.search(reading.text[: number.token.start]):
        return True
    known = [s for s in reading.evidence.statements.all if s.kind == "problem" and not s.prior]
    return not known or len(known) == number.quantity.value


def _but_for(reading: Reading, number: Number) -> bool:
    """除1件外，办结的申请都按法定时限作了答复: so many were late."""
    if not reading.text[: number.token.start].endswith("除") or not re.search("按|期限|时限|超期", reading.text):
        return False
    timely, _, _ = total_of(reading, timely_subject(reading))
    handled, facts, _ = total_of(reading, [Subject("requests", "total_handled")])
    if timely is None or handled is None or handled - timely != number.quantity.value:
        return False
    reading.claim(number.start, number.end, "supported", facts=facts, rule="X-13")
    return True


def so_many_settled(reading: Reading, number: Number) -> bool:
    """三个问题，两个已经整改: as many rectifications as are confirmed as done."""
    if not _SETTLED.match(reading.text, number.end) or "问题" not in reading.text:
        return False
    done = [s for s in reading.evidence.statements.all if s.kind == "rectification" and s.status == "done"]
    done = [s for s in done if not s.prior]
    if number.quantity.value == len(done):
        facts = tuple(s.id for s in done)
        reading.claim(number.start, number.end, "supported", facts=facts, rule="EV-24", kind="words")
    return number.quantity.value == len(done)


def each_of_months(number: Number) -> bool:
    """4月和9月各2期: so many in each of some months."""
    months = {t.data[1] for t in number.pre if t.kind == "date" and t.data[1]}
    return len(months) > 1 and any(t.kind == "each" for t in number.pre)


def each_month(reading: Reading, number: Number) -> str:
    """5月、6月、8月各1期: the statement that tells of those months and that number."""
    months = {t.data[1] for t in number.pre if t.kind == "date"}
    if len(months) < 2 or not any(t.kind == "each" for t in number.pre):
        return ""
    told = (number.quantity.value, number.quantity.unit)
    alike = (s for s in reading.evidence.statements.all if {m for m, _ in s.dates} == months and told in s.numbers)
    return next((s.id for s in alike), "")
