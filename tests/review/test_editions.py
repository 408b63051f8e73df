"""Editions on real folders: revisions, edits, overrides, publication."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from nianbao.dossier import Dossier
from nianbao.errors import NianbaoError, ReviewError, UnusableInput
from nianbao.reading import read
from nianbao.report import TEXT_SECTIONS, Report
from nianbao.review.editions import accept, history, load, publish, save, send_back
from tasks.plain import checked_report, draft_section

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "qingshi-shuiwuju-2025.yaml"


def drafted(path: Path = SAMPLE) -> Report:
    return drafted_from(read([path]))


def drafted_from(dossier: Dossier) -> Report:
    return checked_report(dossier, [draft_section(name, dossier) for name in TEXT_SECTIONS])


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Path:
    return save(drafted(), tmp_path_factory.mktemp("first"))


@pytest.fixture
def folder(first, tmp_path) -> Path:
    return Path(shutil.copytree(first, tmp_path / first.name))


def edit(folder: Path, old: str, new: str) -> Path:
    path = folder / "narrative.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def some_number(folder: Path) -> str:
    """A printed figure of the narrative with its measure word, as it stands in the text."""
    total = load(folder).dossier.value("requests.new.total")
    return f"政府信息公开申请{total}件"


def test_the_sample_draft_is_clean_and_can_be_published(folder):
    report = load(folder)
    assert report.barred_by == ()
    target = publish(folder, report.digest, "审阅人")
    assert (target / "report.pdf").read_bytes() == (folder / "report.pdf").read_bytes()
    assert history(folder)[-1]["digest"] == report.digest


def test_what_is_stored_is_what_was_drafted(folder):
    assert load(folder) == drafted()


def test_the_same_draft_again_is_no_new_revision(folder):
    assert save(drafted(), folder.parent) == folder
    assert load(folder).revision == 1
    assert not (folder / "revisions").exists()


def test_an_unedited_narrative_is_no_new_revision(folder):
    before = load(folder)
    assert accept(folder / "narrative.md").digest == before.digest
    assert load(folder).revision == 1


def test_windows_line_ends_and_a_byte_order_mark_are_no_edit(folder):
    path = folder / "narrative.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    assert accept(path).revision == 1


def test_an_edit_becomes_the_next_revision_and_the_first_is_kept(folder):
    old = load(folder)
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n我局将继续听取公众意见。\n", encoding="utf-8")
    new = accept(path, by="编辑")
    assert new.revision == 2
    assert "我局将继续听取公众意见。" in (folder / "report.html").read_text(encoding="utf-8")
    kept = folder / "revisions" / "1"
    assert load(kept).digest == old.digest
    assert "听取公众意见" not in (kept / "narrative.md").read_text(encoding="utf-8")
    assert history(folder)[-1] | {"at": ""} == history(folder)[-1] | {"at": "", "decision": "accepted", "who": "编辑"}


def test_a_number_that_no_fact_carries_bars_publication_until_corrected(folder):
    path = edit(folder, some_number(folder), "政府信息公开申请987件")
    wrong = accept(path)
    assert any("987" in f.message for f in wrong.barred_by)
    with pytest.raises(ReviewError, match="没有解决"):
        publish(folder, wrong.digest, "审阅人")
    right = accept(edit(folder, "政府信息公开申请987件", some_number(folder / "revisions" / "1")))
    assert right.barred_by == ()
    assert publish(folder, right.digest, "审阅人").is_dir()


def test_an_unsupported_number_can_be_overridden_with_a_reason_by_name(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n另外，接待现场查询者513人。\n", encoding="utf-8")
    report = accept(path)
    (finding,) = report.barred_by
    with pytest.raises(ReviewError, match="理由"):
        accept(path, {finding.fingerprint: ""}, "审阅人")
    report = accept(path, {finding.fingerprint: "查阅点登记簿"}, "审阅人")
    assert report.barred_by == ()
    publish(folder, report.digest, "审阅人")
    assert "查阅点登记簿" in history(folder)[-1]["overrides"].values()


def test_an_approval_of_other_text_publishes_nothing(folder):
    old = load(folder).digest
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    accept(path)
    with pytest.raises(ReviewError, match="改动过"):
        publish(folder, old, "审阅人")
    assert not (folder / "published").exists()


def test_publishing_twice_changes_nothing(folder):
    digest = load(folder).digest
    publish(folder, digest, "审阅人")
    stamp = (folder / "published" / "approval.json").read_bytes()
    publish(folder, digest, "审阅人")
    assert (folder / "published" / "approval.json").read_bytes() == stamp
    assert [e["decision"] for e in history(folder)] == ["published"]


def test_sending_back_is_recorded(folder):
    send_back(folder, load(folder).digest, "审阅人", "请补充培训情况")
    assert history(folder)[-1]["comment"] == "请补充培训情况"


def test_a_new_run_does_not_undo_an_edit(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    edited = accept(path)
    save(drafted(), folder.parent)
    assert load(folder).digest == edited.digest


def changed(**fields) -> Report:
    """The sample's draft after a change of its dossier."""
    dossier = read([SAMPLE])
    return drafted_from(dossier.model_copy(update=fields))


def test_edits_not_yet_accepted_stay_where_the_draft_is_the_same(folder):
    edit(folder, "\n一、总体情况\n", "\n一、总体情况\n\n还没有提交的修改。\n")
    save(drafted(), folder.parent)
    assert "还没有提交的修改。" in (folder / "narrative.md").read_text(encoding="utf-8")
    assert not list(folder.glob("narrative-未采纳-*.md"))


