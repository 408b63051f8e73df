"""What a query has to look like. That it changes nothing is seen to by the database: the transaction is read-only."""

from __future__ import annotations

import re
from typing import Any

ALONE = "查询"  # the name of a query that has none
_LONGEST = 100_000
_QUOTED = re.compile(
    r"'(?:[^']|'')*'" r'|"(?:[^"]|"")*"' r"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$" r"|--[^\n]*" r"|/\*.*?\*/", re.DOTALL
)
_READS = re.compile(r"\s*(?:SELECT|WITH)\b", re.IGNORECASE)


def why_not(query: Any) -> str:
    """Why this cannot be asked: it is not one statement that begins with SELECT or WITH."""
    if not isinstance(query, str) or not query.strip():
        return "应当是一条查询语句，例如 SELECT … FROM …"
    if len(query) > _LONGEST or not all(sign.isprintable() or sign in "\n\t\r\u3000" for sign in query):
        return "查询过长，或者含有不能印出的字符"
    bare = _QUOTED.sub(" ", query)
    if ";" in bare.rstrip().rstrip(";"):
        return "只能写一条查询语句，请去掉分号以后的内容，几个查询分别写在 queries 中"
    if not _READS.match(bare):
        return "只能写读取数据的查询，以 SELECT 或 WITH 开头"
    return ""
