"""What the command prints: a summary for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from nianbao.dossier import Dossier
from nianbao.findings import Assessment, Finding, Severity
from nianbao.forms import Form

if TYPE_CHECKING:
    from nianbao.checking import Claim
    from nianbao.report import Report

STYLE = {Severity.ERROR: "bold red", Severity.OVERRIDABLE: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
CLAIM_STYLE = {"supported": "green", "unverified": "bold yellow", "contradicted": "bold white on red"}
CLAIM_NAME = {"supported": "已核对", "contradicted": "矛盾", "unverified": "未能核对"}
IN_FULL = (Severity.ERROR, Severity.OVERRIDABLE, Severity.WARNING)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, emoji=False, markup=False)


def say(text: str) -> None:
    _console().print(text)


def print_report(report: Report, folder: Path) -> None:
    """Unit and year, findings, gaps, and the files."""
    from tasks.show import FILES, drafted, title

    console = _console()
    console.print(Text(f"{title(report.dossier)}政府信息公开工作年度报告　第{report.revision}稿", style="bold"))
    reasons = {verdict.fingerprint: verdict for verdict in report.verdicts}
    let_stand = [f for f in report.findings if f.can_be_overridden and f.fingerprint in reasons]
    _findings(console, tuple(f for f in report.findings if f not in let_stand), report.form, fingerprints=True)
    for finding in let_stand:
        given = reasons[finding.fingerprint]
        console.print(Text(f"  [已放行] {finding.rule} {finding.message}（理由：{given.reason}；{given.by}）", "dim"))
    if report.attempts:
        console.print(f"起草：{drafted(report)}")
    if report.gaps:
        console.print(f"待补充：{len(report.gaps)} 项，见 缺口清单.md")
    here = Path.cwd()
    console.print(f"\n文稿在 {folder.relative_to(here) if folder.is_relative_to(here) else folder}")
    for name, label in FILES.items():
        if (folder / name).exists():
            console.print(f"  {name}{' ' * (15 - cell_len(name))}{label}")
    for kept in sorted(folder.glob("narrative-未采纳-*.md")):
        console.print(
            f"\n上次修改后没有采纳的正文另存为 {kept.name}；需要的话，改名为 narrative.md 后运行 nianbao accept"
        )


def print_findings(assessment: Assessment, dossier: Dossier) -> None:
    """The findings of one dossier, all of them."""
    from tasks.show import title

    console = _console()
    console.print(Text(title(dossier), style="bold"))
    _findings(console, assessment.findings, dossier.form, everything=True)
    if assessment.not_assessed:
        console.print(f"未能判断：{len(assessment.not_assessed)} 条规则（资料没有填写所需的内容），详见 --json")


def print_notes(dossier: Dossier) -> None:
    """What a reader could not read with certainty."""
    for note in dossier.reading:
        print_note(note.severity, f"{note.where}：{note.message}")


def print_note(severity: Severity, sentence: str) -> None:
    """One such line."""
    _console().print(Text("  ").append(f"[{severity.label}]", STYLE[severity]).append(f" {sentence}"))


def _findings(
    console: Console, findings: tuple[Finding, ...], form: Form, everything: bool = False, fingerprints: bool = False
) -> None:
    from nianbao.report import by_weight, place, tally

    console.print(f"核对结果：{tally(findings)}")
    shown = [f for f in by_weight(findings) if everything or f.severity in IN_FULL]
    for finding in shown:
        line = Text("  ").append(f"[{finding.severity.label}]", STYLE[finding.severity])
        where = place(finding, form)
        line.append(f" {finding.rule} {finding.message}" + (f"（{where}）" if where else ""))
        if fingerprints and finding.can_be_overridden:
            line.append(f" 编号 {finding.fingerprint}", "dim")
        console.print(line)
    if rest := len(findings) - len(shown):
        console.print(f"  其余 {rest} 条提示见 findings.json")


def print_claims(text: str, claims: Sequence[Claim]) -> None:
    """The text with its claims marked, and below it what is contradicted or open."""
    console = _console()
    marked = Text(text.rstrip("\n"))
    for verdict in ("supported", "unverified", "contradicted"):
        for claim in claims:
            if claim.verdict == verdict:
                marked.stylize(CLAIM_STYLE[verdict], claim.start, claim.end)
    console.print(marked)
    count = {verdict: sum(c.verdict == verdict for c in claims) for verdict in CLAIM_NAME}
    told = "，".join(f"{CLAIM_NAME[verdict]} {number} 处" for verdict, number in count.items())
    console.print(f"\n核对结果：{told}" if claims else "\n核对结果：没有可以核对的说法")
    for verdict in ("contradicted", "unverified"):
        for claim in (c for c in claims if c.verdict == verdict):
            line = Text("  ").append(f"[{CLAIM_NAME[verdict]}]", CLAIM_STYLE[verdict])
            console.print(line.append(f" {_place(text, claim.start)}“{claim.text.strip()}”：{claim.reason}"))


def _place(text: str, start: int) -> str:
    """Where a claim stands, in lines and signs."""
    line = text.count("\n", 0, start) + 1
    return f"第{line}行第{start - (text.rfind(chr(10), 0, start) + 1) + 1}字"


def claims_json(claims: Sequence[Claim]) -> str:
    """The contract of `check --json`."""
    return _dump({"claims": [claim.as_json() for claim in claims]})


def line_json(answer: Any) -> str:
    """One line of `check --jsonl`."""
    return json.dumps(answer, ensure_ascii=False, default=_plain)


def assessment_json(assessment: Assessment) -> str:
    """The contract of `validate --json`."""
    return _dump(assessment.model_dump(mode="json"))


def dossier_json(dossier: Dossier) -> str:
    """The dossier and what its reading left uncertain."""
    data = dossier.plain()
    data["reading"] = [note.model_dump(mode="json") for note in dossier.reading]
    return _dump(data)


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    """Decimals as the very number where JSON's numbers can hold it, else as text."""
    if isinstance(value, Decimal):
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return str(value)
