"""One read-only transaction in which a query can be asked again and sees the same rows in the same order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nianbao.errors import UnusableInput
from nianbao.reading.databases import _faults as faults
from nianbao.reading.databases._description import Description
from nianbao.reading.databases._sqlite import address
from nianbao.reading.databases._values import cell
from nianbao.settings import DatabaseSettings

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Engine

_AT_ONCE = 2_000
_OPCODES = 50_000  # of SQLite between two looks at the clock
_TO_CONNECT = 10  # seconds
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
# Rows come in one order however often they are asked for, and days are those of China also where the query makes them.
_SESSION = (
    "SET LOCAL statement_timeout = {}",
    "SET LOCAL TimeZone = 'Asia/Shanghai'",
    "SET LOCAL synchronize_seqscans = off",
    "SET LOCAL max_parallel_workers_per_gather = 0",
)


class Snapshot:
    """Entered, it is connected; `headings` and `rows` ask. All faults are `UnusableInput` that carries no secret."""

    def __init__(self, source: Description, settings: DatabaseSettings | None = None) -> None:
        self._source = source
        self._settings = settings
        self._deadline = 0.0

    def __enter__(self) -> Snapshot:
        file = self._source.file
        if file and not file.is_file():
            raise UnusableInput(f"找不到数据库文件“{file}”，请核对 url", self._source.source)
        wrong = None  # raised outside the handler: the driver's exception knows the password
        self._engine = self._postgresql() if file is None else self._sqlite()
        try:
            self._connection = self._connected(self._engine)
        except _broken() as broken:
            wrong = faults.sentence(broken, connecting=True)
        if wrong:
            self._engine.dispose()
            raise UnusableInput(wrong, f"{self._source.source} {self._source.name}")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._connection.close()
        self._engine.dispose()

    def headings(self, name: str, query: str) -> list[str]:
        """The names of the columns, without waiting for the rows where the database can tell them before."""
        found, wrong = list[str](), None
        try:
            with self._asked(query) as result:
                found = list(result.keys())
        except _broken() as broken:
            wrong = faults.sentence(broken)
        if wrong:
            raise self._unusable(name, wrong)
        return found

    def rows(self, name: str, query: str) -> Iterator[list[Any]]:
        """The rows of an answer as they come."""
        wrong, number = None, 0
        try:
            with self._asked(query) as result:
                for part in result.partitions(_AT_ONCE):
                    if time.monotonic() > self._deadline:
                        wrong = faults.TOO_LONG
                        break
                    number += len(part)
                    for row in part:
                        yield [value if type(value) is str else cell(value) for value in row]
        except _broken() as broken:
            wrong = faults.sentence(broken)
        if wrong:
            raise self._unusable(name, wrong, number)

    def _asked(self, query: str) -> CursorResult[Any]:
        self._deadline = time.monotonic() + self._source.timeout
        options = {"yield_per": _AT_ONCE, "no_parameters": True}  # a server-side cursor, and % is a sign
        return self._connection.exec_driver_sql(query.rstrip().rstrip(";"), execution_options=options)

    def _unusable(self, name: str, wrong: str, number: int = 0) -> UnusableInput:
        after = f"（第{number}行以后）" if number else ""
        return UnusableInput(wrong, self._source.where(name) + after)

    def _postgresql(self) -> Engine:
        from sqlalchemy import NullPool, create_engine

        secret = (self._settings or DatabaseSettings()).password.get_secret_value()
        return create_engine(
            self._source.url.set(drivername="postgresql+psycopg", password=secret or None),
            poolclass=NullPool,
            isolation_level="REPEATABLE READ",
            client_encoding="utf8",
            use_native_hstore=False,
            connect_args={"connect_timeout": _TO_CONNECT, "prepare_threshold": None, **_ALIVE},
        )

    def _sqlite(self) -> Engine:
        import sqlite3

        from sqlalchemy import NullPool, create_engine

        assert self._source.file is not None
        where = address(self._source.file)
        # Without Python's own transactions: the one that is begun below lasts until the end.
        return create_engine(
            "sqlite://", poolclass=NullPool, creator=lambda: sqlite3.connect(where, uri=True, isolation_level=None)
        )

    def _connected(self, engine: Engine) -> Connection:
        connection = engine.connect()
        try:
            if self._source.file is None:
                connection = connection.execution_options(postgresql_readonly=True)
                for setting in _SESSION:
                    connection.exec_driver_sql(setting.format(1000 * self._source.timeout))
            else:
                connection.exec_driver_sql("PRAGMA query_only = ON")
                connection.exec_driver_sql("BEGIN")
                connection.exec_driver_sql("SELECT 1 FROM sqlite_master").close()  # the snapshot is taken here
                connection.connection.driver_connection.set_progress_handler(self._late, _OPCODES)  # type: ignore[union-attr]
        except BaseException:
            connection.close()
            raise
        return connection

    def _late(self) -> bool:
        return time.monotonic() > self._deadline


def _broken() -> tuple[type[Exception], ...]:
    """What the way to a database raises; also values that Python cannot hold, and servers of another make."""
    from sqlalchemy.exc import SQLAlchemyError

    return (SQLAlchemyError, UnicodeError, ArithmeticError, ValueError, AssertionError)
