"""Held against a statement: dates, numbers, names, places, and whether it is done, planned or denied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from nianbao.checking.lexicon import phrases
from nianbao.checking.needs import EXTRA, known_name
from nianbao.checking.number import MOVES
from nianbao.checking.pieces import Piece, planned
from nianbao.checking.quantity import agrees, compatible
from nianbao.checking.reading import Reading
from nianbao.checking.statements import Stated, canonical, negative, unit_of
from nianbao.checking.supplementary import channels_in
from nianbao.checking.tokens import Token
from nianbao.checking.verdicts import Claim
from nianbao.numerals import parse_number

_COMPLETE = re.compile("已完成|完成|完工|完毕|实现|到位|解决|建成|结束|换新|落实到位|整改完")
_UNDONE = re.compile("(?:尚未|还未|未|没有)(?:全部|全面|最终)?(?:完成|完工|结束|到位|实现|解决)")
_PARTLY = re.compile("已?完成(?=[^，。；]{0,12}[0-9])")
_GOING = "正在|仍在|还在|尚在|进行中|推进中|拟(?![定稿制])|即将|计划|将(?:于|在|由|会|有|通过|统一)"
_LEVELS = ("国家", "全国", "省", "市", "县")
_OWN_AREA = re.compile("[我本][市县省区]")
_IN_PLANS = re.compile("已经?(?:列入|纳入|写入|安排)")
_OPEN = re.compile("尚未|还没|(?:未|没有)(?:完成|结束|收尾|做完)")
_DONE = re.compile("已(?!有|经?(?:启动|着手|开始|列入))")
_PLACE = re.compile("(?:^|[日，])在([^，。；在]{2,12}?)(?:联合|集中|组织)?(?:举办|举行|召开|开展)")
_AIM = re.compile("(?:为|针对)(?:进一步)?(缩小|补齐|弥补|破解|改变|扭转|消除|解决|克服)")
_NO_PLACE = re.compile("^(?:全[县市省区国]|法定|规定|会上|此|线)|[上下中内外]$|方面|基础|期间|过程")
_PLAIN = 0.6
_DIFFERENCE = re.compile("剩|余|尚有|余下|还有|差|其余|其他|另外|另有")


def match_statement(text: str, piece: Piece, ranked: list[Stated], planned: bool, problem: bool) -> None:
    """The statement that covers most of a segment's content; the group's best is preferred."""
    best: tuple[float, Stated] | None = None
    if not piece.content:
        return
    scores: dict[str, float] = {}
    for number, one in enumerate(ranked):
        score = scores[one.id] = max(_cover(text, piece.content, one), covers(text, piece, one) - 0.15)
        dated = bool(one.dates) and any(t.data[1] and _same_day(t, one) for t in piece.dates)
        points = score + (0.1 if number == 0 else 0) + (0.12 if dated else 0) - (0.05 if one.prior else 0)
        points += 0.12 if (one.status == "planned") == planned else 0
        points += 0.15 if problem and one.kind == "problem" else 0
        if score >= 0.34 and (best is None or points > best[0]):
            best = (points, one)
    if best is not None:
        piece.stated, piece.score = best[1], scores[best[1].id]


def covers(text: str, piece: Piece, one: Stated) -> float:
    """How much of all the words of a segment a statement holds."""
    return _cover(text, [i for i in range(piece.start, piece.end) if "\u4e00" <= text[i] <= "\u9fff"], one)


def _same_day(token: Token, one: Stated) -> bool:
    """Whether a date of the text is one of the statement's."""
    _, month, day = token.data
    return (month, day) in one.dates if day else any(m == month for m, _ in one.dates)


def _cover(text: str, content: Sequence[int], one: Stated) -> float:
    if not content:
        return 1.0
    return sum(_covered(text, i, one) for i in content) / len(content)


def _covered(text: str, i: int, one: Stated) -> bool:
    return text[i : i + 2] in one.pairs or (i > 0 and text[i - 1 : i + 1] in one.pairs)


