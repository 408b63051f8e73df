"""An invented ledger of any length, and how fast it is counted."""

from __future__ import annotations

import csv
import datetime as dt
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

HEAD = ("登记编号", "收到日期", "申请方式", "申请人类型", "申请事项", "办理结果", "理由", "答复日期")
_KINDS = ("自然人", "自然人", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_RESULTS = (
    ("予以公开", ""),
    ("部分公开", ""),
    ("不予公开", "属于行政执法案卷"),
    ("无法提供", "本机关不掌握相关政府信息"),
    ("不予处理", "重复申请"),
    ("", ""),
)
_FIRST = dt.date(2025, 1, 1)


def rows(count: int, seed: int = 7) -> Iterator[tuple[str, ...]]:
    """Rows of the year 2025; one in six is not answered yet."""
    chance = random.Random(seed)
    for number in range(count):
        start = _FIRST + dt.timedelta(chance.randrange(330))
        result, ground = _RESULTS[chance.randrange(6)]
        end = (start + dt.timedelta(chance.randrange(30))).isoformat() if result else ""
        kind = _KINDS[chance.randrange(8)]
        yield f"2025-{number:07}", start.isoformat(), "网络", kind, "虚构事项", result, ground, end


def write_csv(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(rows(count))
    return path


def write_xlsx(path: Path, count: int) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("申请")
    sheet.append(HEAD)
    for row in rows(count):
        sheet.append(row)
    book.save(path)
    return path


def write_sqlite(path: Path, count: int) -> Path:
    """The description of the database that it makes beside it."""
    with closing(sqlite3.connect(path.with_suffix(".db"))) as made, made:
        made.execute("CREATE TABLE ledger ({})".format(", ".join(f'"{name}"' for name in HEAD)))
        made.executemany(f"INSERT INTO ledger VALUES ({', '.join('?' * len(HEAD))})", rows(count))
    text = f"kind: database\nurl: sqlite:///{path.stem}.db\nquery: SELECT * FROM ledger\n"
    path.write_text(text, encoding="utf-8")
    return path


# A process starts with the peak memory of the one that started it, so a small one stands between it and the bench.
_WATCH = """
import os, sys, time
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
_, status, used = os.wait4(os.posix_spawn(sys.executable, sys.argv[1:], os.environ, file_actions=silent), 0)
print(time.perf_counter() - start, used.ru_maxrss / 1024)
sys.exit(status != 0)
"""


def whole_command(path: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of `nianbao read`, from the start of Python to its end."""
    read = [sys.executable, "-m", "flows.command", "read", str(path), "-o", str(path.with_suffix(".read.yaml"))]
    watched = subprocess.run([sys.executable, "-c", _WATCH, *read], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, watched.stdout.split())
    return seconds, megabytes


def bare_sqlite(path: Path) -> int:
    """The rows, and nothing else done with them."""
    with closing(sqlite3.connect(path.with_suffix(".db"))) as made:
        return sum(1 for _ in made.execute("SELECT * FROM ledger"))


def bare_csv(path: Path) -> int:
    """The rows, and nothing else done with them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def bare_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
