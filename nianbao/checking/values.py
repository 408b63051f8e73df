"""Plain numbers: the subject each is bound to by the words before it, after it, or said before."""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao.checking.antecedents import pronoun, several_of
from nianbao.checking.carried import GLUE, carried, only_one, same_last_year
from nianbao.checking.changes import moved_to
from nianbao.checking.derived import together
from nianbao.checking.fillings import filled
from nianbao.checking.frames import Frame
from nianbao.checking.frames import subjects as subjects_of
from nianbao.checking.judging import judge, total_of
from nianbao.checking.lexicon import phrases
from nianbao.checking.nothing import every_act
from nianbao.checking.number import MOVES, Number
from nianbao.checking.quantity import compatible
from nianbao.checking.reading import Reading, resolved
from nianbao.checking.subjects import Subject
from nianbao.checking.supplementary import Match, best, channels_in, in_channel, pairs_of, score, unique
from nianbao.checking.timely import in_time_unknown, timely_subject, told_in_time
from nianbao.checking.tokens import Token

_LATE = re.compile("超出|超过法定|超期|逾期办|未按")


def value(reading: Reading, number: Number, move: Token | None = None) -> tuple[int, int]:
    """A plain number: its subject from the words before it, after it, or said before."""
    state, segment, token = reading.state, number.segment, number.token
    end, used = number.end, 0
    if one := _each_month(reading, number):
        reading.claim(number.start, end, "supported", facts=(one,), rule="EV-24", kind="words")
        return end, used
    cut = next((i for i, t in enumerate(number.post) if t.kind in ("every", "timely")), len(number.post))
    open_post = number.post[:cut]
    after = reading.labels(segment, open_post)
    found = bind(reading, number) or _with_carry_told(reading, number)
    if found and after and not after.rows and all(not s.column and s.domain == after.domain for s in found[0]):
        found = [s._replace(column=c) for s in found[0] for c in after.columns], found[1]
        end, used = after.end, max(i for i, t in enumerate(open_post) if t.end <= after.end) + 1
    elif found and after and (row := _row_behind(reading, number, found[0], after)):
        found = [s._replace(row=row) for s in found[0]], True
        end, used = after.end, max(i for i, t in enumerate(open_post) if t.end <= after.end) + 1
    if told_in_time(reading, number) and not number.queue and not _own_in_time(reading, number):
        post = [t for t in number.post if t.kind == "timely"]
        end, used = (number.post[-1].end, len(number.post)) if post else (number.end, 0)
        after, found = None, (list(timely_subject(reading)), True)
        if not found[0]:
            in_time_unknown(reading, number.start, end)
            return end, used
    if found is None and (added := _added_up(reading, number)):
        found, after = (added, True), None
    if found is None and move is not None and (same := _moved_on(reading, number)):
        found, after = (same, True), None
    if found is None:
        own = _own_words(reading, number, 0.6)
        if own is not None:
            after = None
            found, uses_post = own
            if uses_post:
                end, used = number.post[-1].end if number.post else number.end, len(number.post)
    if found is None and after is not None:
        last = max(i for i, t in enumerate(open_post) if t.end <= after.end) + 1
        subjects = [resolved(s, state, state.whole is not None, True) for s in subjects_of(after)]
        found = [s for s, _ in subjects], all(sure for _, sure in subjects)
        end, used = after.end, last
    if found is None and (only := only_one(reading, number, number.quantity.unit)):
        found = [only], False
    if found is None and (own := _own_words(reading, number)) is not None:
        found, uses_post = own
        if uses_post:
            end, used = number.post[-1].end if number.post else number.end, len(number.post)
    if found is None:
        found = carried(reading, number)
    if found is None and (left := _not_yet(reading, number)):
        found = [left], False
    if found is None and not number.pre:
        behind = reading.text[end : open_post[-1].end if open_post else end + 4]
        own_label = unique(reading.evidence.labels, behind, number.quantity.unit)
        found = ([Subject("supp", own_label.id)], False) if own_label else None
    if found is None and _but_for(reading, number):
        return end, used
    if found is None:
        if not (number.quantity.chinese and _ITEMS.match(reading.text, end)) and not _so_many_settled(reading, number):
            reading.claim(number.start, end, "unverified", reason="没有对应的数据，未能核对。", kind="figure")
        return end, used
    if number.quantity.unit in ("类", "种") and found[0][0].domain != "supp":
        return end, used  # 行政复议、行政诉讼2类案件: how many were named, no figure of theirs
    found = [_by_unit(reading, s, number.quantity.unit) for s in found[0]], found[1]
    if state.period == "prior" and any(t.kind in ("up_to", "down_to") or t.text == "达到" for t in number.pre):
        state.period = "this"  # 在上年12项的基础上增加2项，达到14项
    subjects_found, sure = _spelled_out(reading, number, *found)
    subjects_found = filled(reading, number, subjects_found, [*number.pre, *number.post[:used]])
    if state.period == "prior":
        subjects_found = [s._replace(prior=True) for s in subjects_found]
    each = any(t.kind == "each" or (t.kind == "every" and t.end >= token.start - 2) for t in number.pre)
    groups = [[s] for s in subjects_found] if each and len(subjects_found) > 1 else [list(subjects_found)]
    if _grew_by(reading, number, subjects_found):
        return end, used
    if state.period == "both":
        groups = [[s._replace(prior=p) for s in g] for g in groups for p in (False, True)]
        state.period = "this"
    if _in_another_group(reading, subjects_found):
        reason = "这一项不属于文中所说的这一类。"
        reading.claim(number.start, end, "contradicted", reason=reason, rule="X-05")
        return end, used
    for group in groups:
        judge(reading, number.start, end, number.quantity, group, sure=sure, segment=segment.number)
    if move is not None:
        moved_to(reading, number, move, subjects_found)
    state.speak_of(subjects_found)
    state.pending = ()
    return end, used


