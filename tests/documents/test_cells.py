"""What a cell prints, and what may stand in a document at all."""

from decimal import Decimal

import pytest

from nianbao.documents.content import printable, show_cell
from nianbao.dossier import CellValue
from nianbao.forms import Column, load_form

COUNT = load_form("2021").cells["requests.new.total"].column
AMOUNT = load_form("2021").cells["disclosure.fees.amount"].column
FOUR = load_form("2019").cells["disclosure.procurement.amount"].column
SIGNED = load_form("2019").cells["disclosure.licences.change"].column


@pytest.mark.parametrize(
    ("cell", "column", "printed"),
    [
        (CellValue(value=0), COUNT, "0"),
        (CellValue(value=1234567), COUNT, "1234567"),
        (CellValue(value=-3), SIGNED, "-3"),
        (CellValue(value=2, text="+2"), SIGNED, "2"),
        (CellValue(value=Decimal("402.318")), AMOUNT, "402.318"),
        (CellValue(value=Decimal("12.5"), text="12.50"), AMOUNT, "12.50"),
        (CellValue(value=12, text="12.00"), AMOUNT, "12.00"),
        (CellValue(value=Decimal("12.5"), text="12.5万元"), AMOUNT, "12.5"),
        (CellValue(value=Decimal("12.5"), text="13.50"), AMOUNT, "12.5"),
        (CellValue(value=Decimal("0.0000001")), AMOUNT, "0.0000001"),
        (CellValue(value=Decimal("421.39")), FOUR, "421.3900"),
        (CellValue(value=25), FOUR, "25.0000"),
        (CellValue(value=Decimal("421.39000"), text="421.39000"), FOUR, "421.3900"),
        (CellValue(value=Decimal("421.39001")), FOUR, "421.39001"),
        (CellValue(), COUNT, ""),
        (CellValue(text="/"), COUNT, ""),
        (CellValue(applicable=False), COUNT, "不适用"),
        (None, COUNT, ""),
    ],
)
def test_a_cell_is_printed_as_exactly_as_its_source(cell: CellValue | None, column: Column, printed: str) -> None:
    assert show_cell(cell, column) == printed


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("甲\x00乙\x07\x1f", "甲乙"),
        ("甲\n乙\t丙", "甲 乙 丙"),
        ("\ufeff甲\u202e乙\u200b", "甲乙"),
        ("甲\ud800乙\uffff", "甲乙"),
        ("𠮷\U0001ffff", "𠮷"),
        ("a&b<c>]]>\"'", "a&b<c>]]>\"'"),
    ],
)
def test_only_visible_characters_are_printed(raw: str, printed: str) -> None:
    assert printable(raw) == printed
