"""Data about persons and marks of secrecy in a text: what a report must not print and no server outside may see.

Numbers are proved by their own check digit where they have one, so that a figure of the report is not taken for
an identity. Full-width signs, invisible signs and the usual separators do not hide a number. Names are only found
after a word that announces one (申请人、联系人 …): nothing that works offline finds Chinese names reliably.
Labels of the law (属于国家秘密, 保密审查) are not marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from nianbao.findings import Value

Kind = Literal["id_card", "credit_code", "bank_card", "mobile", "email", "landline", "plate", "name", "secrecy"]

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]")
_CARD = re.compile(r"(?:62|4\d|5[1-5])\d{14,17}")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_INVISIBLE = ("Cf", "Mn")

_PLATE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?"
    r"(?=[A-Z]{0,5}\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Z0-9])"
)
_ANNOUNCED = r"(?:申请人|联系人|经办人|当事人|举报人|投诉人|信访人)"
_SURNAMES = (
    "(?:欧阳|上官|司马|诸葛|皇甫|公孙|慕容|司徒|令狐|端木|[王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖田董袁潘"
    "蒋蔡杜叶苏魏吕丁沈姚卢姜崔谭汪廖贾夏邹熊孟秦邱侯尹薛闫阎郝龚邵钱覃戴莫汤葛樊庞殷翟邢洪鲁倪翁耿涂岳祁聂蓝柯阮骆牟])"
)
# Surnames that are also ordinary words (于、高、马、何 …): only after a colon.
_DOUBTFUL = "[于高马何程曾许余钟陆范方石任金江史陶黎贺顾毛严武孔白万常安易乔文温牛段雷龙焦辛管祝左柴季尚向付康施伍代庄]"
_ORDINARY = r"(?!陈述|陈情|张贴|周[边期末知]|谢意|黄山|江苏|苏州)"
_AFTER_NAME = (
    r"(?=[^\u4e00-\u9fff]|\Z|先生|女士|同志|电话|手机|身份证|住址|因|不服|提出|提交|要求|认为|反映|来信|来访|于|向|在)"
)
_GIVEN = r"(?:[^\W\d_某]){1,2}?"
_NAMES = (
    rf"{_ANNOUNCED}(?:姓名)? *: *(?P<it>(?:{_SURNAMES}|{_DOUBTFUL}){_GIVEN}){_AFTER_NAME}",
    rf"{_ANNOUNCED}(?:姓名)?(?:为|是)?\s*{_ORDINARY}(?P<it>{_SURNAMES}{_GIVEN}){_AFTER_NAME}",
)
_INSIDE = "(?:内部(?:资料|文件|材料)|工作秘密|不得公开)"
_MARKS = (
    r"(?:绝 ?密|机 ?密|秘 ?密) *[★☆]",
    r"密 *级 *:",
    r"保密期限 *(?::|长期|[\d一二三四五六七八九十]+ *[年个])",
    r"(?m:^ *(?:绝密|机密|秘密)件? *$)",
    rf"[(\[【〔] *{_INSIDE}(?: *[,、] *{_INSIDE})* *[)\]】〕]|(?m:^ *{_INSIDE} *$)",
    r"内部(?:资料|文件|材料) *[,、]? *(?:请?注意保(?:密|存)|严禁|请?勿|不得)",
)


class Private(Value):
    """One such place: where it stands (code points), what it is, and an excerpt that does not repeat it."""

    kind: Kind
    label: str
    start: int
    end: int
    excerpt: str


class _Pattern(NamedTuple):
    kind: Kind
    label: str
    shape: re.Pattern[str]
    proves: Callable[[str], bool]


def _any(_: str) -> bool:
    return True


def is_identity_number(digits: str) -> bool:
    """GB 11643: eighteen signs, the last a check on the rest (mod 11)."""
    number = digits.upper()
    if not _ID.fullmatch(number):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def is_credit_code(code: str) -> bool:
    """GB 32100: eighteen signs, the third to eighth a region, the last a check on the rest (mod 31)."""
    code = code.upper()
    if len(code) != 18 or any(c not in _CREDIT_SIGNS for c in code) or not code[2:8].isdigit():
        return False
    total = sum(_CREDIT_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CREDIT_SIGNS[(31 - total % 31) % 31] == code[17]


def is_bank_card(digits: str) -> bool:
    """Sixteen to nineteen digits that pass Luhn's check and begin as cards issued here do."""
    if not _CARD.fullmatch(digits) or len(digits) > 19:
        return False
    return sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(reversed(digits))) % 10 == 0


