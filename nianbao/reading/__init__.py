"""Readers: files an office has, into a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading.dossier_file import load_dossier, write_dossier
from nianbao.reading.pages import LARGEST_FILE
from nianbao.reading.text_report import read_text_report

__all__ = ["load_dossier", "read", "read_text_report", "write_dossier"]

_DOSSIERS = {".yaml", ".yml", ".json"}
_TEXTS = {".txt", ".md"}
_WORKBOOKS = {".xlsx"}
_CAN_READ = "目前可以读取：底稿（.yaml、.yml、.json）、填报表（.xlsx）和已发布年度报告的文本（.txt、.md）"


def read(paths: Sequence[Path]) -> Dossier:
    """The dossier that one file holds: a dossier of its own, or a published report as text."""
    if not paths:
        raise UnusableInput(f"没有指定文件；{_CAN_READ}")
    if len(paths) > 1:
        raise UnusableInput(f"一次只能读取一个文件，这里给了{len(paths)}个；请分别读取")
    path = Path(paths[0])
    kind = path.suffix.lower()
    try:
        if path.is_dir():
            raise UnusableInput("这是一个文件夹，请指定其中的一个文件", str(path))
        if not path.exists():
            raise UnusableInput("找不到这个文件，请核对路径", str(path))
        size = path.stat().st_size
    except (OSError, ValueError):
        raise UnusableInput("打不开这个文件，请核对路径和权限", str(path)) from None
    if kind not in _DOSSIERS | _TEXTS | _WORKBOOKS:
        raise UnusableInput(f"不能读取“{kind or '没有扩展名'}”文件；{_CAN_READ}", path.name)
    if size == 0:
        raise UnusableInput("文件是空的，请放入内容后再试", path.name)
    if size > LARGEST_FILE:
        raise UnusableInput("文件超过5MB，请只保留底稿或报告正文", path.name)
    if kind in _WORKBOOKS:
        from nianbao.reading.fill_in import read_workbook

        return read_workbook(path)
    return load_dossier(path) if kind in _DOSSIERS else read_text_report(path)
