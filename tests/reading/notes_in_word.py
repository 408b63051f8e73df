"""Small Word documents for the tests of notes."""

from tests.reading.hostile import W, container


def paragraph(text: str, run: str = "", style: str = "") -> str:
    held = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    properties = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f"<w:p>{held}<w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...], cell: str = "") -> str:
    lines = ("".join(f"<w:tc>{cell}{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def word(body: str, **parts: str) -> bytes:
    """A document; `comments`, `footnotes` and `styles` are the insides of those parts."""
    held = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    for name, inner in parts.items():
        held[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>'
    return container(held)
