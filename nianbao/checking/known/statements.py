"""Confirmed statements made ready for comparing: their pairs of signs, numbers, dates, titles and polarity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.text import normalise
from nianbao.checking.language.tokens import Token, tokenise
from nianbao.dossier import Dossier

PEOPLE = frozenset({"人", "名", "位"})
_OFTEN = re.compile("每[个半]?[月季周年日天]|按[月季周年]")
_NEGATION = re.compile(r"未|没有|没能|尚无|并无|无(?!障碍|论|需|须|缝|一?遗漏|一?例外)|不(?!予|断|仅|但|同|动产|力)")
_SPLIT = re.compile(r"[。；\n]|[一二三四五六七八九]是")
_ALL = re.compile("全部|均|都|所有|各(?:村|乡镇|镇|街道|社区|部门|单位|县)")
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


class Stated(NamedTuple):
    """A statement; `id` as it is reported (`prior.p1` for last year's); `source`: pairs of signs of its source."""

    id: str
    kind: str
    status: str
    text: str
    pairs: frozenset[str]
    numbers: tuple[tuple[Fraction, str], ...]
    dates: frozenset[tuple[int, int]]
    years: frozenset[int]
    named: tuple[str, ...]
    documents: frozenset[tuple[int, ...]]
    places: frozenset[int]
    days: frozenset[int]
    negative: bool
    answers: tuple[str, ...] = ()
    source: frozenset[str] = frozenset()

    @property
    def prior(self) -> bool:
        return self.id.startswith("prior.")


class Statements(NamedTuple):
    """All statements of a dossier with an index of their pairs of signs; `parts`: the sentences of each.

    `first_prior`: where those of last year begin.
    """

    all: tuple[Stated, ...]
    parts: tuple[tuple[Stated, str], ...]
    planned: tuple[Stated, ...]
    by_pair: dict[str, tuple[int, ...]]
    names: str
    first_prior: int

    def said_so(self, text: str) -> bool:
        """Whether a statement tells of something done at intervals with words that the text shares."""
        pairs = pairs_in(text)
        return any(_OFTEN.search(s.text) and len(pairs & s.pairs) >= 4 for s in self.all)

    def tells_of_all(self, text: str) -> bool:
        """Whether a statement tells of all of some places with most words of a text."""
        pairs = pairs_in(text)
        return any(_ALL.search(s.text) and 2 * len(pairs & s.pairs) >= len(pairs) for s in self.all)

    def ranked(self, pairs: set[str]) -> list[Stated]:
        """The statements that share most pairs with a text, best first."""
        hits: dict[int, int] = defaultdict(int)
        for pair in pairs:
            for number in self.by_pair.get(pair, ()):
                hits[number] += 1
        order = sorted(hits, key=lambda n: (-hits[n], n >= self.first_prior, n))
        return [self.all[n] for n in order[:6]]


@cache
def _same() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {w: group[0] for group in phrases("bland")["same"] for w in group[1:] if len(w) == len(group[0])}
    return table, re.compile("|".join(sorted(table, key=len, reverse=True)))


def canonical(text: str) -> str:
    """The text with words of one meaning made the same; no sign moves."""
    table, pattern = _same()
    return pattern.sub(lambda m: table[m.group()], text)


def negative(text: str) -> bool:
    """Whether the words deny something."""
    return _NEGATION.search(text) is not None


def pairs_in(text: str) -> frozenset[str]:
    """Neighbouring signs of a text, punctuation apart."""
    plain = _SIGNS.sub("", canonical(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def statements_of(dossier: Dossier) -> Statements:
    """The statements of this year and last, with last year's problems as they were printed."""
    made = tuple(_all(dossier))
    index: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(made):
        for pair in one.pairs:
            index[pair].append(number)
    names = "\n".join([*(s.text for s in made), *(x.label for x in dossier.supplementary), dossier.unit.name])
    plans = tuple(s for s in made if s.status == "planned" and not s.prior)
    pairs = {pair: tuple(found) for pair, found in index.items()}
    first = next((number for number, one in enumerate(made) if one.prior), len(made))
    return Statements(made, tuple(_parts(made)), plans, pairs, names, first)


def _all(dossier: Dossier) -> Iterator[Stated]:
    for one in dossier.statements:
        made = _stated(one.id, one.kind, one.status, one.text)
        yield made._replace(answers=one.answers, source=pairs_in(one.source))
    contact = "，".join(str(v) for v in dossier.contact.model_dump().values() if v)
    if contact:
        yield _stated(
            "contact", "contact", "done", f"地址邮政编码邮编电话传真网址电子邮箱办公时间联系查阅下载{contact}"
        )
    prior = dossier.prior_year
    if prior is None:
        return
    for one in prior.statements:
        yield _stated(f"prior.{one.id}", one.kind, one.status, one.text)
    for number, part in enumerate(_SPLIT.split(prior.sections.problems)):
        if len(part.strip()) >= 6 and not part.strip().endswith("：") and not part.strip().startswith("下一步"):
            yield _stated(f"prior.sections.problems.{number}", "problem", "ongoing", part.strip())


def _parts(made: Sequence[Stated]) -> Iterator[tuple[Stated, str]]:
    for one in made:
        text = one.text.strip("。；，、 ")
        if one.id != "contact" and len(text) > 1:
            yield from ((one, part) for part in text.split("。") if part)


def _stated(name: str, kind: str, status: str, text: str) -> Stated:
    plain = normalise(text).text
    tokens = tokenise(plain)
    numbers = tuple((t.quantity.value, unit_of(t)) for t in tokens if t.quantity)
    dates = frozenset((t.data[1], t.data[2]) for t in tokens if t.kind == "date" and t.data[1])
    years = frozenset(t.data[0] for t in tokens if t.kind == "date" and t.data[0])
    named = tuple(t.text.strip("《》“”") for t in tokens if t.kind in ("title", "quote"))
    documents = frozenset(t.data for t in tokens if t.kind == "document")
    places = frozenset(t.data[0] for t in tokens if t.kind == "nth")
    days = frozenset(t.data[0] for t in tokens if t.kind == "days")
    return Stated(
        name, kind, status, plain, pairs_in(plain), numbers, dates, years, named, documents, places, days,
        negative(plain),
    )  # fmt: skip


def unit_of(token: Token) -> str:
    """The unit of a quantity, persons counted alike."""
    unit = token.quantity.unit if token.quantity else ""
    return "人" if unit in PEOPLE else unit
