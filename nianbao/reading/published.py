"""A published annual report, whatever its format, into a dossier: the one core behind all formats.

A format yields lines (`pages.Line`): running text, and rows of cells. All that is known of labels, headings, values
and parts of the report is here and in the modules this rests on.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.dossier import FIRST_YEAR, Dossier, Sections, Unit
from nianbao.errors import UnusableInput
from nianbao.findings import Severity
from nianbao.forms import EDITIONS, Form, edition_of, load_form
from nianbao.reading.apart import reports_in
from nianbao.reading.pages import Line, lines_of, read_text
from nianbao.reading.parts import NEAR, headings, is_heading, part, prose
from nianbao.reading.tables import Reading
from nianbao.reading.three_tables import editions_said, read_tables
from nianbao.reading.title import LEVEL_NAMES, first_year, guess_level, guess_self, is_title, read_title

_NAMELESS = "（未写明单位名称）"
_LAST_YEAR = 2100


def read_text_report(path: Path) -> Dossier:
    """Read one report that was pasted as text."""
    return read_lines(lines_of(read_text(path)), path.name)


def read_lines(lines: list[Line], source: str) -> Dossier:
    """Read one report; what is not certain is a note in `reading`, what is no report an `UnusableInput`."""
    reports = reports_in(lines, load_form(EDITIONS[-1]))
    dossiers = [_read_one(one, source) for one in reports]
    first = dossiers[0]
    if any(_differ(one, first) for one in dossiers[1:]):
        names = "、".join(f"{one.unit.name}{one.year}年度" for one in dossiers)
        raise UnusableInput(f"文件中有{len(dossiers)}份报告（{names}），请分成几个文件再读取", source)
    return first


def _differ(one: Dossier, other: Dossier) -> bool:
    """Whether two reports are no copies of each other."""
    if one.unit.name != other.unit.name and _NAMELESS not in (one.unit.name, other.unit.name):
        return True
    values = ({address: cell.value for address, cell in each.figures.items()} for each in (one, other))
    return one.year != other.year or next(values) != next(values)


def _read_one(lines: list[Line], source: str) -> Dossier:
    text = "\n".join(line.text for line in lines)
    said = editions_said(lines)
    found = headings(lines, load_form(EDITIONS[-1]))
    first = min(found.values(), default=len(lines))
    into = Reading(source)
    title = read_title([line.text for line in lines[:first]] or [line.text for line in lines], text)
    year = title.year or first_year(text)
    if not found and not said:
        raise UnusableInput(
            "看不出这是一份政府信息公开工作年度报告：没有找到六个部分的标题，也没有找到规定的表格", source
        )
    if not year:
        raise UnusableInput("找不到报告年度，请在标题中写明，例如“2025年政府信息公开工作年度报告”", source)
    if not FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnusableInput(f"{year}年度的报告不用这套表格：现行格式用于{FIRST_YEAR}年度及以后", source)
    form = load_form(edition_of(year))
    read_tables(form, year, lines, found, into)
    unit = _unit(title.name, text, into)
    if not title.year:
        into.note(Severity.WARNING, "title", "标题", f"标题中没有年度，按正文认作{year}年度，请核对")
    _heading_notes(form, lines, found, into)
    figures = into.figures
    return Dossier(
        unit=unit,
        year=year,
        edition=form.edition,
        figures={address: figures[address] for address in form.cells if address in figures},
        sections=_sections(form, lines, found, first),
        provenance={address: into.provenance[address] for address in form.cells if address in figures},
        reading=tuple(into.notes),
    )


def _heading_notes(form: Form, lines: list[Line], found: dict[str, int], into: Reading) -> None:
    for section in form.sections:
        if section.id not in found:
            into.note(Severity.ERROR, "missing_section", f"“{section.heading}”", "没有找到这一部分的标题，请核对")
        elif not is_heading(lines[found[section.id]], section, NEAR):
            message = f"标题写作“{lines[found[section.id]].text[:40]}”，规定的写法是“{section.heading}”"
            into.note(Severity.WARNING, "heading", f"“{section.heading}”", message)


def _unit(name: str, text: str, into: Reading) -> Unit:
    if len(name) < 2:
        into.note(Severity.ERROR, "title", "标题", "标题中没有单位名称，请补上")
        name = _NAMELESS
    level = guess_level(name)
    speaks = guess_self(name, text, level)
    into.note(
        Severity.INFO,
        "unit",
        "标题",
        f"按标题认作“{name}”，自称“{speaks}”，单位类别为{LEVEL_NAMES[level]}，是根据文字推断的，请核对",
    )
    return Unit.model_validate({"name": name, "self": speaks, "level": level})


def _sections(form: Form, lines: list[Line], found: dict[str, int], first: int) -> Sections:
    texts = {section.id: prose(part(lines, found, section.id)) for section in form.text_sections}
    before = lines[:first] if found else []
    title_ends = max((at for at, line in enumerate(before) if is_title(line.text)), default=-1)
    return Sections(opening=prose(before[title_ends + 1 :]), **texts)
