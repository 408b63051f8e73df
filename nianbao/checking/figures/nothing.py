"""Claims that there is none: 未收到, 没有, 均为零, 其余均为0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.certainty import understood
from nianbao.checking.figures.directions import MOVEMENTS
from nianbao.checking.figures.reports import frame_in, named_by, report, with_period
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import pairs_of, score
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_ALL_CLOSED = re.compile("(?:全部|均|都)已?(?:审结|结案)")
_ROOT = re.compile("症结|问题出在|根源")
_RECEIVED = re.compile("收到|接到|受理")
RESULTS = ("granted", "partial", "refused", "unavailable", "declined", "other")


def _zero_claim(reading: Reading, start: int, end: int, subjects: list[Subject]) -> None:
    subjects = with_period(reading, subjects)
    known = [(s, reading.evidence.figures.known(s)) for s in subjects]
    against = [(s, k) for s, k in known if k.value]
    right = False if against else None if any(k.value is None for _, k in known) else True
    shown = "、".join(f"{k.label}{reading.show(k.value or Fraction(0), None, k.unit)}" for _, k in against)
    reason = f"表中{shown}，文中写的是“{reading.text[start:end]}”。"
    report(reading, start, end, [s for s, _ in against] or subjects, right, reason, shown)
    if subjects:
        reading.state.context = subjects[-1]._replace(prior=False)


def none_of(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """未收到…, 没有…的申请, 无一件被纠正: every figure named after it is 0."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("not", "no_one"))
    mark = tokens[at]
    if "问题" in reading.text[mark.end : segment.end] and "申请" not in reading.text[mark.end : segment.end]:
        return False  # 没有标注有效性的问题尚在整改
    if _ROOT.search(reading.text, segment.start, mark.start):
        return False  # 症结在没有作区分处理
    if any(reading.text[mark.start : mark.end + 3] in x.words for x in reading.evidence.labels):
        return False  # 13件未延期即作出答复: the name of a figure
    if any(t.kind == "except" for t in segment.tokens) or any(t.kind == "timely" for t in tokens[at + 1 :]):
        return False
    after = list(tokens[at + 1 :])
    frame = frame_in(reading, segment, after)
    if any(t.kind in MOVEMENTS for t in after[:1]):
        return False
    objects = {t.entry.domain for t in segment.tokens if t.kind == "object" and t.entry}
    received = _RECEIVED.search(mark.text) and "requests" in objects and "foreign" not in objects
    subjects = named_by(reading, frame) if frame else []
    if frame and received and frame.domain == "requests" and not frame.rows:
        subjects = [s._replace(row="new") for s in subjects_of(frame)]
    if not subjects and received:
        subjects = [Subject("requests", "new")]
    before = frame_in(reading, segment, list(tokens[:at]))
    behind = [t.kind for t in after if t.kind not in ("bland", "self", "this")]
    asked = behind == ["object"] and "requests" in objects
    if not subjects and asked and before and before.domain == "requests" and before.columns and not before.rows:
        subjects = [Subject("requests", "new", column) for column in before.columns]  # 企业没有提出申请
    if not subjects and "requests" in objects and after and after[0].kind == "object":
        subjects = [Subject("requests", "new")]
    if not subjects:
        told = pairs_of(reading.text[mark.end : segment.end])
        subjects = [Subject("supp", x.id) for x in reading.evidence.labels if score(x, told) >= 0.5]
        if not subjects:
            return False
    subjects = [_default_act(s) for s in subjects]
    context = reading.state.context
    if len(subjects) == 1 and subjects[0] == Subject("requests", "carried_out") and context and reading.state.fresh:
        subjects = [subjects[0]._replace(column=context.column if context.domain == "requests" else "")]
    if frame and frame.domain == "requests" and not frame.rows and "结转" in reading.text[mark.end : segment.end]:
        subjects = [s._replace(row=row) for s in subjects for row in ("carried_in", "carried_out")]
    _zero_claim(reading, start, segment.end, subjects)
    return True


def _default_act(subject: Subject) -> Subject:
    if subject.domain == "fees" and subject.row == "any":
        return subject._replace(row="received")
    if subject.domain == "disclosure" and subject.row in ("regulations", "normative_documents") and not subject.column:
        return subject._replace(column="issued")
    return subject


