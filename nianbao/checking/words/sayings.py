"""Claims in words: events, titles, honours, problems, plans; a confirmed statement carries them or nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nianbao.checking.known.statements import Stated, canonical, pairs_in
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import score
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.deeds import deeds
from nianbao.checking.words.matching import covers, match_statement
from nianbao.checking.words.needs import FOR_WANT, GAP, known_name, needs_statement
from nianbao.checking.words.particulars import wrong_with
from nianbao.checking.words.pieces import Piece, leave_out, pairs_at, piece_of, planned, quoted_in
from nianbao.checking.words.rectified import all_rectified, finished, unsettled
from nianbao.checking.words.said_numbers import ENOUGH, drop_figures, settle_alone, settle_numbers

_PLAN_COVERED, _PLAN_TOLD, _PLAN_HALF = 0.8, 0.7, 0.3
_YEARS = re.compile("连续[三四五六七八九十0-9]+年(?![度末初])")
_MOSTLY = 0.6
_NAMED_ALIKE = 9  # two statements with one name in quotation marks
_CONTACT = re.compile("联系|地址|电话|邮|网址|查阅|下载|办公时间")
_PROBLEM_LEAD = re.compile(
    "(?:存在|主要|突出|面临|当前|以下|还有)[^，。；]{0,24}(?:问题|不足|短板|差距)|(?:问题|不足)(?:是|主要|有|：)"
)
_LAST_YEAR = re.compile(r"上年|去年|20\d\d年(?:度)?存在")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十][是）)、]|(?:同时|此外|另外)")
_LOOKED_INTO = re.compile(
    "(?:查找|发现|解决|研究|围绕|聚焦|分析|反映|提出|消除|回应)[^。；]{0,24}(?:问题|不足|短板|差距)"
)


def read_sayings(reading: Reading) -> None:
    """The claims in words of a sentence, group by group (parted by ；)."""
    text = reading.text
    state = reading.state
    if state.mode == "problem" and not _ITEM.match(text):
        state.mode = ""
    if _leads_to_problems(text):
        state.mode = "problem"
    elif re.match(
        r"[（一二三四五六七八九十）]*(?:下一步|今后|针对(?:上述|以上|这些|存在))|.{0,12}将(?:采取|从|作)", text
    ):
        state.mode = "plan" if "整改" not in text[:14] else ""
    group: list[Segment] = []
    for segment in reading.segments:
        if segment.opener == "；" and group:
            _group(reading, group)
            group = []
        group.append(segment)
    _group(reading, group)


def _leads_to_problems(text: str) -> bool:
    """仍存在以下问题：… but not 查找存在的问题, nor the list of the report's parts."""
    if not _PROBLEM_LEAD.search(text) or "针对" in text[:4] or "总体情况" in text or _LAST_YEAR.match(text):
        return False
    return bool(re.search("[还仍]存在|主要问题|主要不足|以下", text)) or not _LOOKED_INTO.search(text)


def _group(reading: Reading, segments: list[Segment]) -> None:
    if not segments:
        return
    pieces = [piece_of(reading, part) for segment in segments for part in deeds(segment, reading.text)]
    quoted = quoted_in(reading, pieces)
    for piece in pieces:
        leave_out(piece, quoted)
    _years_on_end(reading, pieces)
    needing = [p for p in pieces if not all_rectified(reading, p) and needs_statement(reading, p)]
    for number, piece in enumerate(pieces):
        if piece not in needing:
            _only_planned(reading, piece, pieces[number - 1] if number else None)
    if not needing:
        settle_alone(reading, pieces)
        finished(reading, pieces)
        return
    text = canonical(reading.text)
    places = [i for p in needing for i in range(p.start, p.end)] + [i for p in pieces for i in p.content]
    ranked = reading.evidence.statements.ranked(pairs_at(text, places))
    if not _CONTACT.search(text):
        ranked = [one for one in ranked if one.id != "contact"]
    before: Stated | None = None
    for piece in needing:
        match_statement(text, piece, ranked, planned(reading, piece), reading.state.mode == "problem", before)
        before = piece.stated
    _settle(reading, pieces, needing)
    settle_numbers(reading, pieces)
    settle_alone(reading, pieces)
    finished(reading, pieces)


def _years_on_end(reading: Reading, pieces: list[Piece]) -> None:
    """连续三年保持…: no dossier has figures of so many years."""
    for found in _YEARS.finditer(reading.text, pieces[0].start, pieces[-1].end):
        piece = next(p for p in pieces if p.start <= found.start() < max(p.end, p.start + 1))
        if found.group() not in reading.evidence.statements.names and not _has_words(reading, *found.span()):
            reason = phrases("claims")["triggers"]["rank"]["reason"]
            reading.claim(
                found.start(), piece.end, "unverified", reason=reason, rule="EV-24", kind="words", about="rank"
            )


