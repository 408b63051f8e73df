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
from contextlib import contextmanager, suppress
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
from nianbao.review.origins import drafting_findings
from nianbao.rules import assess

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

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

    A draft that reads the same is no new revision, but is assessed anew. An edited text stays as long as
    nothing that it tells has changed; otherwise the new draft takes its place and the edited text is put
    beside it as `narrative-未采纳-….md`.
    """
    folder = root / report.folder_name
    with _locked(folder):
        current = _current(folder)
        if current is None:
            return _store(report.model_copy(update={"revision": _next_revision(folder, 0)}), folder, None)
        if (current.dossier.unit.name, current.dossier.year) != (report.dossier.unit.name, report.dossier.year):
            raise ReviewError(f"文件夹“{folder.name}”里已有{current.dossier.unit.name}的年报，请用 --out 换一个位置")
        if current.digest == report.digest or (current.edited and _told(current) == _told(report)):
            kept = {name: getattr(current, name) for name in ("sections", "revision", "verdicts", "edited")}
            return _refresh(checked(report.model_copy(update=kept)), current, folder)
        if current.edited:
            _put_aside(narrative_md(current), folder)
        following = {"revision": _next_revision(folder, current.revision), "verdicts": current.verdicts}
        return _store(report.model_copy(update=following), folder, current)


def _told(report: Report) -> dict[str, object]:
    """What a text may rest on; a change of anything else leaves an edited text valid."""
    return report.dossier.model_dump(mode="json", exclude={"published", "provenance", "reading"})


def checked(report: Report) -> Report:
    """The report with what the rules say of its tables and of its text as it now reads."""
    return report.model_copy(update=dict(check_text(report)))


def _refresh(fresh: Report, current: Report, folder: Path) -> Path:
    """The same revision, with its findings as they are now and its documents whole."""
    if fresh != current or not _complete(fresh, folder):
        _keep_unread_edit(current, folder)
        assemble(fresh, folder)
        _write(folder / EDITION, fresh.model_dump_json(indent=1, by_alias=True))
    return folder


def _complete(report: Report, folder: Path) -> bool:
    """Whether the documents on disk are this revision's: report.json is written last of them."""
    try:
        written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        return bool(written["digest"] == report.digest and written["revision"] == report.revision)
    except (OSError, ValueError, KeyError):
        return False


def check_text(report: Report) -> Assessment:
    """All rules on the report with its text as it now reads, and what the PDF's fonts cannot print."""
    text = {section.id: section.text for section in report.sections}
    assessed = assess(report.dossier.model_copy(update={"sections": Sections(**text)}))
    return assessed.model_copy(
        update={"findings": (*assessed.findings, *_unprintable(report), *drafting_findings(report))}
    )


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
    if folder.parent.name == "revisions":
        raise UnusableInput("这是存档的旧稿，不能直接采纳；请复制到上两级文件夹后再试", str(narrative))
    load(folder)
    with _locked(folder):
        report = load(folder)
        text = read_narrative(narrative)
        sections = sections_from(text, report, fact_table(report.dossier), narrative.name)
        edited = checked(
            report.model_copy(update={"sections": sections, "edited": report.edited or sections != report.sections})
        )
        given = tuple(_verdicts(edited, overrides or {}, by))
        edited = edited.model_copy(update={"verdicts": (*report.verdicts, *given)})
        if edited.digest == report.digest and not given:
            return load(_refresh(edited, report, folder))
        if narrative.name != NARRATIVE:
            _keep_unread_edit(report, folder)
        edited = edited.model_copy(update={"revision": _next_revision(folder, report.revision)})
        _store(edited, folder, report)
        for kept in folder.glob("narrative-未采纳-*.md"):
            if kept.resolve() == narrative.resolve() or kept.read_text(encoding="utf-8", errors="replace") == text:
                kept.unlink()
        _record(folder, "accepted", edited, by, "", {v.fingerprint: v.reason for v in given})
        return edited


def _verdicts(report: Report, overrides: Mapping[str, str], by: str) -> Iterator[Verdict]:
    known = {finding.fingerprint: finding for finding in report.findings}
    standing = {(verdict.fingerprint, verdict.reason) for verdict in report.verdicts}
    for fingerprint, reason in overrides.items():
        finding = known.get(fingerprint)
        if finding is None:
            raise ReviewError(f"没有编号为“{fingerprint}”的问题，请从 findings.json 中抄录编号")
        if not finding.can_be_overridden:
            raise ReviewError(f"“{finding.message}”是必须改正的错误，不能以说明理由代替")
        if not reason.strip() or not by.strip():
            raise ReviewError("放行一个问题需要写明理由和决定人")
        if (fingerprint, reason.strip()) not in standing:
            yield Verdict(
                fingerprint=fingerprint, decision="dismissed", reason=reason.strip(), by=by.strip(), at=_now()
            )


