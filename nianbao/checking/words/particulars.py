"""Held against a statement: dates, numbers, names, places, and whether it is done, planned or denied."""

from __future__ import annotations

import re

from nianbao.checking.known.statements import Stated, canonical
from nianbao.checking.language.tokens import MOVES, Token
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.causes import ROOT
from nianbao.checking.words.matching import covered
from nianbao.checking.words.needs import EXTRA, known_name
from nianbao.checking.words.pieces import Piece
from nianbao.checking.words.standing import AT_PROBLEM, FIRST, standing
from nianbao.checking.words.stated_numbers import number_differs

_HAN = re.compile("[\u4e00-\u9fff]{5}")
_SMALL_SIGNS = frozenset(
    "正仍尚还未再上出发使较偏的了在于与和及等已各共并由对从至到为是被把将也均都就又个次人名年月日一两二三四五六七八九十"
)
_LACKS = re.compile("(?:尚未|还未)([\u4e00-\u9fff]{2})")
_SMALL_KINDS = frozenset({"bland", "fixed", "ongoing", "future", "done", "some", "rest"})
_YEARS = re.compile("连续[两二三四五六七八九十0-9]+年|历年|多年来?")
_MADE = re.compile("[\u4e00-\u9fff]{2,4}的[“《]")
_TOP = re.compile("首位|榜首|第一(?!责任|时间|季度|批|期|轮|次|平台|阵)|首次|首个|首家|首创|率先|新高|领先")
_PLACE = re.compile("(?:^|[日，])在([^，。；在]{2,12}?)(?:联合|集中|组织)?(?:举办|举行|召开|开展)")
_AIM = re.compile("(?:为|针对)(?:进一步)?(缩小|补齐|弥补|破解|改变|扭转|消除|解决|克服)")
_NO_PLACE = re.compile("^(?:全[县市省区国]|法定|规定|会上|此|线)|[上下中内外]$|方面|基础|期间|过程")


def wrong_with(reading: Reading, piece: Piece, pieces: list[Piece], one: Stated) -> list[Claim]:
    out: list[Claim] = []

    def bad(start: int, end: int, verdict: str, reason: str) -> None:
        out.append(
            Claim(start, end, verdict, (one.id,), one.text, reason, "EV-24", kind="words", about="statement")  # type: ignore[arg-type]
        )

    _particulars(reading, piece, pieces, one, bad)
    if reason := _other_reason(reading, piece, one):
        bad(*reason, "unverified", f"已确认的原因是：{one.text}。")
    standing(reading, piece, one, bad)
    _leaders(reading, piece, one, bad)
    for found in _LACKS.finditer(reading.text, piece.start, piece.end) if one.kind == "problem" else ():
        if found[1] not in one.text and canonical(found[1]) not in canonical(one.text):
            bad(found.start(), found.end(), "unverified", f"已确认的情况没有说到这一点，只有：{one.text}。")
    for at in () if one.kind == "problem" else _other_sign(reading, piece, one):
        if not any(f.start <= at < f.end for f in out):
            bad(at, at + 1, "unverified", f"与已确认的情况有一字之差：{one.text}。")
    for start, end in _extras(reading, piece, one, pieces):
        if not any(f.start <= start and end <= f.end for f in out):
            bad(start, end, "unverified", f"已确认的情况没有说到这一点，只有：{one.text}。")
    return out


def _other_reason(reading: Reading, piece: Piece, one: Stated) -> tuple[int, int] | None:
    """主要是主动公开充分, where the statement has another reason: what stands behind the word for a cause."""
    words = [t for t in piece.triggers if t.entry and t.entry.domain == "cause" and not t.entry.weak]
    if not words or words[-1].end >= piece.end or ROOT.match(words[-1].text):
        return None
    text = canonical(reading.text)
    told = [i for i in range(words[-1].end, piece.end) if "\u4e00" <= text[i] <= "\u9fff"]
    loose = [i for i in told if not covered(text, i, one)]
    return (words[-1].start, piece.end) if len(told) >= 4 and len(loose) * 2 > len(told) else None


