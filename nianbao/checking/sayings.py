"""Claims in words: events, titles, honours, problems, plans; a confirmed statement carries them or nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from nianbao.checking.lexicon import phrases
from nianbao.checking.reading import Found, Reading, Segment
from nianbao.checking.statements import Stated, canonical, negative, unit_of
from nianbao.checking.tokens import Token
from nianbao.checking.verdicts import Verdict

_GAP = 4
_ENOUGH, _SURE = 0.5, 0.7
_EXTRA = 2
_DATED = ("plan", "event", "document", "platform", "rectification")
_SPECIFIC = frozenset({"title", "quote", "document", "nth"})
_CONTENT = _SPECIFIC | {"trigger", "num", "days", "ident"}
_COMPLETE = re.compile("已完成|完成|完工|完毕|实现|到位|解决|建成|结束|换新|落实到位|整改完")
_UNDONE = re.compile("(?:尚未|还未|未|没有)(?:全部|全面|最终)?(?:完成|完工|结束|到位|实现|解决)")
_STRONG_FUTURE = re.compile("拟|计划|准备|打算|即将|预计|下一步|明年")
_RECTIFIED = re.compile("整改|解决|完成|落实到位")
_PAST = re.compile("已|了(?!解)|完成|建成|实现")
_GENERAL = re.compile("是[^，。；]{0,24}(?:重要|必然|基本|有效|应有|本质|生动|具体)[^，。；]{0,8}(?:窗口|标准|途径|要求|举措|内容|保障|抓手|手段|体现|渠道|环节|基础|方式|桥梁|平台|载体|职责|义务|工作)")
_GOING = "正在|仍在|还在|尚在|进行中|推进中|^拟|即将|计划"
_SOME = re.compile("部分|个别|少数|一些|有的|有些")
_CONTACT = re.compile("联系|地址|电话|邮|网址|查阅|下载|办公时间")
_DIFFERENCE = re.compile("剩|尚有|余下|还有|差|其余|其他")
_PROBLEM = re.compile("问题|不足|短板|差距")
_PROBLEM_LEAD = re.compile("(?:存在|主要|突出|面临|当前|以下)[^，。；]{0,8}(?:问题|不足|短板|差距)|(?:问题|不足)(?:是|主要|有|：)")


@dataclass
class Piece:
    """A segment with what of it is content. `gaps`: content that no word of the lexicon covers."""

    segment: Segment
    content: list[int]
    gaps: list[int]
    triggers: list[Token]
    specifics: list[Token]
    stated: Stated | None = None
    score: float = 0.0
    family: str = ""
    dates: list[Token] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.segment.start

    @property
    def end(self) -> int:
        return self.segment.end


def read_sayings(reading: Reading) -> None:
    """The claims in words of a sentence, group by group (parted by ；)."""
    text = reading.text
    state = reading.state
    if _PROBLEM_LEAD.search(text) and "针对" not in text[:4]:
        state.mode = "problem"
    elif re.match(r"[（一二三四五六七八九十）]*(?:下一步|今后|针对)|.{0,12}将(?:采取|从|作)", text):
        state.mode = "plan" if "整改" not in text[:14] else ""
    group: list[Segment] = []
    for segment in reading.segments:
        if segment.opener == "；" and group:
            _group(reading, group)
            group = []
        group.append(segment)
    _group(reading, group)


def _group(reading: Reading, segments: list[Segment]) -> None:
    if not segments:
        return
    pieces = [_piece(reading, segment) for segment in segments]
    quoted = _quoted(reading, pieces)
    for piece in pieces:
        _leave(piece, quoted)
    needing = [p for p in pieces if _needs(reading, p)]
    if not needing:
        _finished(reading, pieces)
        return
    text = canonical(reading.text)
    places = [i for p in needing for i in range(p.start, p.end)] + [i for p in pieces for i in p.content]
    ranked = reading.evidence.statements.ranked(_pairs(text, places))
    if not _CONTACT.search(text):
        ranked = [one for one in ranked if one.id != "contact"]
    for piece in needing:
        _match(text, piece, ranked, _planned(reading, piece))
    _settle(reading, pieces, needing)
    settle_numbers(reading, pieces)
    _finished(reading, pieces)


def _quoted(reading: Reading, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Where a statement stands word for word, and stands rightly: whatever its numbers say, it carries them."""
    found: list[tuple[int, int]] = []
    first, last = pieces[0].start, pieces[-1].end
    for one in reading.evidence.statements.all:
        words = one.text.strip("。；，、 ")
        at = reading.text.find(words, first, last) if len(words) > 1 and one.id != "contact" else -1
        if at < 0 or (one.status == "planned" and one.kind in _DATED and not _planned(reading, pieces[0])):
            continue
        end = at + len(words)
        start = min((p.start for p in pieces if p.start <= at < p.end and at - p.start <= 2), default=at)
        found.append((start, end))
        reading.found = [
            f for f in reading.found
            if f.verdict == "supported" or f.scope or f.rule == "EV-07" or not _within(f, at, end)
        ]  # fmt: skip
        reading.claim(at, end, "supported", facts=(one.id,), rule="EV-24", kind="words")
    return found


