"""Which of the office's own figures the words around a number name."""

from __future__ import annotations

import re

from nianbao.checking.figures.judging import agreeing
from nianbao.checking.figures.number import Number
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import (
    HAN,
    Match,
    best,
    by_way,
    in_channel,
    pairs_of,
    parts_of,
    score,
    unique,
    way_words,
)
from nianbao.checking.language.quantity import agrees, compatible
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_LATE = re.compile("超出|超过了?法定|超期|逾期办|未按")
_SAME_THING = 3
_MENDED = ("整改", "改正", "改好", "更正", "修正", "修复", "撤换")
_DONE = re.compile("已经?(?:全部|得到)?([\u4e00-\u9fff]{2})")
_ENDS = ("num", "list", "break", "within")
_SMALL = frozenset({"共有", "全年", "其中", "本年"})
_SMALL_VERBS = frozenset("走用经从以由来的")
_KINDS = frozenset({"公开", "信息"})  # what no part of a whole is known by
_VERB = "(?P<verb>整改|改正|改好|更正|修正|采纳|办结|完成|答复|公开|更新)"
_NOT_DONE = re.compile(f"(?:尚|还)?(?:没有|未){_VERB}")


def own_words(reading: Reading, number: Number, least: float = 0.4) -> tuple[tuple[list[Subject], bool], bool] | None:
    """A figure of the dossier named around the number: 126人次参加 after 举办培训4期."""
    labels, unit = reading.evidence.labels, number.quantity.unit
    last = number.post[-1].end if number.post else number.end
    stop = number.segment.end
    for token in reading.tokens:
        if token.start >= last and token.kind in ("num", "list", "break", "average"):
            stop = min(stop, token.start)
            break
    if any(t.kind == "channels" for t in number.pre):
        return None
    if _LATE.search(reading.text, number.start, stop):
        return None
    ahead, behind = reading.text[number.start : number.token.start], reading.text[number.end : stop]
    near = ahead + "，" + behind
    found = best(labels, near, unit, least)
    if found and not compatible(unit, found.label.unit) and any(x.unit == unit for x in labels):
        found = None  # 三期下来参训186人次: the number is the other figure's
    clear = found is not None
    if found is None and least < 0.5:
        before = reading.text[max(0, number.start - 40) : number.start]
        if by_channel := in_channel(labels, reading.text[number.start : stop], unit):
            return ([Subject("supp", by_channel.id)], False), False
        found = best(labels, near, unit, 0.48, context=before)
        if found and not (compatible(unit, found.label.unit) and _no_other_words(reading, number, found.label.words)):
            found = None
    if found is None:
        return None
    return ([Subject("supp", likely(reading, number, found, near))], clear), score(found.label, pairs_of(behind)) > 0.2


def _no_other_words(reading: Reading, number: Number, label: str) -> bool:
    """Whether the words before a number say nothing that its label does not."""
    known = {i for t in number.pre if t.kind != "trigger" for i in range(t.start, t.end)}
    known |= {i for i in range(number.start, number.token.start) if reading.text[i] in _SMALL_VERBS}
    return all(
        i in known or reading.text[i : i + 2] in label or reading.text[i - 1 : i + 1] in label
        for i in range(number.start, number.token.start)
        if "\u4e00" <= reading.text[i] <= "\u9fff"
    )


def only_one(reading: Reading, number: Number, unit: str) -> Subject | None:
    """网上358件, 信函142件: the one figure in the unit whose label has a word of the number's own."""
    text = reading.text[number.start : number.token.start]
    joined = any(t.kind in ("channels", "both", "sum", "average") for t in number.pre)
    if joined or text.endswith(("和", "及", "、")):
        return None
    label = unique(reading.evidence.labels, text, unit)
    if label and _no_other_words(reading, number, label.words + way_words(label)):
        return Subject("supp", label.id)
    label = by_way(reading.evidence.labels, text, unit)
    said = label and _no_other_words(reading, number, label.words + way_words(label))
    return Subject("supp", label.id) if label and said else None


def by_value(reading: Reading, number: Number) -> Subject | None:
    """486件发文: of the figures that have all the words around a number, the one that it agrees with."""
    after = next((t.start for t in reading.tokens if t.start >= number.end and t.kind in _ENDS), len(reading.text))
    text = reading.text[number.start : number.token.start] + "，" + reading.text[number.end : after].rstrip("中里内")
    text = _OF_ALL.sub("", text)
    words = {pair for pair in pairs_of(text) if HAN.fullmatch(pair)} - _SMALL
    alike = (x for x in reading.evidence.labels if compatible(number.quantity.unit, x.unit))
    fitting = (x for x in alike if len(words & x.keys) >= _MOST_WORDS * len(words))
    found = [s for x in fitting if words and (s := Subject("supp", x.id)) and agreeing(reading, number.quantity, s)]
    return found[0] if len(found) == 1 else None


