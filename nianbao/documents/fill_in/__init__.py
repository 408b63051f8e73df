"""The workbook that an office fills in: the official tables, live totals and checks, lists, instructions.

The same year, unit and last year's dossier give the same bytes.
"""

from nianbao.documents.fill_in._book import render_workbook

__all__ = ["render_workbook"]
