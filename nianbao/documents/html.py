"""The report as a standalone page, and as a fragment to paste into a site's editor.

In the page every figure is `<data value data-fact>`, so that a published page can be compared with
the figures it was made from. Site editors drop that element, ids and styles; in the fragment the
fact rides in a class name.
"""

from __future__ import annotations

from nianbao.documents.content import content
from nianbao.documents.templates import environment
from nianbao.report import Report

_CELL = "border:1px solid #595959;padding:4px 3px;font-size:14px;line-height:1.4;font-weight:normal;"
_CSS = {
    "part": "margin:24px 0 10px;text-indent:2em;font-size:18px;line-height:1.75;font-family:SimHei,sans-serif;",
    "heading": "margin:12px 0 6px;text-indent:2em;font-size:18px;line-height:1.75;font-family:KaiTi,serif;",
    "body": "margin:0 0 10px;text-indent:2em;text-align:justify;font-size:18px;line-height:1.75;",
    "note": "margin:0 0 10px;text-indent:2em;text-align:justify;font-size:18px;line-height:1.75;",
    "table": "width:100%;border-collapse:collapse;",
    "cell": _CELL + "text-align:center;",
    "left": _CELL + "text-align:left;",
}


def render_html(report: Report) -> str:
    """The standalone page: no script, nothing loaded from elsewhere."""
    return environment().get_template("html/report.html.j2").render(content=content(report))


def render_fragment(report: Report) -> str:
    """Text and tables with inline styles only; the title is a field of its own in every CMS."""
    template = environment().get_template("html/fragment.html.j2")
    return template.render(content=content(report), css=_CSS, fact_class=fact_class)


def fact_class(fact_id: str) -> str:
    """The class names that carry a fact: `f f-requests-new-total`."""
    return "f f-" + fact_id.replace(".", "-").replace("_", "-")
