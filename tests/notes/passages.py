"""Notes made of lines, for tests."""

from nianbao.notes import Extract, Note, Passage, extract, screened


def note(text: str, file: str = "说明.txt") -> Note:
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1)]
    return Note(file=file, passages=tuple(Passage(place=f"第{n}行", text=line) for n, line in lines if line))


def of(text: str, year: int = 2025) -> Extract:
    return extract(screened(note(text)), year)


def kinds(text: str, year: int = 2025) -> list[tuple[str, str, str]]:
    return [(one.kind, one.status, one.text) for one in of(text, year).candidates]
