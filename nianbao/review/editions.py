"""Editions on disk: one folder for a unit and a year, its current revision and all earlier ones.

    <root>/<unit>-<year>/
        report.docx … narrative.md      the current revision's documents
        edition.json                    the current revision in full (what `load` reads)
        revisions/<n>/                  every earlier revision, as it was
        published/                      the approved documents (an earlier approved set goes to revisions/)
        record.jsonl                    append-only: who, when, which digest, which decision, reasons

A revision is never overwritten: text or figures that differ make the next one. An approval is of a
digest, so whatever changes what was approved needs a new one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nianbao.documents import assemble
from nianbao.documents.pdf import missing_characters
from nianbao.documents.records import narrative_md
from nianbao.dossier import Sections
from nianbao.errors import ReviewError, UnusableInput
from nianbao.facts import fact_table
from nianbao.findings import Assessment, Finding, Severity, Verdict
from nianbao.report import Report
from nianbao.review.narrative_file import read_narrative, sections_from
from nianbao.rules import assess

EDITION, RECORD, NARRATIVE = "edition.json", "record.jsonl", "narrative.md"


def load(folder: Path) -> Report:
    """The current revision of an edition."""
    try:
        return Report.model_validate_json((folder / EDITION).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UnusableInput("这里没有年报草稿，请先用 nianbao run 生成", str(folder)) from None
    except ValidationError:
        raise UnusableInput(
            f"{EDITION} 已损坏，请从 revisions 文件夹取回上一稿，或重新运行 nianbao run", str(folder)
        ) from None


def save(report: Report, root: Path) -> Path:
    """Keep a drafted report as the edition's current revision and write its documents.

    The same draft again changes nothing. Where a person has edited the text and the figures are still the
    same, the edited revision stays: a repeated run never undoes an editor's work.
    """
    folder = root / report.folder_name
    if (folder / EDITION).exists():
        current = load(folder)
        _keep_unread_edit(current, folder)
        if current.digest == report.digest or (_edited(current) and current.dossier == report.dossier):
            if not (folder / "report.docx").exists():
                assemble(current, folder)
            return folder
        report = report.model_copy(update={"revision": current.revision + 1, "verdicts": current.verdicts})
    return _store(report, folder)


def check_text(report: Report) -> Assessment:
    """All rules on the report with its text as it now reads, and what the PDF's fonts cannot print."""
    text = {section.id: section.text for section in report.sections}
    assessed = assess(report.dossier.model_copy(update={"sections": Sections(**text)}))
    return assessed.model_copy(update={"findings": (*assessed.findings, *_unprintable(report))})


def _unprintable(report: Report) -> Iterator[Finding]:
    for character, where in missing_characters(report):
        yield Finding(
            rule="DOC-01",
            severity=Severity.WARNING,
            message=f"{where}：字符“{character}”（U+{ord(character):04X}）不在 PDF 自带的字库中，PDF 里印成其编码。"
            "请改用通用规范汉字，或者以 report.docx 为准。",
            source="通用规范汉字表（2013）",
            actual=character,
            quote=where,
        )


def accept(narrative: Path, overrides: Mapping[str, str] | None = None, by: str = "") -> Report:
    """Read an edited `narrative.md` back: check it, assemble the next revision, keep the earlier ones.

    `overrides` maps a finding's fingerprint to the reason for letting it stand; a reason needs a name.
    """
    folder = narrative.resolve().parent
    report = load(folder)
    sections = sections_from(read_narrative(narrative), report, fact_table(report.dossier), narrative.name)
    edited = report.model_copy(update={"sections": sections})
    edited = edited.model_copy(update=dict(check_text(edited)))
    verdicts = (*report.verdicts, *_verdicts(edited, overrides or {}, by))
    edited = edited.model_copy(update={"verdicts": verdicts})
    if edited.digest == report.digest and edited.verdicts == report.verdicts:
        return report
    edited = edited.model_copy(update={"revision": report.revision + 1})
    _store(edited, folder)
    _record(folder, "accepted", edited, by, "", {v.fingerprint: v.reason for v in verdicts})
    return edited


