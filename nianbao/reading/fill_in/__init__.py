"""The fill-in workbook, read back by its names into a dossier."""

from nianbao.reading.fill_in._book import is_fill_in, read_workbook

__all__ = ["is_fill_in", "read_workbook"]