def _shared(reading: Reading, whole: Subject) -> frozenset[str]:
    """What tells no part of a whole: the words that it has itself."""
    return _KINDS | next((x.keys for x in reading.evidence.labels if x.id == whole.row), frozenset())


def parts_joined(reading: Reading, number: Number) -> list[Subject]:
    """其中主动公开、依申请公开两类合计1068件: parts of the office's own figure, added up."""
    sums = next((t for t in number.pre if t.kind in ("sum", "both")), None)
    own = [s for s in (reading.state.whole, *(reading.state.last.subjects if reading.state.last else ())) if s]
    whole = next((s for s in own if s.domain == "supp" and not s.prior), None)
    if sums is None or whole is None:
        return []
    alike = parts_of(reading.evidence.labels, whole.row)
    names = [p for p in re.split("[、和及与]|以及", reading.text[number.start : sums.start]) if p]
    found = [unique(alike, name, number.quantity.unit, _shared(reading, whole)) for name in names]
    rows = list(dict.fromkeys(label.id for label in found if label))
    return [Subject("supp", row) for row in rows] if len(rows) == len(names) > 1 else []


def rest_is_part(reading: Reading, number: Number) -> bool:
    """剩下的45件不予公开: the rest has a figure of its own."""
    part = part_of_own(reading, number)
    return part is not None and agreeing(reading, number.quantity, part)


def part_of_own(reading: Reading, number: Number) -> Subject | None:
    """发文310件，其中主动公开186件、不予公开45件: the office's own figures are parts of one of its own."""
    state = reading.state
    whole, last = state.whole, state.last.subjects[0] if state.last and state.last.subjects else None
    opened = whole is not None and whole.domain == "supp"
    if not opened:  # 列为主动公开548件、不予公开153件: where the number is that of the figure
        whole = last
    if whole is None or whole.domain != "supp" or whole.prior:
        return None
    unit = reading.evidence.figures.known(whole).unit if number.quantity.unit == "%" else number.quantity.unit
    after = next((t.start for t in reading.tokens if t.start >= number.end and t.kind in _ENDS), len(reading.text))
    text = reading.text[number.start : number.token.start] + "，" + reading.text[number.end : after]
    label = unique(parts_of(reading.evidence.labels, whole.row), text, unit, _shared(reading, whole))
    part = Subject("supp", label.id) if label else None
    return (
        part
        if part and (opened or (number.quantity.unit != "%" and agreeing(reading, number.quantity, part)))
        else None
    )


def mate(reading: Reading, number: Number) -> Subject | None:
    """接办12345平台工单934件，办结921件: the office's own figure with that verb, of the same thing."""
    state = reading.state
    last = state.last
    verb = next((t for t in reversed(number.pre) if t.kind in ("row", "trigger") and _verb(t)), None)
    if last is None or verb is None or last.subjects[:1] == () or last.subjects[0].domain != "supp":
        return None
    if any(t.kind in ("row", "column") and t.entry and not _verb(t) for t in number.pre):
        return None
    other = mate_of(reading, last.subjects[0].row, verb.text.removeprefix("已"), number.quantity.unit)
    return Subject("supp", other) if other else None


def has_verb(name: str, verb: str) -> bool:
    """Whether a figure's name has a verb, or another for putting right (整改率 of 问题已改好)."""
    return any(v in name for v in _MENDED) if verb in _MENDED else verb in name


def by_deed(reading: Reading, number: Number) -> Subject | None:
    """问题12个，11个已经改好: the one figure in the unit with the verb behind a number, which agrees."""
    found = _DONE.match(reading.text, number.end)
    if found is None:
        return None
    labels = [x for x in reading.evidence.labels if x.unit == number.quantity.unit and has_verb(x.words, found[1])]
    alike = [Subject("supp", x.id) for x in labels if agreeing(reading, number.quantity, Subject("supp", x.id))]
    return alike[0] if len(alike) == 1 else None


def _verb(token: Token) -> bool:
    """办结, 已办结: what was done, of whatever was told before."""
    return token.entry is not None and (token.entry.weak or token.text == "已办结")