# What a number in words may count besides figures; the list behind it is counted by another reader.
_ITEMS = re.compile(
    "(?:主要|突出|具体|改进|整改)?(?:问题|不足|短板|差距|措施|安排|任务|方面|环节|举措|情形|类型|原因|理由|结果|事(?![项件]))"
)
_SETTLED = re.compile("(?:问题)?(?:均|都)?已经?(?:全部|得到)?(?:整改|解决|完成)")


def _so_many_settled(reading: Reading, number: Number) -> bool:
    """三个问题，两个已经整改: as many rectifications as are confirmed as done."""
    if not _SETTLED.match(reading.text, number.end) or "问题" not in reading.text:
        return False
    done = [s for s in reading.evidence.statements.all if s.kind == "rectification" and s.status == "done"]
    done = [s for s in done if not s.prior]
    if number.quantity.value == len(done):
        facts = tuple(s.id for s in done)
        reading.claim(number.start, number.end, "supported", facts=facts, rule="EV-24", kind="words")
    return number.quantity.value == len(done)


def _but_for(reading: Reading, number: Number) -> bool:
    """除1件外，办结的申请都按法定时限作了答复: so many were late."""
    if not reading.text[: number.token.start].endswith("除") or not re.search("按|期限|时限|超期", reading.text):
        return False
    timely, _, _ = total_of(reading, timely_subject(reading))
    handled, facts, _ = total_of(reading, [Subject("requests", "total_handled")])
    if timely is None or handled is None or handled - timely != number.quantity.value:
        return False
    reading.claim(number.start, number.end, "supported", facts=facts, rule="X-13")
    return True


_NOT_DONE = re.compile("(?:尚|还)?(?:没有|未)(?P<verb>整改|改正|采纳|办结|完成|答复|公开|更新)")


def _not_yet(reading: Reading, number: Number) -> Subject | None:
    """138个问题中，还有7个没有整改: the figure told before less the one with that verb."""
    found = _NOT_DONE.match(reading.text, number.end)
    state = reading.state
    last = state.said[-1] if state.said and state.said[-1].sentence == state.sentence else None
    if found is None or last is None or not last.subjects or last.subjects[0].domain != "supp":
        return None
    mate = mate_of(reading, last.subjects[0].row, found["verb"], number.quantity.unit)
    return Subject("supp", f"{last.subjects[0].row}-{mate}") if mate else None


def _own_in_time(reading: Reading, number: Number) -> bool:
    """81件按时办复, of the calls that were passed on: an own figure that says so in its name."""
    said = reading.state.said
    if not said or said[-1].sentence != reading.state.sentence or said[-1].subjects[:1] == ():
        return False
    if said[-1].subjects[0].domain != "supp":
        return False
    own = best(reading.evidence.labels, reading.text[number.start : number.segment.end], number.quantity.unit, 0.3)
    return own is not None and re.search("按[期时]|如期|期限|时限", own.label.words) is not None


