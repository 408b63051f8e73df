"""Citations of the law: articles, deadlines, numbers of documents, terms that have one wording."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_OWN_LAW = re.compile("条例")
_OTHER_LAW = re.compile(
    "(?:复议法|诉讼法|保密法|国家秘密法|立法法|处罚法|许可法|管理办法|实施细则|档案法|民法典)[》）]?[^，。]{0,4}$"
)
RULE = "EV-23"


@cache
def _law() -> dict[str, Any]:
    return phrases("law")


@cache
def _topics() -> tuple[tuple[str, int], ...]:
    pairs = [(str(word), number) for number, words in _law()["articles"].items() for word in words]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def read_law(reading: Reading) -> None:
    """The claims of a sentence about the law."""
    for token in reading.tokens:
        match token.kind:
            case "article":
                _article(reading, token)
            case "days":
                _days(reading, token)
            case "document":
                _document(reading, token)
            case "order":
                _order(reading, token)
            case "date" if token.data[1]:
                _due(reading, token)
    _wording(reading)


def _wrong(reading: Reading, start: int, end: int, expected: str, reason: str) -> None:
    reading.claim(start, end, "contradicted", expected=expected, reason=reason, rule=RULE, kind="words")


def _right(reading: Reading, token: Token) -> None:
    reading.claim(token.start, token.end, "supported", facts=("law",), rule=RULE, kind="words")


def _article(reading: Reading, token: Token) -> None:
    number, text = token.data[0], reading.text
    if _OTHER_LAW.search(text[: token.start]) or not _OWN_LAW.search(text):
        return
    near = _nearby(reading, token)
    found = {article for word, article in _topics() if word in near}
    found = found or {n for n, words in _law()["general"].items() if any(w in near for w in words)}
    if number in found or (not found and 1 <= number <= _law()["last_article"]):
        _right(reading, token)
        return
    if not found:
        _wrong(reading, token.start, token.end, f"第1至{_law()['last_article']}条", "条例没有这一条。")
        return
    expected = "、".join(f"第{article}条" for article in sorted(found)[:3])
    _wrong(reading, token.start, token.end, expected, f"条例第{number}条不是这一内容，应为{expected}。")


def _nearby(reading: Reading, token: Token) -> str:
    """The words that a citation is about: its sentence, to the next citation or ；."""
    others = [t for t in reading.tokens if t.kind == "article" and t is not token]
    start = max((t.end for t in others if t.end <= token.start), default=0)
    end = min((t.start for t in others if t.start >= token.end), default=len(reading.text))
    stop = reading.text.find("；", token.end)
    return reading.text[start : min(end, stop) if stop >= 0 else end]


def _days(reading: Reading, token: Token) -> None:
    if "工作日" not in token.text:
        return
    allowed = _allowed(_clause(reading, token, "；"))
    if not allowed:
        return
    # 补正…7个工作日…，不能答复的…20个工作日: what its own part between commas says counts too.
    if any(token.data[0] in days for days in (*allowed, *_allowed(_clause(reading, token, "，")))):
        _right(reading, token)
        return
    told = token.text in reading.evidence.statements.names
    if told or not re.search(_law()["legal_words"], reading.text):
        return
    expected = f"{allowed[0][0]}个工作日"
    _wrong(reading, token.start, token.end, expected, f"条例规定的期限是{expected}。")


def _but(deadline: dict[str, Any], clause: str) -> bool:
    return bool(deadline.get("not")) and re.search(deadline["not"], clause) is not None


def _allowed(clause: str) -> list[list[int]]:
    """The deadlines of what a clause speaks of."""
    return [d["days"] for d in _law()["deadlines"] if re.search(d["of"], clause) and not _but(d, clause)]


def _clause(reading: Reading, token: Token, sign: str) -> str:
    """The part of the sentence between two such signs."""
    start = max(reading.text.rfind(mark, 0, token.start) for mark in {sign, "；"}) + 1
    ends = [end for mark in {sign, "；"} if (end := reading.text.find(mark, token.end)) >= 0]
    return reading.text[start : min(ends, default=len(reading.text))]


def _due(reading: Reading, token: Token) -> None:
    _, month, day = token.data
    text = reading.text
    before_deadline = text[token.end : token.end + 2].startswith(("前", "之前", "以前"))
    if before_deadline and re.search(_law()["due_words"], text) and re.search("年度报告|年报", text):
        allowed = [d for d in _law()["due"] if re.search(d["of"], text) and not _but(d, text)]
        if allowed and any((month, day) == (d["month"], d["day"]) for d in allowed):
            _right(reading, token)
        elif allowed:
            dues = "、".join(f"{d['month']}月{d['day']}日" for d in allowed[-1:])
            _wrong(reading, token.start, token.end, dues, f"条例第四十九条规定的期限是{dues}。")
        return
    force = _law()["in_force"]
    if re.search(force["words"], text[token.end : token.end + 5]) and "条例" in text:
        told = [int(year) for year in re.findall(r"(\d{4})年", text[: token.start])]
        year = told[-1] if told and not token.data[0] else token.data[0]  # 2019年修订，当年5月15日起施行
        right = (year, month, day) == (force["year"], force["month"], force["day"])
        shown = f"{force['year']}年{force['month']}月{force['day']}日"
        if right:
            _right(reading, token)
        else:
            _wrong(reading, token.start, token.end, shown, f"修订后的条例自{shown}起施行。")


_TITLED = re.compile("《([^》]+)》（[^）]{0,12}$")


def _issued(told: str, name: str, tail: str) -> bool:
    """Whether a document of a statement has the signs of its office that a text has: 谷粮储办 is not 谷粮储."""
    signs = re.search(r"([\u4e00-\u9fff]{2,12})〔", told)
    return name.endswith(signs[1]) if signs and name else tail in told


def _pointed_at(reading: Reading, token: Token, one: str) -> tuple[int, int] | None:
    """后者文号为…, where the number is the former's: from the pronoun to the number; None where it is rightly told."""
    mark = next((t for t in reading.tokens if t.kind in ("former", "latter") and t.end <= token.start), None)
    pair = reading.state.told[-2:]
    if mark is None or len(pair) < 2 or one not in pair:
        return None
    return None if pair[mark.kind == "latter"] == one else (mark.start, token.end)


