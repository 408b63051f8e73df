"""Reports in the clothes they wear in the wild: pages with their markup changed."""

from __future__ import annotations

import random
import re

from lxml import etree, html

from nianbao.dossier import Dossier, parse
from nianbao.forms import load_form

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
HEADINGS = ("自然人", "商业企业", "总计", "法人或其他组织", "科研机构", "其他", "结果维持", "行政复议", "尚未审结")


def dossier(edition: str, seed: int = 0) -> Dossier:
    """Different numbers in all cells, in sums that hold, so that any shift shows and none is repaired by chance."""
    form, draw = load_form(edition), random.Random(seed)
    figures = {address: draw.randrange(1, 5000) for address in form.cells}
    for table in ("requests", "remedies"):
        for row in form.table(table).rows:
            mine = [f"{table}.{row.id}.{c.id}" for c in form.table(table).blocks[0].columns]
            figures[mine[-1]] = sum(figures[a] for a in mine[:-1])
    nested: dict[str, dict[str, dict[str, int]]] = {}
    for address, value in figures.items():
        table, row_id, column = address.split(".")
        nested.setdefault(table, {}).setdefault(row_id, {})[column] = value
    unit = {"name": "青石县水务局（虚构样例）", "self": "我局", "level": "department"}
    return parse({"unit": unit, "year": 2020 if edition == "2019" else 2025, "figures": nested})


def page_of(known: Dossier, tables: list[str]) -> str:
    """A plain page with the tables of a report."""
    summary = f"<p>{known.year}年，我局做了工作。</p>"
    parts = [f"<h1>{known.unit.name}{known.year}年政府信息公开工作年度报告</h1>"]
    rest = iter(tables)
    for section in known.form.sections:
        parts.append(f"<p>{section.heading}</p>")
        parts.append(next(rest) if section.kind == "table" else summary)
    return "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>" + "".join(parts) + "</body></html>"


