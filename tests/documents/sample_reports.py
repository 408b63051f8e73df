"""Reports to print: the sample office's (2021 edition) and the seed's year (2019 edition)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.dossier import Dossier, parse
from nianbao.facts import fact_table
from nianbao.findings import Finding, NotAssessed, Severity, Verdict
from nianbao.forms import load_form
from nianbao.narrative import Gap, Paragraph, Section, Sentence, render
from nianbao.reading.dossier_file import load_dossier
from nianbao.report import Report

SAMPLE = Path(__file__).parents[2] / "data/samples/qingshi-shuiwuju-2025.yaml"
DOCUMENT_EDITIONS = ("2019", "2021")


def _sentence(text: str, kind: str = "figure", **more: Any) -> Sentence:
    return Sentence(kind=kind, text=text, **more)  # type: ignore[arg-type]


def _paragraph(*texts: str, heading: str = "") -> Paragraph:
    return Paragraph(heading=heading, sentences=tuple(_sentence(t) for t in texts))


def sections(dossier: Dossier) -> tuple[Section, ...]:
    """A narrative of an ordinary length whose figures are slots."""
    long = (
        "围绕群众关切，规范公开目录，完善发布审核、信息更新和留言答复各环节的工作要求，"
        "做到公开及时、内容准确、查找方便。"
    )
    return (
        Section(id="opening", paragraphs=(_paragraph(
            "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本年度报告。",
            f"本报告中所列数据统计期限为{dossier.year}年1月1日至{dossier.year}年12月31日。",
        ),)),
        Section(
            id="summary",
            paragraphs=(
                _paragraph(f"{dossier.year}年，我局坚持以公开为常态、不公开为例外，" + long),
                _paragraph("全年作出行政处罚{{v.disclosure.penalties.decisions}}，" + long, heading="（一）主动公开"),
                _paragraph(
                    "全年新收政府信息公开申请{{v.requests.new.total}}，",
                    "其中自然人申请{{v.requests.new.natural_person}}，{{share.requests.new.natural_person}}。",
                    "办结{{v.requests.total_handled.total}}，结转下年度{{v.requests.carried_out.total}}。",
                    heading="（二）依申请公开",
                ),
                _paragraph(long * 2, heading="（三）政府信息管理"),
                _paragraph(long * 2, heading="（四）政府信息公开平台建设"),
                _paragraph(long, heading="（五）监督保障"),
            ),
            gaps=(Gap(section="summary", topic="platform", message="没有提供网站栏目数量，请补充后再写。"),),
        ),
        Section(id="problems", paragraphs=(
            _paragraph("存在的主要问题：一是重大项目的公开时点不统一；二是与申请人的事前沟通不够。"),
            _paragraph("改进情况：一是制定公开事项清单；二是建立受理当日联系沟通制度。" + long),
        )),
        Section(id="other", paragraphs=(_paragraph("本年度未收取信息处理费。无其他需要报告的事项。"),)),
    )  # fmt: skip


def dossier_of(edition: str, name: str = "") -> Dossier:
    """The sample, or a dossier of the 2019 edition in which every cell holds a number of its own."""
    if edition == "2021":
        dossier = load_dossier(SAMPLE)
    else:
        figures: dict[str, Any] = {}
        for n, (address, cell) in enumerate(load_form(edition).cells.items()):
            table, row, column = address.split(".")
            value: Any = Decimal("421.39") if cell.column.kind == "amount" else n
            figures.setdefault(table, {}).setdefault(row, {})[column] = value
        figures["disclosure"]["licences"]["change"] = -3
        figures["disclosure"]["coercion"]["change"] = None
        figures["disclosure"]["regulations"]["made"] = "不适用"
        unit = {"name": "岳村街道办事处（虚构样例）", "self": "我街道", "level": "street"}
        dossier = parse({"unit": unit, "year": 2020, "figures": figures})
    if name:
        dossier = dossier.model_copy(update={"unit": dossier.unit.model_copy(update={"name": name})})
    return dossier


def overridable(message: str = "上年结转与上年年报不一致") -> Finding:
    return Finding(
        rule="T3-05", severity=Severity.OVERRIDABLE, message=message, source="条例第五十条第二项",
        cells=("requests.carried_in.total",), expected="2", actual="3",
    )  # fmt: skip


@cache
def report_of(edition: str, name: str = "") -> Report:
    dossier = dossier_of(edition, name)
    facts = fact_table(dossier)
    finding = overridable()
    verdict = Verdict(
        fingerprint=finding.fingerprint, decision="dismissed", reason="机构改革后合并了两个单位的结转申请。",
        by="审核", at="2026-01-20T09:00:00+08:00",
    )  # fmt: skip
    return Report(
        dossier=dossier,
        sections=tuple(render(section, facts, dossier) for section in sections(dossier)),
        findings=(finding,),
        not_assessed=(NotAssessed(rule="T3-06", reason="没有上年年报"),),
        verdicts=(verdict,),
    )
