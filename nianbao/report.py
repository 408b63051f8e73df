"""A report: one dossier, its printed narrative and what the rules say of both, as one value.

Every document is made from this, and an approval is of its `digest`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from nianbao.dossier import Dossier, nested
from nianbao.findings import Assessment, Finding, Severity, Verdict, open_findings
from nianbao.forms import Form
from nianbao.narrative import Attempt, Gap, RenderedSection

# Who wrote a sentence, where reviewers must see it.
ORIGINS = {"template": "〔模板生成〕", "editor": "〔人工修改〕"}
TEXT_SECTIONS = ("opening", "summary", "problems", "other")


class Report(Assessment):
    """`sections` in printed order (opening, summary, problems, other; the opening may be missing);
    `edited`: a person has changed the drafted text.
    """

    dossier: Dossier
    sections: tuple[RenderedSection, ...]
    verdicts: tuple[Verdict, ...] = ()
    revision: int = 1
    edited: bool = False

    @property
    def form(self) -> Form:
        return self.dossier.form

    def section(self, section_id: str) -> RenderedSection | None:
        return next((s for s in self.sections if s.id == section_id), None)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for section in self.sections for gap in section.gaps)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every request to a model for this text, in order."""
        return tuple(attempt for section in self.sections for attempt in section.attempts)

    @property
    def stood_in(self) -> tuple[tuple[str, str], ...]:
        """Section and text of the sentences that the offline drafter wrote in a model's stead."""
        every = ((s.id, one) for s in self.sections for p in s.paragraphs for one in p.sentences)
        return tuple((section, one.text) for section, one in every if one.origin == "template")

    @property
    def barred_by(self) -> tuple[Finding, ...]:
        """The findings that stop publication."""
        return open_findings(self.findings, self.verdicts)

    @property
    def notes(self) -> tuple[str, ...]:
        """Reasons given for figures that break a relation: they are printed in 六 of the report.

        A reason for a number in the text is recorded only.
        """
        reasons = {v.fingerprint: v.reason for v in self.verdicts if v.decision == "dismissed"}
        overridden = (f for f in self.findings if f.severity is Severity.OVERRIDABLE and f.section is None)
        return tuple(reasons[f.fingerprint] for f in overridden if f.fingerprint in reasons)

    @property
    def digest(self) -> str:
        """sha256 of figures, text, overrides and form: what an approval is about."""
        known = {finding.fingerprint for finding in self.findings}
        content = {
            "unit": self.dossier.unit.name,
            "year": self.dossier.year,
            "edition": self.dossier.edition,
            "figures": nested(self.dossier.figures),
            "text": [[section.id, section.lines] for section in self.sections],
            "overrides": sorted([v.fingerprint, v.reason] for v in self.verdicts if v.fingerprint in known),
        }
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def folder_name(self) -> str:
        """`<unit>-<year>`, safe as a folder name on every system."""
        name = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in self.dossier.unit.name)
        return f"{name}-{self.dossier.year}"


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def tally(findings: Iterable[Finding]) -> str:
    """错误 1 条、提醒 2 条; or 没有发现问题."""
    counts = Counter(finding.severity for finding in findings)
    return (
        "、".join(f"{severity.label} {counts[severity]} 条" for severity in Severity if counts[severity])
        or "没有发现问题"
    )


def place(finding: Finding, form: Form) -> str:
    """Where to look: the heading of the text, or the printed names of the first cells."""
    if finding.section:
        heading = form.heading(finding.section) if finding.section != "opening" else "开头"
        return f"{heading}“{finding.quote}”" if finding.quote else heading
    cells = [form.cells[address].place for address in finding.cells if address in form.cells]
    return "；".join(cells[:2]) + (f" 等{len(cells)}格" if len(cells) > 2 else "")
