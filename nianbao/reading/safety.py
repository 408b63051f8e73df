"""Files that are zip containers (.docx, .xlsx, …), refused before anything parses them.

Every reader of such a file comes through `check_container` or `opened`. What is refused: too many parts, parts that
inflate too far (measured, since declared sizes can lie), encryption, macros, embedded files, links that fetch, and
any XML with a DOCTYPE, so that no entity can be declared.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nianbao.errors import UnusableInput

FORM_BYTES, LEDGER_BYTES = 20_000_000, 200_000_000
MOST_PARTS, MOST_RATIO, SMALL_PART = 200, 100, 100_000
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_LONGEST_LIST = 4_000_000  # bytes of the list of parts at the end; zipfile reads it whole
_CHUNK = 1 << 16
_STORED, _DEFLATED, _ENCRYPTED = 0, 8, 0x1
_BROKEN = "文件已损坏或不完整，请用 Office 或 WPS 打开后另存一份再试"
_FORBIDDEN = (
    (re.compile(r"vbaProject|vbaData|macrosheets/", re.IGNORECASE), "文件带有宏，请另存为不带宏的格式后再试"),
    (re.compile(r"externalLinks?/", re.IGNORECASE), "文件引用了其他文件的数据，请把引用改成数值后再试"),
    (re.compile(r"embeddings/|activeX/", re.IGNORECASE), "文件中嵌有其他文件或控件，请删去后另存再试"),
)
_XML = (".xml", ".rels", ".vml")
_ROOT = re.compile(rb"<[^?!\s<>]")
_LINK = re.compile(rb"<[^<>]*\bRelationship\b[^<>]*>")
_FETCHES = re.compile(
    rb"(?s)(?=.*TargetMode\s*=\s*[\"']External)(?=.*relationships/(?:oleObject|subDocument|aFChunk|frame|externalLink))"
)
_TEMPLATE = re.compile(rb"(?s)(?=.*relationships/attachedTemplate)(?=.*Target\s*=\s*[\"']\s*(?:https?:|ftp:|\\\\))")


def check_container(path: Path, *, limit_bytes: int = FORM_BYTES) -> None:
    """Raise an `UnusableInput` unless the file is a sound zip container of at most `limit_bytes` inflated."""
    with opened(path, limit_bytes=limit_bytes):
        pass


@contextmanager
def opened(path: Path, *, limit_bytes: int = FORM_BYTES) -> Iterator[zipfile.ZipFile]:
    """The container, once all of it was seen to be safe."""
    try:
        with path.open("rb") as file:
            _check_kind(file, path.name)
            with _archive(file, path.name) as archive:
                _check_list(archive.infolist(), path.name, limit_bytes)
                left = limit_bytes
                for info in archive.infolist():
                    left -= _check_part(file, info, path.name, left, limit_bytes)
                yield archive
    except OSError:
        raise UnusableInput("打不开这个文件，请核对路径和权限", path.name) from None


def _check_kind(file: BinaryIO, name: str) -> None:
    head = file.read(len(OLE))
    if head == OLE:
        body = head + file.read(FORM_BYTES)
        if "EncryptedPackage".encode("utf-16-le") in body:
            raise UnusableInput("文件设有打开密码，请去掉密码后另存再试", name)
        raise UnusableInput("这是旧格式的文件（.doc、.xls、.wps），请另存为 .docx 或 .xlsx 后再试", name)
    if head[: len(ZIP)] != ZIP:
        raise UnusableInput(_BROKEN, name)


def _archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """The list of parts, unless it is itself too long to be read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 22 - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise UnusableInput(_BROKEN, name)
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MOST_PARTS or length > _LONGEST_LIST:
        raise UnusableInput(f"文件由{count}个部件组成，不像是正常的文档，请另存一份后再试", name)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, UnicodeDecodeError):
        raise UnusableInput(_BROKEN, name) from None


def _check_list(parts: list[zipfile.ZipInfo], name: str, limit: int) -> None:
    if len(parts) > MOST_PARTS:
        raise UnusableInput(f"文件由{len(parts)}个部件组成，不像是正常的文档，请另存一份后再试", name)
    if sum(info.file_size for info in parts) > limit:
        raise UnusableInput(_too_much(limit), name)
    seen: set[str] = set()
    for info in parts:
        lower = info.filename.lower()
        for pattern, message in _FORBIDDEN:
            if pattern.search(info.filename):
                raise UnusableInput(message, name)
        if info.flag_bits & _ENCRYPTED:
            raise UnusableInput("文件设有打开密码，请去掉密码后另存再试", name)
        if lower in seen or ".." in lower.split("/") or info.compress_type not in (_STORED, _DEFLATED):
            raise UnusableInput(_BROKEN, name)
        seen.add(lower)
        if info.file_size > max(SMALL_PART, MOST_RATIO * info.compress_size):
            raise UnusableInput(_too_much(limit), name)


def _check_part(file: BinaryIO, info: zipfile.ZipInfo, name: str, left: int, limit: int) -> int:
    """Inflate one part and let it go again; the bytes it really has."""
    most = min(left, max(SMALL_PART, MOST_RATIO * info.compress_size))
    size, checksum, head, kept = 0, 0, b"", info.filename.lower().endswith(".rels")
    whole = bytearray()
    try:
        for chunk in _inflated(file, info):
            size += len(chunk)
            if size > most:
                raise UnusableInput(_too_much(limit), name)
            checksum = zlib.crc32(chunk, checksum)
            if len(head) < _CHUNK:
                head += chunk
            if kept:
                whole += chunk
    except (zlib.error, struct.error, OSError, ValueError):
        raise UnusableInput(_BROKEN, name) from None
    if size != info.file_size or checksum != info.CRC:
        raise UnusableInput(_BROKEN, name)
    if info.filename.lower().endswith(_XML):
        _check_xml(head, name)
    if kept:
        _check_links(bytes(whole), name)
    return size


def _inflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the part really holds, whatever its declared size; ends with its stream."""
    file.seek(info.header_offset)
    header = file.read(30)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    left, unpack = info.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0:
        raw = file.read(min(left, _CHUNK))
        if not raw:
            raise ValueError("the part ends early")
        left -= len(raw)
        if info.compress_type == _STORED:
            yield raw
            continue
        while raw:
            yield unpack.decompress(raw, _CHUNK * 16)
            raw = unpack.unconsumed_tail
    if info.compress_type == _DEFLATED and not unpack.eof:
        raise ValueError("the part ends early")


def _check_xml(head: bytes, name: str) -> None:
    """No DOCTYPE; it can only stand before the root element, which has to come soon."""
    bare = head.replace(b"\0", b"")  # UTF-16 as well
    root = _ROOT.search(re.sub(rb"(?s)<!--.*?-->", b"", bare))
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise UnusableInput("文件中含有不允许的实体声明，请用 Office 或 WPS 打开后另存一份再试", name)
    if bare.strip() and not root:
        raise UnusableInput(_BROKEN, name)


def _check_links(rels: bytes, name: str) -> None:
    """Links may point outside (hyperlinks, pictures are never followed); none may bring data or code in."""
    for link in _LINK.findall(rels.replace(b"\0", b"")):
        if _FETCHES.search(link) or _TEMPLATE.search(link):
            raise UnusableInput("文件链接了外部的模板或对象，请断开链接后另存再试", name)


def _too_much(limit: int) -> str:
    return f"文件展开后过大（上限{limit // 1_000_000 or 1}MB），不像是正常的文档，请只保留需要的内容后另存再试"
