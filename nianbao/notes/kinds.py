"""What a sentence may be, by its own words and by the heading it stands under."""

from __future__ import annotations

from nianbao.dossier import StatementKind, Status
from nianbao.findings import Value
from nianbao.instructions import fold
from nianbao.notes.words import Kind, Words, words

_PART = "一句里有两层意思，请拆开或删去不需要的部分"
_NOT_DONE = "写的是没有做的事，不能当作已做的写"
_ZERO = "“没有”“未发生”由规定的表格和数字说明，请核对表内数字"


class Verdict(Value):
    """Kind and status of a sentence, and what a person should look at; `hint`: it is none, and why."""

    kind: StatementKind | None = None
    status: Status = "done"
    doubts: tuple[str, ...] = ()
    hint: str = ""


def heading_kind(folded: str) -> StatementKind | None:
    """What a heading, or the words before a colon, announces."""
    return next((kind for kind, pattern in words().headings if pattern.search(folded)), None)


def judge(folded: str, section: StatementKind | None) -> Verdict:
    """The verdict by rules on a folded sentence below a heading of that kind; without kind and hint it is nothing."""
    known = words()
    if len(folded) < known.shortest or known.never.search(folded):
        return Verdict()
    own = next((one for one in known.kinds if one.pattern.search(folded)), None)
    particular = bool(known.particular.search(folded))
    bland = known.bland.search(folded) and not (own and own.name == "problem")
    if section not in ("problem", "plan") and not particular and (bland or known.subheading.search(folded)):
        return Verdict()
    if table := next((name for name, pattern in known.tables if pattern.search(folded)), ""):
        if own is None or own.name in ("problem", "rectification"):
            return Verdict(hint=f"其中的数字应填入{table}，由表格写进报告")
        found = _judged(folded, section, own, known)
        return found.model_copy(update={"doubts": (*found.doubts, f"其中有{table}的数字，请与表格核对一致")})
    if known.nothing.search(folded) and (own is None or own.name in ("problem", "result")):
        return Verdict(hint=_ZERO)
    return _judged(folded, section, own, known)


def is_planned(text: str) -> bool:
    """Whether a sentence speaks of what is yet to be done."""
    return bool(words().planned.search(fold(text).signs))


def is_open(text: str) -> bool:
    """Whether a sentence speaks of what is still being done, or was not done."""
    folded = fold(text).signs
    return bool(words().ongoing.search(folded) or words().negated.search(folded))


def _judged(folded: str, section: StatementKind | None, own: Kind | None, known: Words) -> Verdict:
    doubts = (_PART,) if known.contrast.search(folded) else ()
    finished = bool(known.finished.search(folded))
    if own and own.name == "problem" and is_planned(folded):
        doubts = (_PART,)
    if is_planned(folded) or (section == "plan" and not finished):
        return Verdict(kind="plan", status="planned", doubts=doubts)
    if known.negated.search(folded) and not (own and own.name == "rectification"):
        return Verdict(kind="problem", status="ongoing", doubts=(*doubts, _NOT_DONE))
    if section == "problem" and not (finished and own):
        return Verdict(kind="problem", status="ongoing", doubts=doubts)
    kind = _kind(folded, section, own, known)
    if kind is None:
        return Verdict()
    if own and own.name == "problem" and kind != "problem":
        doubts = (_PART,)
    status: Status = "ongoing" if kind == "problem" or known.ongoing.search(folded) else "done"
    return Verdict(kind=kind, status=status, doubts=doubts)


def _kind(folded: str, section: StatementKind | None, own: Kind | None, known: Words) -> StatementKind | None:
    if own and own.name == "problem" and section != "problem" and known.dated.search(folded):
        own = next((one for one in known.kinds if one.name != "problem" and one.pattern.search(folded)), own)
    if own:
        return "rectification" if section == "rectification" and own.name != "problem" else own.name
    if known.deeds.search(folded) and (known.particular.search(folded) or section == "rectification"):
        return "rectification" if section == "rectification" else "event"
    return None
