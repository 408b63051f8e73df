"""Drafting against a real server: all sections at once, kept answers, the office's policy, and what is recorded."""

import asyncio
import json

import pytest
from pydantic import SecretStr

from nianbao.drafting.model.prompt import MODEL_SECTIONS, messages_for, system_message
from nianbao.drafting.model.scripted import Compliant, Stubborn
from nianbao.drafting.model.slots import slots_of
from nianbao.errors import NotAllowed, Transport
from nianbao.facts import fact_table
from nianbao.reading import read
from nianbao.review.editions import save
from nianbao.settings import ModelSettings
from tasks.plain import checked_report, draft_sections, model_drafts
from tests.drafting.fault_server import Answer, error
from tests.drafting.model.offices import SAMPLES, sample

KEY = "sk-recognisable-4711"


def by(model):
    """The server's answers, by a scripted model that sees what was sent."""
    return lambda body: model.text(body["messages"])


@pytest.fixture
def known(server):
    return ModelSettings(base_url=server.url, model="scripted", api_key=SecretStr(KEY), retries=0)


def calls(server):
    return len(server.requests)


@pytest.mark.parametrize(("limit", "most"), [(3, 3), (1, 1)])
def test_three_sections_are_asked_at_once_within_the_limit(server, known, tmp_path, limit, most):
    server.replies, server.latency = by(Compliant()), 0.3
    sections = draft_sections(sample(), known.model_copy(update={"limit": limit}), tmp_path)
    assert (server.most_at_once, calls(server)) == (most, 3)
    assert [s.id for s in sections] == ["opening", "summary", "problems", "other"]
    assert {a.section for s in sections for a in s.attempts} == set(MODEL_SECTIONS)


def test_what_was_asked_before_is_not_asked_again(server, known, tmp_path):
    server.replies = by(Compliant())
    first = draft_sections(sample(), known, tmp_path)
    again = draft_sections(sample(), known, tmp_path)
    assert calls(server) == 3
    assert all(a.recalled for s in again for a in s.attempts)
    assert [s.text for s in first] == [s.text for s in again]


def test_only_sections_whose_question_changed_are_asked(server, known, tmp_path):
    server.replies = by(Compliant())
    one = sample()
    draft_sections(one, known, tmp_path)
    unseen = one.model_copy(update={"contact": one.contact.model_copy(update={"phone": "0000-7777777"})})
    draft_sections(unseen, known, tmp_path)
    assert calls(server) == 3
    before = one.prior_year.sections.model_copy(update={"summary": "上年的情况另有文字。"})
    one = one.model_copy(update={"prior_year": one.prior_year.model_copy(update={"sections": before})})
    draft_sections(one, known, tmp_path)
    assert calls(server) == 4  # only 总体情况 is shown last year's 总体情况
    figures = dict(one.figures) | {
        "requests.granted.total": one.figures["requests.granted.total"].model_copy(update={"value": 17})
    }
    draft_sections(one.model_copy(update={"figures": figures}), known, tmp_path)
    assert calls(server) == 7  # the materials are the same for all three, and they changed


def test_repairs_are_kept_too(server, known, tmp_path):
    server.replies = by(Stubborn())
    draft_sections(sample(), known, tmp_path)
    draft_sections(sample(), known, tmp_path)
    assert calls(server) == 9


def test_a_run_killed_between_calls_pays_for_none_twice(server, known, tmp_path):
    """The first two answers come, the third call dies with the process; the next run asks for that one only."""
    answered = 0

    def dying(body):
        nonlocal answered
        answered += 1
        return Compliant().text(body["messages"]) if answered <= 2 else Answer(status=500, body="x")

    server.replies = dying
    with pytest.raises(Transport):
        model_drafts(["summary", "problems"], sample(), known, tmp_path, lambda: asyncio.Semaphore(1), give_up=False)
    server.replies = by(Compliant())
    draft_sections(sample(), known, tmp_path)
    assert calls(server) == 4
    assert not list((tmp_path / ".model").glob("*.part"))