def _document(reading: Reading, token: Token) -> None:
    year, number = token.data[0], token.data[1]
    issuer = re.search(r"[\u4e00-\u9fff]{2,12}$", reading.text[: token.start])
    start = issuer.start() if issuer else token.start
    name = issuer.group() if issuer else ""
    for known in _law()["documents"]:
        if (name.endswith(known["issuer"]) and not name.endswith("公开办函")) or name.endswith(known["issuer"]):
            same = [d for d in _law()["documents"] if name.endswith(d["issuer"])]
            if any((year, number) == (d["year"], d["number"]) for d in same):
                form = {2021: "2021", 2019: "2019"}.get(year) if known["issuer"] == "国办公开办函" else None
                now = reading.evidence.figures.form
                if form and form != now.edition and re.search("编制|格式|要求|规定", reading.text):
                    _wrong(
                        reading, token.start, token.end, now.basis, f"{reading.evidence.year}年度用{now.basis}的格式。"
                    )
                else:
                    _right(reading, token)
            else:
                shown = "、".join(f"{d['issuer']}〔{d['year']}〕{d['number']}号" for d in same)
                _wrong(
                    reading, token.end - len(token.text) - len(known["issuer"]), token.end, shown, f"文号应为{shown}。"
                )
            return
    carried = [s for s in reading.evidence.statements.all if (year, number) in s.documents]
    if title := _TITLED.search(reading.text[: token.start]):
        carried = [s for s in carried if title[1] in s.text or not s.named]
    tail = name[-2:]
    if carried and (pointed := _pointed_at(reading, token, carried[0].id)):
        _wrong(reading, *pointed, "", f"这个文号是另一份文件的：{carried[0].text}。")
        return
    if any(_issued(s.text, name, tail) for s in carried):
        _carry(reading, token, carried[0].id)
        return
    told = [s for s in reading.evidence.statements.all if s.documents and tail and tail in s.text]
    begin = max(start, token.start - 6)
    if told:
        reason = f"与已确认的文号不符：{told[0].text}。"
        reading.claim(begin, token.end, "contradicted", facts=(told[0].id,), expected=told[0].text, reason=reason,
                      rule="EV-24", kind="words")  # fmt: skip
    else:
        reason = "这个文号没有已确认的情况作依据，未能核对。"
        reading.claim(begin, token.end, "unverified", reason=reason, rule="EV-24", kind="words", about="number")


def _carry(reading: Reading, token: Token, statement: str) -> None:
    reading.claim(token.start, token.end, "supported", facts=(statement,), rule="EV-24", kind="words")


def _order(reading: Reading, token: Token) -> None:
    orders = _law()["orders"]
    if not re.search(orders["words"], reading.text):
        return
    if token.data[0] == orders["right"]:
        _right(reading, token)
        return
    shown = f"国务院令第{orders['right']}号"
    _wrong(reading, token.start, token.end, shown, f"现行条例是{shown}。")


def _wording(reading: Reading) -> None:
    """Terms with one wording: their numbers, their order, their members."""
    text = reading.text
    for entry in _law()["counted"]:
        if entry.get("needs", "") not in text:
            continue
        for found in re.finditer(entry["wrong"], text):
            _wrong(reading, found.start(), found.end(), entry["right"], f"固定表述是“{entry['right']}”。")
    for entry in _law()["broken"]:
        if entry.get("needs") and not re.search(entry["needs"], text):
            continue
        found_one = re.search(entry["wrong"], text)
        if found_one and entry["right"] not in text:
            _wrong(reading, found_one.start(), found_one.end(), entry["right"], f"固定表述是“{entry['right']}”。")
    for entry in _law()["sets"]:
        at = text.find(entry["term"])
        after = at + len(entry["term"])
        told = re.compile(r"[”]?[（(]?[即指是：]?([^，。；）]{6,60})").match(text, after) if at >= 0 else None
        listed = told is not None and "、" in told[1] and sum(member in told[1] for member in entry["of"]) >= 2
        if at >= 0 and not listed:  # 决策、执行、管理、服务、结果“五公开”
            told = re.search(r"([^，。；：（]{6,60}?)等?[“（]?$", text[:at])
            listed = told is not None and sum(member in told[1] for member in entry["of"]) >= 3
        if told and listed and any(member not in told[1] for member in entry["of"]):
            shown = "、".join(entry["of"])
            _wrong(reading, told.start(1), told.end(1), shown, f"“{entry['term']}”是指{shown}。")