def test_edits_not_yet_accepted_are_kept_beside_a_new_draft(folder):
    edit(folder, "\n一、总体情况\n", "\n一、总体情况\n\n还没有提交的修改。\n")
    save(changed(statements=()), folder.parent)
    (kept,) = folder.glob("narrative-未采纳-*.md")
    assert "还没有提交的修改。" in kept.read_text(encoding="utf-8")


def test_an_accepted_edit_is_kept_beside_a_draft_of_other_figures(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    accept(path)
    save(changed(statements=()), folder.parent)
    (kept,) = folder.glob("narrative-未采纳-*.md")
    assert "补充一句。" in kept.read_text(encoding="utf-8")
    assert load(folder).revision == 3


def test_a_deletion_alone_is_an_edit_that_a_new_run_leaves(folder):
    path = folder / "narrative.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(line for line in lines if not line.startswith("7月1日")), encoding="utf-8")
    edited = accept(path)
    assert edited.revision == 2
    save(drafted(), folder.parent)
    assert load(folder).digest == edited.digest


def test_findings_are_made_anew_where_only_they_change(folder):
    late = changed(published=dt.date(2026, 6, 30))
    save(late, folder.parent)
    assert load(folder).revision == 1
    assert any(f.rule == "EV-01" for f in load(folder).barred_by)


def test_publishing_does_not_trust_stored_findings(folder):
    save(changed(published=dt.date(2026, 6, 30)), folder.parent)
    stored = json.loads((folder / "edition.json").read_text("utf-8"))
    (folder / "edition.json").write_text(json.dumps(stored | {"findings": []}), encoding="utf-8")
    with pytest.raises(ReviewError, match="没有解决"):
        publish(folder, load(folder).digest, "审阅人")


def test_documents_that_a_crash_left_behind_the_text_are_made_again(folder):
    path = folder / "report.json"
    path.write_text(path.read_text("utf-8").replace(load(folder).digest, "0" * 64), encoding="utf-8")
    save(drafted(), folder.parent)
    assert load(folder).digest in path.read_text("utf-8")


def test_a_reason_for_one_sentence_does_not_cover_another(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n邀请媒体记者77人参加。\n", encoding="utf-8")
    (finding,) = accept(path).barred_by
    accept(path, {finding.fingerprint: "签到表"}, "审阅人")
    path.write_text(path.read_text(encoding="utf-8") + "\n全年接待77人。\n", encoding="utf-8")
    assert len(accept(path).barred_by) == 1


def test_the_same_reason_again_is_no_new_revision(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n邀请媒体记者77人参加。\n", encoding="utf-8")
    (finding,) = accept(path).barred_by
    first = accept(path, {finding.fingerprint: "签到表"}, "审阅人")
    assert accept(path, {finding.fingerprint: "签到表"}, "审阅人").revision == first.revision


def test_a_damaged_edition_is_put_aside_and_the_run_goes_on(folder):
    (folder / "edition.json").write_text("{", encoding="utf-8")
    save(drafted(), folder.parent)
    assert load(folder).barred_by == ()
    assert list(folder.glob("edition-损坏-*.json"))


def test_an_archived_narrative_is_not_accepted_in_place(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    accept(path)
    with pytest.raises(UnusableInput, match="存档"):
        accept(folder / "revisions" / "1" / "narrative.md")


def test_a_record_cut_short_loses_one_line_only(folder):
    send_back(folder, load(folder).digest, "审阅人", "甲")
    with (folder / "record.jsonl").open("a", encoding="utf-8") as record:
        record.write('{"at": "2026')
    send_back(folder, load(folder).digest, "审阅人", "乙")
    assert [entry["comment"] for entry in history(folder)] == ["甲", "乙"]


def test_a_read_report_that_was_edited_survives_another_run(tmp_path):
    source = SAMPLE.parent / "yuecun-2020.txt"
    folder = save(drafted(source), tmp_path)
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    edited = accept(path)
    save(drafted(source), tmp_path)
    assert load(folder).digest == edited.digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("五、存在的主要问题及改进情况", "五、问题", "找不到标题"),
        ("六、其他需要报告的事项", "一、总体情况", "出现了两次"),
    ],
)
def test_a_broken_heading_is_one_sentence_and_changes_nothing(folder, old, new, says):
    path = edit(folder, f"\n{old}\n", f"\n{new}\n")
    with pytest.raises(UnusableInput, match=says):
        accept(path)
    assert load(folder).revision == 1


def test_no_draft_here(tmp_path):
    (tmp_path / "narrative.md").write_text("一、总体情况", encoding="utf-8")
    with pytest.raises(NianbaoError, match="没有年报草稿"):
        accept(tmp_path / "narrative.md")


def test_the_numbers_of_an_edited_sentence_stay_linked_to_their_facts(folder):
    total = some_number(folder)
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\n再次说明：全年新收{total}。\n", encoding="utf-8")
    accept(path)
    audit = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert "requests.new.total" in json.dumps(audit["spans"][-6:])


def test_a_character_that_the_fonts_lack_is_reported(folder):
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n联系单位：𠮷祥社区。\n", encoding="utf-8")
    assert any(f.rule == "DOC-01" and "20BB7" in f.message for f in accept(path).findings)


def test_a_later_approval_keeps_what_was_published_before(folder):
    first = load(folder).digest
    publish(folder, first, "审阅人")
    path = folder / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n补充一句。\n", encoding="utf-8")
    second = accept(path).digest
    publish(folder, second, "审阅人")
    assert json.loads((folder / "published" / "approval.json").read_text("utf-8"))["digest"] == second
    (kept,) = (folder / "revisions").glob("published-*")
    assert json.loads((kept / "approval.json").read_text("utf-8"))["digest"] == first


def test_a_number_in_the_opening_is_checked_too(folder):
    path = edit(folder, "请与我局联系", "全年共公开信息9999条，请与我局联系")
    assert any("9999" in f.message for f in accept(path).barred_by)
