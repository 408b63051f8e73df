"""Which figure of the dossier's own a text names: its label told freely (网站发布 for 县政府门户网站发布信息)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nianbao.checking.known.subjects import Figures
from nianbao.checking.language.lexicon import Entry, Table, lexicon, phrases
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.text import normalise

_GENERIC, _HALF = 0.2, 0.4
_SAME_THING = 2
_UNSAID = 0.2  # 已改正的差错: hardly meant where nothing is said to be put right


class Label(NamedTuple):
    """A figure's label with the weight of each of its signs: words that many labels share weigh little.

    `undivided`: where words stand that a text must have wholly; `ways`: how what it counts is disclosed.
    """

    id: str
    words: str
    unit: str
    scope: str
    weights: tuple[float, ...]
    pairs: tuple[tuple[str, int], ...]
    total: float
    channels: frozenset[str]
    keys: frozenset[str]
    undivided: tuple[range, ...]
    ways: frozenset[str]


class Match(NamedTuple):
    label: Label
    score: float


@cache
def _generic() -> tuple[list[str], list[str]]:
    data = phrases("bland")
    return sorted(data["generic"], key=len, reverse=True), sorted(data["half"], key=len, reverse=True)


_COUNTED = re.compile(r"(人次|期|场|条|篇|件|个|册|块)(?:数|的?数量|总数)|(?=人次(?:$|为|是|由|比|较|同))")
_HEAD = re.compile(r"\A(?:20\d\d年度?|本年度?|全年)")
_TAIL = re.compile(r"(?:总数量|总数|数量|次数|条数|件数|个数|场数|期数|篇数|人次数|数)\Z")


def own_words(labels: tuple[Label, ...]) -> Table:
    """The labels as words of the lexicon, whole and without 本年 and 总数; one that two figures share is left out."""
    found: dict[str, set[str]] = {}
    for label in labels:
        plain = normalise(label.words).text
        for word in {plain, _TAIL.sub("", _HEAD.sub("", plain.strip().rstrip("：")))}:
            if len(word) > 1:
                found.setdefault(word, set()).add(label.id)
    table: Table = {}
    known = lexicon()
    for scope in {label.scope for label in labels if any(sign.isdigit() for sign in label.scope)}:
        table.setdefault(scope[0], []).append((scope, Entry(scope, "fixed", "")))  # 12个社区: no count
    for word in sorted(found, key=len, reverse=True):
        if len(found[word]) == 1 and all(word != other for other, _ in known.get(word[0], ())):
            entry = Entry(word, "row", "supp", min(found[word]))
            table.setdefault(word[0], []).append((word, entry))
    return table


def labels_of(figures: Figures) -> tuple[Label, ...]:
    """The labels of the supplementary figures."""
    facts = [f for f in figures.facts.facts.values() if f.id.startswith("supplementary.")]
    return tuple(_label(f.id.partition(".")[2], f.label, f.unit, f.scope) for f in facts)


def _label(name: str, label: str, unit: str, scope: str) -> Label:
    weights = [1.0 if sign.isalnum() or "\u4e00" <= sign <= "\u9fff" else 0.0 for sign in label]
    for weight, words in zip((_HALF, _GENERIC), reversed(_generic()), strict=True):
        for word in words:
            at = label.find(word)
            while at >= 0:
                weights[at : at + len(word)] = [min(weight, w) for w in weights[at : at + len(word)]]
                at = label.find(word, at + 1)
    undivided: list[range] = []
    for word in phrases("bland")["full"]:
        at = label.find(word)
        if at >= 0:
            weights[at : at + len(word)] = [1.0] * len(word)
            undivided.append(range(at, at + len(word)))
    pairs = tuple((label[i : i + 2], i) for i in range(len(label) - 1))
    return Label(
        name,
        label,
        "元" if unit == "万元" else unit,
        scope,
        tuple(weights),
        pairs,
        sum(weights) or 1.0,
        channels_in(label),
        frozenset(pair for pair, _ in pairs),
        tuple(undivided),
        _disclosed(label),
    )


def channels_in(text: str) -> frozenset[str]:
    """The channels that a text names: a website's figure is not told of the new media."""
    return frozenset(found.lastgroup or "" for found in _groups("channels").finditer(text))


@cache
def _groups(kind: str) -> re.Pattern[str]:
    """The words of a table of the lexicon, each group under its name."""
    known = phrases("bland")[kind]
    return re.compile("|".join(f"(?P<{name}>{'|'.join(map(re.escape, words))})" for name, words in known.items()))


_WAYS = re.compile("主动公开|依申请公开|不予公开|不公开")


def _disclosed(text: str) -> frozenset[str]:
    return frozenset(word.replace("不公开", "不予公开") for word in _WAYS.findall(text))


def in_channel(labels: tuple[Label, ...], text: str, unit: str) -> Label | None:
    """The one figure in a unit of the only channel that a text names."""
    channels = channels_in(text)
    same = [x for x in labels if unit and x.unit == unit and x.channels and x.channels <= channels]
    return same[0] if len(channels) == 1 and len(same) == 1 else None


