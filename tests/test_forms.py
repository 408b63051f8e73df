"""The form's data against the printed form: counts, spans, exact labels, relations."""

from itertools import groupby

import pytest

from nianbao.forms import EDITIONS, edition_of, form_for, load_form

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
]
LAST_ROWS = {
    "2019": ["（六）其他处理", "（七）总计", "四、结转下年度继续办理"],
    "2021": [
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
        "（七）总计",
        "四、结转下年度继续办理",
    ],
}
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISCLOSURE = {
    "2019": [
        ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "规范性文件"]),
        ("第二十条第（五）项", ["上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "其他对外管理服务事项"]),
        ("第二十条第（六）项", ["上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", ["上一年项目数量", "本年增/减"], ["行政事业性收费"]),
        ("第二十条第（九）项", ["采购项目数量", "采购总金额（单位：万元，保留4位小数）"], ["政府集中采购"]),
    ],
    "2021": [
        ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "行政规范性文件"]),
        ("第二十条第（五）项", ["本年处理决定数量"], ["行政许可"]),
        ("第二十条第（六）项", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
        ("第二十条第（八）项", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
    ],
}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@pytest.mark.parametrize(("edition", "counts"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_number_of_cells(edition, counts):
    cells = load_form(edition).cells
    assert tuple(sum(c.table == t for c in cells.values()) for t in ("disclosure", "requests", "remedies")) == counts


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_edition_follows_from_the_year(year, edition):
    assert edition_of(year) == edition
    assert form_for(year) is load_form(edition)


@pytest.mark.parametrize("edition", EDITIONS)
class TestLabels:
    def test_headings(self, edition):
        assert [s.heading for s in load_form(edition).sections] == HEADINGS

    def test_disclosure(self, edition):
        blocks = load_form(edition).table("disclosure").blocks
        printed = [(b.caption, [c.label for c in b.columns], [r.label for r in b.rows]) for b in blocks]
        assert printed == DISCLOSURE[edition]
        assert {b.stub for b in blocks} == {"信息内容"}

    def test_requests(self, edition):
        table = load_form(edition).table("requests")
        assert [row.label for row in table.rows] == ROWS + LAST_ROWS[edition]
        assert [column.label for column in table.blocks[0].columns] == COLUMNS
        assert table.corner == CORNER

    def test_remedies(self, edition):
        table = load_form(edition).table("remedies")
        assert [row.path for row in table.rows] == [
            ("行政复议",),
            ("行政诉讼", "未经复议直接起诉"),
            ("行政诉讼", "复议后起诉"),
        ]
        assert [column.label for column in table.blocks[0].columns] == RESULTS

    def test_no_label_has_outer_space_or_half_width_brackets(self, edition):
        form = load_form(edition)
        for cell in form.cells.values():
            for label in (*cell.row.path, *cell.column.path):
                assert label == label.strip()
                assert not set(label) & set('()," ')


@pytest.mark.parametrize(("edition", "spans"), [("2019", (20, [8, 3, 5])), ("2021", (22, [8, 3, 5, 3]))])
def test_spans_follow_from_the_paths(edition, spans):
    rows = load_form(edition).table("requests").rows
    first = {label: len(list(same)) for label, same in groupby(rows, key=lambda row: row.path[0])}
    assert first["三、本年度办理结果"] == spans[0]
    second = [len(list(same)) for _, same in groupby((r.path for r in rows if len(r.path) == 3), key=lambda p: p[1])]
    assert second == spans[1]


@pytest.mark.parametrize("edition", EDITIONS)
def test_relations_name_cells_that_exist(edition):
    form = load_form(edition)
    assert form.relations
    for relation in form.relations:
        assert relation.plus
        assert {a.removeprefix("prior.") for a in relation.cells} <= set(form.cells)
        relation.text.format(name=relation.name, plus=1, minus=2, gap=1)
        assert relation.source


@pytest.mark.parametrize(
    ("edition", "rule", "times"),
    [("2019", "T3-01", 7), ("2019", "T3-02", 7), ("2019", "T3-03", 23), ("2021", "T3-03", 25), ("2021", "T4-03", 1)],
)
def test_relations_hold_for_every_row_or_column(edition, rule, times):
    assert sum(r.rule == rule for r in load_form(edition).relations) == times


@pytest.mark.parametrize(("edition", "leaves"), [("2019", 19), ("2021", 21)])
def test_results_are_added_without_their_total(edition, leaves):
    rows = load_form(edition).result_rows
    assert len(rows) == leaves
    assert "total_handled" not in rows


@pytest.mark.parametrize("edition", EDITIONS)
def test_groups_name_rows_and_columns_that_exist(edition):
    form = load_form(edition)
    for name, groups in form.groups.items():
        table, kind = name.split("_")
        parts = form.table(table).rows if kind == "rows" else form.table(table).blocks[0].columns
        for group in groups:
            assert set(group.of) <= {part.id for part in parts}


@pytest.mark.parametrize(
    ("address", "kind", "unit"),
    [
        ("disclosure.fees.amount", "amount", "万元"),
        ("disclosure.licences.decisions", "count", "件"),
        ("requests.new.total", "count", "件"),
    ],
)
def test_kinds_and_units(address, kind, unit):
    column = load_form("2021").cells[address].column
    assert (column.kind, column.unit) == (kind, unit)


def test_only_procurement_states_decimals():
    cells = load_form("2019").cells
    assert {a: c.column.decimals for a, c in cells.items() if c.column.decimals} == {"disclosure.procurement.amount": 4}
    assert not any(c.column.decimals for c in load_form("2021").cells.values())
    assert {c.column.label for c in cells.values() if c.column.kind == "signed"} == {"本年增/减"}
