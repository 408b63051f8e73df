"""A published annual report, whatever its format, into a dossier: the one core behind all formats.

A format yields lines (`pages.Line`): running text, and rows of cells. All that is known of labels, headings, values
and parts of the report is here and in the modules this rests on.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from nianbao.dossier import FIRST_YEAR, Dossier, Sections, Unit
from nianbao.errors import UnusableInput
from nianbao.findings import Severity
from nianbao.forms import EDITIONS, Form, edition_of, load_form
from nianbao.reading.labels import distinguishing, in_brackets, key
from nianbao.reading.pages import NEAR, Line, headings, is_heading, lines_of, part, prose, read_text
from nianbao.reading.results import ResultsReader
from nianbao.reading.single_row import read_single_rows
from nianbao.reading.tables import NUMBER, Reading, TableReader, row_labels
from nianbao.reading.title import LEVEL_NAMES, first_year, guess_level, guess_self, is_title, read_title

_SHORTEST_NOTE = 10
_LAST_YEAR = 2100


def read_text_report(path: Path) -> Dossier:
    """Read one report that was pasted as text."""
    return read_lines(lines_of(read_text(path)), path.name)


def read_lines(lines: list[Line], source: str) -> Dossier:
    """Read one report; what is not certain is a note in `reading`, what is no report an `UnusableInput`."""
    text = "\n".join(line.text for line in lines)
    edition = _edition(lines)
    form = load_form(edition or EDITIONS[-1])
    found = headings(lines, form)
    into = Reading(source)
    first = min(found.values(), default=len(lines))
    title = read_title([line.text for line in lines[:first]] or [line.text for line in lines])
    year = title.year or first_year(text)
    if not found and not edition:
        raise UnusableInput(
            "看不出这是一份政府信息公开工作年度报告：没有找到六个部分的标题，也没有找到规定的表格", source
        )
    if not year:
        raise UnusableInput("找不到报告年度，请在标题中写明，例如“2025年政府信息公开工作年度报告”", source)
    if not FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnusableInput(f"{year}年度的报告不用这套表格：现行格式用于{FIRST_YEAR}年度及以后", source)
    form = load_form(edition or edition_of(year))
    _read_tables(form, lines, found, into)
    unit = _unit(title.name, text, into)
    if not title.year:
        into.note(Severity.WARNING, "title", "标题", f"标题中没有年度，按正文认作{year}年度，请核对")
    for section in form.sections:
        if section.id in found:
            if not is_heading(lines[found[section.id]], section, NEAR):
                message = f"标题写作“{lines[found[section.id]].text[:40]}”，规定的写法是“{section.heading}”"
                into.note(Severity.WARNING, "heading", f"“{section.heading}”", message)
        else:
            into.note(Severity.ERROR, "missing_section", f"“{section.heading}”", "没有找到这一部分的标题，请核对")
    figures = into.figures
    if form.edition != edition_of(year):
        kept = load_form(edition_of(year)).cells
        figures = {address: cell for address, cell in figures.items() if address in kept}
        into.note(
            Severity.ERROR,
            "edition",
            "标题和表格",
            f"标题是{year}年度，应当用{edition_of(year)}版表格，文中的表格是{form.edition}版；"
            f"只采用了两版共有的{len(figures)}格，请核对年度或改用正确的表格",
        )
    order = load_form(edition_of(year)).cells
    return Dossier(
        unit=unit,
        year=year,
        edition=edition_of(year),
        figures={address: figures[address] for address in order if address in figures},
        sections=_sections(form, lines, found, first),
        provenance={address: into.provenance[address] for address in order if address in figures},
        reading=tuple(into.notes),
    )


def _edition(lines: list[Line]) -> str:
    """The edition by the labels that only one of them has; empty where none is found."""
    said = {key(cell) for line in lines for cell in line.cells if cell}
    said |= {key(aside) for line in lines for cell in line.filled for aside in in_brackets(cell)}
    forms = {name: load_form(name) for name in EDITIONS}
    scores = {
        name: sum(len(said & distinguishing(form, other)) for other in forms.values() if other is not form)
        for name, form in forms.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else ""


def _read_tables(form: Form, lines: list[Line], found: dict[str, int], into: Reading) -> None:
    known = row_labels(form)
    for table in form.tables:
        reader = (ResultsReader if table.id == "remedies" else TableReader)(form, table, into)
        body = part(lines, found, table.id) or _elsewhere(lines, found, form)
        rows = reader.read(body)
        rows |= read_single_rows(reader, rows)
        name = f"表{NUMBER[table.id]}"
        if not rows:
            into.note(Severity.ERROR, "missing_table", name, "没有找到这张表，或表中没有可以认出的行，请核对")
            continue
        for row in table.rows:
            if row.id not in rows:
                into.note(Severity.ERROR, "missing_row", f"{name}“{row.label}”行", "表中没有这一行，各格留空，请补上")
        for line in reader.strangers if table.id in found else ():
            label = line.filled[0]
            if key(label) not in known:
                into.note(
                    Severity.WARNING,
                    "extra_row",
                    f"{name}“{label[:30]}”行（{line.place}）",
                    "规定的表样中没有这一行，没有采用",
                )
        if table.id in found:
            _table_notes(reader, body, name, into)


def _elsewhere(lines: list[Line], found: dict[str, int], form: Form) -> list[Line]:
    """Where a table may stand whose heading is lost: anywhere but under the heading of another."""
    others = {line.number for table in form.tables for line in part(lines, found, table.id)}
    for table, following in pairwise(form.tables):
        if following.id not in found:  # the part above a lost heading holds what stood below it
            others -= {line.number for line in part(lines, found, table.id)}
    return [line for line in lines if line.number not in others]


def _table_notes(reader: TableReader, lines: list[Line], name: str, into: Reading) -> None:
    printed = {key(reader.table.corner), *(key(block.caption) for block in reader.table.blocks)}
    printed |= {key(label) for row in reader.table.rows for label in row.path}
    for line in lines:
        if len(line.filled) == 1 and "\t" not in line.text and len(line.text) >= _SHORTEST_NOTE:
            if key(line.text) in printed or reader.is_header(line):
                continue
            into.note(Severity.INFO, "table_note", f"{name}（{line.place}）", f"表外另有文字：{line.text[:80]}")


def _unit(name: str, text: str, into: Reading) -> Unit:
    if len(name) < 2:
        into.note(Severity.ERROR, "title", "标题", "标题中没有单位名称，请补上")
        name = "（未写明单位名称）"
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