def _leave(piece: Piece, quoted: list[tuple[int, int]]) -> None:
    """Take out of a segment what a quoted statement carries."""
    if not quoted:
        return

    def inside(start: int, end: int) -> bool:
        return any(a - 1 <= start and end <= b + 1 for a, b in quoted)

    piece.content = [i for i in piece.content if not inside(i, i + 1)]
    piece.gaps = [i for i in piece.gaps if not inside(i, i + 1)]
    piece.triggers = [t for t in piece.triggers if not inside(t.start, t.end)]
    piece.specifics = [t for t in piece.specifics if not inside(t.start, t.end)]
    piece.dates = [t for t in piece.dates if not inside(t.start, t.end)]


def _within(one: Found, start: int, end: int) -> bool:
    """Whether a claim (or the number it is about) lies in a span."""
    first, last = one.number or (one.start, one.end)
    return start <= first and last <= end


def _pairs(text: str, places: Sequence[int]) -> set[str]:
    wanted = set(places)
    return {text[i : i + 2] for i in wanted if i + 1 < len(text)} | {text[i - 1 : i + 1] for i in wanted if i > 0}


def _piece(reading: Reading, segment: Segment) -> Piece:
    text = reading.text
    told = [(f.start, f.end) for f in reading.found if f.verdict == "supported" and f.kind == "figure"]
    silent: set[int] = set()
    triggers: list[Token] = []
    specifics: list[Token] = []
    dates: list[Token] = []
    content: set[int] = set()
    for token in segment.tokens:
        span = range(token.start, token.end)
        silent.update(span)
        inside = any(start <= token.start and token.end <= end for start, end in told)
        if token.kind == "date":
            dates.append(token)
        elif token.kind == "trigger" and token.entry:
            if told and (_named_by_label(reading, token) or (inside and token.entry.domain == "cause")):
                continue
            content.update(span)
            triggers.append(token)
        elif token.kind == "num":
            if not inside:
                specifics.append(token)
        elif token.kind in _SPECIFIC:
            content.update(span)
            specifics.append(token)
        elif token.kind in ("days", "ident"):
            content.update(span)
        elif token.kind in ("row", "column") and token.entry and token.entry.weak and not inside:
            content.update(span)
            if token.entry.domain == "disclosure":
                triggers.append(token)
        elif token.kind in ("row", "column", "object") and not inside and not told:
            content.update(span)
    gaps = [
        i for i in range(segment.start, segment.end)
        if i not in silent and (text[i].isalnum() or "\u4e00" <= text[i] <= "\u9fff")
    ]  # fmt: skip
    if any(start < segment.end and segment.start < end for start, end in told):
        gaps = [i for i in gaps if not _in_label(reading, segment, i)]
    return Piece(segment, sorted(content | set(gaps)), gaps, triggers, specifics, dates=dates)


