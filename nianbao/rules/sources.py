"""Sources that disagree (D-01): the cell is blank until a person chooses."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.findings import Severity
from nianbao.rules.registry import Case, Issue, Unknown, rule


@rule("D-01", Severity.OVERRIDABLE, "同一单位同一年度的同一数据只能有一个（条例第五十条）")
def sources_disagree(case: Case) -> Iterator[Issue | Unknown]:
    """Each cell for which two sources give two values, with both values and places."""
    for address, origin in case.dossier.provenance.items():
        if len(origin.candidates) < 2 or case.value(address) is not None or address not in case.form.cells:
            continue
        told = "；".join(f"{one.value}（{one.where}）" for one in origin.candidates)
        yield Issue(
            f"{case.place(address)}，几份资料的数不同：{told}。已留空，请核对后在底稿中写上选定的数。",
            (address,), str(origin.candidates[0].value), str(origin.candidates[1].value),
        )  # fmt: skip
