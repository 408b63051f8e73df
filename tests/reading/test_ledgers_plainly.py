"""The fast reading of ledgers against the plain one: row by row, day by day, with nothing kept."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.reading.ledgers import _requests, read_ledger
from nianbao.reading.ledgers._dates import _at_work, _free
from nianbao.reading.ledgers._numbers import Numbers

HEAD = ("登记编号", "收到日期", "申请人类型", "办理结果", "理由", "答复日期", "申请方式", "是否延期", "答复期限")
ROOT = Path(__file__).resolve().parents[2]
KINDS = {"自然人": "natural_person", "企业": "business", "律所": "legal_service"}
RESULTS = {
    ("予以公开", ""): "granted",
    ("区分处理", ""): "partial",
    ("不予公开", "国家秘密"): "refused_state_secret",
    ("信息不存在", ""): "unavailable_not_held",
}
CHANNELS = {"网上": "online", "邮寄": "letter", "当面": "in_person"}
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
DAYS = st.dates(dt.date(2024, 12, 1), dt.date(2026, 1, 31))
TRIES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def clean_rows(draw, number):
    """One row without a fault: of the year, or still open at its beginning."""
    start = draw(st.dates(dt.date(2024, 12, 1), LAST))
    end = draw(st.none() | st.dates(max(start, FIRST), dt.date(2026, 1, 31)))
    result, ground = draw(st.sampled_from(list(RESULTS))) if end else ("", "")
    kind, channel = draw(st.sampled_from(list(KINDS))), draw(st.sampled_from(list(CHANNELS)))
    due = draw(st.none() | DAYS)
    said = [f"2025-{number}", start, kind, result, ground, end or "", channel, draw(st.sampled_from(["", "是"]))]
    return [str(cell) for cell in (*said, due or "")]


def ledger(folder, rows, head=HEAD):
    path = folder / "台账2025.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return read_ledger(path, 2025)


def at_work(day):
    return day.toordinal() in _at_work() or (day.weekday() < 5 and day.toordinal() not in _free())


def working_days(start, end):
    return sum(at_work(start + dt.timedelta(n)) for n in range(1, (end - start).days + 1))


def ratio(part, whole, step):
    return (Decimal(part) / whole).quantize(Decimal(step), ROUND_HALF_UP)


def plainly(rows):
    """The cells that are not 0, and the supplementary figures."""
    cells, channels, lengths, work, late = Counter(), Counter(), [], [], 0
    for _, received, kind, result, ground, answered, channel, extended, due in rows:
        start = dt.date.fromisoformat(received)
        end = dt.date.fromisoformat(answered) if answered else dt.date.max
        row = "new" if start >= FIRST else "carried_in"
        outcome = RESULTS[result, ground] if end <= LAST else "carried_out"
        for one in (row, outcome, *(["total_handled"] if end <= LAST else [])):
            cells[f"requests.{one}.{KINDS[kind]}"] += 1
            cells[f"requests.{one}.total"] += 1
        if row == "new":
            channels["requests_by_" + CHANNELS[channel]] += 1
        if end <= LAST:
            lengths.append((end - start).days)
            work.append(working_days(start, end))
            limit = 40 if extended else 20
            late += end > dt.date.fromisoformat(due) if due else work[-1] > limit
    told = dict(channels)
    if lengths:
        told |= {"answered_on_time": len(lengths) - late, "answered_late": late}
        told["on_time_rate"] = ratio(100 * (len(lengths) - late), len(lengths), "0.01")
        told["average_working_days"] = ratio(sum(work), len(work), "0.1")
        told["average_calendar_days"] = ratio(sum(lengths), len(lengths), "0.1")
    return dict(cells), told


@TRIES
@given(data=st.data(), count=st.integers(0, 12), shuffled=st.booleans())
def test_clean_rows_are_counted_as_by_hand(tmp_path, data, count, shuffled):
    rows = [data.draw(clean_rows(n)) for n in range(count)]
    if shuffled:
        rows = data.draw(st.permutations(rows))
    part = ledger(tmp_path, rows)
    cells, told = plainly(rows)
    assert {a: c.value for a, c in part.figures.items() if c.value != 0} == cells
    assert {item["id"]: item["value"] for item in part.supplementary} == told
    assert [note.code for note in part.notes] == ["encoding"] + (["empty"] if not rows else [])


_ENTRY = st.sampled_from(
    ["", "坏", "自然人", "企业", "予以公开", "不予公开", "国家秘密", "2025-05-05", "2026-01-02", "是"]
)
_ROWS = st.lists(st.lists(_ENTRY, min_size=0, max_size=len(HEAD) + 1).map(lambda row: ["7", *row]) | st.just([""] * 3))


@TRIES
@given(rows=_ROWS, missing=st.sets(st.sampled_from(["登记编号", "理由", "申请方式", "是否延期", "答复期限"])))
def test_it_is_the_same_however_many_rows_are_taken_at_once(tmp_path, monkeypatch, rows, missing):
    kept = [at for at, name in enumerate(HEAD) if name not in missing]
    rows = [[row[at] for at in kept if at < len(row)] for row in rows]
    found = []
    for at_once in (1, 3, 128):
        with monkeypatch.context() as few:
            few.setattr(_requests, "_AT_ONCE", at_once)
            found.append(ledger(tmp_path, rows, [HEAD[at] for at in kept]))
    assert found[0] == found[1] == found[2]


def test_the_place_of_a_doubtful_row_is_right_far_down_behind_empty_and_short_ones(tmp_path):
    right = ["2025-03-03", "自然人", "予以公开", "", "2025-03-20"]
    rows = [[f"{n:04}", *right] for n in range(300)]
    rows[5] = rows[200] = ["", "", "", "", "", ""]
    rows[7] = ["0007", "2025-03-03", "自然人"]
    rows[250] = ["0250", "2025-03-03", "外星人", *right[2:]]
    rows[299] = ["0010", *right]
    part = ledger(tmp_path, rows, HEAD[:6])
    told = {note.code: note.where for note in part.notes}
    assert told["applicant"].endswith("第252行（编号0250）")
    assert told["duplicate"].endswith("第301行（编号0010）")
    assert part.provenance["requests.new.total"].place.endswith("共298行）")
    assert part.figures["requests.carried_out.natural_person"].value == 1


@given(
    numbers=st.lists(st.text("ab", max_size=3) | st.integers(0, 30) | st.none(), max_size=30), at_once=st.integers(1, 5)
)
def test_numbers_that_stand_twice_are_found_in_any_order(numbers, at_once):
    found = Numbers()
    for at in range(0, len(numbers), at_once):
        found.add(numbers[at : at + at_once])
    times = Counter(hash(number) for number in numbers if number)
    assert found.twice() == {one for one, count in times.items() if count > 1}


def test_numbers_in_order_cost_no_sorting():
    found = Numbers()
    found.add(["2025-001", "2025-002", ""])
    found.add(["2025-003"])
    assert found.rising
    found.add(["2025-003"])
    assert not found.rising


def test_a_ledger_waits_for_none_of_the_other_readers(tmp_path):
    """What the command imports to read a csv ledger, in a process of its own."""
    ledger(tmp_path, [["1", "2025-03-03", "自然人", "予以公开", "", "2025-03-20", "网上", "", ""]])
    code = (
        "import sys; from flows.command import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    read = ["read", str(tmp_path / "台账2025.csv"), "-o", str(tmp_path / "底稿.yaml")]
    done = subprocess.run([sys.executable, "-c", code, *read], cwd=ROOT, check=True, capture_output=True, text=True)
    heavy = ("numpy", "prefect", "openai", "sqlalchemy", "sqlite3", "lxml", "pdfplumber", "openpyxl", "rapidfuzz")
    assert [name for name in (*heavy, "asyncio", "pydantic_settings") if f"'{name}'" in done.stdout] == []