def _named_by_label(reading: Reading, token: Token) -> bool:
    """Whether a word is part of the name of one of the dossier's own figures (培训 in 举办业务培训)."""
    names = reading.evidence.label_words
    return any(token.text[i : i + 2] in names for i in range(max(1, len(token.text) - 1)))


def _in_label(reading: Reading, segment: Segment, place: int) -> bool:
    """Whether a sign belongs to the name of one of the dossier's own figures that the segment states."""
    pair = reading.text[max(0, place - 1) : place + 2]
    names = reading.evidence.label_words
    return pair[:2] in names or pair[1:] in names


def _needs(reading: Reading, piece: Piece) -> bool:
    """Whether the segment tells something that must be carried by a statement."""
    hard = [t for t in piece.triggers if t.entry and not t.entry.weak]
    soft = [t for t in piece.triggers if t.entry and t.entry.weak]
    gap = len(piece.gaps)
    family = next((t.entry.domain for t in hard if t.entry), "") or next((t.entry.domain for t in soft if t.entry), "")
    piece.family = family if family != "disclosure" else "document"
    specifics = [t for t in piece.specifics if t.kind != "num" and not _known_name(reading, t)]
    if (_legal(reading, piece) or "本报告" in reading.text) and not specifics:
        return False
    if any(t.kind == "num" and not _bound(reading, t) for t in piece.specifics):
        piece.content = piece.content or _worded(reading, piece)
        return len(piece.content) > 1
    if hard or specifics or _causal(reading, piece):
        return True
    if _dated(reading, piece):
        return True
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
    if reading.state.mode == "problem" and (gap >= 2 or any(t.entry and t.entry.domain == "problem" for t in soft)):
        piece.family = "problem"
        return gap + len(soft) > 0
    if gap >= _GAP:
        return True
    every = any(t.kind in ("every", "each") for t in piece.segment.tokens)
    return bool(soft) and (gap >= _EXTRA or (every and not _GENERAL.search(reading.text, piece.start, piece.end)))


def _shown_by_figures(reading: Reading, piece: Piece) -> bool:
    """A problem that the figures beside it show: 结果纠正1件，申请办理的规范性还不够."""
    start = reading.text.rfind("；", 0, piece.start) + 1
    stop = reading.text.find("；", piece.end)
    stop = stop if stop >= 0 else len(reading.text)
    return any(
        f.kind == "figure" and f.verdict == "supported" and start <= f.start and f.end <= stop for f in reading.found
    )


def _worded(reading: Reading, piece: Piece) -> list[int]:
    """The signs of a segment's words, small words and numbers apart."""
    small = {
        i
        for t in piece.segment.tokens
        if t.kind in ("num", "date", "ordinal", "respectively") or (t.kind != "trigger" and len(t.text) < 2)
        for i in range(t.start, t.end)
    }
    return [i for i in range(piece.start, piece.end) if i not in small and "\u4e00" <= reading.text[i] <= "\u9fff"]


def _dated(reading: Reading, piece: Piece) -> bool:
    """A month before words that no figure carries: something that was done then."""
    months = [t for t in piece.dates if t.data[1]]
    if not months or piece.end - piece.start < 9 or re.search("截至|截止|期限|统计|每年", reading.text[piece.start : piece.end]):
        return False
    if any(f.start < piece.end and piece.start < f.end for f in reading.found):
        return False
    piece.content = piece.content or _worded(reading, piece)
    return bool(piece.content)


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


def _causal(reading: Reading, piece: Piece) -> bool:
    """因群众维权意识增强，… 受疫情影响，…: a reason, and no ground of a table."""
    tokens = piece.segment.tokens
    if not re.match("因(?!此|而|地|政府信息公开|公开)|受(?!理|到|邀)|随着|鉴于", reading.text[piece.start : piece.end]):
        return False
    if any(t.kind in ("row", "column", "carry") for t in tokens) or piece.segment.end - piece.segment.start < 4:
        return False
    piece.family = "cause"
    piece.content = piece.content or list(range(piece.start, piece.end))
    return True