def publish(folder: Path, digest: str, reviewer: str, comment: str = "") -> Path:
    """Publish exactly the approved digest; returns the folder with the published documents.

    Raises ReviewError where the edition has changed since, or where open findings bar it. Publishing the
    same digest again changes nothing.
    """
    with _locked(folder):
        report = checked(load(folder))
        target = folder / "published"
        earlier = _published_digest(target)
        if earlier == digest:
            if not any(e["decision"] == "published" and e["digest"] == digest for e in history(folder)):
                _record(folder, "published", report, reviewer, comment, _reasons(report), digest)
            return target
        if report.digest != digest:
            raise ReviewError("稿件在审阅后又改动过，这次通过的不是现在的稿件，未发布。请重新审阅")
        if report.barred_by:
            listed = "；".join(f.message for f in report.barred_by[:3])
            raise ReviewError(f"还有{len(report.barred_by)}个问题没有解决，未发布：{listed}")
        if not reviewer.strip():
            raise ReviewError("缺少审阅人，未发布")
        if earlier is not None:
            (folder / "revisions").mkdir(exist_ok=True)
            target.rename(folder / "revisions" / f"published-{earlier[:12]}")
        with _staged(target) as staging:
            assemble(report, staging)
            approval = {"digest": digest, "reviewer": reviewer, "comment": comment, "at": _now()}
            (staging / "approval.json").write_text(_json(approval), encoding="utf-8")
        _record(folder, "published", report, reviewer, comment, _reasons(report))
        return target


def _reasons(report: Report) -> dict[str, str]:
    return {v.fingerprint: v.reason for v in report.verdicts}


def send_back(folder: Path, digest: str, reviewer: str, comment: str) -> None:
    """Record that the edition was sent back, and why."""
    _record(folder, "returned", load(folder), reviewer, comment, {}, digest)


def history(folder: Path) -> list[dict[str, Any]]:
    """The record, oldest first."""
    path = folder / RECORD
    entries = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []:
        with suppress(ValueError):  # a line that a crash cut short
            entries.append(json.loads(line))
    return entries


def _published_digest(target: Path) -> str | None:
    try:
        return str(json.loads((target / "approval.json").read_text(encoding="utf-8"))["digest"])
    except (OSError, ValueError, KeyError):
        return None


def _current(folder: Path) -> Report | None:
    """The edition on disk, or None; a damaged one is put aside, and with it the text that lies beside it."""
    if not (folder / EDITION).exists():
        return None
    try:
        return load(folder)
    except UnusableInput:
        (folder / EDITION).rename(folder / f"edition-损坏-{_next_revision(folder, 0)}.json")
        if (folder / NARRATIVE).exists():
            _put_aside((folder / NARRATIVE).read_text(encoding="utf-8", errors="replace"), folder)
        return None


def _next_revision(folder: Path, current: int) -> int:
    kept = [int(path.name.split("-")[0]) for path in folder.glob("revisions/[0-9]*")]
    return 1 + max([current, *kept])


def _store(report: Report, folder: Path, current: Report | None) -> Path:
    """Put the current revision aside, then write the new one: documents first, `edition.json` last."""
    folder.mkdir(parents=True, exist_ok=True)
    if current is not None:
        _keep(current, folder)
        if not report.edited:
            _keep_unread_edit(current, folder)
    assemble(report, folder)
    _write(folder / EDITION, report.model_dump_json(indent=1, by_alias=True))
    return folder


def _keep(current: Report, folder: Path) -> None:
    """The current revision into `revisions/<n>/`, its narrative as it was issued and not as since edited."""
    kept = folder / "revisions" / str(current.revision)
    if kept.exists():
        with suppress(UnusableInput):
            if load(kept).digest == current.digest:
                return
        kept = kept.with_name(f"{kept.name}-{current.digest[:8]}")
        if kept.exists():
            return
    with _staged(kept) as staging:
        for path in folder.iterdir():
            if path.is_file() and path.name != RECORD and not path.name.startswith((".", "narrative-", "edition-")):
                shutil.copy2(path, staging / path.name)
        (staging / NARRATIVE).write_text(narrative_md(current), encoding="utf-8")


def _keep_unread_edit(current: Report, folder: Path) -> None:
    """Edits in narrative.md that nobody has accepted yet are put beside it before it is written anew."""
    path = folder / NARRATIVE
    if path.exists() and (text := read_narrative(path)) != narrative_md(current):
        _put_aside(text, folder)


def _put_aside(text: str, folder: Path) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    (folder / f"narrative-未采纳-{digest}.md").write_text(text, encoding="utf-8")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time in an edition's folder (where the system has file locks)."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
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
    path = folder / RECORD
    cut_short = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as record:
        record.write(("\n" if cut_short else "") + json.dumps(entry, ensure_ascii=False) + "\n")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def _now() -> str:
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).isoformat(timespec="seconds")
