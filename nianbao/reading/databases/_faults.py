"""What a database says has gone wrong, as a sentence with what to do. No address, user or password is in it."""

from __future__ import annotations

import sqlite3
from typing import Any

from nianbao.reading.ledgers import shown

LOST = "与数据库的连接中断，请检查网络和数据库服务后重新读取"
UNREACHABLE = "连不上数据库，请核对主机、端口和网络，并确认数据库服务已启动"
NO_ENTRY = (
    "数据库不接受这个用户名或密码，请核对地址中的用户名，以及环境变量 NIANBAO_DATABASE_PASSWORD 或者密码块中的密码"
)
TOO_LONG = "查询没有在限定的时间内完成，已停止；请缩小查询的范围，或者用 timeout 写明更长的秒数"
ENCODING = "数据库中的文字不是 UTF-8 编码，请转换编码，或者导出为 CSV 后读取"
_FULL = "数据库的连接已满或者资源不足，请稍后再试"
_ONLY_READS = "查询会改动数据，数据库没有执行；只能写读取数据的查询"
_NO_TABLE = "数据库中没有查询所写的表，请核对表名和模式名"
_NO_COLUMN = "表中没有查询所写的列，请核对列名"
_SYNTAX = "查询的写法有误，请先在数据库工具中试运行"
_LOCKED = "数据库正被其他程序写入，请稍后再试"
_BROKEN = "这不是 SQLite 数据库，或者已损坏、加了密"
_VALUES = "查询在转换日期或者数字时出错，请核对查询和其中的数据"
_NO_SUCH_DAY = (
    "查询的结果中有公元1年以前或者9999年以后的日期（如 infinity），请在查询中改成空值，例如 NULLIF(列, 'infinity')"
)
_UNKNOWN = "数据库没有完成查询"
_SAID = {_NO_TABLE, _NO_COLUMN, _SYNTAX, _VALUES, _ONLY_READS, _UNKNOWN, UNREACHABLE}  # the database's own words help

# SQLSTATE, whole or by class (PostgreSQL documentation, appendix A).
_STATES = {
    "42P01": _NO_TABLE, "3F000": _NO_TABLE, "42703": _NO_COLUMN, "25": _ONLY_READS, "0A000": _ONLY_READS,
    "22021": ENCODING, "22P05": ENCODING,
    "42501": "数据库不允许这个用户读取，请数据库管理员授予查询（SELECT）权限",
    "57014": TOO_LONG, "55P03": _LOCKED, "28": NO_ENTRY,
    "3D": "数据库服务中没有这个数据库，请核对地址中的数据库名",
    "08": LOST, "57": LOST, "53": _FULL, "22": _VALUES, "42": _SYNTAX,
}  # fmt: skip
_SQLITE = {
    "SQLITE_READONLY": _ONLY_READS, "SQLITE_NOTADB": _BROKEN, "SQLITE_CORRUPT": _BROKEN, "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED, "SQLITE_INTERRUPT": TOO_LONG,
    "SQLITE_CANTOPEN": "打不开数据库文件，请核对权限",
    "SQLITE_IOERR": "读不出数据库文件，请检查磁盘或者网络",
}  # fmt: skip
# Where no code is given: SQLite's words, and those of libpq before a session has begun.
_WORDS = {
    "no such table": _NO_TABLE,
    "no such column": _NO_COLUMN,
    "no such function": _SYNTAX,
    "syntax error": _SYNTAX,
    "incomplete input": _SYNTAX,
    "(after year": _NO_SUCH_DAY,
    "(before year": _NO_SUCH_DAY,
    "could not decode": ENCODING,
    "no password supplied": NO_ENTRY,
    "password authentication failed": NO_ENTRY,
    "no pg_hba.conf entry": "数据库不接受从这台机器来的这个用户，请数据库管理员在 pg_hba.conf 中放行",
    "too many clients": _FULL,
    "remaining connection slots": _FULL,
    "terminating connection": LOST,
    "server closed the connection": LOST,
    "connection is lost": LOST,
    "connection is closed": LOST,
}


def sentence(broken: Exception, connecting: bool = False) -> str:
    """What went wrong, and, where they help to put it right, the database's own words."""
    if isinstance(broken, UnicodeError):
        return ENCODING
    if isinstance(broken, ArithmeticError | ValueError | AssertionError):
        return "数据库的答复读不懂，它可能不是 PostgreSQL" if connecting else _VALUES
    cause: Any = getattr(broken, "orig", None) or broken
    words = str(cause)
    told = _by_code(cause) or next((said for sign, said in _WORDS.items() if sign in words.lower()), "")
    if connecting and not told:
        told = _before_session(cause, words)
    told = told or _UNKNOWN
    if told not in _SAID:
        return told
    primary = getattr(getattr(cause, "diag", None), "message_primary", None) or words.strip().partition("\n")[0]
    return f"{told}（数据库的原话：{shown(primary, 160)}）"


def _by_code(cause: Any) -> str:
    state = getattr(cause, "sqlstate", None) or ""
    if isinstance(cause, sqlite3.Error):
        name = str(getattr(cause, "sqlite_errorname", ""))
        return next((said for start, said in _SQLITE.items() if name.startswith(start)), "")
    return _STATES.get(state) or _STATES.get(state[:2], "")


def _before_session(cause: Any, words: str) -> str:
    """A server that answered in another language still says through libpq that it wanted a password."""
    session = getattr(cause, "pgconn", None)
    if session is not None and (session.needs_password or "认证" in words):
        return NO_ENTRY
    return _STATES["3D"] if "database" in words and "does not exist" in words else UNREACHABLE
