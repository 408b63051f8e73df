"""A real PostgreSQL server of the test's own, on a free port of the loopback, gone when the test is."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

OWNER, READER = "owner-9f3c1b-secret", "reader-77aa4e-secret"  # passwords


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def run(self, *statements: str, database: str = "oa", user: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows of the last statement that has any."""
        found: list[tuple[Any, ...]] = []
        password = OWNER if user == "postgres" else READER
        with psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=database, user=user, password=password, autocommit=True
        ) as session:
            for statement in statements:
                asked = session.execute(statement)  # type: ignore[call-overload]
                found = asked.fetchall() if asked.description else found
        return found

    def url(self, user: str = "reader", database: str = "oa") -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"


def programs() -> Path | None:
    """The folder of initdb and postgres, where they are installed."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((place for place in reversed(places) if (place / "initdb").exists()), None)


@contextmanager
def serving() -> Iterator[Server]:
    """The server, with the database `oa` and a user `reader` who may read all that is made in it."""
    there = programs()
    assert there
    root = os.geteuid() == 0  # whom the server refuses to run as
    user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
    home = Path(tempfile.mkdtemp(prefix="nianbao-postgres-"))
    try:
        (home / "password").write_text(OWNER, encoding="utf-8")
        if root:
            owner = pwd.getpwnam("postgres")
            for path in (home, home / "password"):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        made = [there / "initdb", "-D", home / "data", "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "-N"]
        made += ["--locale=C", f"--pwfile={home / 'password'}"]
        subprocess.run(made, check=True, capture_output=True, cwd=home, **user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [there / "postgres", "-D", home / "data", "-p", str(port), "-k", home, "-h", "127.0.0.1"]
        for setting in (
            "fsync=off",
            "autovacuum=off",
            "shared_buffers=4MB",
            "max_connections=10",
            "superuser_reserved_connections=1",
        ):
            command += ["-c", setting]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **user)
        try:
            server = Server(port, process)
            _until_it_answers(server, home / "log")
            server.run("CREATE DATABASE oa", f"CREATE ROLE reader LOGIN PASSWORD '{READER}'", database="postgres")
            server.run("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader")
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _until_it_answers(server: Server, log: Path) -> None:
    for _ in range(300):
        try:
            server.run("SELECT 1", database="postgres")
            return
        except psycopg.OperationalError:
            assert server.process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            time.sleep(0.05)
    raise AssertionError("PostgreSQL does not answer")