def test_a_half_written_answer_is_asked_for_again(server, known, tmp_path):
    server.replies = by(Compliant())
    draft_sections(sample(), known, tmp_path)
    kept = sorted((tmp_path / ".model").glob("*.json"))
    kept[0].write_text(kept[0].read_text("utf-8")[:40], encoding="utf-8")
    draft_sections(sample(), known, tmp_path)
    assert calls(server) == 4


def test_a_server_that_does_not_answer_leaves_a_correct_report_that_says_so(server, known, tmp_path):
    server.replies = lambda body: error(503, "busy")
    one = sample()
    report = checked_report(one, draft_sections(one, known, tmp_path))
    assert {f.rule for f in report.findings if f.severity == "warning"} == {"DR-01"}
    assert "新收政府信息公开申请53件" in report.section("summary").text
    assert not report.barred_by
    assert len(report.stood_in) > 10


def test_without_a_setting_no_server_is_touched(server, tmp_path):
    draft_sections(sample(), ModelSettings(), tmp_path)
    assert calls(server) == 0
    assert not (tmp_path / ".model").exists()


def test_a_text_that_the_dossier_brings_is_not_drafted_again(server, known, tmp_path):
    server.replies = by(Compliant())
    draft_sections(read([SAMPLES / "yuecun-2020.txt"]), known, tmp_path)
    assert calls(server) == 0


def test_private_data_stops_before_a_public_server_and_warns_before_a_local_one(server, known, tmp_path):
    one = sample()
    spoken = one.statements[0].model_copy(update={"text": "接待申请人，联系电话13800138000"})
    one = one.model_copy(update={"statements": (spoken, *one.statements[1:])})
    server.replies = by(Compliant())
    report = checked_report(one, draft_sections(one, known, tmp_path))
    assert [f for f in report.findings if f.rule == "DR-03"]
    away = known.model_copy(update={"base_url": "https://203.0.113.9/v1", "policy": "public"})
    with pytest.raises(NotAllowed, match="没有发送"):
        draft_sections(one, away, tmp_path / "other")


def test_a_public_address_is_refused_by_default(tmp_path):
    away = ModelSettings(base_url="https://203.0.113.9/v1", model="m")
    with pytest.raises(NotAllowed):
        draft_sections(sample(), away, tmp_path)


def test_the_key_is_in_no_file_of_a_run(server, known, tmp_path):
    server.replies = by(Stubborn())
    one = sample()
    save(checked_report(one, draft_sections(one, known, tmp_path)), tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert KEY.encode() not in path.read_bytes(), path
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps([request.body for request in server.requests])


def test_the_shared_message_is_the_same_to_the_byte_and_first(server, known, tmp_path):
    server.replies = by(Compliant())
    one = sample()
    draft_sections(one, known, tmp_path)
    sent = [request.body["messages"] for request in server.requests]
    assert len({m[0]["content"] for m in sent}) == 1
    assert sent[0][0] == {"role": "system", "content": system_message(one, slots_of(one, fact_table(one)))}
    assert all([m["role"] for m in messages] == ["system", "user"] for messages in sent)
    raw = [request.raw for request in server.requests]
    shared = raw[0].index(b'"role": "user"') if b'"role": "user"' in raw[0] else raw[0].index(b'"role":"user"')
    assert raw[0][:shared] == raw[1][:shared] == raw[2][:shared]


def test_no_value_reaches_the_model_but_slots_and_last_years_words():
    """Sources, contact, fees and cells outside the slots are not sent."""
    one = sample()
    slots = slots_of(one, fact_table(one))
    said = "".join(m["content"] for section in MODEL_SECTIONS for m in messages_for(section, one, slots))
    for secret in (one.contact.address, one.contact.phone, one.statements[0].source, "收费通知2件"):
        assert secret not in said
    before = one.prior_year.sections.summary
    assert before[5:30] in said
    assert "402条" not in said  # last year's figures are masked
