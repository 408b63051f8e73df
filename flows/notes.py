"""`nianbao notes`: departments' notes into a file of candidates for a person to confirm."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from flows.terminal import print_note, say
from nianbao.checking import repeats
from nianbao.dossier import FIRST_YEAR, Statement, unprintable
from nianbao.errors import UnusableInput, refuse
from nianbao.findings import Severity
from nianbao.notes import Extract, Note, extract, screened
from nianbao.reading import read
from nianbao.reading.merging import joined
from nianbao.reading.notes import Written, lost_quotes, read_note, write_sheet
from nianbao.settings import ModelSettings


def make_candidates(
    paths: Sequence[Path], year: int, sheet: Path, *, with_model: bool, dossier: Path | None = None
) -> None:
    """Read the notes, write or continue the file, and say what is in it."""
    if not FIRST_YEAR <= year <= 2100:
        raise UnusableInput(f"年份 {year} 不在可以编制的范围内：应当是 {FIRST_YEAR} 年度及以后", "--year")
    if sheet.suffix.lower() not in (".yaml", ".yml"):
        raise UnusableInput("候选清单的文件名应当以 .yaml 结尾", sheet.name)
    if not sheet.resolve().parent.is_dir():
        raise UnusableInput("找不到要写入的文件夹，请核对路径", str(sheet))
    known = _known(dossier, year)
    notes = _read(paths, sheet)
    extracts, told = _extracts(notes, year, sheet, with_model)
    written = write_sheet(sheet, year, extracts)
    if left := sum(one.left for one in extracts):
        told.append(f"还有 {left} 句既不像候选也没有提示，没有列出，需要的请直接写进底稿的 statements")
    _tell(written, sheet, told, [*lost_quotes(written.kept, notes), *_repeated(written, known)])


def _known(dossier: Path | None, year: int) -> tuple[Statement, ...]:
    """What the dossier already says."""
    if dossier is None:
        return ()
    one = read([dossier])
    if one.year != year:
        raise UnusableInput(f"底稿是{one.year}年度的，候选清单是{year}年度的，请用 --year 写明年度", dossier.name)
    return one.statements


def _repeated(written: Written, known: tuple[Statement, ...]) -> list[str]:
    """A sentence for each candidate that tells of what the dossier or another candidate tells already."""
    candidates = [entry.statement() for entry in (*written.kept, *written.new) if entry.confirmed != "struck"]
    return [found.told for found in repeats(joined([known, candidates])) if found.other not in known]


def _read(paths: Sequence[Path], sheet: Path) -> list[Note]:
    """Each file once, under its name as seen from the sheet; all that cannot be read is told together."""
    notes: list[Note] = []
    wrong: list[UnusableInput] = []
    for path in dict.fromkeys(path.resolve() for path in paths):
        try:
            notes.append(read_note(path, _name(path, sheet.resolve().parent)))
        except UnusableInput as broken:
            wrong += broken.mistakes
    if wrong:
        refuse(wrong)
    return notes


def _name(path: Path, start: Path) -> str:
    try:
        name = Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive
        name = path.as_posix()
    if unprintable(name, ""):
        raise UnusableInput("文件名里有不能印出的字符，请改名后再试", ascii(path.name))
    return name


def _extracts(notes: Sequence[Note], year: int, sheet: Path, with_model: bool) -> tuple[list[Extract], list[str]]:
    """What each note gives, and what to say of the model."""
    clean = [screened(note) for note in notes]
    if not with_model:
        return [extract(one, year) for one in clean], []
    from nianbao.drafting.notes import point

    pointed = point(clean, year, ModelSettings(), sheet.resolve().parent)
    found = [extract(one, year, dict(its.sentences)) for one, its in zip(clean, pointed, strict=True)]
    asked, failed = sum(one.pieces for one in pointed), [why for one in pointed for why in one.failed]
    told: list[str] = []
    if failed:
        what = "全部" if len(failed) == asked else f"其中{len(failed)}段"
        told.append(f"说明分{asked}段问过模型，{what}没有可用的答复，这些只按规则摘录（{failed[0]}）")
    untrue, odd = sum(one.untrue for one in pointed), sum(one.odd for one in pointed)
    if untrue or odd:
        told.append(f"模型的答复中有{untrue}条不是说明中的原文、{odd}条种类或进度不对，没有采用")
    if marked := [one.file for one in clean if one.marked]:
        told.append(f"{'、'.join(marked)}带有密级或内部标志，没有发给模型，只按规则摘录")
    return found, told


def _tell(written: Written, sheet: Path, told: Sequence[str], lost: Sequence[str]) -> None:
    suspicious = [one for one in written.shown if "suspicious" in one]
    hints = len(written.shown) - len(suspicious)
    say(f"候选清单已写到 {sheet}：新列出 {len(written.new)} 条，原有 {len(written.kept)} 条没有改动")
    if written.shown:
        say(f"另有可疑内容 {len(suspicious)} 处、不列为候选的提示 {hints} 条，见清单末尾")
    for sentence in told:
        say(sentence)
    for where, message in [(f"{one['file']} {one['place']}", one["suspicious"]) for one in suspicious]:
        print_note(Severity.WARNING, f"{where}：{message}")
    for sentence in lost:
        print_note(Severity.WARNING, sentence)
    say(f"请逐条确认（把“否”改成“是”），然后运行 nianbao run 底稿.yaml {sheet}；没有确认的不会采用")
