"""Ledgers: what is counted, what is doubtful, and that nothing is dropped without a word."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.errors import UnusableInput
from nianbao.reading import read
from nianbao.reading.ledgers import read_ledger
from nianbao.reading.ledgers._dates import BAD, BLANK, WorkingDays, day
from nianbao.reading.ledgers._words import books

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
SAMPLE = read([SAMPLES / "qingshi-shuiwuju-2025.yaml"])
LEDGERS = sorted(SAMPLES.glob("*台账.*"))
HEAD = ["登记编号", "收到日期", "申请人类型", "办理结果", "理由", "答复日期"]
RIGHT = ["1", "2025-03-03", "自然人", "予以公开", "", "2025-03-20"]


def ledger(folder, *rows, head=HEAD, encoding="utf-8-sig", year=2025):
    path = folder / "台账.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return read_ledger(path, year)


def value(part, address):
    return part.figures[f"requests.{address}"].value


def codes(part):
    return [note.code for note in part.notes if note.code != "encoding"]


def test_the_sample_ledgers_add_up_to_the_sample_dossier():
    got = read(LEDGERS, 2025)
    assert [note for note in got.reading if note.severity in ("error", "warning") and note.code != "unit"] == []
    told = {a: c.value for a, c in SAMPLE.figures.items() if a.split(".")[0] != "disclosure"}
    assert {a: got.value(a) for a in told} == told
    for address in ("licences.decisions", "penalties.decisions", "normative_documents.in_force"):
        assert got.value(f"disclosure.{address}") == SAMPLE.value(f"disclosure.{address}")
    assert got.value("disclosure.regulations.issued") is None  # no list names one: not known, not 0
    assert next(s.value for s in got.supplementary if s.id == "answered_on_time") == 53
    assert all(got.provenance[address].file for address in got.figures)


def test_the_sample_ledgers_agree_with_the_sample_dossier_when_merged():
    got = read([SAMPLES / "qingshi-shuiwuju-2025.yaml", *LEDGERS])
    assert got.figures == SAMPLE.figures
    assert not any(origin.candidates for origin in got.provenance.values())


@pytest.mark.parametrize("kind", ["applicant", "result", "channel"])
def test_every_word_of_the_mapping_is_one_category(kind):
    book = books()[0]
    said = [word for words in book.data[kind].values() for word in words]
    assert len(said) == len(set(said))


def test_a_clean_row_counts_and_the_rest_is_zero(tmp_path):
    part = ledger(tmp_path, RIGHT)
    assert codes(part) == []
    assert value(part, "new.natural_person") == value(part, "granted.total") == value(part, "total_handled.total") == 1
    assert value(part, "carried_out.total") == value(part, "refused_law.business") == 0


@pytest.mark.parametrize(("row", "code", "blank", "known"), [
    (["2", "2025-03-03", "外星人", "予以公开", "", "2025-03-20"], "applicant", "granted.business",
     ("granted.total", 2)),
    (["2", "2025-02-30", "自然人", "予以公开", "", "2025-03-20"], "date", "new.total", ("granted.total", 2)),
    (["2", "2025-03-03", "自然人", "不予公开", "", "2025-03-20"], "result", "refused_law.total", ("granted.total", 1)),
    (["2", "2025-03-03", "自然人", "瞎写", "", "2025-03-20"], "result", "granted.total", ("total_handled.total", 2)),
    (["2", "2025-03-03", "自然人", "", "", "2025-03-20"], "no_result", "granted.total", ("new.total", 2)),
    (["2", "2025-03-03", "自然人", "予以公开", "", ""], "date", "carried_out.total", ("new.total", 2)),
    (["2", "2025-03-20", "自然人", "予以公开", "", "2025-03-03"], "date", "granted.total", ("new.total", 2)),
    (["1", "2025-03-03", "自然人", "予以公开", "", "2025-03-20"], "duplicate", "new.total", ("carried_in.total", 0)),
    (["2", "2024-03-03", "自然人", "予以公开", "", "2024-03-20"], "other_year", None, ("new.total", 1)),
    (["2", "2026-01-03", "自然人", "", "", ""], "other_year", None, ("new.total", 1)),
])  # fmt: skip
def test_a_doubtful_row_is_listed_and_leaves_blank_what_it_could_change(tmp_path, row, code, blank, known):
    part = ledger(tmp_path, RIGHT, row)
    assert codes(part) == [code]
    assert "第3行" in next(note for note in part.notes if note.code == code).where
    assert blank is None or value(part, blank) is None
    assert value(part, known[0]) == known[1]


@pytest.mark.parametrize(("result", "ground", "row"), [
    ("（二）部分公开", "", "partial"), ("区分处理", "", "partial"), ("予以公开、不予公开", "", "partial"),
    ("（三）不予公开", "1.属于国家秘密", "refused_state_secret"), ("不予公开（过程性信息）", "", "refused_process"),
    ("信息不存在", "", "unavailable_not_held"), ("其他处理", "逾期不补正", "other_no_correction"),
    ("撤回申请", "", "other_misc"), ("其他处理", "其他", "other_misc"), ("不予处理-重复申请", "", "declined_repeat"),
])  # fmt: skip
def test_the_usual_words_for_results(tmp_path, result, ground, row):
    part = ledger(tmp_path, ["1", "2025/3/3", "公民", result, ground, "2025年3月20日"])
    assert codes(part) == []
    assert value(part, f"{row}.natural_person") == 1
    assert value(part, "total_handled.total") == 1


def test_the_edition_of_2019_has_one_row_for_other(tmp_path):
    part = ledger(tmp_path, ["1", "2020-03-03", "公民", "撤回申请", "", "2020-03-20"], year=2020)
    assert value(part, "other.natural_person") == 1


def test_carried_in_and_out(tmp_path):
    part = ledger(tmp_path, ["1", "2024-12-20", "企业", "公开", "", "2025-01-10"],
                  ["2", "2025-12-20", "律所", "办理中", "", ""],
                  ["3", "2025-12-20", "律所", "公开", "", "2026-01-10"])  # fmt: skip
    assert (value(part, "carried_in.business"), value(part, "granted.business")) == (1, 1)
    assert (value(part, "new.legal_service"), value(part, "carried_out.legal_service")) == (2, 2)


def test_csv_of_chinese_excel_is_read_and_said(tmp_path):
    part = ledger(tmp_path, RIGHT, encoding="gb18030")
    assert value(part, "new.total") == 1
    assert "GB18030" in part.notes[0].message
    (tmp_path / "坏.csv").write_bytes(b"\xff\xff\xff,\xff")
    with pytest.raises(UnusableInput):
        read_ledger(tmp_path / "坏.csv", 2025)


def test_supplementary_figures_carry_their_source_and_fall_with_a_doubt(tmp_path):
    head = [*HEAD, "申请方式", "是否延期"]
    late = ["2", "2025-03-03", "自然人", "予以公开", "", "2025-04-30", "信函", "否"]
    extended = ["3", "2025-03-03", "自然人", "予以公开", "", "2025-04-21", "当面", "是"]
    part = ledger(tmp_path, [*RIGHT, "网络", ""], late, extended, head=head)
    told = {item["id"]: str(item["value"]) for item in part.supplementary}
    assert told["answered_on_time"] == "2"
    assert told["answered_late"] == "1"
    assert told["on_time_rate"] == "66.67"
    assert told["average_calendar_days"] == "41.3"
    assert (told["requests_by_online"], told["requests_by_letter"], told["requests_by_in_person"]) == ("1", "1", "1")
    assert all("台账.csv" in item["source"] for item in part.supplementary)
    bad = ["4", "坏", "自然人", "予以公开", "", "2025-04-21", "当面", "是"]
    assert ledger(tmp_path, [*RIGHT, "网络", ""], bad, head=head).supplementary == []


def test_working_days_follow_the_published_calendar():
    days = WorkingDays(2025)
    at = {
        text: dt.date.fromisoformat(text).toordinal()
        for text in ("2025-01-27", "2025-02-05", "2025-02-08", "2025-10-09")
    }
    assert days.between(at["2025-01-27"], at["2025-02-05"]) == 1
    assert days.between(at["2025-02-05"], at["2025-02-08"]) == 3
    assert days.between(at["2025-10-09"], at["2025-10-09"]) == 0
    assert WorkingDays(2099).between(1, 2) is None


@pytest.mark.parametrize(("said", "found"), [
    ("2025-3-3", "2025-03-03"), ("2025年3月3日", "2025-03-03"), ("20250303", "2025-03-03"),
    (dt.datetime(2025, 3, 3, 9), "2025-03-03"), (45719.0, "2025-03-03"), ("2025-02-30", BAD),
    ("三月", BAD), ("", BLANK), (None, BLANK),
])  # fmt: skip
def test_dates_as_ledgers_write_them(said, found):
    assert day(said) == (dt.date.fromisoformat(found).toordinal() if isinstance(found, str) else found)


CASES = ["案号", "案件类型", "是否经复议", "收案日期", "结果", "结案日期"]


@pytest.mark.parametrize(("row", "known", "blank"), [
    (["1", "复议", "", "2025-02-03", "驳回", "2025-04-03"], {"review.upheld": 1, "review.total": 1}, []),
    (["1", "诉讼", "是", "2024-02-03", "审理中", ""], {"suit_after_review.pending": 1, "direct_suit.total": 0}, []),
    (["1", "诉讼", "", "2025-02-03", "撤诉", "2025-04-03"], {"review.total": 0},
     ["direct_suit.other", "suit_after_review.total"]),
    (["1", "复议", "", "2025-02-03", "瞎写", "2025-04-03"], {"review.total": 1}, ["review.upheld", "review.pending"]),
    (["1", "复议", "", "2023-02-03", "维持", "2024-04-03"], {"review.total": 0}, []),
])  # fmt: skip
def test_cases_into_table_four(tmp_path, row, known, blank):
    part = ledger(tmp_path, row, head=CASES)
    assert {a: part.figures[f"remedies.{a}"].value for a in known} == known
    assert all(part.figures[f"remedies.{a}"].value is None for a in blank)


def test_a_column_of_free_text_is_no_thousand_notes(tmp_path):
    rows = [[f"{n}", "2025-03-03", "自然人", f"见附件{n}", "", "2025-03-20"] for n in range(1000)]
    part = ledger(tmp_path, *rows)
    assert len(part.notes) < 250
    assert "等共800行" in part.notes[-1].where
    assert value(part, "granted.total") is None
    assert value(part, "total_handled.total") == value(part, "new.total") == 1000


def test_an_empty_ledger_is_said(tmp_path):
    assert codes(ledger(tmp_path)) == codes(ledger(tmp_path, ["", "", "", "", "", ""])) == ["empty"]


def test_one_number_on_many_rows_is_one_note(tmp_path):
    (note,) = [note for note in ledger(tmp_path, *[RIGHT] * 30).notes if note.code != "encoding"]
    assert note.where.startswith("台账.csv第3行（编号1）、第4行（编号1）、")
    assert note.where.endswith("等共29行")


def test_a_table_that_is_no_ledger_is_refused(tmp_path):
    with pytest.raises(UnusableInput) as broken:
        ledger(tmp_path, ["1", "2"], head=["甲", "乙"])
    assert "表头" in broken.value.message


_ENTRY = st.sampled_from([
    "", "坏", "自然人", "企业", "其他", "予以公开", "不予公开", "不予处理", "国家秘密",
    "2025-05-05", "2024-12-30", "2026-01-02",
])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from("1234"), *[_ENTRY] * 5), max_size=6))
def test_no_row_is_lost_in_silence(tmp_path, rows):
    part = ledger(tmp_path, *rows)
    listed = any(note.code not in ("encoding", "other_year") for note in part.notes)
    new, came, handled, left = (
        value(part, f"{r}.total") for r in ("new", "carried_in", "total_handled", "carried_out")
    )
    if not listed:
        assert new + came == handled + left
        skipped = sum(n.where.count("、") + 1 for n in part.notes if n.code == "other_year")
        assert new + came == len(rows) - skipped
    for column in ("natural_person", "total"):
        cells = [value(part, f"{r}.{column}") for r in ("new", "carried_in", "total_handled", "carried_out")]
        if None not in cells and column == "total":
            assert cells[0] + cells[1] >= cells[2]
