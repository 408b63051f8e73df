"""A plain sentence as tokens: words of the lexicon, quantities, dates, numbers of documents and articles.

What no token covers is a gap: words the checker does not know, which a statement may carry.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from nianbao.checking.language.lexicon import Entry, Table, lexicon, phrases
from nianbao.checking.language.quantity import Quantity, quantity_at
from nianbao.numerals import parse_number

_NUMERAL = frozenset("0123456789〇零一二两三四五六七八九十百千万半廿卅俩上数几若近好")
_BREAKS = frozenset("，；：（）。！？\n")
_LIST = frozenset("、")
_YEAR = r"(?P<year>[0-9]{2,6}|[〇零一二三四五六七八九]{4})年(?P<degree>度)?"
_DATE = re.compile(
    rf"(?:{_YEAR})?(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})月份?(?:(?P<day>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号])?(?P<half>[上下中]旬|底|初|末)?"
    rf"|{_YEAR.replace('year', 'y2').replace('degree', 'd2')}(?P<edge>[底末初])?(?![来间])"
)
_TO_DAY = re.compile("([0-9]{1,2})[日号]")
_MONTH = re.compile("([0-9]{1,2})月[0-9]{1,2}[日号]?(?:至|到|—|-|~)$")
_IDENT = re.compile(
    r"https?://[^\s，。；）]{1,200}|www\.[^\s，。；）]{1,200}|[A-Za-z0-9_.-]{1,64}@[A-Za-z0-9_.-]{1,64}"
    r"|0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?!\d)|\d{1,2}：\d{2}(?:[—-]+\d{1,2}：\d{2})?|\d{6}(?!\d|[条件人次个元篇份万])"
)
_DOCUMENT = re.compile(r"〔(?P<year>\d{2,4})〕(?:第)?(?P<number>\d{1,5})号|（(?P<y2>(?:19|20)\d\d)）(?P<n2>\d{1,5})号")
_ARTICLE = re.compile(
    r"第(?P<article>[0-9〇零一二三四五六七八九十百]{1,5})条"
    r"(?:第(?P<clause>[0-9一二三四五六七八九十]{1,3})款)?(?:第[（]?(?P<item>[0-9一二三四五六七八九十]{1,3})[）]?项)?"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:是|要)(?![件条次])|（[一二三四五六七八九十0-9]{1,3}）|[一二三四五六七八九十]{1,3}、(?=总体|主动公开|收到和处理|政府信息公开行政|存在的主要|其他需要)"
)
_DAYS = re.compile(r"(?P<days>[0-9一二三四五六七八九十]{1,3})个?(?:工作日|日历日|自然日|日内|天内)")
_TITLE = re.compile(r"《[^》\n]{1,120}》|“[^”\n]{1,40}”")
_RATIO = re.compile(r"(\d{1,9})(?:∶|：(?!\d\d)|比)(\d{1,9})(?!\d)")
_NTH = re.compile(
    r"第(?P<nth>[0-9一二三四五六七八九十]{1,3})(?:名|位)?(?![0-9一二三四五六七八九十百条号季批产人责时议方部])"
)
_COUNTS = re.compile("[0-9余多万亿.%]|件|条|个|次|元|篇|人次|人(?!工)|份|场|期|项|册|处|家|名|起|宗")
_ORDER = re.compile(r"(?:国务院令)?第?(?P<order>\d{3})号(?:令|国务院令)?")


MOVES = ("up", "down", "up_to", "down_to")  # the kinds of words for a change


class Token(NamedTuple):
    """`kind`: that of its entry, or num date article document ident ordinal days title break list."""

    start: int
    end: int
    kind: str
    text: str
    entry: Entry | None = None
    quantity: Quantity | None = None
    data: tuple[int, ...] = ()


@cache
def _fixed() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in phrases("fixed_terms")["patterns"]))


def tokenise(text: str, own: Table | None = None) -> list[Token]:
    """The tokens of a sentence in order. `own`: words of the dossier at hand (names of its figures)."""
    table, at, length = lexicon(), 0, len(text)
    tokens: list[Token] = []
    while at < length:
        sign = text[at]
        token = _own(text, at, sign, own) or _special(text, at, sign)
        if token is None:
            token = _word(text, at, sign, table)
        if token is None:
            at += 1
            continue
        while tokens and token.start < tokens[-1].end:
            tokens.pop()
        tokens.append(token)
        at = token.end
    return tokens


def _own(text: str, at: int, sign: str, own: Table | None) -> Token | None:
    """A word of the dossier at hand."""
    for word, entry in own.get(sign, ()) if own else ():
        if text.startswith(word, at):
            return Token(at, at + len(word), entry.kind, word, entry)
    return None


def _word(text: str, at: int, sign: str, table: Table) -> Token | None:
    if words := table.get(sign):
        for word, entry in words:
            if text.startswith(word, at):
                return Token(at, at + len(word), entry.kind, word, entry)
    if sign in _BREAKS:
        return Token(at, at + 1, "break", sign)
    if sign in _LIST:
        return Token(at, at + 1, "list", sign)
    return None


def _special(text: str, at: int, sign: str) -> Token | None:
    """What is read by shape rather than by word."""
    if sign in _NUMERAL:
        return _numeric(text, at)
    if sign == "第" and (found := _ARTICLE.match(text, at)):
        return Token(at, found.end(), "article", found.group(), data=_numbers(found["article"], found["clause"]))
    if sign == "第" and (found := _ORDER.match(text, at)):
        return Token(at, found.end(), "order", found.group(), data=(int(found["order"]),))
    if sign == "第" and (found := _NTH.match(text, at)):
        return _word(text, at, sign, lexicon()) or Token(
            at, found.end(), "nth", found.group(), data=_numbers(found["nth"])
        )
    if sign in "《“" and (found := _TITLE.match(text, at)):
        inner = _word(text, at, sign, lexicon()) or _quoted_label(text, at, found.end())
        return inner or Token(at, found.end(), "title" if sign == "《" else "quote", found.group())
    if sign in "〔（" and (found := _DOCUMENT.match(text, at)):
        data = _numbers(found["year"] or found["y2"], found["number"] or found["n2"])
        return Token(at, found.end(), "document", found.group(), data=data)
    if sign == "（" and (found := _ORDINAL.match(text, at)):
        return Token(at, found.end(), "ordinal", found.group())
    if sign in "hw@" or (sign.isascii() and sign.isalpha()):
        found = _IDENT.match(text, at)
        return Token(at, found.end(), "ident", found.group()) if found else None
    if sign in "第上下前后近" and (found := _fixed().match(text, at)):
        return Token(at, found.end(), "fixed", found.group())
    return None


def _quoted_label(text: str, start: int, end: int) -> Token | None:
    """“属于四类过程性信息”: a ground of the form in quotation marks is that ground."""
    word = _word(text, start + 1, text[start + 1], lexicon())
    if word is None or word.end != end - 1 or word.kind not in ("row", "column"):
        return None
    return word._replace(start=start, end=end, text=text[start:end])


def _numbers(*texts: str | None) -> tuple[int, ...]:
    values = (parse_number(text) if text else None for text in texts)
    return tuple(int(value) if value is not None else 0 for value in values)


_EACH_ONE = re.compile("一月一|一季一|一周一")


def _numeric(text: str, at: int) -> Token | None:
    if _EACH_ONE.match(text, at):
        return Token(at, at + 4, "fixed", text[at : at + 4])
    if found := _RATIO.match(text, at):
        return Token(at, found.end(), "ratio", found.group(), data=(int(found[1]), int(found[2])))
    if found := _DAYS.match(text, at):
        return Token(at, found.end(), "days", found.group(), data=_numbers(found["days"]))
    if (found := _TO_DAY.match(text, at)) and (month := _MONTH.search(text, max(0, at - 12), at)):
        return Token(at, found.end(), "date", found.group(), data=_numbers(None, month[1], found[1]))
    if (found := _DATE.match(text, at)) and not (found["y2"] and len(found["y2"]) < 4 and not found["d2"]):
        data = _numbers(found["year"] or found["y2"], found["month"], found["day"])
        return Token(at, found.end(), "date", found.group(), data=data)
    if found := _IDENT.match(text, at):
        return Token(at, found.end(), "ident", found.group())
    if found := _ORDINAL.match(text, at):
        return Token(at, found.end(), "ordinal", found.group())
    if (found := _ORDER.match(text, at)) and text[max(0, at - 4) : at].endswith(("国务院令", "第")):
        return Token(at, found.end(), "order", found.group(), data=(int(found["order"]),))
    word = _word(text, at, text[at], lexicon())
    if word and len(word.text) > 1 and not (word.text.isdecimal() and _COUNTS.match(text, word.end)):
        return word
    if found := _fixed().match(text, at):
        return Token(at, found.end(), "fixed", found.group())
    quantity = quantity_at(text, at)
    if quantity is None or (quantity.quantity.chinese and not quantity.quantity.unit):
        return word
    if quantity.quantity.unit == "年":
        return Token(at, quantity.end, "fixed", text[at : quantity.end])
    return Token(quantity.start, quantity.end, "num", text[quantity.start : quantity.end], quantity=quantity.quantity)
