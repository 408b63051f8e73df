"""Claims of more and less without a number: 有所下降, 与上年持平, 多于, 超过一半."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import last_two, pronoun, several_of
from nianbao.checking.figures.changes import items_of
from nianbao.checking.figures.judging import name_of, total_of
from nianbao.checking.figures.ratios import narrow_whole, two_shares
from nianbao.checking.figures.reports import frame_in, named_by, report
from nianbao.checking.known.subjects import DECISIONS, Subject
from nianbao.checking.known.supplementary import best, unique
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.state import Said

_ALL_DECISIONS = re.compile("(?:各[项类]|三[项类]|四[项类]|所有)[^，。；]{0,2}行政(?:处理|执法|行为)?决定")
_EVERYONE = re.compile("(?:各[类种]|所有类型的?|每类)申请人")
MOVEMENTS = {"up", "down", "flat", "double"}
_HINTS = re.compile("有所|明显|大幅|略有|小幅|显著|稳步|逐步|持续|进一步|均|都|双双|数量|件数|量")


def versus(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """后者多于前者, 自然人申请超过法人或其他组织申请."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("more_than", "less_than"))
    left, right = _side(reading, segment, tokens[:at]), _side(reading, segment, tokens[at + 1 :])
    if any(t.kind in ("half", "majority") for t in tokens[at + 1 :]):
        return _half(reading, segment, start, left, right, tokens[at].kind == "more_than")
    if not right and reading.state.share and any(t.kind in ("prior", "base_prior") for t in tokens[at + 1 :]):
        return _share_against_prior(reading, segment, start, tokens[at].kind == "more_than")
    if not right:
        return False
    left = left or (reading.state.said[-1].subjects if reading.state.said else ())
    one, facts, _ = total_of(reading, left)
    other, _, _ = total_of(reading, right)
    for side, value in ((left, one), (right, other)):
        unit = reading.evidence.figures.known(side[0]).unit if side else ""
        reading.state.say(Said(side, value or Fraction(0), value, unit, reading.state.sentence, segment.number))
    decided = (
        None if one is None or other is None else (one > other) == (tokens[at].kind == "more_than") and one != other
    )
    reason = f"“{name_of(reading, left)}”是{one}，“{name_of(reading, right)}”是{other}。"
    report(reading, start, segment.end, [*left, *right], decided, reason)
    return bool(facts)


def _share_against_prior(reading: Reading, segment: Segment, start: int, more: bool) -> bool:
    """这一比例为58.8%，低于上年."""
    part, whole = reading.state.share or ((), ())
    now, before, _ = two_shares(reading, part, whole)
    decided = None if now is None or before is None or now == before else (now > before) == more
    shown = [reading.show(v, None, "%") for v in (now, before) if v is not None]
    report(reading, start, segment.end, [*part, *whole], decided, f"本年和上年的比例分别是{'、'.join(shown)}。")
    return True


def _half(
    reading: Reading, segment: Segment, start: int, left: tuple[Subject, ...], right: tuple[Subject, ...], more: bool
) -> bool:
    """超过办结总数的一半."""
    left = left or (reading.state.said[-1].subjects if reading.state.said else ())
    right = right or narrow_whole(reading, left)
    part, _, _ = total_of(reading, left)
    whole, _, _ = total_of(reading, right)
    if not left or not right:
        return False
    decided = None if part is None or whole is None else (part * 2 > whole) == more and part * 2 != whole
    report(reading, start, segment.end, [*left, *right], decided, f"两数分别是{part}和{whole}。")
    return True


def _side(reading: Reading, segment: Segment, tokens: Sequence[Token]) -> tuple[Subject, ...]:
    if named := pronoun(reading, tokens):
        return named
    frame = frame_in(reading, segment, tokens)
    if frame:
        return tuple(named_by(reading, frame))
    if not tokens:
        return ()
    own = best(reading.evidence.labels, reading.text[tokens[0].start : tokens[-1].end], "", 0.5)
    return (Subject("supp", own.label.id),) if own else ()


_QUALITY = re.compile(
    "了?[\u4e00-\u9fff]{0,8}(?:质量|水平|能力|效率|效能|质效|意识|素质|获得感|透明度|公信力|便利度|知晓度)"
)
_CAUSE = re.compile("因为|由于|主要[是因]")