def _known_name(reading: Reading, token: Token) -> bool:
    """Titles that any report may name: the 条例, the format's notice, the unit's own report."""
    if token.kind == "document":
        return True  # read by the law's own reader
    if token.kind not in ("title", "quote"):
        return False
    inner = token.text.strip("《》“”").replace("《", "〈").replace("》", "〉")
    known = _known()
    if inner in reading.evidence.label_words:
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


def _match(text: str, piece: Piece, ranked: list[Stated], planned: bool) -> None:
    """The statement that covers most of a segment's content; the group's best is preferred."""
    best: tuple[float, Stated] | None = None
    if not piece.content:
        return
    every = [i for i in range(piece.start, piece.end) if "\u4e00" <= text[i] <= "\u9fff"]
    scores: dict[str, float] = {}
    for number, one in enumerate(ranked):
        score = scores[one.id] = max(_cover(text, piece.content, one), _cover(text, every, one) - 0.15)
        points = score + (0.1 if number == 0 else 0) - (0.05 if one.prior else 0)
        points += 0.12 if (one.status == "planned") == planned else 0
        if score >= 0.34 and (best is None or points > best[0]):
            best = (points, one)
    if best is not None:
        piece.stated, piece.score = best[1], scores[best[1].id]


def _cover(text: str, content: Sequence[int], one: Stated) -> float:
    if not content:
        return 1.0
    return sum(_covered(text, i, one) for i in content) / len(content)


def _covered(text: str, i: int, one: Stated) -> bool:
    return text[i : i + 2] in one.pairs or (i > 0 and text[i - 1 : i + 1] in one.pairs)


def _settle(reading: Reading, pieces: list[Piece], needing: list[Piece]) -> None:
    for piece in needing:
        _unsettled(reading, piece)
        if piece.stated is not None and piece.score >= _ENOUGH:
            _carried(reading, piece, pieces)
        elif piece.stated is not None and piece.family in ("", "document", "problem") and piece.score >= 0.42:
            _carried(reading, piece, pieces)
        else:
            _not_carried(reading, piece)


def _unsettled(reading: Reading, piece: Piece) -> None:
    """…问题尚未解决, where a rectification is confirmed as done: that is what it is held against."""
    one = piece.stated
    text = reading.text[piece.start : piece.end]
    if one is None or not one.prior or not re.search("尚未|仍未|还未|没有(?:得到)?(?:解决|整改)", text):
        return
    wanted = _pairs(canonical(reading.text), range(piece.start, piece.end))
    done = [s for s in reading.evidence.statements.all if s.kind == "rectification" and s.status == "done"]
    best = max(done, key=lambda s: len(s.pairs & wanted), default=None)
    if best is not None and len(best.pairs & wanted) >= 2:
        piece.stated = best


def _not_carried(reading: Reading, piece: Piece) -> None:
    """Nothing confirms it. In a plan, general words may stand."""
    hard = [t for t in piece.triggers if t.entry and not t.entry.weak]
    numbers = [t for t in piece.specifics if t.kind == "num"]
    open_numbers = [t for t in numbers if not _has_claim(reading, t)]
    if _planned(reading, piece) and not piece.specifics and len(piece.gaps) < 8 and not (
        {t.entry.domain for t in hard if t.entry} & {"injection", "honour", "cause", "rank", "satisfaction"}
    ):
        return
    if numbers and not hard and not open_numbers and len(piece.specifics) == len(numbers) and len(piece.gaps) < _GAP:
        return  # its numbers have verdicts of their own
    reasons = phrases("claims")["triggers"]
    family = piece.family if piece.family in reasons else ""
    reason = reasons[family]["reason"] if family else "没有已确认的情况作依据，未能核对。"
    reading.claim(_with_date(reading, piece), piece.end, "unverified", reason=reason, rule="EV-24", kind="words", about=piece.family)


def _with_date(reading: Reading, piece: Piece) -> int:
    """Where a claim begins: with the date that stands before it alone."""
    at = piece.segment.number
    before = reading.segments[at - 1] if at else None
    if before and any(t.kind == "date" for t in before.tokens) and before.end - before.start <= 8:
        return before.start
    return piece.start