def _other_sign(reading: Reading, piece: Piece, one: Stated) -> list[int]:
    """日文版 for 英文版: one sign that differs between signs of the statement's own."""
    text, told = canonical(reading.text), canonical(one.text)
    known = {i for t in piece.segment.tokens if t.kind in ("num", "date", "nth", "days") for i in range(t.start, t.end)}
    found: list[int] = []
    for i in range(piece.start + 2, piece.end - 2):
        here = text[i - 2 : i + 3]
        if i in known or text[i] in _SMALL_SIGNS or not _HAN.fullmatch(here) or text[i] in told:
            continue
        other = re.search(f"{here[:2]}([\u4e00-\u9fff]){here[3:]}", told)
        if other and other[1] not in _SMALL_SIGNS:
            found.append(i)
    return found


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
    named = [s for s in reading.evidence.statements.all if not s.prior and set(s.named) & set(one.named)]
    for token in _dates_of(piece, pieces):
        made_then = _MADE.match(reading.text, token.end) is not None  # 6月推出的“…”获评…
        of_its_name = made_then and any(not _date_differs(reading, token, s) for s in named)
        problem = not of_its_name and _date_differs(reading, token, one)
        if problem:
            say(token.start, token.end, "contradicted" if one.dates or one.years else "unverified", quoted)
    for found in _TOP.finditer(reading.text, piece.start, piece.end):
        if one.places and 1 not in one.places and found.group() not in one.text:
            say(found.start(), found.end(), "contradicted", quoted)
        elif not one.places and found.group() not in one.text and canonical(one.text).find(found.group()) < 0:
            say(found.start(), found.end(), "unverified", f"已确认的情况没有说到这一点，只有：{one.text}。")
    for found in _YEARS.finditer(reading.text, piece.start, piece.end):
        if found.group() not in one.text:
            say(found.start(), found.end(), "unverified", f"已确认的情况没有说到这一点，只有：{one.text}。")
    if place := _place_differs(reading, piece, one):
        say(*place, quoted)
    for token in piece.segment.tokens:
        match token.kind:
            case "num":
                verdict = number_differs(reading, token, one, piece)
                if _each_for_all(reading, token, one):
                    say(token.start, token.end, "contradicted", quoted)
                elif verdict == "contradicted":
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
            case "second" | "third" if "第" in token.text and not _in_figure(reading, token):
                if (2 if token.kind == "second" else 3) not in one.places:
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
            case kind if (
                kind.startswith("scope_")
                and not _in_figure(reading, token)
                and not reading.evidence.dossier.unit.scope.startswith(token.text[:2])
            ):
                if token.text not in one.text and token.text[:2] not in one.text:
                    say(token.start, token.end, "contradicted", quoted)


_EACH, _ALL = re.compile("(?:每[次场期轮个批]|[各均])[^，。；]{0,10}$"), re.compile("共[^，。；]{0,6}$")


def _each_for_all(reading: Reading, token: Token, one: Stated) -> bool:
    """每次评查80卷, where 80 is what all of them came to."""
    if token.quantity is None or not _EACH.search(reading.text[: token.start]):
        return False
    told = re.search(rf"(?<![0-9]){token.quantity.value}{re.escape(token.quantity.unit)}", one.text)
    return told is not None and _ALL.search(one.text[: told.start()]) is not None


_OFTEN = re.compile("按[月季周年]|每[个半]?[月季周年日天]")


def _in_half(token: Token, one: Stated) -> bool:
    """上半年 for 6月底前."""
    months = {month for month, _ in one.dates}
    half = {"上半年": range(1, 7), "下半年": range(7, 13)}.get(token.text, ())
    return bool(months) and (all if len(months) < 3 else any)(month in half for month in months)


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


