"""Who speaks and of which year: the unit's own name, the period of the figures, foreign letters in the text."""

from __future__ import annotations

import re
from functools import cache

from nianbao.checking.language.text import normalise
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Verdict
from nianbao.numerals import parse_number, to_chinese

_PERIOD = re.compile(
    r"(?P<y1>\d{4,6})年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日起?(?:至|到|—+|-+)(?:(?P<y2>\d{4,6})年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_OFFICES = frozenset("局办镇道乡委厅院处所站会")
_LATIN = re.compile(r"<!--|-->|[A-Za-z]{3,}(?:[ A-Za-z]*[A-Za-z])?")
_COMMON = re.compile(
    r"(?i)^(?:app|pdf|word|excel|wps|vr|ppt|html|ofd|txt|doc|docx|http|https|www|ai|qq|com|gov|cn|org|net)$"
)


def read_names(reading: Reading) -> None:
    """Claims about the unit and the period, and words meant for a program."""
    _dates(reading)
    _self(reading)
    _period(reading)
    _latin(reading)
    _contact(reading)
    _listed(reading)


_OPENING = re.compile(r"[（一二三四五六七八九十）、]*(?P<year>\d{4})年(?:度|，)")
_FIRST_YEAR = 2000


def _dates(reading: Reading) -> None:
    """Dates that there are not, years out of reach, and a sentence that opens with another year than the report's."""
    year, text = reading.evidence.year, reading.text
    for token in reading.tokens:
        if token.kind != "date":
            continue
        said, month, day = token.data
        far = said and not (_FIRST_YEAR <= said <= year + 2) and said > 99
        closing = said and said != year and (month, day) == (12, 31) and text[: token.start].endswith(("截至", "截止"))
        if month > 12 or day > 31 or (not month and "月" in token.text) or far or closing:
            shown = f"{year}年" if said else ""
            reason = f"“{token.text}”不对，请核对日期。"
            reading.claim(token.start, token.end, "contradicted", expected=shown or None, reason=reason, rule="EV-06",
                          kind="words", about="date")  # fmt: skip
    opening = _OPENING.match(text)
    of_last_year = opening and int(opening["year"]) == year - 1 and re.search("问题|不足", text)
    if opening and int(opening["year"]) not in (year, year + 1) and not reading.found and not of_last_year:
        reason = f"报告年度是{year}年，这句话写的是{opening['year']}年，没有依据，未能核对。"
        end = reading.segments[1].end if len(reading.segments) > 1 else len(text)
        reading.claim(opening.start("year"), end, "unverified", reason=reason, rule="EV-06", kind="words", about="date")


_COUNTED = re.compile(
    "([两二三四五六七八九]|[2-9])(?:个|大|项|条|点)?(?:方面)?的?(?:主要|突出)?(?:问题|不足|短板|措施|方面)"
)
_LISTED = re.compile("([一二三四五六七八九])是")


def _parted(text: str) -> list[str]:
    """…三个方面不足：甲；乙；丙: what ； parts behind the colon."""
    lead, colon, rest = text.partition("：")
    return rest.split("；") if colon and len(lead) <= 4 and "；" in rest else []


def _listed(reading: Reading) -> None:
    """三个问题：一是…；二是…。 lists as many as it says."""
    found = _COUNTED.search(reading.text)
    if found is None:
        return
    listed = _LISTED.findall(reading.text, found.end()) or _parted(reading.text[found.end() :])
    said = parse_number(found[1])
    if len(listed) < 2 or said is None or said == len(listed):
        return
    shown = f"{to_chinese(len(listed))}个"
    reason = f"文中说{found.group()}，列出的是{len(listed)}个。"
    reading.claim(found.start(), found.end(), "contradicted", expected=shown, reason=reason, rule="X-10", kind="words")


_STREET = re.compile("([\\u4e00-\\u9fff]{1,12}(?:路|街|大道|巷)[0-9]{1,5}号)")
_KINDS = (("website", re.compile(r"https?://|www\.")), ("email", re.compile("@")), ("postcode", re.compile(r"\d{6}$")),
          ("hours", re.compile("：")), ("phone", re.compile(r"[\d-]{7,}")))  # fmt: skip


@cache
def _plain(text: str) -> str:
    return normalise(text).text


def _contact(reading: Reading) -> None:
    """Telephone, postcode and addresses: those of the dossier."""
    contact = reading.evidence.dossier.contact
    told = re.search("地址[：为是]{1,2}([^，；。（）]{4,60})", reading.text) or _STREET.search(reading.text)
    known_at = _plain(contact.address)
    if told and known_at and told[1] not in known_at and known_at not in told[1]:
        reason = f"与底稿的联系方式不符，底稿是{contact.address}。"
        reading.claim(told.start(1), told.end(1), "contradicted", expected=contact.address, reason=reason, rule="X-15",
                      kind="words")  # fmt: skip
    for token in reading.tokens:
        if token.kind != "ident":
            continue
        plain = _plain(reading.evidence.contact)
        if token.text in plain or (plain and token.text.rstrip("/") in plain):
            reading.claim(token.start, token.end, "supported", facts=("contact",), rule="X-15", kind="words")
            continue
        kind = next((name for name, shape in _KINDS if shape.search(token.text)), "")
        known = getattr(contact, kind, "") if kind else ""
        verdict: Verdict = "contradicted" if known else "unverified"
        reason = f"与底稿的联系方式不符，底稿是{known}。" if known else "底稿没有这一联系方式，未能核对。"
        reading.claim(token.start, token.end, verdict, expected=known or None, reason=reason, rule="X-15", kind="words")


def _self(reading: Reading) -> None:
    """我街道 in the report of a 镇: taken from elsewhere."""
    evidence = reading.evidence
    for token in reading.tokens:
        if token.kind != "self" or token.text in evidence.self_names or token.text[-1] not in _OFFICES:
            continue
        if token.text[1:] in evidence.name:
            continue
        own = evidence.dossier.unit.self_name
        reason = f"报告单位是{evidence.name}，应称“{own}”，文中写的是“{token.text}”。"
        reading.claim(token.start, token.end, "contradicted", expected=own, reason=reason, rule="EV-07", kind="words")


def _period(reading: Reading) -> None:
    """数据统计期限自2025年1月1日起至2025年12月31日止."""
    if not re.search("统计|期限|数据|时限", reading.text):
        return
    year = reading.evidence.year
    for found in _PERIOD.finditer(reading.text):
        start = (int(found["y1"]), int(found["m1"]), int(found["d1"]))
        end = (int(found["y2"] or found["y1"]), int(found["m2"]), int(found["d2"]))
        right = start == (year, 1, 1) and end == (year, 12, 31)
        if right:
            reading.claim(found.start(), found.end(), "supported", facts=("year",), rule="EV-05", kind="words")
        else:
            shown = f"{year}年1月1日至12月31日"
            reason = f"统计期限应为{shown}。"
            reading.claim(
                found.start(), found.end(), "contradicted", expected=shown, reason=reason, rule="EV-05", kind="words"
            )


def _latin(reading: Reading) -> None:
    """Letters that are no address: instructions to a program, remains of a page."""
    idents = [(t.start, t.end) for t in reading.tokens if t.kind in ("ident", "title")]
    for found in _LATIN.finditer(reading.text):
        if any(a <= found.start() and found.end() <= b for a, b in idents) or _COMMON.match(found.group()):
            continue
        if found.group() in reading.evidence.statements.names or found.group() in reading.evidence.contact:
            continue
        reason = "夹有外文或者代码，不是报告的内容，未能核对。"
        end = len(reading.text) if found.group() == "<!--" and "-->" not in reading.text else found.end()
        if found.group() == "<!--" and "-->" in reading.text:
            end = reading.text.index("-->") + 3
        reading.claim(found.start(), end, "unverified", reason=reason, rule="EV-23", kind="words")
