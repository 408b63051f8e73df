"""Ledgers in SQLite and PostgreSQL: the same counts and doubts as from a csv, nothing written, no password told."""

from __future__ import annotations

import csv
import re
import socket
import sqlite3
import threading
import traceback
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.errors import UnusableInput
from nianbao.reading import read
from nianbao.reading.databases import load_description, read_database
from nianbao.reading.databases._snapshot import Snapshot
from nianbao.reading.ledgers import read_ledger
from tests.reading.postgres import OWNER, READER, Server, programs, serving
from tests.reading.test_ledgers import _ENTRY, HEAD, LEDGERS, RIGHT

COLUMNS = ("number", "received", "applicant", "result", "ground", "answered")
SELECTED = ", ".join(f'{column} AS "{head}"' for column, head in zip(COLUMNS, HEAD, strict=True))
QUERY = f"SELECT {SELECTED} FROM applications ORDER BY n"
CASES = "SELECT id AS 案号, '复议' AS 案件类型, came AS 收案日期, '维持' AS 结果, gone AS 结案日期 FROM cases"
WRITERS = [
    "DELETE FROM applications",
    "ATTACH 'other.db' AS other",
    "PRAGMA query_only = OFF",
    "/* SELECT */ DROP TABLE applications",
    f"{QUERY}; DELETE FROM applications",
    "WITH x AS (SELECT 1) DELETE FROM applications",
    "WITH x AS (DELETE FROM applications RETURNING *) SELECT * FROM x",
    "SELECT * INTO copied FROM applications",
]


def described(folder, url, query=QUERY, more=""):
    """The office's file."""
    path = folder / "台账库.yaml"
    lines = "\n  ".join(query.splitlines()) if isinstance(query, str) else ""
    asked = f"query: |\n  {lines}\n" if lines else "queries:\n" + "".join(f"  {n}: {q}\n" for n, q in query.items())
    path.write_text(f"kind: database\nurl: {url}\n{more}{asked}", encoding="utf-8")
    return path


def counted(path, year=2025):
    return read_database(load_description(path), year)


def refused(path, *words) -> str:
    """The one sentence, which holds no password, nor does anything that the exception carries along."""
    with pytest.raises(UnusableInput) as broken:
        counted(path)
    told, all_of_it = str(broken.value), "".join(traceback.format_exception(broken.value))
    assert all(word in told for word in words), told
    assert "\n" not in told
    assert broken.value.__context__ is None
    assert not any(secret in all_of_it for secret in (OWNER, READER, "hunter2"))
    return told


def lite(folder, *rows):
    path = folder / "台账.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as made, made:
        made.execute(f"CREATE TABLE applications (n INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        for row in rows:
            made.execute(f"INSERT INTO applications ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)", row)
    return path


@pytest.fixture(scope="module")
def server():
    if not programs():
        pytest.skip("PostgreSQL is not installed")
    with serving() as found:
        found.run(
            f"CREATE TABLE applications (n serial, {', '.join(f'{column} text' for column in COLUMNS)})",
            "CREATE TABLE cases (id int, came timestamptz, gone date)",
            "CREATE TABLE secret (x int)",
            "REVOKE ALL ON secret FROM reader",
            "GRANT INSERT, UPDATE, DELETE ON applications TO reader",
            "CREATE SEQUENCE counter",
            "GRANT USAGE ON counter TO reader",
            "CREATE FUNCTION wipes() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS "
            "$$ BEGIN DELETE FROM applications; RETURN ''; END $$",
        )
        yield found


@pytest.fixture
def reader(server, monkeypatch):
    monkeypatch.setenv("NIANBAO_DATABASE_PASSWORD", READER)
    return server


def filled(server: Server, *rows):
    """Rows, whose "" is NULL."""
    values = ", ".join(
        "(" + ", ".join("NULL" if one == "" else f"'{one}'" for one in row) + ")" for row in rows
    )  # fmt: skip
    insert = [f"INSERT INTO applications ({', '.join(COLUMNS)}) VALUES {values}"] if rows else []
    server.run("TRUNCATE applications RESTART IDENTITY", *insert)


def told(part, first):
    """What was doubtful, its rows numbered from 0."""
    notes = [note for note in part.notes if note.code != "encoding"]
    places = [note.where.partition("台账.csv")[2] or note.where.partition("“查询”")[2] for note in notes]
    moved = [re.sub(r"第(\d+)行", lambda hit: f"第{int(hit[1]) - first}行", place) for place in places]
    return [(note.severity, note.code, note.message, where) for note, where in zip(notes, moved, strict=True)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from("1234"), *[_ENTRY] * 5), max_size=6))
