"""A deployed run on a database: its password comes to no place that anyone can look at."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from tests.flows.conftest import SAMPLES
from tests.reading.postgres import READER, programs, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not programs(), reason="PostgreSQL is not installed")]
BLOCK = "nianbao-database"
TABLE = "CREATE TABLE a AS SELECT '1' AS 登记编号, DATE '2026-03-03' AS 收到日期, '自然人' AS 申请人类型, "
TABLE += "'予以公开' AS 办理结果, DATE '2026-03-20' AS 答复日期"


@pytest.mark.parametrize("works", [True, False])
@pytest.mark.parametrize("kept_in", ["environment", "block"])
def test_a_run_holds_no_password(runs, tmp_path, tmp_path_factory, monkeypatch, caplog, kept_in, works):
    from prefect.blocks.system import Secret
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
    from prefect.logging.handlers import APILogHandler
    from prefect.settings import PREFECT_LOCAL_STORAGE_PATH, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings

    password = READER if works else f"not-{READER}"
    if kept_in == "environment":
        monkeypatch.setenv("NIANBAO_DATABASE_PASSWORD", password)
    else:
        monkeypatch.delenv("NIANBAO_DATABASE_PASSWORD", raising=False)
        Secret(value=password).save(BLOCK, overwrite=True, _sync=True)
    (tmp_path / "底稿.yaml").write_bytes((SAMPLES / "qingshi-shuiwuju-2025.yaml").read_bytes())
    kept = {PREFECT_LOCAL_STORAGE_PATH: tmp_path / "results", PREFECT_LOGGING_TO_API_ENABLED: True}
    with serving() as server, temporary_settings(kept):
        server.run(TABLE)
        source = tmp_path / "台账库.yaml"
        source.write_text(
            f"kind: database\nurl: {server.url()}\nyear: 2026\nquery: SELECT * FROM a\n", encoding="utf-8"
        )
        for logger in ("prefect.flow_runs", "prefect.task_runs"):
            caplog.set_level(logging.DEBUG, logger)  # all that a run can say goes to the server
        run = runs.start(source, tmp_path / "out", **({"password_block": BLOCK} if kept_in == "block" else {}))
        state = runs.advance(run)
        APILogHandler().flush()
    assert state.name == ("Suspended" if works else "Failed"), state.message
    if not works:
        assert "NIANBAO_DATABASE_PASSWORD" in state.message
    runs.tasks(run)  # until the server has taken in what they sent
    logs = runs.client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run])))
    assert len(logs) > 3
    assert READER not in caplog.text + "".join(log.message for log in logs)
    home = Path(os.environ["PREFECT_HOME"])
    folders = [tmp_path, home, *tmp_path_factory.getbasetemp().glob("prefect-server*")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path != source]
    assert any(path.suffix == ".db" for path in files)
    assert kept_in == "environment" or any(BLOCK.encode() in path.read_bytes() for path in files)
    assert any(f":{server.port}/oa".encode() in path.read_bytes() for path in files)  # the database is named
    assert not [path for path in files if READER.encode() in path.read_bytes()]


def test_a_block_that_is_not_there_is_told_by_its_name(runs, tmp_path, monkeypatch):
    monkeypatch.delenv("NIANBAO_DATABASE_PASSWORD", raising=False)
    run = runs.start(SAMPLES / "qingshi-shuiwuju-2025.yaml", tmp_path / "out", password_block="no-such-block")
    state = runs.advance(run)
    assert state.name == "Failed"
    assert "no-such-block" in state.message
    assert "Secret 块" in state.message


def test_the_environment_comes_before_the_block(monkeypatch):
    from tasks.database import database_settings

    monkeypatch.setenv("NIANBAO_DATABASE_PASSWORD", READER)
    assert database_settings("no-such-block").password.get_secret_value() == READER
