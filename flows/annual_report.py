"""The year's report of one unit: collect → validate → draft → check → assemble → review → publish.

After a person has answered, Prefect calls the flow again from its first line: every step before the gate
is either kept by content or does the same again without harm.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.utilities.annotations import opaque

from flows.gate import rename_run, review_and_publish
from flows.places import explain, named, resolved
from nianbao.errors import NianbaoError
from nianbao.report import TEXT_SECTIONS, tally
from tasks.assemble import assemble, show_edition
from tasks.collect import collect
from tasks.draft import draft
from tasks.show import title
from tasks.validate import check, validate

NO_SOURCES = (
    "没有写明资料：请在 prefect.yaml 中这个部署的 sources 写上本单位的底稿，重新部署后再运行；"
    "只这一次的，用 Custom run 填写“资料”"
)


@flow(name="annual-report", flow_run_name=lambda: f"年度报告：{named(runtime.flow_run.parameters['sources'])}")
def annual_report(
    sources: list[str], out: str = "reports", review: bool | None = None, password_block: str = ""
) -> State[str]:
    """编制一个单位一个年度的政府信息公开工作年度报告：读取资料、核对、起草、成稿、审阅、公开。

    Args:
        sources: 资料：一份底稿的文件名
        out: 存放位置：文稿写到这个文件夹下的“单位-年份”中
        review: 是否送审：不选时，由计划或页面启动的送审，直接运行的只出草稿
        password_block: 密码块：数据库的密码放在 Prefect 的哪一个 Secret 块中，只写块的名称；没有数据库的不写
    """
    subject = named(sources)
    if not sources:
        return Failed(message=NO_SOURCES)
    try:
        dossier = collect(resolved(sources), password_block, return_state=True).result()
        subject = title(dossier)
        rename_run(f"{subject}报告")
        known = opaque(dossier)  # whole, as it is: without this Prefect looks through every cell for futures, per task
        validate(known)
        folder = resolved([out])[0]
        drafts = [draft.submit(section, known, folder) for section in TEXT_SECTIONS]
        report = check(known, [opaque(section.result()) for section in drafts])
        folder = assemble(opaque(report), folder)
        if review is False or not runtime.deployment.id:
            edition = show_edition(Path(folder))
            return Completed(message=f"草稿已生成：{folder}，{tally(edition.findings)}", data=folder)
        published = review_and_publish(folder, subject)
        return Completed(message=f"已公开：{published}", data=published)
    except (NianbaoError, OSError) as broken:
        return Failed(message=explain(broken, subject))
