"""`nianbao check`: the contract of --json and --jsonl, exit status, and what a person sees."""

from __future__ import annotations

import io
import json

import pytest

from flows.claims import answers
from flows.command import app, main
from flows.terminal import print_claims
from nianbao.checking import check_text
from nianbao.reading.dossier_file import load_dossier
from tests.flows.conftest import SAMPLES

SAMPLE = SAMPLES / "qingshi-shuiwuju-2025.yaml"
TEXT = "2025年，我局新收政府信息公开申请53件。办结54件。举办座谈会3次。"


def run(monkeypatch, capsys, *arguments, stdin=""):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
    with pytest.raises(SystemExit) as end:
        main([str(a) for a in arguments])
    told = capsys.readouterr()
    return end.value.code, told.out, told.err


def test_json_is_the_contract(monkeypatch, capsys, tmp_path):
    path = tmp_path / "文字.txt"
    path.write_text(TEXT, encoding="utf-8")
    status, out, err = run(monkeypatch, capsys, "check", path, "--dossier", SAMPLE, "--json")
    claims = json.loads(out)["claims"]
    assert (status, err) == (1, "")
    assert all(TEXT[c["start"] : c["end"]] == c["text"] for c in claims)
    assert {c["verdict"] for c in claims} == {"supported", "contradicted", "unverified"}
    keys = {"start", "end", "text", "verdict", "facts", "expected", "reason"}
    assert all(set(c) == keys for c in claims)


def test_standard_input_and_a_clean_text_give_status_0(monkeypatch, capsys):
    status, out, _ = run(monkeypatch, capsys, "check", "-", "--dossier", SAMPLE, stdin="新收申请53件。")
    assert status == 0
    assert "已核对 1 处，矛盾 0 处，未能核对 0 处" in out


def test_a_person_sees_the_text_and_what_is_wrong_with_it(monkeypatch, capsys):
    status, out, _ = run(monkeypatch, capsys, "check", "-", "--dossier", SAMPLE, stdin=TEXT)
    assert status == 1
    assert out.startswith(TEXT)
    assert "[矛盾] 第1行第23字“办结54件”" in out
    assert "[未能核对]" in out


def test_lines_are_answered_one_by_one_and_a_bad_one_stops_nothing(monkeypatch, capsys):
    lines = [
        {"id": "a", "text": "新收申请53件。", "dossier": str(SAMPLE)},
        {"id": "b", "text": "新收申请54件。", "dossier": str(SAMPLE)},
        {"id": "c", "text": "新收申请54件。", "dossier": "没有.yaml"},
        {"id": "d", "text": 5, "dossier": str(SAMPLE)},
    ]
    stdin = "\n".join([*(json.dumps(line) for line in lines), "不是 JSON", "", "[1]"])
    status, out, err = run(monkeypatch, capsys, "check", "--jsonl", stdin=stdin)
    told = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (1, "")
    assert [one["id"] for one in told] == ["a", "b", "c", "d", 5, 7]
    assert [one["claims"][0]["verdict"] for one in told[:2]] == ["supported", "contradicted"]
    assert all("\u4e00" <= one["error"][0] <= "\u9fff" or "没有" in one["error"] for one in told[2:])


def test_one_dossier_may_serve_all_lines():
    (answer,) = answers(['{"text": "新收申请53件。"}'], str(SAMPLE))
    assert (answer["id"], answer["claims"][0]["verdict"]) == (1, "supported")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "-"],
        ["check", "没有.txt", "--dossier", SAMPLE],
        ["check", "-", "--dossier", "没有.yaml"],
        ["check", "文字.txt", "--jsonl"],
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(arguments, monkeypatch, capsys):
    status, out, err = run(monkeypatch, capsys, *arguments)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_the_marked_text_is_the_given_one(capsys):
    claims = check_text(TEXT, load_dossier(SAMPLE))
    print_claims(TEXT, claims)
    assert capsys.readouterr().out.startswith(TEXT)
    assert "check" in app