def _has_claim(reading: Reading, token: Token) -> bool:
    return any(f.start <= token.start and token.end <= f.end for f in reading.found)


def _planned(reading: Reading, piece: Piece) -> bool:
    """Whether the sentence tells what is still to be done."""
    if reading.state.mode == "plan":
        return True
    year = reading.evidence.year
    return any(
        t.kind in ("future", "next") or (t.kind == "date" and t.data[0] == year + 1) for t in reading.tokens
    )


def _carried(reading: Reading, piece: Piece, pieces: list[Piece]) -> None:
    """A statement speaks of it: every particular must be the statement's."""
    one = piece.stated
    assert one is not None
    wrong = _wrong(reading, piece, pieces, one)
    _drop_figures(reading, piece, one, wrong)
    if not wrong:
        reading.claim(piece.start, piece.end, "supported", facts=(one.id,), rule="EV-24", kind="words")
        return
    for found in wrong:
        reading.add(found)


def _finished(reading: Reading, pieces: list[Piece]) -> None:
    """…的问题，已全部整改完成: held against the rectification that answers the problem."""
    for before, piece in pairwise(pieces):
        text = reading.text[piece.start : piece.end]
        one = before.stated
        if piece.stated or not _RECTIFIED.search(text) or negative(text) or "问题" not in _text(reading, before):
            continue
        if one is None:
            before.content = before.content or list(range(before.start, before.end))
            places = list(range(before.start, before.end))
            plain = canonical(reading.text)
            _match(plain, before, reading.evidence.statements.ranked(_pairs(plain, places)), False)
            one = before.stated
        if one is None or one.kind != "problem":
            continue
        for answer in reading.evidence.statements.all:
            if answer.kind == "rectification" and one.id.removeprefix("prior.") in answer.answers:
                verdict: Verdict = "supported" if answer.status == "done" else "contradicted"
                reason = "" if answer.status == "done" else f"这项整改还在进行：{answer.text}。"
                reading.claim(piece.start, piece.end, verdict, facts=(answer.id,), expected=answer.text, reason=reason,
                              rule="EV-24", kind="words", about="statement")  # fmt: skip
                break


def _text(reading: Reading, piece: Piece) -> str:
    return reading.text[piece.start : piece.end]


def settle_numbers(reading: Reading, pieces: list[Piece]) -> None:
    """Open numbers of segments without words of their own: the statement beside them carries them or not."""
    near: Piece | None = None
    for piece in pieces:
        if piece.stated is not None and piece.score >= _ENOUGH:
            near = piece
            continue
        for token in piece.segment.tokens:
            if token.kind != "num" or near is None or near.stated is None:
                continue
            open_claims = [f for f in reading.found if not f.facts and f.start <= token.start and token.end <= f.end]
            if open_claims and not _number_differs(reading, token, near.stated, piece):
                reading.found = [f for f in reading.found if f not in open_claims]
                reading.claim(token.start, token.end, "supported", facts=(near.stated.id,), rule="EV-24", kind="words")


def _wrong(reading: Reading, piece: Piece, pieces: list[Piece], one: Stated) -> list[Found]:
    out: list[Found] = []

    def bad(start: int, end: int, verdict: str, reason: str) -> None:
        out.append(
            Found(start, end, verdict, (one.id,), one.text, reason, "EV-24", kind="words", about="statement")  # type: ignore[arg-type]
        )

    _particulars(reading, piece, pieces, one, bad)
    _standing(reading, piece, one, bad)
    _leaders(reading, piece, one, bad)
    for start, end in _extras(reading, piece, one, pieces):
        if not any(f.start <= start and end <= f.end for f in out):
            bad(start, end, "unverified", f"已确认的情况没有说到这一点，只有：{one.text}。")
    return out


