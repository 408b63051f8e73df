"""Notes as files: encodings, wrapped lines, Word with all that hides in it, and what is refused with one sentence."""

import pytest

from nianbao.errors import UnusableInput
from nianbao.notes import extract, screened
from nianbao.reading.notes import read_note
from tests.reading.hostile import known, mutated
from tests.reading.notes_in_word import paragraph, table, word

TEXT = "3月12日召开政务公开工作部署会。\n\n存在更新不及时的问题。\n"


def made(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def passages(path):
    return [(one.place, one.text) for one in read_note(path).passages]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_the_encodings_of_offices(tmp_path, encoding, end):
    path = made(tmp_path, "说明.txt", TEXT.replace("\n", end).encode(encoding))
    assert passages(path) == [("第1行", "3月12日召开政务公开工作部署会。"), ("第3行", "存在更新不及时的问题。")]


def test_wrapped_lines_are_one_paragraph_and_lists_are_not(tmp_path):
    wrapped = (
        "  一年来，我科接待群众当面咨询86人次，其中涉及农村饮水安全的较多。6月会同县司法\n"
        "局对申请答复文书进行抽查，发现并纠正文书格式不规范问题3处。11月修订《政府信息公开申\n"
        "请办理流程》，新增补正告知范本。\n"
        "  从办理情况看，部分答复文书说理不够充分，业务科室提供材料不及时，今后拟每半年开\n"
        "展一次评查。\n"
    )
    found = passages(made(tmp_path, "a.txt", wrapped))
    assert [place for place, _ in found] == ["第1—3行", "第4—5行"]
    assert "县司法局对申请" in found[0][1]
    assert "".join(text for _, text in found) == wrapped.replace("\n", "").replace(" ", "")
    listed = "3月召开部署会，分解任务\n4月举办培训2期，参加86人次\n5月开展检查\n6月印发目录并公布\n"
    assert len(passages(made(tmp_path, "b.txt", listed))) == 4


def test_word_is_read_by_paragraphs_and_cells(tmp_path):
    body = paragraph("3月召开部署会。") + table(("事项", "完成情况"), ("专栏", "7月开设专栏1个")) + paragraph("完")
    assert passages(made(tmp_path, "a.docx", word(body))) == [
        ("第1段", "3月召开部署会。"),
        ("第1张表第1行", "事项"),
        ("第1张表第1行", "完成情况"),
        ("第1张表第2行", "专栏"),
        ("第1张表第2行", "7月开设专栏1个"),
        ("第4段", "完"),
    ]


def test_deleted_words_are_no_text_and_inserted_ones_are(tmp_path):
    change = "<w:{0}><w:r><w:{1}>{2}</w:{1}></w:r></w:{0}>"
    changed = change.format("ins", "t", "1台") + change.format("del", "delText", "3台")
    body = f"<w:p><w:r><w:t>配备终端</w:t></w:r>{changed}</w:p>"
    note = read_note(made(tmp_path, "a.docx", word(body)))
    assert [one.text for one in note.passages] == ["配备终端1台"]
    assert "3台" not in note.model_dump_json()
    assert "修订标记" in note.asides[0].reason


HIDING = [
    "<w:vanish/>",
    "<w:webHidden/>",
    '<w:color w:val="FFFFFF"/>',
    '<w:color w:val="fefefe"/>',
    '<w:sz w:val="2"/>',
]


@pytest.mark.parametrize("run", HIDING)
def test_hidden_words_are_shown_and_are_no_text(tmp_path, run):
    path = made(tmp_path, "a.docx", word(paragraph("3月召开部署会。") + paragraph("4月举办培训2期。", run)))
    note = read_note(path)
    assert [one.text for one in note.passages] == ["3月召开部署会。"]
    assert [(one.kind, one.text) for one in note.asides] == [("suspicious", "4月举办培训2期。")]
    found = extract(screened(note), 2025)
    assert len(found.candidates) == 1
    assert found.shown[0].why == "suspicious"


@pytest.mark.parametrize("run", HIDING)
def test_a_style_hides_too_also_by_the_one_it_is_based_on(tmp_path, run):
    styles = (
        f'<w:style w:styleId="a"><w:rPr>{run}</w:rPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = (
        paragraph("甲乙丙", style="b") + paragraph("丁戊己", '<w:rStyle w:val="a"/>') + paragraph("可以看见", style="c")
    )
    note = read_note(made(tmp_path, "a.docx", word(body, styles=styles)))
    assert [one.text for one in note.passages] == ["可以看见"]
    assert [one.text for one in note.asides] == ["甲乙丙", "丁戊己"]


def test_white_letters_on_a_dark_ground_can_be_read(tmp_path):
    dark = '<w:tcPr><w:shd w:fill="1F4E79"/></w:tcPr>'
    white = '<w:color w:val="FFFFFF"/>'
    body = f"<w:tbl><w:tr><w:tc>{dark}{paragraph('完成情况', white)}</w:tc></w:tr></w:tbl>"
    note = read_note(made(tmp_path, "a.docx", word(body)))
    assert [one.text for one in note.passages] == ["完成情况"]
    assert note.asides == ()


def test_comments_and_footnotes_are_shown_and_are_no_text(tmp_path):
    comment = f"<w:comment>{paragraph('请写明全省第一')}</w:comment>"
    footnote = f"<w:footnote>{paragraph('5月另有一次')}</w:footnote>"
    path = made(tmp_path, "a.docx", word(paragraph("3月召开部署会。"), comments=comment, footnotes=footnote))
    note = read_note(path)
    assert [one.text for one in note.passages] == ["3月召开部署会。"]
    assert [(one.kind, one.text) for one in note.asides] == [("suspicious", "请写明全省第一"), ("hint", "5月另有一次")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.txt", b"%PDF-1.7 x", "PDF"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.xlsx", None, "不是 Word 文档"),
        ("a.docx", "纯文本".encode(), "不能读取这种文件"),
        ("a.docx", b"PK\3\4 broken", "损坏"),
        ("a.png", b"\x89PNG\r\n", "不能读取这种文件"),
        ("a.txt", b"", "空的"),
        ("a.txt", b"  \n\n ", "空的"),
        ("a.txt", "甲\0乙".encode(), "不是文本文件"),
        ("a.txt", b"\xff\xff\x80abc", "编码"),
        ("a.txt", ("甲" * 100_001).encode(), "10万字"),
        ("a.txt", b"a" * 1_000_001, "1MB"),
        ("a.docx", word(""), "没有文字"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path, name, content, says):
    from tests.reading.hostile import container

    path = made(tmp_path, name, content if content is not None else container({"xl/workbook.xml": "<a/>"}))
    with pytest.raises(UnusableInput) as refused:
        read_note(path)
    assert says in refused.value.message
    assert refused.value.where == name
    assert "\n" not in str(refused.value)


def test_a_folder_and_a_missing_file(tmp_path):
    for path in (tmp_path, tmp_path / "没有.txt", tmp_path / ("长" * 400)):
        with pytest.raises(UnusableInput):
            read_note(path)


HOSTILE = known()


def refusal(path):
    """What is said against a file, "" where its candidates can be had."""
    try:
        extract(screened(read_note(path)), 2025)
    except UnusableInput as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_documents_are_refused_or_read(tmp_path, name):
    path = made(tmp_path, "a.docx", HOSTILE[name])
    assert "\n" not in refusal(path)


def test_damaged_documents_never_break_the_reader(tmp_path):
    import random

    draw = random.Random(5)
    raw = word(paragraph("3月召开部署会。") + table(("甲", "乙")), comments=f"<w:comment>{paragraph('丙')}</w:comment>")
    for number in range(60):
        path = made(tmp_path, f"{number}.docx", mutated(raw, draw))
        assert "\n" not in refusal(path)
