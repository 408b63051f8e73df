"""Every grid tiles its rectangle, carries each cell once, and names it by its official labels."""

import pytest

from nianbao.documents.grid import Grid, grid
from nianbao.forms import EDITIONS, load_form

GRIDS = [(edition, table.id) for edition in EDITIONS for table in load_form(edition).tables]


def make(edition: str, table_id: str) -> Grid:
    return grid(load_form(edition), table_id)


def label(one: Grid, address: str) -> list[str]:
    texts = {cell.id: cell.text for cell in one.cells if cell.id}
    cell = next(cell for cell in one.cells if cell.address == address)
    return [texts[name] for name in cell.headers]


@pytest.mark.parametrize(("edition", "table_id"), GRIDS)
def test_cells_cover_the_rectangle_once(edition: str, table_id: str) -> None:
    one = make(edition, table_id)
    covered = [
        (cell.row + i, cell.column + j) for cell in one.cells for i in range(cell.rowspan) for j in range(cell.colspan)
    ]
    assert sorted(covered) == [(y, x) for y in range(one.height) for x in range(one.width)]


@pytest.mark.parametrize(("edition", "table_id"), GRIDS)
def test_every_cell_of_the_form_is_there_once(edition: str, table_id: str) -> None:
    addresses = [cell.address for cell in make(edition, table_id).cells if cell.address]
    assert sorted(addresses) == sorted(a for a, cell in load_form(edition).cells.items() if cell.table == table_id)


@pytest.mark.parametrize(("edition", "table_id"), GRIDS)
def test_ids_are_unique_and_every_header_exists(edition: str, table_id: str) -> None:
    cells = list(make(edition, table_id).cells)
    ids = [cell.id for cell in cells if cell.id]
    assert len(ids) == len(set(ids))
    assert {name for cell in cells for name in cell.headers} <= set(ids)
    assert all(cell.headers for cell in cells if cell.role == "data")


@pytest.mark.parametrize(
    ("edition", "text", "spans"),
    [
        ("2021", "三、本年度办理结果", (22, 1)),
        ("2019", "三、本年度办理结果", (20, 1)),
        ("2021", "（三）不予公开", (8, 1)),
        ("2021", "（四）无法提供", (3, 1)),
        ("2021", "（五）不予处理", (5, 1)),
        ("2021", "（六）其他处理", (3, 1)),
        ("2019", "（六）其他处理", (1, 2)),
        ("2021", "一、本年新收政府信息公开申请数量", (1, 3)),
        ("2021", "四、结转下年度继续办理", (1, 3)),
        ("2021", "（一）予以公开", (1, 2)),
        ("2021", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", (3, 3)),
        ("2021", "申请人情况", (1, 7)),
        ("2021", "法人或其他组织", (1, 5)),
        ("2021", "自然人", (2, 1)),
        ("2021", "总计", (2, 1)),
    ],
)
def test_spans_of_table_three(edition: str, text: str, spans: tuple[int, int]) -> None:
    cell = next(cell for cell in make(edition, "requests").cells if cell.text == text)
    assert (cell.rowspan, cell.colspan) == spans


def test_spans_of_table_four() -> None:
    one = make("2021", "remedies")
    assert (one.width, one.height, one.header_rows) == (15, 4, 3)
    top = [(cell.text, cell.rowspan, cell.colspan) for cell in one.rows[0]]
    assert top == [("行政复议", 2, 5), ("行政诉讼", 1, 10)]
    assert [(cell.text, cell.colspan) for cell in one.rows[1]] == [("未经复议直接起诉", 5), ("复议后起诉", 5)]


@pytest.mark.parametrize(
    ("edition", "address", "colspan"),
    [
        ("2021", "disclosure.licences.decisions", 3),
        ("2021", "disclosure.fees.amount", 3),
        ("2021", "disclosure.regulations.in_force", 1),
        ("2019", "disclosure.fees.change", 2),
        ("2019", "disclosure.procurement.projects", 1),
        ("2019", "disclosure.procurement.amount", 2),
    ],
)
def test_spans_of_table_two(edition: str, address: str, colspan: int) -> None:
    cell = next(cell for cell in make(edition, "disclosure").cells if cell.address == address)
    assert cell.colspan == colspan


def test_headers_lead_to_the_official_labels() -> None:
    requests = make("2021", "requests")
    assert label(requests, "requests.refused_law.other_org") == [
        "申请人情况", "法人或其他组织", "其他", "三、本年度办理结果", "（三）不予公开", "2.其他法律行政法规禁止公开",
    ]  # fmt: skip
    assert label(requests, "requests.new.total") == ["申请人情况", "总计", "一、本年新收政府信息公开申请数量"]
    assert label(make("2021", "remedies"), "remedies.suit_after_review.pending") == [
        "行政诉讼",
        "复议后起诉",
        "尚未审结",
    ]
    assert label(make("2019", "disclosure"), "disclosure.penalties.change") == [
        "第二十条第（六）项", "本年增/减", "行政处罚",
    ]  # fmt: skip