def _leaders(reading: Reading, piece: Piece, one: Stated, bad: object) -> None:
    """县长 is not 分管副县长."""
    assert callable(bad)
    for token in piece.triggers:
        if token.entry and token.entry.domain == "leader" and not token.entry.weak and token.text[-1] in "长记任":
            said = reading.text[max(0, token.start - 1)] == "副" or token.text.find("副") >= 0
            at = one.text.find(token.text)
            if at > 0 and not said and one.text[at - 1] == "副":
                bad(token.start, token.end, "contradicted", f"与已确认的情况不符：{one.text}。")


def _particulars(reading: Reading, piece: Piece, pieces: list[Piece], one: Stated, bad: object) -> None:
    """Dates, numbers, titles, documents, places and levels."""
    say = bad
    assert callable(say)
    quoted = f"与已确认的情况不符：{one.text}。"
    for token in _dates_of(piece, pieces):
        problem = _date_differs(reading, token, one)
        if problem:
            say(token.start, token.end, "contradicted" if one.dates or one.years else "unverified", quoted)
    for token in piece.segment.tokens:
        match token.kind:
            case "num":
                verdict = _number_differs(reading, token, one, piece)
                if verdict == "contradicted":
                    say(token.start, token.end, verdict, quoted)
            case "title" | "quote":
                inner = token.text.strip("《》“”")
                if inner not in one.text and not _known_name(reading, token) and inner not in reading.evidence.statements.names:
                    say(token.start, token.end, "contradicted" if one.named else "unverified", quoted)
                elif inner not in one.text and not _known_name(reading, token) and one.named:
                    say(token.start, token.end, "contradicted", quoted)
            case "nth":
                if token.data[0] not in one.places and token.text not in one.text:
                    say(token.start, token.end, "contradicted" if one.places else "unverified", quoted)
            case "days":
                if token.data[0] not in one.days:
                    say(token.start, token.end, "contradicted" if one.days else "unverified", quoted)
            case "part_period":
                if token.text not in one.text and one.status != "planned":
                    say(token.start, token.end, "unverified", quoted)
            case kind if kind.startswith("scope_"):
                if token.text not in one.text and token.text[:2] not in one.text:
                    say(token.start, token.end, "contradicted", quoted)


def _dates_of(piece: Piece, pieces: list[Piece]) -> list[Token]:
    """The dates of a segment, and of a neighbour that holds nothing else."""
    found = list(piece.dates)
    at = pieces.index(piece)
    if at and pieces[at - 1].dates and len(pieces[at - 1].content) < 3 and not found:
        found += pieces[at - 1].dates
    return found


def _date_differs(reading: Reading, token: Token, one: Stated) -> bool:
    year, month, day = token.data
    if year == reading.evidence.year - 1 and not month and one.kind == "rectification" and "问题" in reading.text:
        return False
    right = reading.evidence.year + (1 if one.kind == "plan" else -1 if one.prior else 0)
    if year and year != right and year not in one.years and not (one.prior and year == right + 1):
        return True
    if not month:
        return False
    if day:
        return (month, day) not in one.dates
    return month not in {m for m, _ in one.dates}


def _number_differs(reading: Reading, token: Token, one: Stated, piece: Piece) -> str:
    """How a number stands to a statement: empty where it agrees or a figure carries it."""
    if token.quantity is None:
        return ""
    value, unit = token.quantity.value, unit_of(token)
    if any(v == value and u == unit for v, u in one.numbers):
        return ""
    same = [v for v, u in one.numbers if u == unit]
    if value == 1 and unit in ("次", "场", "期", "份", "个") and not same and one.status == "done":
        return ""
    around = reading.text[piece.start : token.end]
    if len(same) >= 2 and _DIFFERENCE.search(around) and value in (same[0] - same[1], same[1] - same[0]):
        return ""
    if any(f.verdict == "supported" and f.start <= token.start and token.end <= f.end for f in reading.found):
        return ""
    if any(t.kind == "date" and t.start <= token.start < t.end for t in piece.segment.tokens):
        return ""
    return "contradicted" if same else "unverified"