def moved(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """同比下降, 比上年有所增加, 与上年持平, 两者都比上年增加, 翻了一番."""
    state = reading.state
    at = next(i for i, t in enumerate(tokens) if t.kind in MOVEMENTS)
    move = tokens[at]
    if _QUALITY.match(reading.text, move.end):
        return False  # 有效提升了研判质量: nothing that is counted
    if _CAUSE.search(reading.text, segment.start, move.start):
        return False  # 主要因为医疗收费类申请增多: a cause, for the statements
    both = _APART.search(reading.text, segment.start, segment.end)
    if both and both.start() <= move.start < both.end() and state.compared:
        return _one_each(reading, start, both.end())
    text = reading.text[segment.start : segment.end]
    named = _movers(reading, segment, tokens[:at], start, move.start)
    trend = re.search("连续|逐年|连年|历年|逐月|逐季|近[两三四五]年", text)
    told = state.said and state.said[-1].sentence == state.sentence and segment.opener == "，"
    hinted = bool(named or (told and "数量" in text)) and _HINTS.search(text) is not None and len(move.text) > 1
    if move.text.startswith("与之"):
        state.compared = state.compared or "prior"
    if not state.compared and not trend and not hinted and move.kind != "double":
        return False
    if move.kind == "flat" and not state.compared and "持平" not in move.text:
        return False
    groups = named or (
        [state.said[-1].subjects] if state.said and state.said[-1].sentence >= state.sentence - 1 else []
    )
    if not groups and state.context is None and not trend:
        return False
    groups = groups or ([(state.context,)] if state.context else [])
    end = move.end
    if state.compared not in ("", "prior") or trend:
        if not groups and not trend:
            return False
        start = min(start, reading.widened(start))
        reason = "没有文中所比较的年份（时段）的数据，未能核对。"
        reading.claim(start, end, "unverified", reason=reason, rule="X-12")
        return True
    for group in groups:
        plain = tuple(s._replace(prior=False) for s in group)
        now, _facts, _ = total_of(reading, plain)
        before, _, _ = total_of(reading, tuple(s._replace(prior=True) for s in plain))
        items = items_of(reading, None, plain) if "项目" in text else None
        if items:
            now, _, _ = total_of(reading, items[0])
            before, _, _ = total_of(reading, items[1])
        _direction(reading, start, end, move, plain, now, before)
    state.pending = tuple(s for group in groups for s in group) if len(groups) > 1 else state.pending
    state.speak_of(groups[-1])
    return True


_APART = re.compile("一[升增多]一[降减少]|一[降减少]一[升增多]")


def _one_each(reading: Reading, start: int, end: int) -> bool:
    """二者一升一降: one of the two figures told last rose, the other fell."""
    pair = last_two(reading)
    if len(pair) != 2:
        return False
    moves = []
    for group in pair:
        now, _, _ = total_of(reading, [s._replace(prior=False) for s in group])
        before, _, _ = total_of(reading, [s._replace(prior=True) for s in group])
        moves.append(None if now is None or before is None else now - before)
    right = None if None in moves else moves[0] * moves[1] < 0  # type: ignore[operator]
    reading.state.pending = tuple(s for group in pair for s in group)
    what = "、".join(name_of(reading, group) for group in pair)
    report(reading, start, end, list(reading.state.pending), right, f"“{what}”没有一个增加、一个减少。", "", "X-12")
    return True


def _direction(
    reading: Reading, start: int, end: int, move: Token, subjects: Sequence[Subject],
    now: Fraction | None, before: Fraction | None,
) -> None:  # fmt: skip
    right: bool | None = None
    word = ""
    if now is not None and before is not None:
        right = {"up": now > before, "down": now < before, "flat": now == before, "double": now == 2 * before}[
            move.kind
        ]
        if move.kind == "double" and re.search("(?:接近|将近|近)$", reading.text[: move.start]):
            right = before * Fraction(9, 5) <= now < before * 2
        if move.kind == "flat" and "基本" in reading.text[max(0, move.start - 3) : move.end]:
            right = abs(now - before) * 20 <= before
        word = "增加" if now > before else "减少" if now < before else "持平"
    _, _more, _ = total_of(reading, [s._replace(prior=True) for s in subjects])
    reason = f"“{name_of(reading, subjects)}”比上年{word}，文中写的是“{move.text}”。"
    reading.state.period = "this"
    report(reading, start, end, [*subjects], right, reason, word, "X-12")


def _movers(
    reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, end: int
) -> list[tuple[Subject, ...]]:
    """What a movement is said of: words before it, 两者, 前者."""
    frame = frame_in(reading, segment, tokens)
    if any(t.kind == "both" for t in tokens) and not (frame and frame.several):
        return last_two(reading)
    if named := pronoun(reading, tokens):
        return [named]
    if _ALL_DECISIONS.search(reading.text, start, end):
        cells = reading.evidence.figures.form.cells
        return [(Subject("disclosure", row),) for row in DECISIONS if f"disclosure.{row}.decisions" in cells]
    if _EVERYONE.search(reading.text, start, end):
        columns = ("natural_person", *reading.evidence.figures.groups["requests..organisations"])
        return [(Subject("requests", "new", column),) for column in columns]
    if joined := several_of(reading, reading.text[start:end], ""):
        return [(s,) for s in joined]
    only = unique(reading.evidence.labels, reading.text[start:end], "件") if frame and frame.rows == ("new",) else None
    if only:
        return [(Subject("supp", only.id),)]  # 来信申请数量与上年相同
    if frame:
        return [(s,) for s in named_by(reading, frame)]
    own = best(reading.evidence.labels, reading.text[start:end], "", 0.5)
    if own:
        return [(Subject("supp", own.label.id),)]
    if reading.state.pending:
        return [reading.state.pending]
    return []