def _each_month(reading: Reading, number: Number) -> str:
    """5月、6月、8月各1期: the statement that tells of those months and that number."""
    months = {t.data[1] for t in number.pre if t.kind == "date"}
    if len(months) < 2 or not any(t.kind == "each" for t in number.pre):
        return ""
    told = (number.quantity.value, number.quantity.unit)
    alike = (s for s in reading.evidence.statements.all if {m for m, _ in s.dates} == months and told in s.numbers)
    return next((s.id for s in alike), "")


def _moved_on(reading: Reading, number: Number) -> list[Subject]:
    """由50条减到40条: the figure whose value of last year stands right before."""
    said, state = reading.state.said, reading.state
    told = said[-1] if said and said[-1].sentence == state.sentence else None
    if told is None or told.segment != number.segment.number or not told.subjects or told.unit != number.quantity.unit:
        return []
    bare = all(t.kind in GLUE or t.kind in MOVES for t in number.pre)
    return [s._replace(prior=False) for s in told.subjects] if bare and told.subjects[0].prior else []


_BEHIND = re.compile("(?:是|系)?(?:从|由|自)?")


def _row_behind(reading: Reading, number: Number, found: list[Subject], after: Frame) -> str:
    """自然人还有2件是从上年结转来的: the row behind a number that only an applicant stands before."""
    before = reading.labels(number.segment, number.pre)
    alone = before is not None and not before.rows and before.domain == after.domain == "requests"
    if not alone or after.columns or len(after.rows) != 1 or not all(s.column for s in found):
        return ""
    return after.rows[0] if _BEHIND.fullmatch(reading.text, number.end, after.start) else ""


def _added_up(reading: Reading, number: Number) -> list[Subject]:
    """公众号156条，公示栏210条，合计366条，上年为360条: the sum of what was told, where it is that."""
    if not all(t.kind in GLUE for t in number.pre):
        return []
    if any(t.kind == "prior" for t in number.pre):
        before = same_last_year(reading, number)
        return before if len(before) > 1 else []
    sums = any(t.kind == "sum" for t in number.pre) or reading.text.startswith(("中", "均", "全部"), number.end)
    told = together(reading, number) if sums and not reading.state.pending else None
    return told[0] if told and total_of(reading, told[0])[0] == number.quantity.value else []


_UNPAID = re.compile("(?:尚|还)?(?:未|没有|没)(?:能)?(?:收|缴|交|到账)")
_ADDED = re.compile("(?:新增|增设|新设|新建|新添|增加)了?$")


def _grew_by(reading: Reading, number: Number, found: list[Subject]) -> bool:
    """新增2个查阅点后，查阅点达到14个: by how many a stock grew."""
    if len(found) != 1 or found[0].domain != "supp" or not _ADDED.search(reading.text[: number.token.start]):
        return False
    now, then = (reading.evidence.figures.known(found[0]._replace(prior=prior)) for prior in (False, True))
    if now.value is None or then.value is None or now.value == number.quantity.value:
        return False
    if now.value - then.value != number.quantity.value:
        return False
    facts = tuple(dict.fromkeys(now.facts + then.facts))
    reading.claim(number.start, number.end, "supported", facts=facts, rule="X-12")
    reading.state.context = found[0]
    return True


def _spelled_out(reading: Reading, number: Number, found: list[Subject], sure: bool) -> tuple[list[Subject], bool]:
    """What the words around a number make of its subject."""
    one, text = number.quantity, reading.text
    if one.value == 0:
        found = [w for s in found for w in every_act(reading, s)]
    fees = found[0].domain == "fees" or (reading.state.context or found[0]).domain == "fees"
    if fees and one.unit == "元" and (_UNPAID.match(text, number.end) or "差额" in text[number.start : number.end]):
        return [Subject("fees", "outstanding")], True
    named = reading.evidence.figures.known(found[0]).label
    if len(found) == 1 and found[0].domain == "supp" and (more := _ADDED.search(text[: number.token.start])):
        sure = sure and more.group().rstrip("了") in named
    return found, sure