def _verdicts(report: Report, overrides: Mapping[str, str], by: str) -> Iterator[Verdict]:
    known = {finding.fingerprint: finding for finding in report.findings}
    for fingerprint, reason in overrides.items():
        finding = known.get(fingerprint)
        if finding is None:
            raise ReviewError(f"没有编号为“{fingerprint}”的问题，请从 findings.json 中抄录编号")
        if finding.severity is Severity.ERROR:
            raise ReviewError(f"“{finding.message}”是必须改正的错误，不能以说明理由代替")
        if not reason.strip() or not by.strip():
            raise ReviewError("放行一个问题需要写明理由和决定人")
        yield Verdict(fingerprint=fingerprint, decision="dismissed", reason=reason.strip(), by=by.strip(), at=_now())


def publish(folder: Path, digest: str, reviewer: str, comment: str = "") -> Path:
    """Publish exactly the approved digest; returns the folder with the published documents.

    Raises ReviewError where the edition has changed since, or where open findings bar it. Publishing the
    same digest again changes nothing.
    """
    report = load(folder)
    target = folder / "published"
    if _published_digest(target) == digest:
        return target
    if report.digest != digest:
        raise ReviewError("稿件在审阅后又改动过，这次通过的不是现在的稿件，未发布。请重新审阅")
    if report.barred_by:
        listed = "；".join(f.message for f in report.barred_by[:3])
        raise ReviewError(f"还有{len(report.barred_by)}个问题没有解决，未发布：{listed}")
    if not reviewer.strip():
        raise ReviewError("缺少审阅人，未发布")
    if (earlier := _published_digest(target)) is not None:
        (folder / "revisions").mkdir(exist_ok=True)
        target.rename(folder / "revisions" / f"published-{earlier[:12]}")
    with _staged(target) as staging:
        assemble(report, staging)
        (staging / "approval.json").write_text(
            _json({"digest": digest, "reviewer": reviewer, "comment": comment, "at": _now()}), encoding="utf-8"
        )
    _record(folder, "published", report, reviewer, comment, {v.fingerprint: v.reason for v in report.verdicts})
    return target


def send_back(folder: Path, digest: str, reviewer: str, comment: str) -> None:
    """Record that the edition was sent back, and why."""
    _record(folder, "returned", load(folder), reviewer, comment, {}, digest)


def history(folder: Path) -> list[dict[str, Any]]:
    """The record, oldest first."""
    path = folder / RECORD
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def _edited(report: Report) -> bool:
    return any(s.origin == "editor" for section in report.sections for p in section.paragraphs for s in p.sentences)


def _published_digest(target: Path) -> str | None:
    try:
        return str(json.loads((target / "approval.json").read_text(encoding="utf-8"))["digest"])
    except (OSError, ValueError, KeyError):
        return None


def _store(report: Report, folder: Path) -> Path:
    """Put the current revision aside, then write the new one: documents first, `edition.json` last."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / EDITION).exists():
        _keep(load(folder), folder)
    assemble(report, folder)
    _write(folder / EDITION, report.model_dump_json(indent=1, by_alias=True))
    return folder


def _keep(current: Report, folder: Path) -> None:
    """The current revision into `revisions/<n>/`, its narrative as it was issued and not as since edited."""
    kept = folder / "revisions" / str(current.revision)
    if kept.exists():
        return
    with _staged(kept) as staging:
        for path in folder.iterdir():
            if path.is_file() and path.name != RECORD and not path.name.startswith("."):
                shutil.copy2(path, staging / path.name)
        (staging / NARRATIVE).write_text(narrative_md(current), encoding="utf-8")


def _keep_unread_edit(current: Report, folder: Path) -> None:
    """Edits in narrative.md that nobody has accepted yet are put beside it before a run writes it anew."""
    path = folder / NARRATIVE
    if path.exists() and (text := path.read_bytes()) != narrative_md(current).encode():
        digest = hashlib.sha256(text).hexdigest()[:8]
        (folder / f"narrative-未采纳-{digest}.md").write_bytes(text)


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """A folder that appears at `target` whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=target.parent))
    try:
        yield staging
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def _record(
    folder: Path, decision: str, report: Report, who: str, comment: str, reasons: Mapping[str, str], digest: str = ""
) -> None:
    entry = {
        "at": _now(),
        "decision": decision,
        "digest": digest or report.digest,
        "revision": report.revision,
        "who": who,
        "comment": comment,
        "overrides": dict(reasons),
    }
    with (folder / RECORD).open("a", encoding="utf-8") as record:
        record.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _now() -> str:
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).isoformat(timespec="seconds")