def plain_tables(page: str) -> list[str]:
    """The tables of a page, stripped to rows, cells and spans."""
    found = []
    for table in html.fromstring(page).iter("table"):
        rows = []
        for row in table.iter("tr"):
            cells = []
            for cell in row:
                spans = "".join(f' {name}="{cell.get(name)}"' for name in ("colspan", "rowspan") if cell.get(name))
                text = cell.text_content().strip().replace("&", "&amp;").replace("<", "&lt;")
                cells.append(f"<td{spans}>{text}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        found.append(f"<table>{''.join(rows)}</table>")
    return found


def _cells(page: str, change) -> str:
    """The page with the text of every cell changed that holds no markup of its own."""
    return re.sub(r"(<td[^>]*>)([^<]*)(</td>)", lambda m: m[1] + change(m[2]) + m[3], page)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[\d.]+", text))


# --- changes after which every value must still be read -------------------------------------------


def word(page: str, draw: random.Random) -> str:
    """Split spans, `<o:p>`, fonts and paragraphs in every cell, as Word pastes them."""

    def one(text: str) -> str:
        at = draw.randrange(len(text) + 1)
        first, second = text[:at], text[at:]
        return (
            f"<p class=MsoNormal><span style='font-family:仿宋'>{first}</span><span><font>{second}</font></span>"
            "<span lang=EN-US><o:p></o:p></span></p>"
        )

    return _cells(page, one)


def nbsp(page: str, draw: random.Random) -> str:
    return _cells(page, lambda text: f"&nbsp;{text}&nbsp; ")


def wrapped_labels(page: str, draw: random.Random) -> str:
    def one(text: str) -> str:
        if _is_number(text) or len(text) < 3 or "&" in text:
            return text
        at = draw.randrange(1, len(text))
        return text[:at] + draw.choice(["<br>", "\n  ", "<br/> "]) + text[at:]

    return _cells(page, one)


def half_width(page: str, draw: random.Random) -> str:
    return _cells(page, lambda text: text.replace("（", "(").replace("）", ")").replace("“", '"').replace("”", '"'))


def full_width(page: str, draw: random.Random) -> str:
    return _cells(page, lambda text: text.translate(FULL_WIDTH) if _is_number(text) else text)


def split_tables(page: str, draw: random.Random) -> str:
    """Each table broken in two somewhere, as by a page break."""

    def one(found: re.Match[str]) -> str:
        rows = re.findall(r"<tr>.*?</tr>", found[1])
        at = draw.randrange(1, max(2, len(rows)))
        return f"<table>{''.join(rows[:at])}</table><p>&nbsp;</p><table>{''.join(rows[at:])}</table>"

    return re.sub(r"(?s)<table>(.*?)</table>", one, page)


def subtotals(page: str, draw: random.Random) -> str:
    values = "".join(f"<td>{draw.randrange(9999)}</td>" for _ in range(7))
    return page.replace('<tr><td rowspan="3">（四）', f'<tr><td>小计</td>{values}</tr><tr><td rowspan="3">（四）')


def framed(page: str, draw: random.Random) -> str:
    """The whole article inside a table for the layout."""
    return page.replace("<body>", "<body><table><tr><td>导航</td><td>").replace("</body>", "</td></tr></table></body>")


def annotated(page: str, draw: random.Random) -> str:
    return _cells(page, lambda text: f"{text}（其中修订{draw.randrange(9)}件）" if _is_number(text) else text)


def spans_lost(page: str, draw: random.Random) -> str:
    return re.sub(r' (rowspan|colspan)="\d+"', "", page)


HARMLESS = (word, nbsp, wrapped_labels, half_width, full_width, split_tables, subtotals, framed, annotated, spans_lost)


# --- changes after which values may be missing, but none may be wrong ------------------------------


def _rows_changed(page: str, draw: random.Random, change, times: int = 3) -> str:
    rows = list(re.finditer(r"(?s)<tr>.*?</tr>", page))
    for found in sorted(draw.sample(rows, min(times, len(rows))), key=lambda m: -m.start()):
        cells = re.findall(r"(?s)<td[^>]*>.*?</td>", found[0])
        if cells:
            page = page[: found.start()] + f"<tr>{''.join(change(cells))}</tr>" + page[found.end() :]
    return page


def cells_lost(page: str, draw: random.Random) -> str:
    def one(cells):
        at = draw.randrange(len(cells))
        return cells[:at] + cells[at + 1 :]

    return _rows_changed(page, draw, one)


def cells_blank(page: str, draw: random.Random) -> str:
    def one(cells):
        at = draw.randrange(len(cells))
        return [*cells[:at], "<td></td>", *cells[at + 1 :]]

    return _rows_changed(page, draw, one, 6)


def cells_added(page: str, draw: random.Random) -> str:
    def one(cells):
        at = draw.randrange(len(cells) + 1)
        return [*cells[:at], "<td></td>", *cells[at:]]

    return _rows_changed(page, draw, one)


def rows_lost(page: str, draw: random.Random) -> str:
    return _rows_changed(page, draw, lambda cells: [])


def blank_then_lost(page: str, draw: random.Random) -> str:
    """Blank values, and another cell of the same row lost."""

    def one(cells):
        cells = list(cells)
        for at in draw.sample(range(len(cells)), min(len(cells), draw.randrange(1, 3))):
            cells[at] = "<td></td>"
        at = draw.randrange(len(cells))
        return cells[:at] + cells[at + 1 :]

    return _rows_changed(page, draw, one, 5)


def digits_split(page: str, draw: random.Random) -> str:
    def one(cells):
        at = draw.randrange(len(cells))
        text = re.sub(r"<[^>]+>", "", cells[at])
        if not _is_number(text) or len(text) < 2:
            return cells
        return [*cells[:at], f"<td>{text[:1]}</td>", f"<td>{text[1:]}</td>", *cells[at + 1 :]]

    return _rows_changed(page, draw, one, 4)


def footnotes(page: str, draw: random.Random) -> str:
    mark = draw.choice(["<sup>1</sup>", "①", "<sup>①</sup>", "²", "<s>7</s>", "<span style='display:none'>9</span>"])
    return _cells(page, lambda text: text + mark if _is_number(text) and draw.random() < 0.2 else text)


def truncated(page: str, draw: random.Random) -> str:
    return page[: draw.randrange(len(page))]


def columns_lost(page: str, draw: random.Random) -> str:
    """The same column lost from every row of table 三, its heading kept."""
    from_end = draw.randrange(1, 8)

    def one(found: re.Match[str]) -> str:
        cells = re.findall(r"(?s)<td[^>]*>.*?</td>", found[0])
        if sum(_is_number(re.sub(r"<[^>]+>", "", cell)) for cell in cells) == 7:
            del cells[-from_end]
        return f"<tr>{''.join(cells)}</tr>"

    return re.sub(r"(?s)<tr>.*?</tr>", one, page)


def headings_lost(page: str, draw: random.Random) -> str:
    return page.replace(f">{draw.choice(HEADINGS)}</td>", "></td>" if draw.random() < 0.5 else ">　</td>")


HARMFUL = (
    cells_lost, cells_blank, cells_added, rows_lost, blank_then_lost, digits_split, footnotes, truncated, columns_lost,
    headings_lost,
)  # fmt: skip
# Two of these may make up for each other in number, and no reader could tell.
COUNTED = {cells_lost, cells_added, blank_then_lost, digits_split, columns_lost, headings_lost, truncated}


def draw_changes(draw: random.Random) -> list:
    """Up to two harmless changes and one or two harmful ones, in either order."""
    harmful = draw.sample(HARMFUL, draw.randrange(1, 3))
    if sum(change in COUNTED for change in harmful) > 1:
        harmful = harmful[:1]
    changes = [*draw.sample(HARMLESS, draw.randrange(3)), *harmful]
    return changes if draw.random() < 0.5 else changes[::-1]


def docx_changed(document: bytes, draw: random.Random) -> bytes:
    """document.xml with its tables inside content controls, and values in several runs."""
    root = etree.fromstring(document)
    w = root.nsmap["w"]
    for table in list(root.iter(f"{{{w}}}tbl")):
        sdt = etree.Element(f"{{{w}}}sdt")
        content = etree.SubElement(sdt, f"{{{w}}}sdtContent")
        table.getparent().replace(table, sdt)
        content.append(table)
    for text in list(root.iter(f"{{{w}}}t")):
        run = text.getparent()
        if text.text and len(text.text) > 1 and draw.random() < 0.3:
            second = etree.fromstring(etree.tostring(run))
            cut = draw.randrange(1, len(text.text))
            next(second.iter(f"{{{w}}}t")).text = text.text[cut:]
            text.text = text.text[:cut]
            run.addnext(second)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