def wrong_with(reading: Reading, piece: Piece, pieces: list[Piece], one: Stated) -> list[Claim]:
    out: list[Claim] = []

    def bad(start: int, end: int, verdict: str, reason: str) -> None:
        out.append(
            Claim(start, end, verdict, (one.id,), one.text, reason, "EV-24", kind="words", about="statement")  # type: ignore[arg-type]
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
    if place := _place_differs(reading, piece, one):
        say(*place, quoted)
    for token in piece.segment.tokens:
        match token.kind:
            case "num":
                verdict = number_differs(reading, token, one, piece)
                if verdict == "contradicted":
                    say(token.start, token.end, verdict, quoted)
            case "title" | "quote":
                inner = token.text.strip("《》“”")
                if (
                    inner not in one.text
                    and not known_name(reading, token)
                    and inner not in reading.evidence.statements.names
                ):
                    say(token.start, token.end, "contradicted" if one.named else "unverified", quoted)
                elif inner not in one.text and not known_name(reading, token) and one.named:
                    say(token.start, token.end, "contradicted", quoted)
            case "nth":
                if token.data[0] not in one.places and token.text not in one.text:
                    say(token.start, token.end, "contradicted" if one.places else "unverified", quoted)
            case "days":
                if token.data[0] not in one.days:
                    say(token.start, token.end, "contradicted" if one.days else "unverified", quoted)
            case "frequency":
                other = _OFTEN.search(one.text)
                if token.text not in one.text and not (other and other.group()[-1] in token.text):
                    say(token.start, token.end, "contradicted" if other else "unverified", quoted)
            case "part_period":
                other = re.search("[上下]半年|[一二三四]季度", one.text)
                if token.text not in one.text and not _in_half(token, one) and (other or one.status != "planned"):
                    say(token.start, token.end, "contradicted" if other else "unverified", quoted)
            case kind if kind.startswith("scope_") and not _in_figure(reading, token):
                if token.text not in one.text and token.text[:2] not in one.text:
                    say(token.start, token.end, "contradicted", quoted)


_OFTEN = re.compile("按[月季周年]|每[个半]?[月季周年日天]")


def _in_half(token: Token, one: Stated) -> bool:
    """上半年 for 6月底前."""
    months = {month for month, _ in one.dates}
    half = {"上半年": range(1, 7), "下半年": range(7, 13)}.get(token.text, ())
    return bool(months) and all(month in half for month in months)


def _in_figure(reading: Reading, token: Token) -> bool:
    """Whether a figure that is right has the word in its claim."""
    return any(
        f.kind == "figure" and f.verdict == "supported" and f.start <= token.start and token.end <= f.end
        for f in reading.found
    )


def _place_differs(reading: Reading, piece: Piece, one: Stated) -> tuple[int, int, str] | None:
    """在县人民广场举办…: where something took place, with the verdict where the statement has another place."""
    found = _PLACE.search(reading.text, piece.start, piece.end)
    if found is None or _NO_PLACE.search(found[1]) or found[1] in one.text:
        return None
    return found.start(1), found.end(1), "contradicted" if _PLACE.search(one.text) else "unverified"


def _dates_of(piece: Piece, pieces: list[Piece]) -> list[Token]:
    """The dates of a segment, and of a neighbour that holds nothing else."""
    found = list(piece.dates)
    at = pieces.index(piece)
    bracket = at and pieces[at - 1].segment.opener == "（"
    if at and pieces[at - 1].dates and len(pieces[at - 1].content) < 3 and not found and not bracket:
        found += pieces[at - 1].dates
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after and len(after.dates) > 1 and len(after.content) < 3:
        found += after.dates  # 举办研修3期，分别在5月、8月和10月
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


def number_differs(reading: Reading, token: Token, one: Stated, piece: Piece) -> str:
    """How a number stands to a statement: empty where it agrees or a figure carries it."""
    if token.quantity is None:
        return ""
    value, unit = token.quantity.value, unit_of(token)
    noun = reading.text[token.end : token.end + 2]
    other = re.search(rf"([0-9]+)[个家名]?{re.escape(noun)}", one.text) if len(noun) == 2 and noun[0] > "一" else None
    if other and token.quantity.unit in ("个", "家", "名") and int(other[1]) != value and not token.quantity.approx:
        return "contradicted"  # 9个部门和31个街道, for 31个部门和9个街道
    if any(u == unit and agrees(token.quantity, v) for v, u in one.numbers):
        return ""
    if any(compatible(u, unit) and v == value for v, u in one.numbers):
        return ""  # 列入的事项有48个, for 48项
    places = len(re.findall("[、和及]", one.text.partition("各")[0])) + 1 if "各" in one.text else 1
    if any(u == unit and v * places == value for v, u in one.numbers):
        return ""  # 在码头社区和沿河村各新装1块: two in all
    same = [v for v, u in one.numbers if u == unit]
    if unit == "%" and any(agrees(token.quantity, share) for share in _shares(one)):
        return ""  # 36个栏目中已排查27个，占四分之三
    moved = any(t.kind in MOVES and 0 <= token.start - t.end <= 1 for t in piece.segment.tokens)
    if value == 1 and not moved and unit in ("次", "场", "期", "份", "个") and not same and one.status == "done":
        return ""
    around = reading.text[piece.start : token.end]
    if len(same) >= 2 and _DIFFERENCE.search(around) and value in (same[0] - same[1], same[1] - same[0]):
        return ""
    if any(f.verdict == "supported" and f.start <= token.start and token.end <= f.end for f in reading.found):
        return ""
    if any(t.kind == "date" and t.start <= token.start < t.end for t in piece.segment.tokens):
        return ""
    return "contradicted" if same and piece.score >= _PLAIN else "unverified"


def _shares(one: Stated) -> list[Fraction]:
    """What per cent the counts of a statement are of each other."""
    counts = [value for value, unit in one.numbers if unit != "%"]
    return [min(a, b) / max(a, b) * 100 for a, b in pairwise(counts) if a != b and min(a, b) > 0]


def _standing(reading: Reading, piece: Piece, one: Stated, bad: object) -> None:
    """Done, going on, planned; said or denied."""
    say = bad
    assert callable(say)
    text = reading.text[piece.start : piece.end]
    if one.status == "planned" and one.kind not in ("problem", "result"):
        if not planned(reading, piece) or re.search("^已|已经|[^未]已(?!有)", _IN_PLANS.sub("", text)):
            say(piece.start, piece.end, "contradicted", f"这是计划，还没有做：{one.text}。")
        return
    denies = negative(text)
    if (denies and not one.negative and not (one.status == "ongoing" and _OPEN.search(text))) or (
        one.negative and not denies and re.match("未|没有|全年未|无", one.text) and re.search("发生|出现|存在|有", text)
    ):
        say(piece.start, piece.end, "contradicted", f"与已确认的情况相反：{one.text}。")
    if one.status == "ongoing" and one.kind not in ("problem",) and not denies:
        complete = _COMPLETE.search(text)
        every = re.search("全部|所有|全面|全数", text)
        held = _PARTLY.sub("", _UNDONE.sub("", one.text))
        most = max((v for v, _ in one.numbers), default=None)
        partly = not every and any(
            t.kind == "num" and t.quantity and t.quantity.value != most and not number_differs(reading, t, one, piece)
            for t in piece.segment.tokens
        )
        if (
            (every and every.group() not in held)
            or (not partly and complete and complete.group() not in held and "正在" not in text)
            or (not partly and "已" not in one.text and _DONE.search(text))
        ):
            say(piece.start, piece.end, "contradicted", f"这项工作还在进行：{one.text}。")
    _opposed(reading, piece, one, say)
    if (pair := _LIST_OF_TWO.search(text)) and not _LIST_OF_TWO.search(text, pair.end()):
        for here, there in (pair.groups(), pair.groups()[::-1]):
            if there in one.text and here not in one.text and re.search(f"、{there}|{there}[、和]", one.text):
                at = piece.start + text.index(here)
                say(at, at + len(here), "contradicted", f"与已确认的情况不符：{one.text}。")
    wide = re.search("均|都|各|所有|全部|每个", text)
    general = re.search("均|都|各|所有|全|每|统一|逐", one.text)
    counted = any(t.kind == "num" and not number_differs(reading, t, one, piece) for t in piece.segment.tokens)
    if wide and piece.triggers and not general and not counted and one.kind not in ("problem", "contact"):
        say(piece.start, piece.end, "unverified", f"已确认的情况没有说全部都是这样，只有：{one.text}。")
    settled = one.status == "done" and one.kind != "problem" and not one.prior
    if settled and re.search(_GOING, text) and not re.search(_GOING, one.text):
        say(piece.start, piece.end, "contradicted", f"这件事已经完成：{one.text}。")


_FIRST = re.compile("前([二三四五六七八九十]|[0-9]{1,2})(?:名|位|强)?")
_MINISTRY = re.compile(
    "(?:教育|公安|民政|司法|财政|社会保障|资源|环境|建设|运输|水利|农村|商务|旅游|应急管理|科技|化)部(?![门分署])"
)
_LIST_OF_TWO = re.compile("在([\u4e00-\u9fff]{2,3})[、和]([\u4e00-\u9fff]{2,3})(?=[两0-9])")
_OFFICE = re.compile("[省市县区]((?:[\u4e00-\u9fff]{2,6}?(?:局|厅|委|办公室|馆|院|中心|政府)|人大代表|政协委员))")


def _opposed(reading: Reading, piece: Piece, one: Stated, say: Callable[..., None]) -> None:
    """Another channel than the statement's, or the opposite of its words."""
    text = canonical(reading.text[piece.start : piece.end])
    told = canonical(one.text)
    for words in phrases("bland")["opposites"]:
        for word, other in (words, words[::-1]):
            if word in text and word not in told and other in told and other not in text:
                at = piece.start + text.index(word)
                say(at, at + len(word), "contradicted", f"与已确认的情况相反：{one.text}。")
    if piece.family in ("honour", "case", "rank"):
        bare = _OWN_AREA.sub("", text)
        for level in _LEVELS:
            other = any(x in told and x not in bare for x in _LEVELS)
            if level in bare and level not in told and other:
                at = piece.start + text.index(level)
                say(at, at + len(level), "contradicted", f"与已确认的情况不符：{one.text}。")
    if (first := _FIRST.search(text)) and one.places and min(one.places) > (parse_number(first[1]) or 0):
        at = piece.start + first.start()
        say(at, at + len(first.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    if (state := _MINISTRY.search(text)) and state.group() not in told and re.search("[省市县区]", told):
        at = piece.start + state.start()
        say(at, at + len(state.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    for office in _OFFICE.finditer(text):
        other = re.search(f"[省市县区]{office[1]}", told)
        if other and office.group() not in told:
            at = piece.start + office.start()
            say(at, at + len(office.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    said, known = channels_in(text), channels_in(told)
    if said and known and not said & known and one.kind != "contact":
        say(piece.start, piece.end, "contradicted", f"与已确认的情况不符：{one.text}。")


def _extras(reading: Reading, piece: Piece, one: Stated, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Runs of content that the statement does not hold."""
    text = canonical(reading.text)
    passed = _passed(reading, piece, one, text)
    told = [one, *(p.stated for p in pieces if p.stated is not None and p is not piece)]
    loose = [
        i
        for i in piece.content
        if text[i].isalnum() and i not in passed and not any(_covered(text, i, t) for t in told)
    ]
    runs: list[list[int]] = []
    for i in loose:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    least = EXTRA + (piece.family == "problem")  # a problem is retold more freely than a deed
    return [(run[0], run[-1] + 1) for run in runs if len(run) >= least]


_AT_MEETINGS = re.compile("会议|专题研究|研究|讨论|商议")


def _passed(reading: Reading, piece: Piece, one: Stated, text: str) -> set[int]:
    """Signs that need not be the statement's: numbers (checked apart), the unit's own name, a rank's verb."""
    numbers = [t for t in piece.segment.tokens if t.kind in ("num", "date", "nth", "days")]
    families = {"rank"} if any(t.kind == "nth" for t in piece.segment.tokens) else set()
    families |= {"problem"} if one.kind == "problem" else set()
    aim = _AIM.match(text, piece.start) if one.kind == "problem" else None
    numbers += [t for t in piece.triggers if t.entry and t.entry.domain in families]
    numbers += [t for t in piece.segment.tokens if t.kind in ("bland", "fixed", "ongoing")]
    found = {i for t in numbers for i in range(t.start, t.end)} | ({*range(*aim.span(1))} if aim else set())
    if "会" in one.text:
        found |= {i for m in _AT_MEETINGS.finditer(text, piece.start, piece.end) for i in range(*m.span())}
    if re.search("主要是|因|由于|导致|造成", one.text):
        words = "的?主要原因|的?原因|由于|因为|源于|导致|造成|致使|影响|受"
        found |= {i for m in re.finditer(words, text) for i in range(*m.span())}
    if piece.family == "platform":
        found |= {i for m in re.finditer("推出|启用|提供|投用|上架", text) for i in range(*m.span())}
    for name in (reading.evidence.name, reading.evidence.dossier.unit.self_name[1:]):
        at = text.find(name) if len(name) > 1 else -1
        found.update(range(at, at + len(name)) if at >= 0 else ())
    return found
