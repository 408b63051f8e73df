"""The data beside the documents."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.documents import FILES, assemble, audit_json, findings_json, gaps_md, narrative_md, report_json
from nianbao.documents import folder as folder_module
from nianbao.documents.folder import documents
from nianbao.documents.records import exact_json
from nianbao.dossier import parse
from nianbao.facts import fact_table
from nianbao.report import Report
from tests.documents.sample_reports import report_of


def test_report_json_gives_the_figures_back(report: Report) -> None:
    data = json.loads(report_json(report), parse_float=Decimal)
    again = parse(
        {"unit": report.dossier.unit.model_dump(by_alias=True), "year": data["year"], "figures": data["figures"]}
    )
    assert again.figures == report.dossier.figures
    assert data["title"] == "".join(report.dossier.title)
    assert data["digest"] == report.digest
    assert data["sections"] == {s.id: s.text for s in report.sections}


def test_every_audited_span_is_where_it_says(report: Report) -> None:
    audit = json.loads(audit_json(report))
    facts = fact_table(report.dossier)
    texts = {s.id: s.text for s in report.sections}
    assert audit["spans"]
    for span in audit["spans"]:
        assert texts[span["section"]][span["start"] : span["end"]] == span["display"]
        assert span["value"] == str(facts[span["fact"]].number)
        assert span["sources"]
    for one in audit["sentences"]:
        assert texts[one["section"]][one["start"] : one["end"]] == one["text"]
    share = next(s for s in audit["spans"] if s["fact"] == "share.requests.new.natural_person")
    assert share["formula"] == "requests.new.natural_person / requests.new.total * 100"
    assert audit["model"] == "offline"
    assert audit["overrides"][0]["reason"] == "机构改革后合并了两个单位的结转申请。"


def test_findings_json_keeps_the_contract(report: Report) -> None:
    data = json.loads(findings_json(report))
    assert set(data) == {"findings", "not_assessed", "gaps"}
    assert {"rule", "severity", "cells", "expected", "actual", "message", "source"} <= set(data["findings"][0])
    assert data["findings"][0]["severity"] == "overridable"
    assert data["not_assessed"] == [{"rule": "T3-06", "reason": "没有上年年报"}]
    assert data["gaps"][0]["section"] == "summary"


def test_the_narrative_for_an_editor() -> None:
    lines = narrative_md(report_of("2021")).split("\n\n")
    assert lines[0] == "青石县水务局（虚构样例）2025年政府信息公开工作年度报告"
    assert lines[1].startswith("根据《")
    headings = [line for line in lines if line[1:2] == "、"]
    assert headings == ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
    assert "（一）主动公开" in lines


def test_the_list_of_gaps() -> None:
    text = gaps_md(report_of("2021"))
    assert "一、总体情况\n\n1. 平台建设：没有提供网站栏目数量，请补充后再写。\n" in text


@pytest.mark.parametrize(
    "value", [{}, [], {"a": []}, {"a": [1, {"b": None}], "c": "“x”\n"}, {"n": Decimal("421.3900")}, True, "甲"]
)
def test_json_is_exact(value: object) -> None:
    assert json.loads(exact_json(value), parse_float=Decimal) == value


def test_decimals_keep_their_digits() -> None:
    assert exact_json([Decimal("421.3900"), Decimal("1E-7")]) == "[\n  421.3900,\n  0.0000001\n]\n"


def test_assemble_writes_the_whole_set(tmp_path: Path, report: Report) -> None:
    target = tmp_path / "a" / report.folder_name
    paths = assemble(report, target)
    assert tuple(paths) == FILES
    assert sorted(p.name for p in target.iterdir()) == sorted(FILES)
    before = {name: path.read_bytes() for name, path in paths.items()}
    assemble(report, target)
    assert before == {name: path.read_bytes() for name, path in paths.items()}


def test_a_failure_leaves_the_old_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assemble(report_of("2021"), tmp_path)
    (tmp_path / "自己的文件.txt").write_text("留着", encoding="utf-8")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def broken(_descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(folder_module.os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        assemble(report_of("2019"), tmp_path)
    assert before == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


_WRITER = """
import itertools, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from tests.documents.sample_reports import report_of
from nianbao.documents import assemble
for edition in itertools.cycle(("2019", "2021")):
    assemble(report_of(edition), Path(sys.argv[1]))
    print(edition, flush=True)
"""


@pytest.mark.slow
def test_a_kill_leaves_no_half_file(tmp_path: Path) -> None:
    sets = [documents(report_of(edition)) for edition in ("2019", "2021")]
    target = tmp_path / "out"
    for lines in (2, 3, 5):
        command = [sys.executable, "-c", _WRITER, str(target), str(Path(__file__).parent), str(Path.cwd())]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(lines):
                child.stdout.readline()
            child.kill()
        for name in FILES:
            assert (target / name).read_bytes() in [one[name] for one in sets]
