"""What pydantic says of a dossier, in Chinese sentences with their places."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from nianbao.dossier._mistakes import Mistakes, Path
from nianbao.dossier._model import (
    Candidate,
    Contact,
    Dossier,
    Fees,
    PriorYear,
    Provenance,
    ReadingNote,
    Sections,
    Statement,
    Supplementary,
    Unit,
)
from nianbao.findings import Value


def explain(broken: ValidationError, mistakes: Mistakes) -> None:
    """Add every error once; first the misspelt keys, which are missing keys too."""
    for error in sorted(broken.errors(), key=lambda error: error["type"] != "extra_forbidden"):
        path = tuple(error["loc"])
        if error["type"] == "extra_forbidden":
            mistakes.known(path[-1], _names_at(path[:-1]), path, f"没有名为“{path[-1]}”的项目")
            continue
        path = tuple(part for part in path if not _is_type(part))
        if mistakes.told(path):
            continue
        if error["type"] == "missing":
            mistakes.add(path[:-1] or path, f"缺少“{path[-1]}”，请补上", path)
        else:
            mistakes.add(path, _sentence(error))


def _sentence(error: Any) -> str:
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    shown = "" if isinstance(given, (dict, list)) else f"，现在是“{given}”"
    match kind:
        case "literal_error":
            return f"只能是 {_or(context.get('expected', ''))}{shown}"
        case "string_too_short":
            return f"至少要写{context.get('min_length')}个字{shown}" if given else "不能为空"
        case "string_pattern_mismatch":
            return f"编号只能用小写英文字母、数字和下划线，并以字母开头{shown}"
        case "greater_than_equal":
            return f"不能小于 {context.get('ge')}{shown}"
        case "value_error":
            return str(context.get("error", error["msg"]))
        case _ if "int" in kind or "decimal" in kind or "union" in kind:
            return f"应当是数字，用半角阿拉伯数字书写{shown}"
        case _ if "date" in kind:
            return f"应当是日期，例如 2026-01-20{shown}"
        case _ if "string" in kind:
            return f"应当是文字，纯数字请加引号{shown}"
    wanted = "列表" if "tuple" in kind or "list" in kind else "“名称: 值”的形式"
    return f"这里的写法不对，应当是{wanted}{shown}"


def _is_type(part: str | int) -> bool:
    """Whether pydantic names a member of a union here, and not a key of the data."""
    return isinstance(part, str) and ("-" in part or "[" in part or part in ("int", "decimal"))


def _or(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")


def _names_at(path: Path) -> list[str]:
    """The keys that are allowed at a path of the contract."""
    models: dict[str, type[Value]] = {
        "unit": Unit, "supplementary": Supplementary, "statements": Statement, "contact": Contact, "fees": Fees,
        "prior_year": PriorYear, "sections": Sections, "provenance": Provenance, "reading": ReadingNote,
        "candidates": Candidate,
    }  # fmt: skip
    names = [p for p in path if isinstance(p, str) and p in models]
    model = models[names[-1]] if names else Dossier
    return [field.alias or name for name, field in model.model_fields.items()]