def _extras(reading: Reading, piece: Piece, one: Stated, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Runs of content that the statement does not hold."""
    text = canonical(reading.text)
    passed = _passed(reading, piece, one, text)
    told = [one, *(p.stated for p in pieces if p.stated is not None and p is not piece)]
    told += [s for s in reading.evidence.statements.all if not s.prior and set(s.named) & set(one.named)]
    source = one.source if _REPORTED.search(text, piece.start, piece.end) else frozenset()
    loose = [
        i for i in piece.content
        if text[i].isalnum() and i not in passed and not any(covered(text, i, t) for t in told)
        and text[i : i + 2] not in source and text[i - 1 : i + 1] not in source
    ]  # fmt: skip
    runs: list[list[int]] = []
    for i in loose:
        if runs and i - runs[-1][-1] <= 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    least = EXTRA + (piece.family == "problem")  # a problem is retold more freely than a deed
    return [(run[0], run[-1] + 1) for run in runs if len(run) >= least]


_UNFINISHED = re.compile("(?:尚未|还未|没有|未能|未|没)(?:全部|全面)?(?:完成|完工|收尾|结束|到位|改完|做完)")
_REPORTED = re.compile("通报|公布|发布|评审|评选|认定|测评")
_AT_MEETINGS = re.compile("会议|专题研究|研究|讨论|商议")


def _passed(reading: Reading, piece: Piece, one: Stated, text: str) -> set[int]:
    """Signs that need not be the statement's: numbers (checked apart), the unit's own name, a rank's verb."""
    numbers = [t for t in piece.segment.tokens if t.kind in ("num", "date", "nth", "days")]
    families = {"rank"} if any(t.kind == "nth" for t in piece.segment.tokens) else set()
    families |= {"rank"} if one.places and FIRST.search(text, piece.start, piece.end) else set()
    named_problem = one.kind == "problem" or AT_PROBLEM.search(text, piece.start, piece.end) is not None
    families |= {"problem"} if named_problem else set()
    aim = _AIM.match(text, piece.start) if one.kind == "problem" else None
    numbers += [t for t in piece.triggers if t.entry and t.entry.domain in families]
    numbers += [t for t in piece.segment.tokens if t.kind in _SMALL_KINDS]
    counted = any(t.kind == "num" for t in piece.segment.tokens)
    numbers += [t for t in piece.segment.tokens if counted and t.kind in MOVES]
    found = {i for t in numbers for i in range(t.start, t.end)} | ({*range(*aim.span(1))} if aim else set())
    if one.status == "ongoing":
        found |= {i for m in _UNFINISHED.finditer(reading.text, piece.start, piece.end) for i in range(*m.span())}
    spare = "因此|为此|没有|没能|未能|作出" if one.negative else "因此|为此"
    found |= {i for m in re.finditer(spare, text) for i in range(*m.span())}
    if "会" in one.text:
        found |= {i for m in _AT_MEETINGS.finditer(text, piece.start, piece.end) for i in range(*m.span())}
    if re.search("主要是|因|由于|导致|造成", one.text):
        words = "的?主要原因|的?原因|由于|因为|源于|导致|造成|致使|影响|受|所致|因此|主要集中在|集中在|集中于|来自"
        found |= {i for m in re.finditer(words, text) for i in range(*m.span())}
    if "获" in one.text or "评为" in one.text:
        found |= {i for m in re.finditer("获评|荣获|获得|获颁|评为|列为", text) for i in range(*m.span())}
    if piece.family == "platform":
        found |= {i for m in re.finditer("推出|启用|提供|投用|上架", text) for i in range(*m.span())}
    for name in (reading.evidence.name, reading.evidence.dossier.unit.self_name[1:]):
        at = text.find(name) if len(name) > 1 else -1
        found.update(range(at, at + len(name)) if at >= 0 else ())
    return found
