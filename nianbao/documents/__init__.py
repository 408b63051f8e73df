"""Documents: what a report is printed to. Figures come from the dossier, text from the rendered sections."""

from nianbao.documents.docx import render_docx
from nianbao.documents.folder import FILES, assemble
from nianbao.documents.html import render_fragment, render_html
from nianbao.documents.pdf import missing_characters, render_pdf
from nianbao.documents.records import audit_json, findings_json, gaps_md, narrative_md, report_json

__all__ = [
    "FILES",
    "assemble",
    "audit_json",
    "findings_json",
    "gaps_md",
    "missing_characters",
    "narrative_md",
    "render_docx",
    "render_fragment",
    "render_html",
    "render_pdf",
    "report_json",
]