def _standing(reading: Reading, piece: Piece, one: Stated, bad: object) -> None:
    """Done, going on, planned; said or denied."""
    say = bad
    assert callable(say)
    text = reading.text[piece.start : piece.end]
    if one.status == "planned" and one.kind not in ("problem", "result"):
        if not _planned(reading, piece) or re.search("^已|已经|[^未]已(?!有)", text):
            say(piece.start, piece.end, "contradicted", f"这是计划，还没有做：{one.text}。")
        return
    denies = negative(text)
    if denies and not one.negative and not (one.status == "ongoing" and re.search("尚未|未完成|未结束", text)):
        say(piece.start, piece.end, "contradicted", f"与已确认的情况相反：{one.text}。")
    elif one.negative and not denies and re.match("未|没有|全年未|无", one.text) and re.search("发生|出现|存在|有", text):
        say(piece.start, piece.end, "contradicted", f"与已确认的情况相反：{one.text}。")
    if one.status == "ongoing" and one.kind not in ("problem",) and not denies:
        complete = _COMPLETE.search(text)
        every = re.search("全部|所有|全面|全数", text)
        held = _UNDONE.sub("", one.text)
        partly = not every and any(
            t.kind == "num" and not _number_differs(reading, t, one, piece) for t in piece.segment.tokens
        )
        if (every and every.group() not in held) or (not partly and complete and complete.group() not in held and "正在" not in text):
            say(piece.start, piece.end, "contradicted", f"这项工作还在进行：{one.text}。")
    if one.status == "done" and one.kind != "problem" and not one.prior and re.search(_GOING, text):
        if not re.search(_GOING, one.text):
            say(piece.start, piece.end, "contradicted", f"这件事已经完成：{one.text}。")


def _extras(reading: Reading, piece: Piece, one: Stated, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Runs of content that the statement does not hold."""
    text = canonical(reading.text)
    own = reading.evidence.dossier.unit.self_name[1:]
    at = text.find(reading.evidence.name)
    named = range(at, at + len(reading.evidence.name)) if at >= 0 else range(0)
    others = [p.stated for p in pieces if p.stated is not None and p is not piece]
    numbers = {i for t in piece.segment.tokens if t.kind in ("num", "date", "nth", "days") for i in range(t.start, t.end)}
    placed = any(t.kind == "nth" for t in piece.segment.tokens)
    passed = {"rank"} if placed else set()
    passed |= {"problem"} if one.kind == "problem" else set()
    ranks = {i for t in piece.triggers if t.entry and t.entry.domain in passed for i in range(t.start, t.end)}
    loose = [
        i for i in piece.content
        if text[i].isalnum() and i not in numbers and i not in ranks and not _covered(text, i, one)
        and i not in named and not (len(own) > 1 and own in text[max(0, i - 1) : i + 2]) and not any(_covered(text, i, o) for o in others)
    ]  # fmt: skip
    runs: list[list[int]] = []
    for i in loose:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [(run[0], run[-1] + 1) for run in runs if len(run) >= _EXTRA]


def _drop_figures(reading: Reading, piece: Piece, one: Stated, wrong: list[Found]) -> None:
    """Where a statement carries a segment, a doubtful reading of its numbers as figures falls."""
    numbers = [t for t in piece.segment.tokens if t.kind == "num"]
    agreed = bool(numbers) and all(_number_differs(reading, t, one, piece) == "" for t in numbers)
    if piece.score < _SURE and not agreed and any(f.kind == "figure" and f.verdict == "contradicted" for f in reading.found):
        inside = [f for f in reading.found if f.start < piece.end and f.end > piece.start and f.facts]
        if inside:
            return
    differs = [
        t for t in piece.segment.tokens if t.kind == "num" and _number_differs(reading, t, one, piece) == "unverified"
    ]
    reading.found = [
        f for f in reading.found
        if f.scope or not (f.kind == "figure" and f.verdict != "supported" and f.start < piece.end and f.end > piece.start)
        or any(f.start <= t.start and t.end <= f.end for t in differs)
    ]  # fmt: skip
