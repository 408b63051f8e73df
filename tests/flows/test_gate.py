"""The review gate on a real server: what is published is what was approved."""

from __future__ import annotations

import json
import shutil

import pytest

from nianbao.review.editions import accept, history, load
from tests.flows.conftest import SAMPLES

pytestmark = pytest.mark.slow


@pytest.fixture
def source(tmp_path):
    for path in SAMPLES.glob("qingshi-*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path / "qingshi-shuiwuju-2025.yaml"


def edition(out):
    return next(path for path in out.iterdir() if (path / "edition.json").exists())


def published(folder):
    path = folder / "published" / "approval.json"
    return json.loads(path.read_text("utf-8"))["digest"] if path.exists() else None


def edit(folder):
    path = folder / "narrative.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("。", "，均已完成。", 1), encoding="utf-8")
    return accept(path)


def test_approved_text_is_published_and_the_form_is_chinese(runs, source, tmp_path):
    run = runs.start(source, tmp_path / "out")
    state = runs.advance(run)
    assert state.name == "Suspended"
    folder = edition(tmp_path / "out")
    asked = load(folder).digest
    assert state.state_details.pause_key == f"review-1-{asked[:12]}"
    assert published(folder) is None
    assert asked[:12] in runs.form(run)
    assert "待审阅，第1轮" in runs.client.read_flow_run(run).name
    keys = state.state_details.run_input_keyset
    schema = json.loads(runs.client.read_flow_run_input(run, keys["schema"]))
    assert [schema["properties"][name]["title"] for name in ("decision", "reviewer", "comment")] == [
        "结论",
        "审阅人",
        "意见",
    ]
    assert runs.answer(run, "通过").name == "Completed"
    assert published(folder) == asked
    done = [one for one in runs.tasks(run) if one.name.startswith(("核对", "起草"))]
    assert sum(one.state.name == "Cached" for one in done) == len(done) / 2  # none was done twice
    assert len(done) == 12


def test_the_graph_of_a_run_shows_what_each_step_rests_on_and_no_more(runs, source, tmp_path):
    run = runs.start(source, tmp_path / "out")
    runs.advance(run)
    done = runs.tasks(run)
    names = {one.id: one.name for one in done}
    rests_on = {
        one.name: {
            names[given.id] for key in one.task_inputs.values() for given in key if given.input_type == "task_run"
        }
        for one in done
    }
    drafts = {name for name in rests_on if name.startswith("起草")}
    assert len(drafts) == 4
    assert all(rests_on[name] == {"读取资料"} for name in drafts | {"核对数据"})
    assert rests_on["核对文字与数据"] == {"读取资料"} | drafts
    assert rests_on["生成文稿"] == {"核对文字与数据"}


def test_an_edit_while_waiting_is_asked_about_before_it_is_published(runs, source, tmp_path):
    run = runs.start(source, tmp_path / "out")
    runs.advance(run)
    folder = edition(tmp_path / "out")
    first = load(folder).digest
    edited = edit(folder).digest
    assert edited != first
    state = runs.answer(run, "通过")
    assert state.name == "Suspended"
    assert published(folder) is None
    assert "又改动过" in runs.form(run)
    assert state.state_details.pause_key == f"review-2-{edited[:12]}"
    assert runs.answer(run, "通过").name == "Completed"
    assert published(folder) == edited == load(folder).digest


def test_sent_back_then_edited(runs, source, tmp_path):
    run = runs.start(source, tmp_path / "out")
    runs.advance(run)
    folder = edition(tmp_path / "out")
    assert runs.answer(run, "退回", "请补充培训情况").name == "Suspended"
    assert "请补充培训情况" in runs.form(run)
    returned = [entry for entry in history(folder) if entry["decision"] == "returned"]
    assert [entry["comment"] for entry in returned] == ["请补充培训情况"]


def test_errors_bar_an_approval_and_say_why(runs, tmp_path, source):
    run = runs.start(source.with_name("qingshi-broken-2025.yaml"), tmp_path / "out")
    assert runs.advance(run).name == "Suspended"
    assert runs.answer(run, "通过").name == "Suspended"
    assert "没有解决" in runs.form(run)
    assert published(edition(tmp_path / "out")) is None


def test_a_second_resume_and_a_retry_publish_nothing_unapproved(runs, source, tmp_path):
    from prefect.states import AwaitingRetry

    run = runs.start(source, tmp_path / "out")
    runs.advance(run)
    folder = edition(tmp_path / "out")
    assert runs.answer(run, "通过").name == "Completed"
    approved = published(folder)
    again = runs.client.resume_flow_run(run, run_input={"decision": "通过", "reviewer": "另一人", "comment": ""})
    assert again.status.value != "ACCEPT"
    edited = edit(folder).digest
    runs.client.set_flow_run_state(run, AwaitingRetry(), force=True)
    runs.advance(run)
    assert published(folder) == approved != edited


def test_a_wrong_answer_is_refused_and_the_run_still_waits(runs, source, tmp_path):
    run = runs.start(source, tmp_path / "out")
    runs.advance(run)
    wrong = runs.client.resume_flow_run(run, run_input={"decision": "也许", "reviewer": "审阅人"})
    assert wrong.status.value == "REJECT"
    assert runs.client.read_flow_run(run).state.name == "Suspended"


def test_a_failed_run_names_the_source_and_what_to_do(runs, tmp_path):
    run = runs.start(tmp_path / "没有.yaml", tmp_path / "out")
    state = runs.advance(run)
    assert state.name == "Failed"
    assert "没有.yaml：找不到这个文件" in state.message


def test_all_mistakes_of_a_source_stand_in_the_failed_state(runs, source, tmp_path):
    source.write_text(source.read_text("utf-8").replace("total: 53}", "total: 五十三}"), encoding="utf-8")
    state = runs.advance(runs.start(source, tmp_path / "out"))
    assert state.name == "Failed"
    assert [line.split()[0] for line in state.message.splitlines()] == [source.name] * 2
