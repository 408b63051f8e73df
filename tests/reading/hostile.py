"""Files that are broken or mean harm, by the hundred: each a name and its bytes."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOMB = "<!DOCTYPE l [<!ENTITY a 'lol'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9)) + "]>"


INSERTED = (b"\0", b"<!DOCTYPE a>", b"\xff\xfe", b"<table>", b"</td>", b"endstream", b"PK\3\4")


def container(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def document(body: str, head: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return container({"word/document.xml": xml})


def pdf(stream: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page with this content stream."""
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj "
    about = f"4 0 obj<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode()
    return head + page + about + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def known() -> dict[str, bytes]:
    """Each kind of attack or defect once."""
    cell = "<w:tc><w:p/></w:tc>"
    spaces = b" " * 300_000_000
    return {
        "空.docx": b"",
        "假.docx": b"<html><body><p>hello</p></body></html>",
        "假.pdf": document("<w:p/>"),
        "假.html": b"%PDF-1.4 nothing",
        "假.txt": b"\x89PNG\r\n\x1a\n" + bytes(500),
        "实体.docx": document("<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>", BOMB),
        "实体.html": (BOMB + "<html><body>&a8;</body></html>").encode(),
        "外部.html": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
        "宏.docx": container({"word/document.xml": "<a/>", "word/vbaProject.bin": b"x"}),
        "嵌入.docx": container({"word/document.xml": "<a/>", "word/embeddings/a.xlsx": b"x"}),
        "深.docx": document("<w:sdt>" * 5000 + "</w:sdt>" * 5000),
        "略深.docx": document("<w:sdt>" * 200 + "<w:p/>" + "</w:sdt>" * 200),
        "深.html": b"<html><body>" + b"<div>" * 200_000,
        "深表.html": b"<html><body>" + b"<table><tr><td>a<td>b" * 20_000,
        "宽.html": b"<html><body><table><tr>" + b"<td>1</td>" * 10_000 + b"</tr></table>",
        "宽.docx": document(f"<w:tbl><w:tr>{cell * 10_000}</w:tr></w:tbl>"),
        "跨.html": b"<html><body><table><tr><td colspan=99999999 rowspan=99999999>1</td><td>2</td></tr></table>",
        "空行.html": b"<html><body><table>" + b"<tr><td>" * 1_000_000 + b"</table>",
        "长行.html": b"<html><body><p>" + "一、总体情况 ".encode() * 300_000,
        "多段.html": b"<html><body>" + b"<p>a</p>" * 500_000,
        "巨.html": b"<html><body>" + b"x" * 10_000_001,
        "乱码.html": b"<html><meta charset=utf-8><body>" + "年度报告".encode() + "年度报告".encode("gb18030") + b"\xff",
        "压缩炸弹.docx": container({"word/document.xml": b"<a>" + b" " * 60_000_000}),
        "压缩炸弹.pdf": pdf(zlib.compress(spaces, 9)),
        "双层炸弹.pdf": pdf(zlib.compress(zlib.compress(spaces, 9), 9), "/FlateDecode/FlateDecode"),
        "循环.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>"
        b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "空白.pdf": pdf(zlib.compress(b"q Q")),
        "线.pdf": pdf(zlib.compress(b"".join(b"%d 0 m %d 800 l S " % (n % 600, n % 600) for n in range(200_000)))),
        "深.json": b"[" * 100_000,
        "深.yaml": b"a: " + b"[" * 3000,
    }


def mutated(raw: bytes, draw: random.Random) -> bytes:
    """Bytes cut, doubled, overwritten, swapped, or turned into another encoding."""
    data = bytearray(raw)
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(data) + 1)
        length = draw.choice([1, 2, 10, 200, 5000])
        match draw.randrange(5):
            case 0:
                data = data[:at] or bytearray(b"x")
            case 1:
                data[at:at] = data[at : at + length]
            case 2:
                data[at : at + length] = draw.randbytes(min(length, len(data) - at))
            case 3:
                del data[at : at + length]
            case 4:
                data[at:at] = draw.choice(INSERTED)
    return bytes(data)
