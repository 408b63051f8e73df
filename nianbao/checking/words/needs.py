"""Whether a segment tells something that needs a confirmed statement."""

from __future__ import annotations

import re
from functools import cache

from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.causes import after_its_word, causal, worded
from nianbao.checking.words.pieces import Piece

GAP, LONG_GAP = 4, 10
EXTRA = 2
_GENERAL = re.compile(
    "是[^，。；]{0,24}(?:重要|必然|基本|有效|应有|本质|生动|具体)[^，。；]{0,8}(?:窗口|标准|途径|要求|举措|内容|保障|抓手|手段|体现|渠道|环节|基础|方式|桥梁|平台|载体|职责|义务|工作)"
)
# 不足 leads to what is told (两点不足), or is the want itself (专业人员不足).
_LEAD_WORDS = re.compile(
    "工作|存在|主要|问题|(?<![\u4e00-\u9fff])不足|(?<=[点面个的处要在有是条项])不足|短板|差距|以下|方面|一些|[仍还的是有等中：（）]"
)
_WANT = re.compile("不(?!断)|缺|弱|慢|偏|较少|低|滞后|单一|有待|难|欠")
_FIELD = re.compile("在?[^，。；]{2,10}方面")
_REFERS = re.compile("见(?:附表|下表|附件|表[一二三四])")
_AGENDA = re.compile("通报|部署|听取|研究|审议|传达|总结|解读|讲解|讲授|安排|学习|交流|讨论|培训|参观")
_STILL = re.compile("(?:仍未|尚未|还未|未能|没有|仍然|正在|仍在|着手)[^，。；]{0,4}(?:整改|解决|落实|复盘|整治|改进)")
_SOME = re.compile("部分|个别|少数|一些|有的|有些")


def needs_statement(reading: Reading, piece: Piece) -> bool:
    """Whether the segment tells something that must be carried by a statement."""
    if _FIELD.fullmatch(reading.text, piece.start, piece.end) or _REFERS.search(reading.text, piece.start, piece.end):
        return False
    placed = _FIRST_PLACE.search(reading.text, piece.start, piece.end) and _AMONG.search(reading.text)
    if placed and not _told(reading, piece):
        piece.family, piece.content = "rank", piece.content or worded(reading, piece)
        return True
    if _only_date(reading, piece):
        piece.family = "date"
        return True
    hard = [t for t in piece.triggers if t.entry and not t.entry.weak]
    soft = [t for t in piece.triggers if t.entry and t.entry.weak]
    gap = len(piece.gaps)
    family = next((t.entry.domain for t in hard if t.entry), "") or next((t.entry.domain for t in soft if t.entry), "")
    piece.family = family if family != "disclosure" else "document"
    if family == "cause":
        after_its_word(reading, piece)
    specifics = [t for t in piece.specifics if t.kind != "num" and not known_name(reading, t)]
    if (_legal(reading, piece) or "本报告" in reading.text) and not specifics:
        return False
    if any(t.kind == "num" and not _bound(reading, t) for t in piece.specifics):
        piece.content = piece.content if len(piece.content) > 1 else worded(reading, piece)
        return len(piece.content) > 1
    kinds = {t.kind for t in piece.segment.tokens}
    if {"average", "days"} <= kinds:  # 平均7个工作日内答复
        piece.family, piece.content = "timeliness", piece.content or worded(reading, piece)
        return True
    named = [t for t in specifics if t.kind != "quote" or hard or soft]
    if hard or named or causal(reading, piece):
        return True
    if _dated(reading, piece) or _agenda(reading, piece):
        return True
    still = _STILL.search(reading.text, piece.start, piece.end)
    if still and (still.group().startswith("正在") or not _told(reading, piece)):
        piece.content = piece.content or worded(reading, piece)
        return bool(piece.content)
    done = any(t.kind == "done" for t in piece.segment.tokens)
    if done and gap >= 2:
        return True
    if gap and _GENERAL.search(reading.text, piece.start, piece.end):
        return False
    if reading.state.mode == "plan" and gap < 8:
        return False
    if reading.state.mode == "problem" and _shown_by_figures(reading, piece):
        return False
    some = _SOME.search(reading.text, piece.start, piece.end)
    if some and any(t.entry and t.entry.domain == "problem" for t in soft):
        piece.family = "problem"
        return True
    if reading.state.mode == "problem" and _complains(reading, piece):
        piece.family = "problem"
        lead = {i for m in _LEAD_WORDS.finditer(reading.text, piece.start, piece.end) for i in range(*m.span())}
        piece.content = [i for i in piece.content or worded(reading, piece) if i not in lead]
        return len(piece.content) > 1
    if reading.state.mode == "problem" and len(piece.content) > 1 and not gap:
        piece.family = "problem"
        return True
    if reading.state.mode == "problem" and (gap >= 2 or any(t.entry and t.entry.domain == "problem" for t in soft)):
        piece.family = "problem"
        return gap + len(soft) > 0
    if gap >= GAP:
        piece.general = gap < LONG_GAP
        return True
    every = any(t.kind in ("every", "each") for t in piece.segment.tokens)
    return bool(soft) and (gap >= EXTRA or (every and not _GENERAL.search(reading.text, piece.start, piece.end)))


