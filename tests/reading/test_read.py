"""`read`: which reader takes a file, and what is said of files that none can take."""

import contextlib
import io
import re
import time
import zipfile

import pytest

from nianbao.errors import UnusableInput
from nianbao.reading import read
from nianbao.reading.pages import LARGEST_FILE

DOSSIER = "unit: {name: 小河镇人民政府, self: 我镇, level: township}\nyear: 2025\n"


def refused(paths) -> UnusableInput:
    with pytest.raises(UnusableInput) as broken:
        read(paths)
    assert "\n" not in str(broken.value)
    assert re.search(r"[一-龥]{4}", broken.value.message)
    return broken.value


@pytest.mark.parametrize("name", ["底稿.yaml", "底稿.YML"])
def test_dossier_by_its_kind(tmp_path, name):
    (tmp_path / name).write_text(DOSSIER, encoding="utf-8")
    assert read([tmp_path / name]).year == 2025


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("OFD.xml"), ".docx"),
        (b"PK\x03\x04", "损坏"),
        (b"%PDF-1.7\n%nothing", "PDF"),
        (b"{\\rtf1 a}", "RTF"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"MIME-Version: 1.0\n", ".mht"),
    ],
)
@pytest.mark.parametrize("name", ["年报.docx", "年报.pdf", "年报.html", "年报"])
def test_other_kinds_are_refused_with_what_to_do(tmp_path, name, raw, word):
    (tmp_path / name).write_bytes(raw)
    said = refused([tmp_path / name]).message
    assert word in said
    assert "请" in said or "可以读取" in said


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.txt", "a.md"])
@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\x00\x01\x02\xff\xfe", b"\x89PNG\r\n\x1a\n\x00"])
def test_empty_and_binary_files(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    assert name in refused([tmp_path / name]).where


def test_missing_directory_and_none(tmp_path):
    assert "找不到" in refused([tmp_path / "没有.yaml"]).message
    assert "文件夹" in refused([tmp_path]).message
    assert "没有指定" in refused([]).message


@pytest.mark.parametrize("name", ["a.yaml", "a.txt"])
def test_file_too_large(tmp_path, name):
    with (tmp_path / name).open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "5MB" in refused([tmp_path / name]).message


def test_deep_nesting_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("a: " + "[" * 3000 + "]" * 3000, encoding="utf-8")
    refused([tmp_path / "a.yaml"])
    (tmp_path / "a.json").write_text("[" * 100_000 + "]" * 100_000, encoding="utf-8")
    refused([tmp_path / "a.json"])


def test_yaml_tricks_are_refused(tmp_path):
    for text in ("!!python/object/apply:os.system [ls]", "a: &x [*x]", "? [1, 2]\n: 3", "- 1", "\t:"):
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        refused([tmp_path / "a.yaml"])


@pytest.mark.parametrize("piece", ["1 ", "-", "| ", "(一)", "二〇", "一、总体情况\n", "a\t1\n"])
def test_hostile_text_is_read_in_linear_time(tmp_path, piece):
    (tmp_path / "a.txt").write_text(
        "2025年政府信息公开工作年度报告\n" + piece * (100_000 // len(piece)) + "x", encoding="utf-8"
    )
    start = time.perf_counter()
    with contextlib.suppress(UnusableInput):
        read([tmp_path / "a.txt"])
    assert time.perf_counter() - start < 10
