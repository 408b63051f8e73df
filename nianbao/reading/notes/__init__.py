"""Notes of departments as files (text, Word), and the file in which a person confirms what was found in them."""

from nianbao.reading.notes._confirmed import Confirmed, confirmed, lost_quotes, with_confirmed
from nianbao.reading.notes._note import read_note
from nianbao.reading.notes._sheet import Entry, Sheet, is_sheet, load_sheet
from nianbao.reading.notes._writing import Written, write_sheet

__all__ = [
    "Confirmed",
    "Entry",
    "Sheet",
    "Written",
    "confirmed",
    "is_sheet",
    "load_sheet",
    "lost_quotes",
    "read_note",
    "with_confirmed",
    "write_sheet",
]