_ALL: tuple[tuple[Kind, str, str, Callable[[str], bool]], ...] = (
    ("id_card", "身份证号码", r"(?<![\dA-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])", is_identity_number),
    ("credit_code", "统一社会信用代码", r"(?i:(?<![\dA-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![\dA-Z]))", is_credit_code),
    ("bank_card", "银行卡号", r"(?<!\d)(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)", is_bank_card),
    ("mobile", "手机号码", r"(?<![\d-])(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?!\d)", _any),
    ("email", "电子邮箱", r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20}", _any),
    ("landline", "固定电话", r"(?<![\d.-])(?:\(0\d{2,3}\)|0\d{2,3}) ?-? ?\d{7,8}(?:-\d{1,6})?(?!\d)", _any),
    ("landline", "固定电话", r"(?:电话|座机|传真) *:? *(?P<it>[2-9]\d{6,7})(?!\d)", _any),
    ("plate", "车牌号", _PLATE, _any),
    *(("name", "姓名", shape, _any) for shape in _NAMES),
    *(("secrecy", "密级或内部标志", shape, _any) for shape in _MARKS),
)
_PATTERNS = tuple(_Pattern(kind, label, re.compile(shape), proves) for kind, label, shape, proves in _ALL)


def find_private(text: str, allowed: Iterable[str] = ()) -> tuple[Private, ...]:
    """What of `text` identifies a person or bears a mark of secrecy, in the order of the text.

    `allowed` is what may stand there nevertheless: the office's own published telephone, address and e-mail,
    each as it is written anywhere; a number is the same number with other separators.
    """
    own = _own(allowed)
    folded, places = _folded(text)
    return tuple(
        Private(kind=pattern.kind, label=pattern.label, start=places[a], end=places[b - 1] + 1, excerpt=excerpt)
        for a, b, pattern in sorted(_scan(folded), key=lambda found: found[:2])
        if _key(folded[a:b]) not in own and (excerpt := _excerpt(pattern.kind, folded[a:b]))
    )


def masked(text: str) -> str:
    """The text with the excerpt in place of everything that `find_private` finds."""
    for one in reversed(find_private(text)):
        text = text[: one.start] + one.excerpt + text[one.end :]
    return text


def _scan(folded: str) -> Iterator[tuple[int, int, _Pattern]]:
    """Every place with its pattern; of two that overlap, the one proved by the earlier pattern."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for found in pattern.shape.finditer(folded):
            a, b = found.span("it" if "it" in found.groupdict() else 0)
            if any(start < b and a < end for start, end in taken) or not pattern.proves(_bare(folded[a:b])):
                continue
            taken.append((a, b))
            yield a, b, pattern


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with full-width signs as plain ones and without invisible ones, and where each sign stood."""
    signs, places = [], []
    for at, sign in enumerate(text):
        if unicodedata.category(sign) not in _INVISIBLE:
            plain = unicodedata.normalize("NFKC", sign).translate(_DASHES)
            signs.append(plain)
            places += [at] * len(plain)
    return "".join(signs), places


def _bare(number: str) -> str:
    return number.replace(" ", "").replace("-", "")


def _key(found: str) -> str:
    """What makes two writings the same: the digits of a number, else the signs."""
    digits = re.sub(r"\D", "", found)
    return digits.removeprefix("86") if len(digits) >= 7 and "@" not in found else found.replace(" ", "").casefold()


def _own(allowed: Iterable[str]) -> set[str]:
    folded = [_folded(one)[0] for one in allowed]
    found = {_key(one[a:b]) for one in folded for a, b, _ in _scan(one)}
    return found | {_key(one) for one in folded} | {run for one in folded for run in re.findall(r"\d+", one)}


def _excerpt(kind: Kind, found: str) -> str:
    if kind == "secrecy":
        return found
    if kind == "name":
        return f"{found[0]}…"
    if kind == "email":
        return f"{found[0]}…@…"
    return f"{found[:3]}…{found[-2:]}"
