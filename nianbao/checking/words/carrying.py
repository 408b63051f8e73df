"""What is claimed of a segment that a statement carries, and of one that none does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.known.statements import Stated, pairs_in
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import score
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.causes import FOR_WANT
from nianbao.checking.words.needs import GAP, known_name
from nianbao.checking.words.particulars import wrong_with
from nianbao.checking.words.pieces import Piece, planned
from nianbao.checking.words.said_numbers import drop_figures

_MOSTLY, _COVERED = 0.6, 0.8
_NAMED_ALIKE = 9  # two statements with one name in quotation marks


def not_carried(reading: Reading, piece: Piece) -> None:
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
        if len(told) > 3 and alike and score(label, set(told)) >= _COVERED:
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


def _has_claim(reading: Reading, token: Token) -> bool:
    return any(f.start <= token.start and token.end <= f.end for f in reading.found)


def carried(reading: Reading, piece: Piece, pieces: list[Piece]) -> None:
    """A statement speaks of it: every particular must be the statement's."""
    one = piece.stated
    assert one is not None
    pair = list(reading.state.told)
    reading.state.tell(one.id)
    if (want := FOR_WANT.search(reading.text, piece.start, piece.end)) and want["deed"] not in one.text:
        piece.general = False
        not_carried(reading, piece)
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
