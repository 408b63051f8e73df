"""The file that says which database to ask, and what; every mistake in it with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.dossier import FIRST_YEAR, Mistakes
from nianbao.reading.databases._query import ALONE, why_not
from nianbao.reading.dossier_file import load_data
from nianbao.reading.ledgers import shown

if TYPE_CHECKING:
    from sqlalchemy import URL

_KEYS = ("kind", "url", "query", "queries", "year", "timeout")
_FORMS = "postgresql+psycopg://用户名@主机/数据库，或者 sqlite:///文件名.db"
_POSTGRESQL, _SQLITE = ("postgresql", "postgresql+psycopg"), ("sqlite", "sqlite+pysqlite")
NO_PASSWORD = "这里不能写密码，请删去，并把密码设在环境变量 NIANBAO_DATABASE_PASSWORD 中"
_MAY_SAY = {"sslmode", "sslrootcert"}
_LONGEST, _USUAL, _MOST_QUERIES = 3600, 600, 20


@dataclass(frozen=True)
class Description:
    """`name`: what the database is called in the report's sources, without user or password; `file`: of SQLite."""

    source: str
    name: str
    url: URL
    file: Path | None
    queries: dict[str, str]
    timeout: int
    year: int | None

    def where(self, query: str) -> str:
        """One of its queries, as a person finds it."""
        return f"{self.source} 查询“{query}”" if query != ALONE else f"{self.source} 查询"


def load_description(path: Path) -> Description:
    """All that is wrong with it is raised together, as `UnusableInput`; nothing of the address is repeated."""
    data, places, already = load_data(path)
    mistakes = _Mistakes(places, path.name)
    if not isinstance(data, dict):
        raise mistakes.at((), "这不是一份数据库说明：最外层应当是“名称: 值”的形式")
    for key in data:
        if key == "password":
            mistakes.add((key,), NO_PASSWORD)
            continue
        mistakes.known(key, _KEYS, (key,), f"数据库说明中没有名为“{shown(key)}”的项目")
    if data.get("kind") != "database":
        mistakes.add(("kind",), "应当写成 kind: database")
    url = mistakes.url(data.get("url"))
    queries = mistakes.queries(data)
    timeout = mistakes.whole(data, "timeout", 1, _LONGEST, "秒数") or _USUAL
    year = mistakes.whole(data, "year", FIRST_YEAR, 2100, "年度")
    mistakes.refuse(already)
    assert url is not None
    file = path.parent / str(url.database) if url.drivername in _SQLITE else None
    name = shown(file.name if file else _name(url), 200)
    return Description(path.name, name, url, file, queries, timeout, year)


def _name(url: URL) -> str:
    host = f"[{url.host}]" if url.host and ":" in url.host else url.host or "本机"
    return f"{host}{f':{url.port}' if url.port else ''}/{url.database}"


class _Mistakes(Mistakes):
    """Reads one item after another and collects what is wrong."""

    def url(self, said: Any) -> URL | None:
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            url = make_url(said) if isinstance(said, str) else None
        except (ArgumentError, ValueError):
            url = None
        wrong = _wrong(url) if url else f"应当写成 {_FORMS}"
        if wrong:
            self.add(("url",), wrong)
        return None if wrong or url is None else url

    def queries(self, data: dict[str, Any]) -> dict[str, str]:
        if ("query" in data) == ("queries" in data):
            if not self.told(("query",)) and not self.told(("queries",)):
                self.add(("queries",), "应当有一个查询（query）或者几个有名称的查询（queries）")
            return {}
        said = {ALONE: data["query"]} if "query" in data else data["queries"]
        if not isinstance(said, dict) or not 1 <= len(said) <= _MOST_QUERIES:
            self.add(("queries",), f"应当是“名称: 查询”的形式，至多{_MOST_QUERIES}个")
            return {}
        for name, query in said.items():
            where = ("query",) if "query" in data else ("queries", name)
            if name != shown(name):
                self.add(where, "查询的名称应当简短，只用能印出的字")
            elif wrong := why_not(query):
                self.add(where, wrong)
        return said

    def whole(self, data: dict[str, Any], name: str, least: int, most: int, what: str) -> int | None:
        said = data.get(name)
        if name in data and (type(said) is not int or not least <= said <= most):
            self.add((name,), f"应当是{least}到{most}之间的{what}")
            return None
        return said


def _wrong(url: URL) -> str:
    """Why this address cannot be used; never with the address."""
    if url.password is not None or {"password", "passfile", "sslpassword"} & set(url.query):
        return NO_PASSWORD
    if url.drivername in _SQLITE:
        if url.database and url.database != ":memory:" and not url.query and not url.host and not url.username:
            return ""
        return "应当写成 sqlite:///文件名.db（相对于这份说明所在的文件夹），后面不带问号"
    if url.drivername not in _POSTGRESQL:
        return f"只能读取 PostgreSQL 和 SQLite 数据库，应当写成 {_FORMS}"
    if not url.database:
        return "没有写明数据库名，应当写成 postgresql+psycopg://用户名@主机/数据库"
    if set(url.query) - _MAY_SAY:
        return f"问号后面只能写 {'、'.join(sorted(_MAY_SAY))}"
    return ""