_FIRST_PLACE = re.compile("(?:位居|居|列|排|排名|位列|名列)(?:第[一二三四五六七八九十0-9]|首)|榜首")
_AMONG = re.compile("全[国省市县区]|考核|测评|评估|评比|评议|排名")
_WHEN = re.compile("(?:时间|日期)?(?:分别|依次|均|都)?(?:是|为|在|于|定在|安排在)+")


def _only_date(reading: Reading, piece: Piece) -> bool:
    """分别在4月和10月, 时间在11月: when that was which stands before it."""
    months = [t for t in piece.dates if t.data[1]]
    beside = piece.segment.opener == "，" and _WHEN.match(reading.text, piece.start)
    return bool(months and beside) and len(piece.content) < 3 and not piece.gaps


def _over(reading: Reading, piece: Piece) -> list[Claim]:
    """The claims that already cover some of the segment."""
    return [f for f in reading.found if f.start < piece.end and piece.start < f.end]


def _told(reading: Reading, piece: Piece) -> bool:
    return any(f.kind == "figure" for f in _over(reading, piece))


def _uncovered_words(reading: Reading, piece: Piece) -> bool:
    """Whether the segment, covered by no claim, has words for a statement to carry; they become its content."""
    if _over(reading, piece):
        return False
    piece.content = piece.content or worded(reading, piece)
    return bool(piece.content)


def _agenda(reading: Reading, piece: Piece) -> bool:
    """召开…会议，通报…: what a meeting that was told did."""
    at = piece.segment.number
    before = reading.segments[at - 1] if at and piece.segment.opener == "，" else None
    families = {"meeting", "training", "event"}
    met = before and any(t.kind == "trigger" and t.entry and t.entry.domain in families for t in before.tokens)
    if not met or not _AGENDA.match(reading.text, piece.start):
        return False
    return _uncovered_words(reading, piece)


def _complains(reading: Reading, piece: Piece) -> bool:
    """Words of a want, beside those that only lead to it (还存在以下不足)."""
    rest = _LEAD_WORDS.sub("", reading.text[piece.start : piece.end])
    return len(rest) >= 4 and _WANT.search(rest) is not None


def _shown_by_figures(reading: Reading, piece: Piece) -> bool:
    """A problem that the figures beside it show: 结果纠正1件，申请办理的规范性还不够."""
    start = reading.text.rfind("；", 0, piece.start) + 1
    stop = reading.text.find("；", piece.end)
    stop = stop if stop >= 0 else len(reading.text)
    return any(
        f.kind == "figure" and f.verdict == "supported" and start <= f.start and f.end <= stop for f in reading.found
    )


def _dated(reading: Reading, piece: Piece) -> bool:
    """A month before words that no figure carries: something that was done then."""
    months = [t for t in piece.dates if t.data[1]]
    at = piece.segment.number
    before = reading.segments[at - 1] if at and piece.segment.opener != "；" and not piece.dates else None
    if before and before.tokens and before.end - before.start <= 9:
        months = [t for t in before.tokens[-1:] if t.kind == "date" and t.data[1] and t.end == before.end]
    if (
        not months
        or piece.end - piece.start < 6
        or re.search("截至|截止|期限|统计|每年", reading.text[piece.start : piece.end])
    ):
        return False
    return _uncovered_words(reading, piece)


def _bound(reading: Reading, token: Token) -> bool:
    """Whether a number has been bound to figures."""
    return any(
        f.facts and f.verdict != "unverified" and f.start <= token.start and token.end <= f.end for f in reading.found
    )


def _legal(reading: Reading, piece: Piece) -> bool:
    """A sentence that says what the law asks, not what the office did."""
    if any(t.kind in ("article", "document", "order", "self") for t in piece.segment.tokens):
        return not any(t.kind == "self" for t in piece.segment.tokens)
    law = any(f.kind == "words" and f.facts == ("law",) for f in reading.found)
    return (law or "应当" in reading.text or "条例》" in reading.text) and not any(
        t.kind == "self" and t.start >= piece.start and t.end <= piece.end for t in reading.tokens
    )


def known_name(reading: Reading, token: Token) -> bool:
    """Titles that any report may name: the 条例, the format's notice, the unit's own report."""
    if token.kind == "document":
        return True  # read by the law's own reader
    if token.kind not in ("title", "quote"):
        return False
    inner = token.text.strip("《》“”").replace("《", "〈").replace("》", "〉")
    known = _known()
    if inner in reading.evidence.label_words or any(inner == s.text for s in reading.evidence.statements.all):
        return True
    own = reading.evidence.name in inner and "年度报告" in inner
    return inner in known or own or any(inner == k for k in phrases("fixed_terms")["terms"]) or _fixed_phrase(inner)


@cache
def _known() -> frozenset[str]:
    return frozenset(map(str, phrases("fixed_terms")["known"])) | {"条例"}


def _fixed_phrase(inner: str) -> bool:
    bare = re.sub(r"[、，]", "", inner)
    for entry in phrases("fixed_terms")["phrases"]:
        if bare in {re.sub(r"[、，]", "", form) for form in (entry["text"], *entry.get("also", ()))}:
            return True
    return inner in phrases("law")["quoted"]