def _only_planned(reading: Reading, piece: Piece, before: Piece | None) -> None:
    """年内组织2期公开属性认定专题培训: figures carry its numbers, but the words are those of a plan."""
    if planned(reading, piece) or piece.end - piece.start < 8:
        return
    text = canonical(reading.text)
    told = {text[i : i + 2] for i in range(piece.start, piece.end - 1)}
    for one in reading.evidence.statements.planned:
        if one.kind in ("problem", "result"):
            continue
        old = before.stated if before is not None and _words_of(reading, before) else None
        answers = old is not None and old.id in one.answers
        alike = len(one.pairs & told) >= (_PLAN_HALF if answers else _PLAN_TOLD) * len(one.pairs)
        least = _PLAN_COVERED - (0.2 if answers else 0)
        if alike and covers(text, piece, one) >= least and not _told_elsewhere(reading, one):
            reason = f"这是计划，还没有做：{one.text}。"
            reading.claim(piece.start, piece.end, "contradicted", facts=(one.id,), expected=one.text, reason=reason,
                          rule="EV-24", kind="words", about="statement")  # fmt: skip
            return


def _told_elsewhere(reading: Reading, plan: Stated) -> bool:
    """Whether something that was done, or the name of a figure, has all the words of a plan."""
    known = reading.evidence.statements.all
    done = (s for s in known if s.status != "planned" or s.kind in ("problem", "result"))
    named = any(plan.pairs <= pairs_in(label.words) for label in reading.evidence.labels)
    return named or any(plan.pairs <= s.pairs for s in done)


def _settle(reading: Reading, pieces: list[Piece], needing: list[Piece]) -> None:
    for before, piece in pairwise(pieces):
        placed = piece.family == "rank" or any(t.kind == "nth" for t in piece.segment.tokens)
        unplaced = piece.stated is None or (piece.score < ENOUGH and not piece.stated.places)
        ranked = placed and unplaced and (before.stated or _words_of(reading, before))
        ranked = bool(ranked and before.stated and before.stated.places)
        dated = piece.family == "date" and (before.stated or _words_of(reading, before))
        if before.stated is not None and (ranked or dated):
            piece.stated, piece.score = before.stated, ENOUGH
    for piece in needing:
        _of_title(reading, piece)
        unsettled(reading, piece)
        if (piece.stated is not None and piece.score >= ENOUGH) or (
            piece.stated is not None and piece.family in ("", "document", "problem") and piece.score >= 0.42
        ):
            _carried(reading, piece, pieces)
        else:
            _not_carried(reading, piece)


def _words_of(reading: Reading, piece: Piece) -> bool:
    """Whether a statement is found for a segment that figures carry (培训3期，分别于4月、7月和10月举办)."""
    text = canonical(reading.text)
    places = [i for i in range(piece.start, piece.end) if "\u4e00" <= text[i] <= "\u9fff"]
    one = Piece(piece.segment, places, [], [], [])
    match_statement(text, one, reading.evidence.statements.ranked(pairs_at(text, places)), False, False)
    piece.stated = one.stated if one.score >= ENOUGH else None
    return piece.stated is not None


def _of_title(reading: Reading, piece: Piece) -> None:
    """《…指引》（7月印发）: what a bracket says is of the title before it."""
    at = piece.segment.number
    before = reading.segments[at - 1] if at and piece.segment.opener == "（" else None
    title = before.tokens[-1] if before and before.tokens else None
    if title is None or title.kind != "title" or before is None or title.end != before.end:
        return
    inner = title.text.strip("《》")
    one = next((s for s in reading.evidence.statements.all if inner in s.text), None)
    if one:
        piece.stated, piece.score = one, 1.0


