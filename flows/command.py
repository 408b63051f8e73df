"""The `nianbao` command.

Exit status: 0 clean, 1 findings of severity error, 2 input that cannot be used (why, on stderr: one sentence for
each mistake).
Everything heavy is imported inside the command that needs it, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Group, Parameter
from cyclopts.exceptions import CycloptsError

from nianbao.errors import NianbaoError, UnusableInput

CLEAN, ERRORS, UNUSABLE, STOPPED, CLOSED = 0, 1, 2, 130, 141
COMMANDS, ARGUMENTS, OPTIONS = Group("命令"), Group("参数"), Group("选项")

app = App(
    name="nianbao",
    help="编制政府信息公开工作年度报告：读取数据、核对、起草、生成可审阅的文稿。",
    usage="nianbao 命令 [选项] 文件",
    help_epilogue="退出状态：0 没有错误；1 核对出必须改正的错误；2 资料不能使用（原因见提示）。",
    version_flags=[],
    suppress_keyboard_interrupt=False,
    group_commands=COMMANDS,
    group_arguments=ARGUMENTS,
    group_parameters=OPTIONS,
)
app["--help"].help = "显示说明"
app["--help"].group = COMMANDS

ONE_SOURCE = (
    "底稿（.yaml、.json）、填报表（.xlsx）、台账（.xlsx、.xls、.et、.csv）、数据库说明（.yaml）、"
    "已公布年报（.html、.docx、.pdf、.txt）、确认过的候选清单（.yaml），可以有几份"
)
Json = Annotated[bool, Parameter(help="输出 JSON，供其他程序使用", negative=(), show_default=False)]


@app.command(usage="nianbao run 资料… [--out 文件夹]")
def run(
    *sources: Annotated[Path, Parameter(name="底稿", help=ONE_SOURCE)],
    out: Annotated[Path, Parameter(help="文稿写到哪个文件夹，不写则为 reports", show_default=False)] = Path("reports"),
) -> int:
    """由底稿生成年报草稿：Word、PDF、网页和核对结果。"""
    from flows.terminal import print_report
    from nianbao.review.editions import load

    if not sources:
        raise UnusableInput("没有写明资料，请在 run 后面写上底稿的文件名，例如 nianbao run 底稿.yaml")
    if os.environ.get("PREFECT_API_URL"):
        from flows.remote import make_report
    else:
        from flows.local import make_report
    folder = make_report([path.absolute() for path in sources], out.absolute())
    report = load(folder)
    print_report(report, folder)
    return _status(report.barred_by)


@app.command(usage="nianbao read 文件… [-o 底稿.yaml] [--year 年度] [--json]")
def read(
    *files: Annotated[Path, Parameter(name="文件", help=ONE_SOURCE)],
    output: Annotated[Path | None, Parameter(name=["--output", "-o"], help="把底稿写到这个文件")] = None,
    year: Annotated[
        int | None, Parameter(help="报告年度，只有台账、文件名又没有写明年度时要写", show_default=False)
    ] = None,
    json: Json = False,
) -> int:
    """把填报表、台账、数据库、已公布的年报和上年底稿合成一份底稿（YAML），不核对、不起草；数不同的留空，列出各数。"""
    from nianbao.reading import read as read_files

    if not files:
        raise UnusableInput("没有写明文件，请在 read 后面写上要读取的文件名")
    dossier = read_files(list(files), year)
    from flows.terminal import dossier_json, print_notes, say  # only now: a PDF has been at work meanwhile
    from nianbao.reading import write_dossier

    text = write_dossier(dossier, output)
    if json:
        print(dossier_json(dossier))
    elif output:
        say(f"底稿已写到 {output}")
        print_notes(dossier)
    else:
        print(text, end="")
    return CLEAN


@app.command(usage="nianbao validate 底稿 [--json]")
def validate(*dossier: Annotated[Path, Parameter(name="底稿", help=ONE_SOURCE)], json: Json = False) -> int:
    """核对一份底稿的数据和已有文字，逐条列出问题。"""
    from flows.terminal import assessment_json, print_findings
    from nianbao.findings import open_findings
    from nianbao.reading import read as read_files
    from nianbao.rules import assess

    if not dossier:
        raise UnusableInput("没有写明底稿，请在 validate 后面写上底稿的文件名")
    known = read_files(list(dossier))
    assessment = assess(known)
    if json:
        print(assessment_json(assessment))
    else:
        print_findings(assessment, known)
    return _status(open_findings(assessment.findings))


@app.command(usage="nianbao workbook [--year 年度] [--prior 上年底稿] [--unit 单位全称] -o 填报.xlsx")
def workbook(
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"], help="填报表写到这个文件（.xlsx）")] = None,
    year: Annotated[int | None, Parameter(help="报告年度，不写则为上一年", show_default=False)] = None,
    prior: Annotated[Path | None, Parameter(help="上年的底稿，数字印在旁边供对照")] = None,
    unit: Annotated[str, Parameter(help="单位全称", show_default=False)] = "",
) -> int:
    """生成 Excel 填报表：规定的三张表、总计和勾稽核对、补充数字、工作情况和填报说明。"""
    import datetime as dt

    from flows.terminal import say
    from nianbao.documents.fill_in import render_workbook
    from nianbao.reading import read as read_files

    if output is None:
        raise UnusableInput("没有写明文件，请用 -o 写上填报表的文件名，例如 -o 填报.xlsx")
    if output.suffix.lower() != ".xlsx":
        raise UnusableInput("填报表的文件名应当以 .xlsx 结尾", output.name)
    year = dt.date.today().year - 1 if year is None else year
    output.write_bytes(render_workbook(year, unit.strip(), read_files([prior]) if prior else None))
    say(f"{year}年度填报表已写到 {output}，填好后用 nianbao read {output} 读取")
    return CLEAN


@app.command(usage="nianbao notes 说明… [--year 年度] [--dossier 底稿] [-o 候选.yaml] [--model]")
def notes(
    *files: Annotated[Path, Parameter(name="说明", help="部门交来的文字说明（.txt、.docx），可以有几份")],
    year: Annotated[int | None, Parameter(help="报告年度，不写则为上一年", show_default=False)] = None,
    output: Annotated[
        Path, Parameter(name=["--output", "-o"], help="候选清单写到这个文件，不写则为 候选.yaml", show_default=False)
    ] = Path("候选.yaml"),
    dossier: Annotated[
        Path | None, Parameter(help="已有的底稿，候选与其中的情况重复或者矛盾的随即提醒", show_default=False)
    ] = None,
    model: Annotated[
        bool,
        Parameter(
            help="同时请本机或内网的模型指出句子，原文由程序核对；不发给外部模型", negative=(), show_default=False
        ),
    ] = False,
) -> int:
    """从部门的文字说明中摘出候选情况，每条附原文和出处，写成清单由人逐条确认；确认之前不作依据，再次运行不改动已有的决定。"""
    import datetime as dt

    from flows.notes import make_candidates

    if not files:
        raise UnusableInput("没有写明文件，请在 notes 后面写上部门说明的文件名，例如 nianbao notes 说明.docx")
    make_candidates(
        files, dt.date.today().year - 1 if year is None else year, output, with_model=model, dossier=dossier
    )
    return CLEAN


@app.command(usage="nianbao prompt 底稿 [--section summary|problems|improvements] [--json]")
def prompt(
    dossier: Annotated[Path, Parameter(help="底稿文件（YAML 或 JSON）")],
    *,
    section: Annotated[
        Literal["summary", "problems", "improvements"] | None,
        Parameter(help="只看一部分：summary 总体情况，problems 主要问题，improvements 改进情况", negative=()),
    ] = None,
    json: Json = False,
) -> int:
    """原样显示将要发给模型的内容，不发送。"""
    from flows.prompts import print_messages, print_requests
    from nianbao.reading import read as read_files

    known = read_files([dossier])
    (print_requests if json else print_messages)(known, [section] if section else None)
    return CLEAN


@app.command(usage="nianbao eval [底稿…]")
def eval(
    *dossiers: Annotated[Path, Parameter(help="用哪些底稿，不写则用自带样例")],
) -> int:
    """检验起草的约束：用几种模拟模型和已配置的模型起草样例，统计采用、返修和模板生成的情况。"""
    from flows.evaluate import evaluate

    return ERRORS if evaluate(list(dossiers)) else CLEAN


@app.command(usage="nianbao check 文字 --dossier 底稿 [--json]　或　nianbao check --jsonl")
def check(
    text: Annotated[
        str, Parameter(help="文本文件，写 - 表示从标准输入读", show_default=False, allow_leading_hyphen=True)
    ] = "",
    *,
    dossier: Annotated[str, Parameter(help="底稿文件（YAML 或 JSON）", show_default=False)] = "",
    json: Json = False,
    jsonl: Annotated[
        bool,
        Parameter(help="标准输入每行一个 {“id”, “text”, “dossier”}，逐行输出结果", negative=(), show_default=False),
    ] = False,
) -> int:
    """逐句核对一段文字：每个说法是已核对、矛盾，还是未能核对。"""
    from flows import claims as lines
    from flows.terminal import claims_json, print_claims
    from nianbao.checking import check_text

    if jsonl:
        return _check_lines(text, dossier)
    if not text:
        raise UnusableInput("没有写明文字，请在 check 后面写上文本文件的文件名，或者写 - 从标准输入读")
    if not dossier:
        raise UnusableInput("没有写明底稿，请用 --dossier 写上底稿文件")
    given = lines.text_of(text, sys.stdin)
    found = check_text(given, lines.Dossiers()[dossier])
    if json:
        print(claims_json(found))
    else:
        print_claims(given, found)
    return ERRORS if lines.refuted(found) else CLEAN


def _check_lines(text: str, dossier: str) -> int:
    """One answer a line, as it comes."""
    from flows.claims import answers, refuted
    from flows.terminal import line_json

    if text not in ("", "-"):
        raise UnusableInput("--jsonl 从标准输入读，不要再写文件名")
    bad = False
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for answer in answers(sys.stdin, dossier):
        print(line_json(answer))
        bad |= refuted(answer.get("claims", ()))
    return ERRORS if bad else CLEAN


@app.command(usage="nianbao accept narrative.md [--override 编号=理由 --by 姓名]")
def accept(
    edited: Annotated[Path | None, Parameter(name="正文", help="修改过的 narrative.md（放在原来的文件夹里）")] = None,
    /,
    *,
    override: Annotated[
        list[str] | None, Parameter(help="放行一个问题：findings.json 中的编号=理由，可以写多次", negative=())
    ] = None,
    by: Annotated[str, Parameter(help="作出放行决定的人", show_default=False)] = "",
) -> int:
    """采纳修改过的正文：重新核对，生成新一稿，原稿留存。"""
    from flows.terminal import print_report
    from nianbao.review.editions import accept as accept_edit

    if edited is None:
        raise UnusableInput("没有写明正文，请在 accept 后面写上修改过的 narrative.md")
    reasons = dict(_override(text) for text in override or ())
    report = accept_edit(edited, reasons, by)
    print_report(report, edited.resolve().parent)
    return _status(report.barred_by)


def _override(text: str) -> tuple[str, str]:
    fingerprint, equals, reason = text.partition("=")
    if not equals or not fingerprint.strip() or not reason.strip():
        raise UnusableInput(f"“{text}”应当写成 编号=理由，编号见 findings.json")
    return fingerprint.strip(), reason.strip()


def _status(barring: tuple[object, ...]) -> int:
    """By the findings that bar publication: errors, and what nobody has given a reason for."""
    return ERRORS if barring else CLEAN


def main(arguments: list[str] | None = None) -> None:
    """Run the command; whatever stops it is told in sentences."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed before the start
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = _guarded(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = CLOSED
    sys.exit(status)


def _guarded(arguments: list[str]) -> int:
    try:
        return app(arguments, exit_on_error=False, print_error=False, result_action="return_value") or CLEAN
    except CycloptsError as wrong:
        return _stop(_explain(wrong))
    except NianbaoError as broken:
        return _stop(str(broken))
    except BrokenPipeError:
        raise
    except OSError as broken:
        return _stop(f"不能读写“{broken.filename or '文件'}”，请检查路径、权限和剩余空间")
    except KeyboardInterrupt:
        return _stop("已停止，可以重新运行", STOPPED)


def _stop(told: str, status: int = UNUSABLE) -> int:
    """One sentence, or a line for each of several mistakes."""
    for sentence in told.splitlines():
        print(" ".join(sentence.split()), file=sys.stderr)
    return status


def _explain(wrong: CycloptsError) -> str:
    """What is wrong with the command line."""
    name = type(wrong).__name__
    tokens = list(getattr(wrong, "unused_tokens", None) or ())
    argument = getattr(wrong, "argument", None)
    token = getattr(wrong, "token", None)
    given = getattr(token, "keyword", None) or getattr(token, "value", None) or (tokens[0] if tokens else "")
    if name == "UnknownCommandError":
        return f"没有“{given}”这个命令，可用的命令见 nianbao --help"
    if name == "UnknownOptionError":
        return f"没有“{given}”这个选项，可用的选项见 --help"
    if name == "MissingArgumentError" and argument is not None:
        wanted = argument.name
        return f"选项 {wanted} 后面缺少内容" if _is_option(argument) else "缺少文件名，写法见 --help"
    if tokens:
        return f"多出了“{tokens[0]}”，写法见 --help"
    return f"“{given}”的写法不对，请查看 --help" if given else "命令的写法不对，请查看 --help"


def _is_option(argument: object) -> bool:
    return not bool(getattr(argument, "positional_only", False)) and getattr(argument, "index", None) is None


if __name__ == "__main__":
    main()