def bind(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """The subjects that the words before a number name."""
    state = reading.state
    if number.queue:
        return list(number.queue.pop(0)), True
    if named := pronoun(reading, number.pre):
        return list(named), True
    if any(t.kind == "carry" for t in number.pre) and reading.labels(number.segment, number.pre) is None:
        return [Subject("requests", "carried_in")], True
    marks = [t for t in number.pre if t.kind == "share"]
    if marks and not any(t.kind == "each" for t in number.pre):
        number = replace(number, pre=[t for t in number.pre if t.start >= marks[-1].end], start=marks[-1].end)
    frame = reading.labels(number.segment, number.pre)
    text = reading.text[number.start : number.token.start]
    short = phrases("indicators")["short"].get(text.strip("的为有是"))
    if short and state.context and state.context.domain == "requests":
        return [Subject("requests", short)], True
    if frame is None and text in ("金额", "金额为") and state.context and state.context.domain == "fees":
        return [Subject("fees", "charged")], True
    if frame is None and text.strip() == "其他" and (other := _other(state.context)):
        return [other], True
    several = several_of(reading, text, number.quantity.unit)
    if several and any(t.kind in ("sum", "channels", "each", "both") for t in number.pre):
        return several, True
    if any(t.kind == "channels" for t in number.pre):
        return None
    if mate := _mate(reading, number):
        return [mate], True
    own = best(reading.evidence.labels, text, number.quantity.unit, 0.5)
    if own and several and not own.label.channels >= channels_in(text) and len(channels_in(text)) > 1:
        return several, False  # 门户网站和政务新媒体发布信息超过500条
    if own and (frame is None or own.score >= 0.8 or _within(number, own)):
        return [Subject("supp", own.label.id)], own.score >= 0.5
    if frame is None:
        return None
    part = state.whole is not None
    if frame.domain == "disclosure" and not frame.columns and "有效" in text:
        frame = frame._replace(columns=("in_force",))
    out = [resolved(s, state, part, True) for s in subjects_of(frame)]
    out = [(_with_carry(reading, number, s), sure) for s, sure in out]
    out = [(_by_unit(reading, s, number.quantity.unit), sure) for s, sure in out]
    return [s for s, _ in out], all(sure for _, sure in out)


def _within(number: Number, own: Match) -> bool:
    """区政府办公室新收: the words of the table stand in the name of the office's own figure, which says more."""
    labels = [t for t in number.pre if t.kind in ("row", "column")]
    return own.score >= 0.6 and bool(labels) and all(t.text in own.label.words for t in labels)


def _mate(reading: Reading, number: Number) -> Subject | None:
    """接办12345平台工单934件，办结921件: the office's own figure with that verb, of the same thing."""
    state = reading.state
    last = state.said[-1] if state.said and state.said[-1].sentence == state.sentence else None
    verb = next((t for t in reversed(number.pre) if t.kind in ("row", "trigger") and t.entry and t.entry.weak), None)
    if last is None or verb is None or last.subjects[:1] == () or last.subjects[0].domain != "supp":
        return None
    if any(t.kind in ("row", "column") and t.entry and not t.entry.weak for t in number.pre):
        return None
    mate = mate_of(reading, last.subjects[0].row, verb.text, number.quantity.unit)
    return Subject("supp", mate) if mate else None


_SAME_THING = 3


def mate_of(reading: Reading, row: str, verb: str, unit: str) -> str:
    """The figure of the same thing as another, with a verb in its name (办结 to 接办)."""
    labels = reading.evidence.labels
    told = next((x for x in labels if x.id == row), None)
    alike = [
        x.id for x in labels
        if told and x.id != row and verb in x.words and compatible(unit, x.unit)
        and len(x.keys & told.keys) >= min(_SAME_THING, len(told.keys) - 3)
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else ""


def _other(context: Subject | None) -> Subject | None:
    """其他20件 at the end of a list: of applicants, of results, of outcomes."""
    if context is None:
        return None
    if context.domain == "requests":
        if context.column:
            return context._replace(column="other_org")
        return context._replace(row="other_misc" if context.row.startswith("other_") else "other")
    return context._replace(column="other") if context.domain == "remedies" and context.column else None


def _with_carry(reading: Reading, number: Number, subject: Subject) -> Subject:
    """收到（含上年结转）申请N件, and N件（含上年结转…）."""
    if subject.domain == "requests" and subject.row in ("new", ""):
        after = [t for t in reading.tokens if t.start >= number.end and t.kind not in ("object", "bland")][:2]
        inside = any(t.kind == "carry" for t in number.pre) or any(t.kind == "carry" for t in after)
        if inside or (number.segment.opener == "）" and _carry_before(reading, number)):
            return subject._replace(row="workload")
    return subject


def _with_carry_told(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """共有15件申请在办（含上年结转3件）: all that was to be handled."""
    asked = any(t.kind == "object" and t.entry and t.entry.domain == "requests" for t in number.post)
    bare = all(t.kind in GLUE for t in number.pre)
    if not (asked and bare) or _with_carry(reading, number, Subject("requests")).row != "workload":
        return None
    return [Subject("requests", "workload")], True


def _carry_before(reading: Reading, number: Number) -> bool:
    return any(t.kind == "carry" for t in reading.tokens if t.end <= number.segment.start)


def has_items(reading: Reading, subject: Subject) -> bool:
    """Whether the form counts items of the row (2019: 上一年项目数量, 本年增/减)."""
    return f"disclosure.{subject.row}.prior_items" in reading.evidence.figures.form.cells


def _by_unit(reading: Reading, subject: Subject, unit: str) -> Subject:
    if subject.domain == "disclosure" and subject.row == "procurement" and not subject.column:
        return subject._replace(column="amount" if unit == "元" else "projects")
    if (
        subject.domain == "disclosure"
        and unit == "项"
        and subject.column != "prior_items"
        and has_items(reading, subject)
    ):
        return subject._replace(column="items")
    if subject.domain == "disclosure" and subject.column == "amount" and subject.row not in ("procurement", "fees"):
        return subject._replace(column="")
    if subject.row == "other_unpaid_fee" and unit == "元":
        return Subject("fees", "outstanding")
    if subject.domain == "fees" and subject.row == "any":
        return subject._replace(row="notices" if unit in ("件", "份") else "received")
    return subject


def _own_words(reading: Reading, number: Number, least: float = 0.4) -> tuple[tuple[list[Subject], bool], bool] | None:
    """A figure of the dossier named around the number: 126人次参加 after 举办培训4期."""
    labels, unit = reading.evidence.labels, number.quantity.unit
    last = number.post[-1].end if number.post else number.end
    stop = number.segment.end
    for token in reading.tokens:
        if token.start >= last and token.kind in ("num", "list", "break", "average"):
            stop = min(stop, token.start)
            break
    if any(t.kind == "channels" for t in number.pre):
        return None
    if _LATE.search(reading.text, number.start, stop):
        return None
    ahead, behind = reading.text[number.start : number.token.start], reading.text[number.end : stop]
    near = ahead + "，" + behind
    found = best(labels, near, unit, least)
    if found and not compatible(unit, found.label.unit) and any(x.unit == unit for x in labels):
        found = None  # 三期下来参训186人次: the number is the other figure's
    clear = found is not None
    if found is None and least < 0.5:
        before = reading.text[max(0, number.start - 40) : number.start]
        if by_channel := in_channel(labels, reading.text[number.start : stop], unit):
            return ([Subject("supp", by_channel.id)], False), False
        found = best(labels, near, unit, 0.48, context=before)
        if found and not (compatible(unit, found.label.unit) and _no_other_words(reading, number, found.label.words)):
            found = None
    if found is None:
        return None
    return ([Subject("supp", found.label.id)], clear), score(found.label, pairs_of(behind)) > 0.2


def _no_other_words(reading: Reading, number: Number, label: str) -> bool:
    """Whether the words before a number say nothing that its label does not."""
    known = {i for t in number.pre if t.kind != "trigger" for i in range(t.start, t.end)}
    return all(
        i in known or reading.text[i : i + 2] in label or reading.text[i - 1 : i + 1] in label
        for i in range(number.start, number.token.start)
        if "\u4e00" <= reading.text[i] <= "\u9fff"
    )


def _in_another_group(reading: Reading, found: list[Subject]) -> bool:
    """无法提供的3件中，属于过程性信息…: a ground of 不予公开 under 无法提供."""
    whole, figures = reading.state.whole, reading.evidence.figures
    if whole is None or whole.domain != "requests" or f"requests.{whole.row}" not in figures.groups:
        return False
    grounds = [s for s in found if s.domain == "requests" and s.row != whole.row and _is_ground(reading, s.row)]
    return bool(grounds) and whole.row != "workload" and not any(figures.is_part(s.row, whole.row) for s in grounds)


def _is_ground(reading: Reading, row: str) -> bool:
    groups = reading.evidence.figures.groups
    return any(row in rows for name, rows in groups.items() if name.count(".") == 1 and not name.endswith("workload"))
