"""Containers are refused before anything parses them, each with one sentence."""

import io
import struct
import time
import zipfile

import pytest

from nianbao.errors import UnusableInput
from nianbao.reading.safety import FORM_BYTES, OLE, check_container, opened

DOCUMENT = b'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body/></w:document>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><l>&b;</l>'
LINK = '<Rs><Relationship Id="1" Type="http://x/relationships/{}" Target="{}" TargetMode="External"/></Rs>'


def container(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def lying(raw, size=1000):
    """The same container with the size of its only part declared smaller."""
    raw = bytearray(raw)
    struct.pack_into("<I", raw, raw.rfind(b"PK\x01\x02") + 24, size)
    return bytes(raw)


def refusal(tmp_path, raw, **limits):
    path = tmp_path / "报告.docx"
    path.write_bytes(raw)
    begun = time.perf_counter()
    with pytest.raises(UnusableInput) as refused:
        check_container(path, **limits)
    assert time.perf_counter() - begun < 2
    assert refused.value.where == "报告.docx"
    assert "\n" not in str(refused.value)
    return refused.value.message


def test_a_sound_container_passes_and_can_be_read(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(container({"word/document.xml": DOCUMENT, "word/media/image1.png": b"\x89PNG"}))
    check_container(path)
    with opened(path) as archive:
        assert archive.read("word/document.xml") == DOCUMENT


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros(tmp_path, name):
    assert "宏" in refusal(tmp_path, container({name: b"x"}))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("xl/externalLinks/externalLink1.xml", "引用"),
        ("word/embeddings/oleObject1.bin", "嵌有"),
        ("word/activeX/activeX1.xml", "嵌有"),
    ],
)
def test_links_to_other_files_and_embedded_files(tmp_path, name, word):
    assert word in refusal(tmp_path, container({name: b"<a/>"}))


@pytest.mark.parametrize(
    ("kind", "target", "refused"),
    [
        ("hyperlink", "https://example.gov.cn/", False),
        ("image", "https://example.gov.cn/a.png", False),
        ("attachedTemplate", "file:///C:/Normal.dotm", False),
        ("attachedTemplate", "http://example.com/evil.dotm", True),
        ("oleObject", "http://example.com/x", True),
        ("frame", "\\\\example.com\\x", True),
    ],
)
def test_only_links_that_bring_something_in_are_refused(tmp_path, kind, target, refused):
    raw = container({"word/_rels/document.xml.rels": LINK.format(kind, target)})
    if refused:
        assert "链接" in refusal(tmp_path, raw)
    else:
        (tmp_path / "a.docx").write_bytes(raw)
        check_container(tmp_path / "a.docx")


@pytest.mark.parametrize("content", [BOMB, BOMB.decode().encode("utf-16"), b" " * 60_000 + BOMB], ids=str)
def test_declared_entities(tmp_path, content):
    assert "实体" in refusal(tmp_path, container({"word/document.xml": content}))


def test_a_prolog_without_an_end(tmp_path):
    late = b"<?xml?>" + b" " * 2_000_000 + b"<!DOCTYPE a><a/>"
    assert "损坏" in refusal(tmp_path, container({"a.xml": late}, zipfile.ZIP_STORED))


@pytest.mark.parametrize("make", [lambda raw: raw, lying], ids=["honest", "lying"])
def test_zip_bombs_are_seen_in_bounded_memory(tmp_path, make):
    raw = make(container({"xl/sheet1.xml": b"<a>" + b" " * 60_000_000}))
    assert "过大" in refusal(tmp_path, raw)


def test_a_lie_within_the_limits(tmp_path):
    raw = lying(container({"xl/sheet1.xml": b"<a>" + b" " * 50_000}))
    assert "损坏" in refusal(tmp_path, raw)


def test_too_many_parts(tmp_path):
    assert "部件" in refusal(tmp_path, container({f"p{n}.xml": b"<a/>" for n in range(201)}))


def test_more_than_the_limit_in_all(tmp_path):
    noise = bytes(range(256)) * 4000
    parts = {f"{n}.bin": noise for n in range(25)}
    assert "过大" in refusal(tmp_path, container(parts, zipfile.ZIP_STORED), limit_bytes=FORM_BYTES)
    (tmp_path / "a.docx").write_bytes(container(parts, zipfile.ZIP_STORED))
    check_container(tmp_path / "a.docx", limit_bytes=30_000_000)


def test_passwords(tmp_path):
    raw = bytearray(container({"word/document.xml": DOCUMENT}))
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refusal(tmp_path, bytes(raw))
    assert "密码" in refusal(tmp_path, OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"))


def test_old_formats(tmp_path):
    assert ".docx" in refusal(tmp_path, OLE + bytes(1000))


@pytest.mark.parametrize("keep", [0, 3, 10, 100, -1, -30])
def test_cut_off(tmp_path, keep):
    raw = container({"word/document.xml": DOCUMENT * 20})
    assert "损坏" in refusal(tmp_path, raw[:keep])


def test_names_that_leave_the_container_or_stand_twice(tmp_path):
    assert "损坏" in refusal(tmp_path, container({"../a.xml": DOCUMENT}))
    assert "损坏" in refusal(tmp_path, container({"a.xml": DOCUMENT, "A.xml": DOCUMENT}))


def test_no_file(tmp_path):
    with pytest.raises(UnusableInput):
        check_container(tmp_path / "keine.docx")
