"""SQLite: a file, opened so that nothing can be written to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from nianbao.errors import UnusableInput
from nianbao.reading.ledgers import shown

_TOLD = 10
_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"


def address(path: Path) -> str:
    """A missing file is not made."""
    return f"{path.resolve().as_uri()}?mode=ro"


def what_to_write(path: Path) -> UnusableInput:
    """A database alone says neither which of its tables is a ledger nor what its columns mean; a file has to."""
    try:
        with closing(sqlite3.connect(address(path), uri=True)) as found:
            names = [shown(name) for (name,) in found.execute(_TABLES)]
    except sqlite3.Error:
        return UnusableInput("这个 SQLite 数据库已损坏、加了密，或者正被其他程序写入，打不开", path.name)
    tables = "、".join(names[:_TOLD]) + ("等" if len(names) > _TOLD else "") if names else "没有表"
    first = names[0] if names else "…"
    return UnusableInput(
        f"这是 SQLite 数据库（其中的表：{tables}），请另写一份 YAML 文件说明怎样查询，然后读取那份文件，三行分别是 "
        f"kind: database、url: sqlite:///{path.name}、query: SELECT … AS 收到日期, … FROM {first}",
        path.name,
    )