def mate_of(reading: Reading, row: str, verb: str, unit: str) -> str:
    """The figure of the same thing as another, with a verb in its name (办结 to 接办)."""
    labels = reading.evidence.labels
    told = next((x for x in labels if x.id == row), None)
    alike = [
        x.id for x in labels
        if told and x.id != row and has_verb(x.words, verb) and compatible(unit, x.unit)
        and len(x.keys & told.keys) >= max(1, min(_SAME_THING, len(told.keys) - 3))
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else ""


_ALL_BUT = re.compile(f"(?:以|之)?外，?(?:其余|其他)?(?:都|均|全部)已?(?:经|得到)?{_VERB}")
_OF_ALL = re.compile("全[县市区州省镇乡街局]|我[县市区州省镇乡局办委厅]|其中")
_MOST_WORDS = 0.75
_ITEMS_SENT = re.compile("信息|消息|稿件|图文|内容|作品")


def by_channel_told(reading: Reading, number: Number) -> Subject | None:
    """政务新媒体账号2个，全年推送信息312条: of the one channel that the sentence spoke of."""
    own = reading.text[number.start : number.token.start]
    if not _ITEMS_SENT.search(own) or in_channel(reading.evidence.labels, own, number.quantity.unit):
        return None
    label = in_channel(reading.evidence.labels, reading.text[: number.start], number.quantity.unit)
    return Subject("supp", label.id) if label else None


_CLOSE = 0.2


def likely(reading: Reading, number: Number, own: Match, text: str) -> str:
    """认定公文属性1260件: of labels that are named about as well, the one that the number agrees with."""
    values = {x.id: reading.evidence.figures.known(Subject("supp", x.id)).value for x in reading.evidence.labels}
    mine = values.get(own.label.id)
    if mine is None or agrees(number.quantity, mine) or own.score >= 0.9:
        return own.label.id
    said = pairs_of(text)
    for label in parts_of(reading.evidence.labels, own.label.id):
        value = values[label.id]
        near = compatible(number.quantity.unit, label.unit) and score(label, said) >= own.score - _CLOSE
        if near and value is not None and agrees(number.quantity, value):
            return label.id
    return own.label.id


def not_yet(reading: Reading, number: Number) -> Subject | None:
    """138个问题中，还有7个没有整改: the figure told before less the one with that verb."""
    found = _NOT_DONE.match(reading.text, number.end)
    if found is None and reading.text[: number.token.start].endswith("除"):
        found = _ALL_BUT.match(reading.text, number.end)  # 除3个外都已改正
    state = reading.state
    told = [s for s in (state.last.subjects[:1] if state.last else (), state.pending[:1]) if s]
    if found is None:
        return None
    for (one,) in told:
        other = mate_of(reading, one.row, found["verb"], number.quantity.unit) if one.domain == "supp" else ""
        if other:
            return Subject("supp", one.row, other)
    labels = (x for x in reading.evidence.labels if has_verb(x.words, found["verb"]))
    done = [x.id for x in labels if compatible(number.quantity.unit, x.unit)]
    whole = whole_of(reading, done[0]) if len(done) == 1 else ""
    return Subject("supp", whole, done[0]) if whole else None


def whole_of(reading: Reading, part: str) -> str:
    """The one figure of the same thing that is greater (监测发现问题 to 监测问题已整改)."""
    value = {x.id: reading.evidence.figures.known(Subject("supp", x.id)).value for x in reading.evidence.labels}
    mine = value.get(part)
    alike = (x.id for x in parts_of(reading.evidence.labels, part))
    more = [i for i in alike if mine is not None and (v := value[i]) is not None and v > mine]
    return more[0] if len(more) == 1 else ""


def one_behind(reading: Reading, number: Number) -> Subject | None:
    """4轮督察: the one figure in the unit that has a word of those right behind a number."""
    after = reading.text[number.end : number.post[-1].end if number.post else number.end + 4]
    after = re.split("[，。；：]", after)[0]
    bare = all(t.kind in ("except", "bland", "some", "of_which") for t in number.pre)
    label = None if not bare else unique(reading.evidence.labels, after, number.quantity.unit)
    return Subject("supp", label.id) if label else None


def own_in_time(reading: Reading, number: Number) -> bool:
    """81件按时办复, of the calls that were passed on: an own figure that says so in its name."""
    last = reading.state.last
    if last is None or not last.subjects or last.subjects[0].domain != "supp":
        return False
    own = best(reading.evidence.labels, reading.text[number.start : number.segment.end], number.quantity.unit, 0.3)
    return own is not None and re.search("按[期时]|如期|期限|时限", own.label.words) is not None