def score(label: Label, said: set[str]) -> float:
    """How much of a label's weight the pairs of signs of a text cover."""
    if label.keys.isdisjoint(said):
        return 0.0
    covered: set[int] = set()
    for pair, at in label.pairs:
        if pair in said:
            covered.add(at)
            covered.add(at + 1)
    for word in label.undivided:
        if not covered.issuperset(word):
            covered.difference_update(word)  # 政务公开 says nothing of 村务公开栏
    return sum(label.weights[i] for i in covered) / label.total


def pairs_of(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


_CLOSED = re.compile("办结|答复|回复|完成|整改|改正|改好|修正|更正|修复|采纳|按期|按时")


def _in_other_words(text: str) -> set[str]:
    """参训 for 参加培训: the pairs of the words that a label has."""
    known = phrases("bland")["told_as"]
    return {pair for word, other in known.items() if word in text for pair in pairs_of(other)}


HAN = re.compile("[\u4e00-\u9fff]+")


_COMMON = frozenset({"申请", "公开", "信息", "工作", "件数", "数量"})


def unique(labels: Sequence[Label], text: str, unit: str, common: frozenset[str] = frozenset()) -> Label | None:
    """网上358件, 信函142件: the one label in the unit that has a word which no other has.

    `common`: words that tell none of them; without it those that all labels have weigh little.
    """
    fitting = [x for x in labels if compatible(unit, x.unit)]
    named: set[str] = set()
    for pair in pairs_of(text) | _in_other_words(text):
        having = [x for x in fitting if pair in x.keys]
        if len(having) != 1 or pair in (common or _COMMON) or not HAN.fullmatch(pair):
            continue
        if common or min(_weights(having[0], pair)) > _HALF:
            named.add(having[0].id)
    return next(x for x in fitting if x.id in named) if len(named) == 1 else None


def by_way(labels: Sequence[Label], text: str, unit: str) -> Label | None:
    """信件38件, for 寄件提出的申请: the one count of applications that came the way which a text names."""
    told = _ways_in(text)
    if len(told) != 1:
        return None
    alike = [x for x in labels if compatible(unit, x.unit) and _ASKED.search(x.words) and _ways_in(x.words) == told]
    return alike[0] if len(alike) == 1 else None


def way_unsaid(label: Label, text: str) -> bool:
    """收到申请58件, where a figure counts those that came one way: nothing is said of a way."""
    ways = _ways_in(label.words)
    return bool(ways) and _ASKED.search(label.words) is not None and not ways & _ways_in(text)


def way_words(label: Label) -> str:
    """All words for the way that a label names."""
    return "，".join(w for way in _ways_in(label.words) for w in phrases("bland")["ways"][way])


def _ways_in(text: str) -> frozenset[str]:
    return frozenset(found.lastgroup or "" for found in _groups("ways").finditer(text))


_ASKED = re.compile("申请")


def parts_of(labels: Sequence[Label], whole: str) -> list[Label]:
    """The figures that are about the same thing as another (主动公开的发文 and 不予公开的发文 to 审定的发文)."""
    told = next((x for x in labels if x.id == whole), None)
    if told is None:
        return []
    return [
        x for x in labels
        if x is not told and compatible(told.unit, x.unit) and x.scope == told.scope
        and sum(pair not in _COMMON for pair in x.keys & told.keys) >= _SAME_THING
    ]  # fmt: skip


def _weights(label: Label, pair: str) -> tuple[float, ...]:
    at = next(place for known, place in label.pairs if known == pair)
    return label.weights[at : at + 2]


def best(labels: tuple[Label, ...], text: str, unit: str, least: float = 0.4, context: str = "") -> Match | None:
    """The label that a text names, where one stands out; with the unit's own labels preferred.

    `context`: the words before, which count for less.
    """
    said = pairs_of(text) | _in_other_words(text)
    before = pairs_of(context) if context else set()
    if not unit and (hint := _COUNTED.search(text)):
        unit = hint[1] or "人次"
    ranked: list[tuple[float, float, Label]] = []
    channels, ways = channels_in(text), _disclosed(text)
    for label in labels:
        if channels and label.channels and not channels & label.channels:
            continue
        if ways and label.ways and ways - label.ways and label.ways - ways:
            continue  # 转为依申请公开的文件 is not 转为主动公开的文件
        own = score(label, said)
        whole = score(label, said | before) if context and own < 1 else own
        points = own if not context else max(own, 0.9 * whole)
        if (verb := _CLOSED.search(label.words)) is not None and verb.group() not in text:
            points -= _UNSAID
        if points >= least:
            fits = compatible(unit, label.unit) if unit else True
            ranked.append((points + (0.3 if fits else -0.3), points, label))
    if not ranked:
        return None
    ranked.sort(key=lambda item: -item[0])
    near = [item for item in ranked if ranked[0][0] - item[0] < 0.05]
    if len(near) > 1 and (verbs := _CLOSED.findall(text)):  # 接办的诉求已办结1228件: the verb told last
        near = [item for item in near if verbs[-1] in item[2].words] or near
    if len(near) > 1:  # one label in two scopes: 全县…, 本机关…
        near = [item for item in near if item[2].scope and item[2].scope in context + text]
    return Match(near[0][2], near[0][1]) if len(near) == 1 else None
