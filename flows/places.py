"""Where a run finds and puts its files, and what it says when it cannot."""

from __future__ import annotations

import os
from pathlib import Path

from nianbao.errors import NianbaoError, UnusableInput


def home() -> Path:
    """What relative paths in a deployment are relative to: NIANBAO_HOME, or the folder of prefect.yaml."""
    return Path(os.environ.get("NIANBAO_HOME") or Path(__file__).resolve().parents[1])


def resolved(paths: list[str]) -> list[str]:
    """Absolute paths: a worker starts each run in a folder of its own."""
    return [str(home() / Path(path).expanduser()) for path in paths]


def named(sources: list[str]) -> str:
    """The sources by their file names."""
    if not sources:
        return "没有写明资料"
    return "、".join(Path(source).stem for source in sources[:3]) + (" 等" if len(sources) > 3 else "")


def explain(broken: NianbaoError | OSError, subject: str) -> str:
    """What failed, of whom, and what to do: a sentence, or a line for each mistake."""
    if isinstance(broken, UnusableInput):
        return str(broken)  # it names the file itself
    if isinstance(broken, NianbaoError):
        return f"{subject}：{broken}"
    where = broken.filename or "磁盘"
    return f"{subject}：不能读写“{where}”，请检查路径、权限和剩余空间后重新运行"