def zero_after(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """规章的制发、废止件数均为零: every figure named before it is 0."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "zero")
    frame = frame_in(
        reading, segment, [*tokens[:at], *tokens[at + 1 :]] if tokens[at].text.startswith("零") else tokens[:at]
    )
    if frame is None and not understood(reading, start, tokens[at].end):
        return False  # 责任追究情形为零: of something else
    if frame is None and reading.state.context:
        subjects = [reading.state.context]
    elif frame:
        subjects = named_by(reading, frame)
    else:
        return False
    subjects = [w for s in subjects for w in every_act(reading, s)]
    _zero_claim(reading, start, tokens[at].end, subjects)
    return True


def every_act(reading: Reading, subject: Subject) -> list[Subject]:
    """规章均为零: made, repealed and in force."""
    if subject.domain != "disclosure" or subject.column or subject.row not in ("regulations", "normative_documents"):
        return [subject]
    cells = reading.evidence.figures.form.cells
    return [Subject.at(a) for a in cells if a.startswith(f"disclosure.{subject.row}.")]


_PAID = re.compile(
    "(?:均|都|全部)已?(?:收讫|缴清|缴纳|到账|交清)|(?:均|都|全部|已)*(?:足额|全额|全部|按期|按时|如期|如数|及时)(?:已)?(?:缴纳|缴清|缴费|缴齐|收取|交清|到账|收讫)"
)


def paid(reading: Reading, segment: Segment) -> bool:
    """发出收费通知1份，已足额缴纳: nothing is outstanding."""
    found = _PAID.search(reading.text, segment.start, segment.end)
    if found is None or not re.search("收费通知|信息处理费|缴费通知", reading.text):
        return False
    left = Subject("fees", "outstanding")
    value = reading.evidence.figures.known(left).value
    right = None if value is None else value == 0
    report(reading, segment.start, segment.end, [left], right, f"还有{value}元没有收到。")
    return True


def whole_tables(reading: Reading, segment: Segment) -> bool:
    """表三、表四各项数据均为0."""
    if any(t.text == "表四" for t in segment.tokens) and _ALL_CLOSED.search(reading.text, segment.start, segment.end):
        pending = Subject("remedies", "both", "pending")
        open_cases = reading.evidence.figures.known(pending).value
        right = None if open_cases is None else open_cases == 0
        report(reading, segment.start, segment.end, [pending], right, f"尚未审结的有{open_cases}件。")
        return True
    if not any(t.kind == "zero" or (t.quantity and t.quantity.value == 0) for t in segment.tokens):
        return False
    names = {"表二": "disclosure", "表三": "requests", "表四": "remedies"}
    wanted = {names[t.text] for t in segment.tokens if t.kind == "table"}
    cells = [a for a, c in reading.evidence.figures.form.cells.items() if c.table in wanted]
    subjects = [Subject.at(a) for a in cells]
    known = [reading.evidence.figures.known(s) for s in subjects]
    right = False if any(k.value for k in known) else None if any(k.value is None for k in known) else True
    reading.found = [f for f in reading.found if f.start < segment.start or f.start >= segment.end]
    report(reading, segment.start, segment.end, subjects, right, "表中有不为0的数据。")
    return True


def rest_is_zero(reading: Reading, segment: Segment) -> bool:
    """其余均为0: the other results, columns or applicants beside those told."""
    zero = any(t.kind == "zero" or (t.quantity and t.quantity.value == 0) for t in segment.tokens)
    context = reading.state.context
    if not zero or context is None:
        return False
    told = {s for one in reading.state.said for s in one.subjects} | set(reading.named)
    if context.domain == "remedies":
        others = [Subject("remedies", context.row, c) for c in ("upheld", "corrected", "other", "pending")]
    elif context.column:
        columns = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")
        others = [Subject("requests", context.row, c) for c in columns]
    else:
        others = [Subject("requests", row) for row in RESULTS]
    _zero_claim(reading, segment.start, segment.end, [s for s in others if s not in told])
    return True