def test_the_same_rows_say_the_same_from_csv_and_from_both_databases(tmp_path, reader, rows):
    with (tmp_path / "台账.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    lite(tmp_path, *([value or None for value in row] for row in rows))
    filled(reader, *rows)
    sheet = read_ledger(tmp_path / "台账.csv", 2025)
    for url, name in (("sqlite:///台账.db", "台账.db"), (reader.url(), f"127.0.0.1:{reader.port}/oa")):
        part = counted(described(tmp_path, url))
        assert part.figures == sheet.figures
        assert told(part, 1) == told(sheet, 2)
        extra = [item | {"source": ""} for item in sheet.supplementary]
        assert [item | {"source": ""} for item in part.supplementary] == extra
        origin = part.provenance["requests.new.total"]
        held = sum(map(any, rows))
        assert (origin.file, origin.sheet) == (name, "查询")
        assert origin.place == f"依申请公开台账逐行统计（自第1行起，共{held}行）"


def test_a_doubt_tells_the_row_of_the_answer_and_its_number(tmp_path):
    lite(tmp_path, RIGHT, ["2025-17", "坏", "自然人", "予以公开", "", "2025-03-20"])
    part = counted(described(tmp_path, "sqlite:///台账.db"))
    assert [note.where for note in part.notes] == ["台账.db“查询”第2行（编号2025-17）"]


TYPED = """
SELECT 1.0::numeric AS 登记编号, '2024-12-31 23:30:00+00'::timestamptz AS 收到日期, '自然人'::char(20) AS 申请人类型,
  '予以公开'::bytea AS 办理结果, NULL AS 理由, '2025-01-10'::date AS 答复日期, true AS 是否延期,
  '2025-03-01 08:00'::timestamp AS 答复期限, '100% :x'::jsonb IS NULL AS 其他, '\\xff'::bytea AS 扫描件
""".replace("'100% :x'::jsonb IS NULL", "'100% :x'")


def test_values_of_a_database_are_what_a_sheet_would_say(tmp_path, reader):
    part = counted(described(tmp_path, reader.url(), TYPED))
    assert part.notes == []
    assert part.figures["requests.new.natural_person"].value == 1  # half past eleven in London is the new year in China
    assert part.figures["requests.granted.natural_person"].value == 1
    days = TYPED.replace("timestamptz AS", "timestamptz::date AS")
    assert counted(described(tmp_path, reader.url(), days)).figures == part.figures


@pytest.mark.parametrize("moment", ["2024-12-31T23:30:00Z", "2024-12-31 23:30:00.5+00:00", "2025-01-01 07:30:00+08"])
def test_moments_as_text_are_of_china_too(tmp_path, moment):
    lite(tmp_path, ["1", moment, "自然人", "予以公开", None, 20250110])
    part = counted(described(tmp_path, "sqlite:///台账.db"))
    assert part.notes == []
    assert part.figures["requests.new.total"].value == 1


@pytest.mark.parametrize(("value", "code"), [
    (b"\xff\xfe", "date"), (1741000000, "date"), ("1900-01-01", "date"), (2.5, "date"), (float("inf"), "date"),
    ("\x01{{x}}" + "长" * 500, "date"),
])  # fmt: skip
def test_what_is_no_day_is_a_doubt_that_a_dossier_can_hold(tmp_path, value, code):
    lite(tmp_path, [value, value, value, value, None, "2025-01-10"])
    part = counted(described(tmp_path, "sqlite:///台账.db"))
    assert code in [note.code for note in part.notes]
    assert part.figures["requests.new.total"].value is None
    for note in part.notes:
        assert f"{note.where}{note.message}".isprintable()
        assert len(note.message) < 120


def test_days_that_stand_for_none_are_a_doubt(tmp_path, reader):
    old = TYPED.replace("'2025-01-10'::date", "'0001-01-01'::date")
    assert [note.code for note in counted(described(tmp_path, reader.url(), old)).notes] == ["date"]
    endless = TYPED.replace("'2025-01-10'", "'infinity'")
    refused(described(tmp_path, reader.url(), endless), "infinity", "NULLIF")


def test_several_queries_are_several_sheets(tmp_path, reader):
    filled(reader, RIGHT)
    reader.run("TRUNCATE cases", "INSERT INTO cases VALUES (1, '2025-02-03 09:00+08', '2025-04-03')")
    part = counted(described(tmp_path, reader.url(), {"申请": QUERY, "案件": CASES}))
    assert part.figures["remedies.review.upheld"].value == part.figures["requests.new.total"].value == 1
    assert part.provenance["remedies.review.upheld"].sheet == "案件"
    twice = counted(described(tmp_path, reader.url(), {"申请": QUERY, "申请2": QUERY}))
    assert {note.code for note in twice.notes} == {"two_values"}


def test_the_name_of_a_query_tells_the_kind_of_its_decisions(tmp_path):
    lite(tmp_path)
    asked = "SELECT '1' AS 文号, '2025-02-03' AS 决定日期"
    part = counted(described(tmp_path, "sqlite:///台账.db", {"行政许可": asked}))
    assert part.figures["disclosure.licences.decisions"].value == 1


def test_an_empty_answer_is_said(tmp_path):
    lite(tmp_path)
    part = counted(described(tmp_path, "sqlite:///台账.db"))
    assert [note.code for note in part.notes] == ["empty"]
    assert part.figures["requests.new.total"].value == 0


@pytest.mark.parametrize("query", WRITERS)
def test_sqlite_is_never_written(tmp_path, query):
    path = lite(tmp_path, RIGHT)
    before = path.read_bytes()
    refused(described(tmp_path, "sqlite:///台账.db", query), "台账库.yaml")
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["台账.db", "台账库.yaml"]


@pytest.mark.parametrize("query", [
    *WRITERS, QUERY.replace("SELECT", "SELECT wipes(),"), QUERY.replace("SELECT", "SELECT nextval('counter'),"),
    QUERY + " FOR UPDATE", QUERY.replace("SELECT", "SELECT set_config('transaction_read_only', 'off', true),"),
    "SELECT 'E\\'; COMMIT; DELETE FROM applications; --'",
])  # fmt: skip
def test_postgresql_is_never_written(tmp_path, reader, query):
    filled(reader, RIGHT)
    refused(described(tmp_path, reader.url(), query), "台账库.yaml")
    assert reader.run("SELECT count(*) FROM applications") == [(1,)]
    assert reader.run("SELECT is_called FROM counter") == [(False,)]


def test_the_transaction_itself_is_read_only(tmp_path, reader):
    """Whatever came past the look at the query and past the cursor; SQLite has two locks."""
    from sqlalchemy.exc import DBAPIError

    filled(reader, RIGHT)
    lite(tmp_path, RIGHT)
    deletes = "WITH x AS (SELECT 1) DELETE FROM applications WHERE n IN (SELECT * FROM x) RETURNING n"
    with Snapshot(load_description(described(tmp_path, reader.url()))) as snapshot:  # noqa: SIM117
        with pytest.raises(DBAPIError, match="read-only transaction"):
            snapshot._connection.exec_driver_sql(deletes)
    with Snapshot(load_description(described(tmp_path, "sqlite:///台账.db"))) as snapshot:
        assert snapshot._connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
        for way in ("ON", "OFF"):
            snapshot._connection.exec_driver_sql(f"PRAGMA query_only = {way}")
            with pytest.raises(DBAPIError, match="readonly"):
                snapshot._connection.exec_driver_sql(deletes)


def test_postgresql_keeps_the_answer_and_hands_it_out_piece_by_piece(tmp_path, reader):
    text = (
        "SELECT name AS 登记编号, '2025-03-03' AS 收到日期, '自然人' AS 申请人类型, NULL AS 办理结果, NULL AS 答复日期 "
    )
    part = counted(described(tmp_path, reader.url(), text + "FROM pg_cursors"))
    assert part.figures["requests.carried_out.total"].value == 1  # the cursor it is asked through


def test_asked_again_the_answer_is_the_same(tmp_path, reader):
    """Also where somebody else writes meanwhile; PostgreSQL would begin a long table in its middle the second time."""
    lite(tmp_path, RIGHT)
    with closing(sqlite3.connect(tmp_path / "台账.db")) as office:
        office.execute("PRAGMA journal_mode = wal")
    reader.run(
        "TRUNCATE applications RESTART IDENTITY",
        "INSERT INTO applications (number, ground) SELECT g, repeat('长', 300) FROM generate_series(1, 30000) g",
    )
    for url in ("sqlite:///台账.db", reader.url()):
        source = load_description(described(tmp_path, url, f"SELECT {SELECTED} FROM applications"))
        with Snapshot(source) as snapshot:
            query = source.queries["查询"]
            first = [row[0] for row in snapshot.rows("", query)]
            if source.file:
                with closing(sqlite3.connect(source.file)) as office, office:
                    office.execute("DELETE FROM applications")
            else:
                reader.run("UPDATE applications SET number = 'x'")
            half = snapshot.rows("", query)
            assert [next(half)[0] for _ in first[: len(first) // 2]] == first[: len(first) // 2]
            half.close()
            assert [row[0] for row in snapshot.rows("", query)] == first


def test_a_number_that_stands_twice_far_apart_is_found(tmp_path, reader):
    reader.run(
        "TRUNCATE applications RESTART IDENTITY",
        "INSERT INTO applications (number, received, applicant, result, answered) SELECT g % 5000, '2025-03-03', "
        "'自然人', '予以公开', '2025-03-20' FROM generate_series(1, 5002) g",
    )
    (note,) = counted(described(tmp_path, reader.url())).notes
    assert note.where.endswith("第5001行（编号1）、第5002行（编号2）")


@pytest.mark.parametrize(("query", "word"), [
    ("SELECT * FROM absent", "没有查询所写的表"), (QUERY.replace("SELECT", "SELECT absent,"), "没有查询所写的列"),
    (QUERY.replace("FROM", "FRM"), "写法有误"), ("SELECT absent() AS a", "写法有误"),
    ("SELECT received FROM applications", "不是台账的表头"), ("SELECT 1 WHERE", "写法有误"),
])  # fmt: skip
def test_mistakes_in_a_query(tmp_path, reader, query, word):
    lite(tmp_path)
    for url in ("sqlite:///台账.db", reader.url()):
        refused(described(tmp_path, url, {"申请": query}), word, "台账库.yaml 查询“申请”")


def test_faults_of_a_server(tmp_path, reader, monkeypatch):
    filled(reader, RIGHT)

    def asked(query=QUERY, url="", more=""):
        return described(tmp_path, url or reader.url(), query, more)

    refused(asked("SELECT x FROM secret"), "授予查询（SELECT）权限")
    refused(asked(QUERY.replace("SELECT", "SELECT 1/(n-1),")), "转换", "division by zero")
    refused(asked(QUERY.replace("SELECT", "SELECT pg_sleep(9),"), more="timeout: 1\n"), "限定的时间", "timeout")
    refused(asked(url=reader.url(database="nothing")), "没有这个数据库")
    refused(asked(url="postgresql://reader@127.0.0.1:1/oa"), "连不上数据库")
    for password in ("", "hunter2"):
        monkeypatch.setenv("NIANBAO_DATABASE_PASSWORD", password)
        refused(asked(), "NIANBAO_DATABASE_PASSWORD")


def test_a_connection_that_breaks_in_the_middle(tmp_path, reader):
    reader.run(
        "TRUNCATE applications RESTART IDENTITY",
        "INSERT INTO applications (number) SELECT g FROM generate_series(1, 9000) g",
    )
    dies = "CASE n WHEN 7000 THEN pg_terminate_backend(pg_backend_pid())::text END AS 其他,"
    refused(described(tmp_path, reader.url(), QUERY.replace("SELECT", f"SELECT {dies}")), "中断", "（第6000行以后）")


def test_something_else_answers(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            with listener.accept()[0] as peer:
                peer.recv(100)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        refused(described(tmp_path, f"postgresql://reader@127.0.0.1:{listener.getsockname()[1]}/oa"), "连不上数据库")
        thread.join()


def test_faults_of_a_file(tmp_path):
    refused(described(tmp_path, "sqlite:///没有.db"), "找不到数据库文件")
    assert not (tmp_path / "没有.db").exists()
    (tmp_path / "坏.db").write_bytes(b"not a database" * 100)
    refused(described(tmp_path, "sqlite:///坏.db"), "不是 SQLite 数据库")
    path = lite(tmp_path, RIGHT)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS 收到日期 FROM n WHERE x < 0"
    refused(described(tmp_path, "sqlite:///台账.db", endless, "timeout: 1\n"), "限定的时间")
    with closing(sqlite3.connect(path, isolation_level=None)) as office:
        office.execute("UPDATE applications SET received = CAST(x'ff' AS TEXT)")
        refused(described(tmp_path, "sqlite:///台账.db"), "不是 UTF-8 编码")


@pytest.mark.parametrize(("url", "word"), [
    ("postgresql://reader:hunter2@10.0.0.5/oa", "NIANBAO_DATABASE_PASSWORD"),
    ("postgresql://reader:@10.0.0.5/oa", "这里不能写密码"),
    ("postgresql://10.0.0.5/oa?password=hunter2", "这里不能写密码"),
    ("postgresql//reader:hunter2@10.0.0.5/oa", "应当写成"), ("postgresql://reader:hunter2@10.0.0.5:x/oa", "应当写成"),
    ("mysql+pymysql://10.0.0.5/oa", "只能读取 PostgreSQL 和 SQLite"), ("postgresql+psycopg2://h/oa", "只能读取"),
    ("postgresql://10.0.0.5", "没有写明数据库名"), ("postgresql://10.0.0.5/oa?options=-cx", "sslmode"),
    ("sqlite://", "sqlite:///"), ("sqlite:///台账.db?mode=rwc", "不带问号"), ("\"sqlite:///:memory:\"", "sqlite:///"),
    ("[1]", "应当写成"), ("12", "应当写成"),
])  # fmt: skip
def test_addresses_that_cannot_be_used(tmp_path, url, word):
    said = refused(described(tmp_path, url), word, "台账库.yaml 第2行 url")
    assert "reader" not in said


@pytest.mark.parametrize(("text", "words"), [
    ("kind: databases\nurl: sqlite:///a.db\nquery: SELECT 1", ["第1行 kind", "kind: database"]),
    ("kind: database\nurl: sqlite:///a.db\nqueri: SELECT 1", ["第3行 queri", "是不是“queries”"]),
    ("kind: database\nurl: sqlite:///a.db", ["queries"]),
    ("kind: database\nurl: sqlite:///a.db\nquery: SELECT 1\nqueries: {a: SELECT 1}", ["queries"]),
    ("kind: database\nurl: sqlite:///a.db\nqueries: {}", ["第3行 queries"]),
    ("kind: database\nurl: sqlite:///a.db\nqueries: {a: UPDATE x}", ["第3行 queries.a", "SELECT 或 WITH"]),
    ("kind: database\nurl: sqlite:///a.db\nquery: SELECT 1\npassword: x", ["第4行", "NIANBAO_DATABASE_PASSWORD"]),
    ("kind: database\nurl: sqlite:///a.db\nquery:", ["第3行 query"]),
    ("kind: database\nurl: sqlite:///a.db\nquery: SELECT 1\ntimeout: 0\nyear: 25", ["第4行 timeout", "第5行 year"]),
])  # fmt: skip
def test_mistakes_in_the_description(tmp_path, text, words):
    (tmp_path / "库.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInput) as broken:
        read([tmp_path / "库.yaml"], 2025)
    assert all(word in str(broken.value) for word in words), str(broken.value)


def test_quotes_and_comments_are_no_statements(tmp_path, reader):
    lite(tmp_path, RIGHT)
    filled(reader, RIGHT)
    query = "-- 台账; DROP\n/* ; */ " + QUERY.replace("FROM", ", 'a;b''c' AS \"x;y\" FROM") + " ; -- 完"
    for url in ("sqlite:///台账.db", reader.url()):
        assert counted(described(tmp_path, url, query)).figures["requests.new.total"].value == 1


def test_a_database_without_a_description_says_what_to_write(tmp_path):
    path = lite(tmp_path)
    for name in ("台账.db", "年报.html", "年报"):
        path = path.rename(tmp_path / name)
        with pytest.raises(UnusableInput, match=r"applications.*kind: database"):
            read([path])


def test_it_merges_with_last_years_report_and_with_this_years_dossier(tmp_path):
    lite(tmp_path, RIGHT)
    for year in (2024, 2025):
        text = f"unit: {{name: 小河镇人民政府, self: 我镇, level: township}}\nyear: {year}\n"
        text += "figures: {requests: {carried_out: {total: 0}, new: {total: 2}}}\n"
        (tmp_path / f"{year}.yaml").write_text(text, encoding="utf-8")
    got = read([described(tmp_path, "sqlite:///台账.db", more="year: 2025\n"), tmp_path / "2024.yaml"])
    assert (got.year, got.unit.name, got.value("prior.requests.new.total")) == (2025, "小河镇人民政府", 2)
    assert got.value("requests.new.total") == 1
    got = read([described(tmp_path, "sqlite:///台账.db"), tmp_path / "2025.yaml"])
    assert [one.where for one in got.provenance["requests.new.total"].candidates][1].startswith("台账.db“查询”")
    with pytest.raises(UnusableInput, match="--year"):
        read([described(tmp_path, "sqlite:///台账.db")])
    with pytest.raises(UnusableInput, match="2025年度"):
        read([described(tmp_path, "sqlite:///台账.db", more="year: 2025\n")], 2024)


def test_the_sample_ledger_is_counted_the_same(tmp_path):
    sample = next(path for path in LEDGERS if path.suffix == ".csv")
    with sample.open(encoding="utf-8-sig", newline="") as file:
        _title, head, *rows = csv.reader(file)
    with closing(sqlite3.connect(tmp_path / "台账.db")) as made, made:
        made.execute("CREATE TABLE sample ({})".format(", ".join(f'"{name}"' for name in head)))
        made.executemany(f"INSERT INTO sample VALUES ({', '.join('?' * len(head))})", rows)
    part = counted(described(tmp_path, "sqlite:///台账.db", "SELECT * FROM sample"))
    assert part.figures == read_ledger(sample, 2025).figures
