"""Several sources for one unit and one year: what agrees is taken, what differs stays blank until a person chooses.

No source outranks another by its kind or by its place on the command line. A person chooses by writing the value
in the dossier; its origin is then 人工确认, and that value stands against all other sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nianbao.dossier import (
    Candidate,
    CellValue,
    Contact,
    Dossier,
    PriorYear,
    Provenance,
    ReadingNote,
    Sections,
    Statement,
    Supplementary,
    Unit,
)
from nianbao.errors import UnusableInput
from nianbao.findings import Severity
from nianbao.forms import Form, edition_of, form_for
from nianbao.reading.ledgers import Part
from nianbao.reading.title import guess_level, guess_self

T = TypeVar("T")
CONFIRMED = "人工确认"
NAMELESS = "（未写明单位名称）"


@dataclass
class _Source:
    """The figures of one source, and what to call it."""

    name: str
    figures: dict[str, CellValue]
    provenance: dict[str, Provenance] = field(default_factory=dict)

    def where(self, address: str) -> str:
        origin = self.provenance.get(address, Provenance())
        sheet = f"“{origin.sheet}”" if origin.sheet else ""
        return f"{origin.file or self.name}{sheet}{origin.cells}" + (f" {origin.place}" if origin.place else "")

    def confirmed(self, address: str) -> bool:
        return self.provenance.get(address, Provenance()).place == CONFIRMED


def settled(dossier: Dossier) -> Dossier:
    """A dossier in which the values that a person wrote where sources had disagreed are 人工确认."""
    chosen = {
        address: origin.model_copy(update={"place": CONFIRMED})
        for address, origin in dossier.provenance.items()
        if origin.candidates and dossier.value(address) is not None
    }
    return dossier.model_copy(update={"provenance": {**dossier.provenance, **chosen}}) if chosen else dossier


def merge(dossiers: Sequence[Dossier], parts: Sequence[Part], year: int) -> Dossier:
    """One dossier for `year`; dossiers of the year before become `prior_year`. `UnusableInput`: not of one unit."""
    current = [one for one in dossiers if one.year == year]
    before = [one for one in dossiers if one.year == year - 1]
    if strange := next((one for one in dossiers if one.year not in (year, year - 1)), None):
        raise UnusableInput(f"资料中有{strange.year}年度的，与{year}年度的报告无关，请去掉后再试", strange.unit.name)
    notes = [note for one in current for note in one.reading] + [note for part in parts for note in part.notes]
    unit = _unit(current, before, notes)
    sources = [
        _Source(f"第{n}份资料（{one.unit.name}）", one.figures, one.provenance) for n, one in enumerate(current, 1)
    ]
    sources += [_Source(part.file, part.figures, part.provenance) for part in parts]
    figures, provenance = _cells(form_for(year), sources)
    extra = [Supplementary.model_validate(item) for part in parts for item in part.supplementary]
    return Dossier(
        unit=unit,
        year=year,
        edition=edition_of(year),
        figures=figures,
        supplementary=_supplementary([*(one for d in current for one in d.supplementary), *extra], notes),
        statements=joined([one.statements for one in current]),
        contact=Contact(**_fields([one.contact for one in current], "联系方式", notes)),
        fees=_same([one.fees for one in current if one.fees], "信息处理费", notes),
        published=_same([one.published for one in current if one.published], "公开日期", notes),
        sections=Sections(**_fields([one.sections for one in current], "正文", notes)),
        prior_year=_prior(current, before, year, notes),
        provenance=provenance | {a: o for one in current for a, o in one.provenance.items() if a.startswith("prior.")},
        reading=tuple(dict.fromkeys(notes)),
    )


def _unit(current: Sequence[Dossier], before: Sequence[Dossier], notes: list[ReadingNote]) -> Unit:
    named = [one.unit for one in (*current, *before)]
    names = list(dict.fromkeys(one.name for one in named))
    if len({one.name for one in (c.unit for c in current)}) > 1 or (not current and len(names) > 1):
        raise UnusableInput(f"资料不是同一个单位的：{'、'.join(names)}，请分开读取")
    if len(names) > 1:
        _note(
            notes,
            "unit",
            "单位",
            f"上年资料的单位是“{names[1]}”，今年是“{names[0]}”，请核对是否为同一单位",
            Severity.WARNING,
        )
    if named:
        return named[0]
    _note(notes, "unit", "单位", "台账中没有单位名称，请在底稿中填写 unit 的各项", Severity.ERROR)
    level = guess_level(NAMELESS)
    return Unit.model_validate({"name": NAMELESS, "self": guess_self(NAMELESS, "", level), "level": level})


def _cells(form: Form, sources: Sequence[_Source]) -> tuple[dict[str, CellValue], dict[str, Provenance]]:
    figures: dict[str, CellValue] = {}
    provenance: dict[str, Provenance] = {}
    for address in form.cells:
        told = [one for one in sources if address in one.figures]
        if not told:
            continue
        filled = [one for one in told if _says(one.figures[address])]
        chosen = [one for one in filled if one.confirmed(address)] or filled or told
        first = chosen[0]
        if all(_meaning(one.figures[address]) == _meaning(first.figures[address]) for one in chosen):
            figures[address] = first.figures[address]
            if origin := first.provenance.get(address):
                provenance[address] = origin
        else:
            figures[address] = CellValue()
            provenance[address] = Provenance(candidates=_candidates(address, chosen))
    return figures, provenance


def _says(cell: CellValue) -> bool:
    return cell.value is not None or not cell.applicable


def _meaning(cell: CellValue) -> Any:
    return cell.value if cell.applicable else "不适用"


def _candidates(address: str, sources: Iterable[_Source]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(value=value, where=one.where(address))
        for one in sources
        if (value := one.figures[address].value) is not None
    )


def _supplementary(items: Sequence[Supplementary], notes: list[ReadingNote]) -> tuple[Supplementary, ...]:
    by_id: dict[str, list[Supplementary]] = {}
    for item in items:
        by_id.setdefault(item.id, []).append(item)
    kept = []
    for said in by_id.values():
        chosen = [one for one in said if CONFIRMED in one.source] or said
        if len({(one.value, one.unit) for one in chosen}) == 1:
            kept.append(chosen[0])
            continue
        told = "；".join(f"{one.value}{one.unit}（{one.source or '没有写明来源'}）" for one in chosen)
        message = f"几份资料的数不同：{told}。没有采用，请在底稿中写上选定的数，来源写“{CONFIRMED}”"
        _note(notes, "two_values", f"补充数字“{chosen[0].label}”", message, Severity.OVERRIDABLE)
    return tuple(kept)


def joined(groups: Sequence[Sequence[Statement]]) -> tuple[Statement, ...]:
    """The statements of several sources, each once; an id that two sources use for different ones is told apart."""
    kept: dict[str, Statement] = {}
    for number, group in enumerate(groups, 1):
        new_ids: dict[str, str] = {}
        for one in group:
            same = next((k.id for k in kept.values() if (k.kind, k.text) == (one.kind, one.text)), None)
            new_ids[one.id] = same or (f"{one.id}_{number}" if one.id in kept else one.id)
        for one in group:
            answers = tuple(new_ids.get(answer, answer) for answer in one.answers)
            kept.setdefault(new_ids[one.id], one.model_copy(update={"id": new_ids[one.id], "answers": answers}))
    return tuple(kept.values())


def _fields(values: Sequence[Contact | Sections], what: str, notes: list[ReadingNote]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in dict.fromkeys(name for one in values for name in one.model_dump()):
        said = list(dict.fromkeys(text for one in values if (text := getattr(one, name))))
        if len(said) == 1:
            found[name] = said[0]
        elif said:
            shown = "；".join(f"“{text[:30]}”" for text in said)
            _note(notes, "two_values", f"{what} {name}", f"几份资料写的不同：{shown}。已留空，请在底稿中写上选定的内容")
    return found


def _same(values: Sequence[T], what: str, notes: list[ReadingNote]) -> T | None:
    if not values or all(one == values[0] for one in values):
        return values[0] if values else None
    _note(notes, "two_values", what, "几份资料写的不同，已留空，请在底稿中写上选定的内容")
    return None


def _prior(
    current: Sequence[Dossier], before: Sequence[Dossier], year: int, notes: list[ReadingNote]
) -> PriorYear | None:
    known = [one.prior_year for one in current if one.prior_year]
    for one in before:
        data = one.model_dump(include={"figures", "supplementary", "statements", "sections"})
        known.append(PriorYear.model_validate(data | {"unit": one.unit.name, "year": one.year}))
    if not known:
        return None
    form = form_for(max(year - 1, 2019))
    sources = [_Source(f"{one.unit or '上年资料'}", one.figures) for one in known]
    figures, provenance = _cells(form, sources)
    for address, origin in provenance.items():
        told = "、".join(str(one.value) for one in origin.candidates)
        _note(
            notes, "two_values", f"上年{form.cells[address].place}", f"几份资料的数不同：{told}。已留空，请核对上年年报"
        )
    best = max(known, key=lambda one: (bool(one.sections.items()), len(one.statements), len(one.supplementary)))
    named = next((one for one in known if one.year), known[0])
    return best.model_copy(update={"figures": figures, "unit": named.unit, "year": named.year})


def _note(
    notes: list[ReadingNote], code: str, where: str, message: str, severity: Severity = Severity.OVERRIDABLE
) -> None:
    notes.append(ReadingNote(severity=severity, code=code, where=where, message=message))
