"""Several sources for one unit and year."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nianbao.errors import UnusableInput
from nianbao.reading import read, write_dossier
from nianbao.rules import assess

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
UNIT = {"name": "小河镇人民政府（虚构样例）", "self": "我镇", "level": "township"}


def source(folder, name, year=2025, **more):
    path = folder / name
    path.write_text(yaml.safe_dump({"unit": UNIT, "year": year} | more, allow_unicode=True), encoding="utf-8")
    return path


def new(value):
    return {"figures": {"requests": {"new": {"natural_person": value}}}}


ADDRESS = "requests.new.natural_person"


def test_equal_values_agree_and_blank_gives_way(tmp_path):
    got = read(
        [
            source(tmp_path, "a.yaml", **new(3)),
            source(tmp_path, "b.yaml", **new(3)),
            source(tmp_path, "c.yaml", **new(None)),
        ]
    )
    assert got.value(ADDRESS) == 3
    assert "D-01" not in {f.rule for f in assess(got).findings}


def test_unequal_values_stay_blank_in_any_order_with_both_values(tmp_path):
    files = [source(tmp_path, "a.yaml", **new(3)), source(tmp_path, "b.yaml", **new(4))]
    for order in (files, files[::-1]):
        got = read(order)
        assert got.value(ADDRESS) is None
        (finding,) = [f for f in assess(got).findings if f.rule == "D-01"]
        assert {finding.expected, finding.actual} == {"3", "4"}
        assert finding.cells == (ADDRESS,)


def test_a_person_chooses_by_writing_the_value_into_the_dossier(tmp_path):
    files = [source(tmp_path, "a.yaml", **new(3)), source(tmp_path, "b.yaml", **new(4))]
    write_dossier(read(files), tmp_path / "底稿.yaml")
    data = yaml.safe_load((tmp_path / "底稿.yaml").read_text("utf-8"))
    data["figures"]["requests"]["new"]["natural_person"] = 4
    (tmp_path / "底稿.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    for got in (read([tmp_path / "底稿.yaml"]), read([*files, tmp_path / "底稿.yaml"])):
        assert got.value(ADDRESS) == 4
        assert got.provenance[ADDRESS].place == "人工确认"
        assert [c.value for c in got.provenance[ADDRESS].candidates] == [3, 4]
        assert "D-01" not in {f.rule for f in assess(got).findings}


def test_last_years_dossier_becomes_prior_year():
    this, last = (SAMPLES / f"qingshi-shuiwuju-{year}.yaml" for year in (2025, 2024))
    got = read([last, this])
    assert got.prior_year.figures == read([this]).prior_year.figures
    assert got.prior_year.year == 2024
    assert got.year == 2025


def test_other_units_and_other_years_are_refused(tmp_path):
    here = source(tmp_path, "a.yaml")
    other = source(tmp_path, "b.yaml", unit=UNIT | {"name": "大河镇人民政府（虚构样例）"})
    with pytest.raises(UnusableInput, match="不是同一个单位"):
        read([here, other])
    with pytest.raises(UnusableInput, match="2022年度"):
        read([here, source(tmp_path, "c.yaml", year=2022)])


def test_supplementary_statements_and_contact(tmp_path):
    item = {"id": "posts", "label": "发布信息", "value": 5, "unit": "条"}
    said = {"id": "q1", "kind": "problem", "status": "ongoing", "text": "公开不够及时"}
    plan = {"id": "l1", "kind": "plan", "status": "planned", "text": "建立清单", "answers": ["q1"]}
    first = source(tmp_path, "a.yaml", supplementary=[item], statements=[said], contact={"phone": "1"})
    second = source(tmp_path, "b.yaml", supplementary=[item | {"value": 6}], contact={"phone": "2", "address": "甲路"},
                    statements=[said | {"text": "解读形式单一"}, plan])  # fmt: skip
    got = read([first, second])
    assert got.supplementary == ()
    assert (got.contact.phone, got.contact.address) == ("", "甲路")
    assert [(s.id, s.answers) for s in got.statements] == [("q1", ()), ("q1_2", ()), ("l1", ("q1_2",))]
    told = " ".join(f"{note.where}{note.message}" for note in got.reading)
    assert all(part in told for part in ("发布信息", "5条", "6条", "phone"))


def test_ledgers_alone_need_a_year(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text("收到日期,申请人类型,办理结果,答复日期\n2025-03-03,自然人,公开,2025-03-20\n", encoding="utf-8")
    with pytest.raises(UnusableInput, match="--year"):
        read([path])
    assert read([path], 2025).value("requests.new.total") == 1
    assert read([path.rename(tmp_path / "2025年台账.csv")]).year == 2025
