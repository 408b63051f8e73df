"""A dossier from its own YAML or JSON file, with the line of every mistake.

Numbers are taken exactly as they are written: only `12`, `-3` and `421.39` are numbers; `1e9`, `1_000`,
`0x1F`, `12:30` and `NaN`, which YAML would turn into other numbers, stay text and are refused as such.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from nianbao.dossier import Dossier, Place, parse
from nianbao.errors import UnusableInput

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,30})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,30})\.[0-9]{1,30}\Z")
_TWICE = "“{}”在同一层出现了两次，请删去多余的一个"
_NULLS = {"", "null", "~", "Null", "NULL"}
LARGEST_FILE = 5_000_000
DEEPEST = 40
MOST_NODES = 100_000


def load_dossier(path: Path) -> Dossier:
    """Read one dossier; `prior_year` may be a path to last year's, relative to this file.

    All that is wrong with it, and with last year's, is raised together.
    """
    data, places, mistakes = load_data(path)
    if isinstance(data, dict) and isinstance(name := data.get("prior_year"), str):
        where = " ".join(filter(None, (path.name, places.get(("prior_year",)), "prior_year")))
        try:
            data["prior_year"] = _prior(path.parent / name, data.get("year"), where)
        except UnusableInput as broken:
            data["prior_year"] = None
            mistakes += broken.mistakes
    return parse(data, places, path.name, mistakes)


def _prior(path: Path, year: Any, where: str) -> dict[str, Any]:
    """What of last year's dossier goes into this year's."""
    if not path.is_file():
        raise UnusableInput(f"找不到上年底稿“{path.name}”，请核对路径", where)
    raw, places, mistakes = load_data(path)
    if isinstance(raw, dict):
        raw.pop("prior_year", None)
    before = parse(raw, places, path.name, mistakes)
    if isinstance(year, int) and before.year != year - 1:
        raise UnusableInput(f"“{path.name}”是{before.year}年度的，上年应当是{year - 1}年度", where)
    plain = before.plain()
    names = ("figures", "supplementary", "statements", "fees", "sections")
    return {"unit": before.unit.name, "year": before.year} | {name: plain[name] for name in names if name in plain}


def load_data(path: Path) -> tuple[Any, Place, list[UnusableInput]]:
    """The plain data of a YAML or JSON file, the line of each path in it, and the names that stand twice."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise UnusableInput("打不开这个文件，请核对路径和权限", str(path)) from None
    if len(raw) > LARGEST_FILE:
        raise UnusableInput("文件过大，不像是一份底稿", path.name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableInput("文件不是 UTF-8 编码，请另存为 UTF-8 后再试", path.name) from None
    if not text.strip():
        raise UnusableInput("文件是空的", path.name)
    try:
        return _json(text, path.name) if path.suffix.lower() == ".json" else _yaml(text, path.name)
    except RecursionError:
        raise UnusableInput("内容嵌套过深，不像是一份底稿", path.name) from None


def _json(text: str, source: str) -> tuple[Any, Place, list[UnusableInput]]:
    mistakes: list[UnusableInput] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, value in items:
            if key in out:
                mistakes.append(UnusableInput(_TWICE.format(key), source))
            out[key] = value
        return out

    def exact(number: str) -> Any:
        return _scalar(number)

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_int=exact, parse_float=exact, parse_constant=str)
    except json.JSONDecodeError as broken:
        raise UnusableInput(
            "JSON 写法有误，请检查这里附近的引号、逗号和括号", f"{source} 第{broken.lineno}行"
        ) from None
    return data, {}, mistakes


def _yaml(text: str, source: str) -> tuple[Any, Place, list[UnusableInput]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = f" 第{mark.line + 1}行" if mark else ""
        raise UnusableInput("YAML 写法有误，请检查这里附近的缩进、冒号和引号", source + line) from None
    builder = _Builder(source)
    return builder.build(node, ()), builder.places, builder.mistakes


class _Builder:
    """Plain data from YAML nodes, with the lines on the way."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.places: Place = {}
        self.mistakes: list[UnusableInput] = []

    def build(self, node: yaml.Node | None, path: tuple[str | int, ...]) -> Any:
        if node is None:
            return None
        line = f"第{node.start_mark.line + 1}行"
        self.places[path] = line
        if len(self.places) > MOST_NODES:
            raise UnusableInput("内容过多，或者反复引用自身，不像是一份底稿", self.source)
        if len(path) > DEEPEST:
            raise UnusableInput("内容嵌套过深，不像是一份底稿", f"{self.source} {line}")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return _scalar(node.value) if plain else node.value

    def _mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = f"第{key_node.start_mark.line + 1}行"
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not isinstance(key, str) or not key:
                raise UnusableInput("项目名称应当是一个词", f"{self.source} {line}")
            if key in out:
                self.mistakes.append(UnusableInput(_TWICE.format(key), f"{self.source} {line}"))
                continue
            out[key] = self.build(value_node, (*path, key))
            self.places[(*path, key)] = line
        return out


def _scalar(text: str) -> Any:
    if text in _NULLS:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return text


def write_dossier(dossier: Dossier, path: Path | None = None) -> str:
    """The dossier as YAML, exact to the last digit; written to `path` where one is given."""
    text: str = yaml.dump(dossier.plain(), Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=100)
    if path:
        path.write_text(text, encoding="utf-8")
    return text


class PlainDumper(yaml.SafeDumper):
    """SafeDumper that writes Decimals as they are, tuples as lists, and quotes text that looks like a number."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    looks_other = not isinstance(_scalar(text), str)
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if looks_other else "|" if "\n" in text else None
    )


PlainDumper.add_representer(Decimal, lambda d, v: d.represent_scalar("tag:yaml.org,2002:float", format(v, "f")))
PlainDumper.add_representer(tuple, lambda d, v: d.represent_list(list(v)))
PlainDumper.add_representer(str, _text)
PlainDumper.add_multi_representer(str, lambda d, v: _text(d, str(v)))