def _not_carried(reading: Reading, piece: Piece) -> None:
    """Nothing confirms it. In a plan, general words may stand."""
    if piece.general or _named_as_figure(reading, piece):
        return
    hard = [t for t in piece.triggers if t.entry and not t.entry.weak]
    numbers = [t for t in piece.specifics if t.kind == "num"]
    open_numbers = [t for t in numbers if not _has_claim(reading, t)]
    if (
        planned(reading, piece)
        and not piece.specifics
        and len(piece.gaps) < 8
        and not ({t.entry.domain for t in hard if t.entry} & {"injection", "honour", "cause", "rank", "satisfaction"})
    ):
        return
    hard += [t for t in piece.triggers if t.entry and t.entry.domain == "leader" and t not in hard]
    only_numbers = len(piece.specifics) == len(numbers) and len(piece.gaps) < GAP
    if numbers and not hard and not open_numbers and only_numbers:
        return  # its numbers have verdicts of their own
    reasons = phrases("claims")["triggers"]
    family = piece.family if piece.family in reasons else ""
    reason = reasons[family]["reason"] if family else "没有已确认的情况作依据，未能核对。"
    reading.claim(
        _with_date(reading, piece),
        piece.end,
        "unverified",
        reason=reason,
        rule="EV-24",
        kind="words",
        about=piece.family,
    )


def _named_as_figure(reading: Reading, piece: Piece) -> bool:
    """编写政策“大白话”解读: what a figure counts was done, how often the figure says."""
    told = pairs_in(reading.text[piece.start : piece.end])
    for label in reading.evidence.labels:
        alike = len(told & pairs_in(label.words)) >= _MOSTLY * len(told)
        if len(told) > 3 and alike and score(label, set(told)) >= _PLAN_COVERED:
            value = reading.evidence.figures.known(Subject("supp", label.id)).value
            return bool(value) and not piece.dates and all(known_name(reading, t) for t in piece.specifics)
    return False


def _with_date(reading: Reading, piece: Piece) -> int:
    """Where a claim begins: with the date that stands before it alone."""
    at = piece.segment.number
    before = reading.segments[at - 1] if at else None
    beside = piece.segment.opener != "；"
    if beside and before and any(t.kind == "date" for t in before.tokens) and before.end - before.start <= 8:
        return before.start
    return piece.start


def _has_words(reading: Reading, start: int, end: int) -> bool:
    wrong = (f for f in reading.found if f.kind == "words" and f.verdict != "supported")
    return any(f.start < end and start < f.end for f in wrong)


def _has_claim(reading: Reading, token: Token) -> bool:
    return any(f.start <= token.start and token.end <= f.end for f in reading.found)


def _carried(reading: Reading, piece: Piece, pieces: list[Piece]) -> None:
    """A statement speaks of it: every particular must be the statement's."""
    one = piece.stated
    assert one is not None
    pair = list(reading.state.told)
    reading.state.tell(one.id)
    if (want := FOR_WANT.search(reading.text, piece.start, piece.end)) and want["deed"] not in one.text:
        piece.general = False
        _not_carried(reading, piece)
        return
    wrong = [*_old_problem(reading, piece, one), *_wrong_one(reading, piece, one, pair)]
    wrong = wrong or wrong_with(reading, piece, pieces, one)
    drop_figures(reading, piece, one, wrong)
    if not wrong:
        reading.claim(piece.start, piece.end, "supported", facts=(one.id,), rule="EV-24", kind="words")
        return
    for found in wrong:
        reading.add(found)


_PAST = re.compile(r"上年|去年|20\d\d年|此前|原来|针对|已|整改|解决")


def _old_problem(reading: Reading, piece: Piece, one: Stated) -> list[Claim]:
    """A problem of last year's report among this year's."""
    if not (one.prior and one.kind == "problem" and reading.state.mode == "problem") or _PAST.search(reading.text):
        return []
    reason = f"这是上年的问题，今年的情况没有说到：{one.text}。"
    return [
        Claim(piece.start, piece.end, "unverified", (one.id,), None, reason, "EV-24", kind="words", about="problem")
    ]


def _wrong_one(reading: Reading, piece: Piece, one: Stated, pair: Sequence[str]) -> list[Claim]:
    """7月建成文件库，9月新设查阅点。后者可分类检索: said of the other of the two that were told (`pair`)."""
    kinds = {t.kind for t in piece.segment.tokens}
    if not kinds & {"former", "latter"} or len(pair) < 2:
        return []
    known = {s.id: s for s in reading.evidence.statements.all}
    alike = [len(known[i].pairs & one.pairs) + (99 if i == one.id else 0) if i in known else 0 for i in pair]
    for at, name in enumerate(pair):
        if name in known and set(known[name].named) & set(one.named):
            alike[at] += _NAMED_ALIKE
    meant = "latter" in kinds
    if alike[meant] + 2 >= alike[not meant]:
        return []
    reason = f"“{'后者' if 'latter' in kinds else '前者'}”指的不是这一件：{one.text}。"
    return [Claim(piece.start, piece.end, "contradicted", (one.id,), None, reason, "EV-24", kind="words",
                  about="statement")]  # fmt: skip
