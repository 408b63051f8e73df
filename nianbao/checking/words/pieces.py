"""A segment as content that a statement must carry, and what a quoted statement takes out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.checking.known.statements import Stated
from nianbao.checking.language.quantity import counts_items
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim

_DATED = ("plan", "event", "document", "platform", "rectification")
SPECIFIC = frozenset({"title", "quote", "document", "nth"})


@dataclass
class Piece:
    """A segment with what of it is content. `gaps`: content that no word of the lexicon covers; `general`:
    nothing in it asks for proof, though a statement may speak of it."""

    segment: Segment
    content: list[int]
    gaps: list[int]
    triggers: list[Token]
    specifics: list[Token]
    stated: Stated | None = None
    score: float = 0.0
    family: str = ""
    general: bool = False
    dates: list[Token] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.segment.start

    @property
    def end(self) -> int:
        return self.segment.end


def piece_of(reading: Reading, segment: Segment) -> Piece:
    text = reading.text
    told = [(f.start, f.end) for f in reading.found if f.verdict == "supported" and f.kind == "figure"]
    silent: set[int] = set()
    triggers: list[Token] = []
    specifics: list[Token] = []
    dates: list[Token] = []
    content: set[int] = set()
    causal = any(t.kind == "trigger" and t.entry and t.entry.domain == "cause" for t in segment.tokens)
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
            chinese = token.quantity is not None and token.quantity.chinese
            kinds = token.quantity is not None and token.quantity.unit in ("类", "种")
            items = chinese and (kinds or counts_items(text, token.start, token.end))
            if not inside and not items:
                specifics.append(token)
        elif token.kind in SPECIFIC:
            content.update(span)
            specifics.append(token)
        elif token.kind == "frequency":
            content.update(span)
        elif token.kind == "days":
            content.update(span)
            specifics += [] if told or _lawful(reading, token) else [token]
        elif token.kind == "ident":
            content.update(span)
        elif token.kind in ("row", "column") and token.entry and token.entry.weak and not inside:
            content.update(span)
            if token.entry.domain == "disclosure" and not token.text.endswith(("发布", "公布", "新增", "制作")):
                triggers.append(token)
        elif (
            token.kind in ("row", "column", "object", "most", "least", "second")
            and not inside
            and (not told or (causal and token.kind == "column"))
        ):
            content.update(span)
    gaps = [
        i for i in range(segment.start, segment.end)
        if i not in silent and (text[i].isalnum() or "\u4e00" <= text[i] <= "\u9fff")
    ]  # fmt: skip
    if told:
        gaps = [i for i in gaps if not _in_label(reading, segment, i)]
    return Piece(segment, sorted(content | set(gaps)), gaps, triggers, specifics, dates=dates)


def _lawful(reading: Reading, token: Token) -> bool:
    """Whether the law's reader has judged a deadline."""
    return any(f.start == token.start and f.end == token.end for f in reading.found)


def _named_by_label(reading: Reading, token: Token) -> bool:
    """Whether a word is part of the name of one of the dossier's own figures (培训 in 举办业务培训)."""
    names = reading.evidence.label_words
    if token.entry and token.entry.domain == "timeliness":
        return token.text in names  # 提前办结 is more than 办结
    return any(token.text[i : i + 2] in names for i in range(max(1, len(token.text) - 1)))


def _in_label(reading: Reading, segment: Segment, place: int) -> bool:
    """Whether a sign belongs to the name of one of the dossier's own figures that the segment states."""
    pair = reading.text[max(0, place - 1) : place + 2]
    names = reading.evidence.label_words
    return pair[:2] in names or pair[1:] in names


def leave_out(piece: Piece, quoted: list[tuple[int, int]]) -> None:
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


def within(one: Claim, start: int, end: int) -> bool:
    """Whether a claim (or the number it is about) lies in a span."""
    first, last = one.number or (one.start, one.end)
    return start <= first and last <= end


def pairs_at(text: str, places: Sequence[int]) -> set[str]:
    wanted = set(places)
    return {text[i : i + 2] for i in wanted if i + 1 < len(text)} | {text[i - 1 : i + 1] for i in wanted if i > 0}


def quoted_in(reading: Reading, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Where a statement stands word for word, and stands rightly: whatever its numbers say, it carries them."""
    found: list[tuple[int, int]] = []
    first, last = pieces[0].start, pieces[-1].end
    for one, words in reading.evidence.statements.parts:
        at = reading.text.find(words, first, last)
        if at < 0:
            continue
        if one.status == "planned" and re.search("已[于在]?$", reading.text[first:at]):
            continue
        year = re.search(r"(20\d\d)年度?$", reading.text[:at])
        if year and int(year[1]) != reading.evidence.year + (one.status == "planned"):
            continue  # 2024年12月注销…: the words are the statement's, the year is not
        if one.status == "planned" and one.kind in _DATED and not planned(reading, pieces[0]):
            continue
        end = at + len(words)
        _by_another(reading, pieces, at)
        start = min((p.start for p in pieces if p.start <= at < p.end and at - p.start <= 2), default=at)
        found.append((start, end))
        reading.found = [
            f for f in reading.found
            if f.verdict == "supported" or f.scope or f.rule == "EV-07" or not within(f, at, end)
        ]  # fmt: skip
        reading.claim(at, end, "supported", facts=(one.id,), rule="EV-24", kind="words")
        reading.state.tell(one.id)
    return found


_OFFICE = re.compile(
    "(?:[0-9]{1,2}月)?([省市县区镇]?(?:委|人大常委会|政协|政府)(?:办公[室厅])?|[省市县区][\u4e00-\u9fff]{2,6}[局厅])$"
)


def _by_another(reading: Reading, pieces: list[Piece], at: int) -> None:
    """县政府办公室5月30日印发…, in the report of a bureau: another office put before what this one did."""
    name = reading.evidence.name
    start = max((p.start for p in pieces if p.start <= at), default=at)
    found = _OFFICE.fullmatch(reading.text, start, at)
    if found is None or name.endswith("人民政府") or found[1] in name or found[1] in reading.evidence.statements.names:
        return
    reason = f"已确认的情况没有说是“{found[1]}”做的，未能核对。"
    reading.claim(start, at, "unverified", reason=reason, rule="EV-24", kind="words", about="statement")


def planned(reading: Reading, piece: Piece) -> bool:
    """Whether the sentence tells what is still to be done."""
    return reading.state.mode == "plan" or reading.ahead
