"""The model's answer out of what the server sent: every way in which it is none has its own error."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from nianbao.errors import BadJSON, BadReply, BadSchema, Filtered, Refused, Truncated

T = TypeVar("T", bound=BaseModel)

_THINKING = re.compile(r"(?!\s*[{\[]).*</think>", re.DOTALL)  # some servers send only its end
_FENCE = re.compile(r"```[A-Za-z0-9]*[ \t]*\n(.*?)\n?[ \t]*```", re.DOTALL)
_SHOWN = 5  # complaints told at once

_COMPLAINTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "多出这一项",
    "string_type": "应当是文字",
    "list_type": "应当是列表",
    "tuple_type": "应当是列表",
    "dict_type": "应当是对象",
    "model_type": "应当是对象",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "float_parsing": "应当是数",
    "bool_type": "应当是 true 或 false",
    "bool_parsing": "应当是 true 或 false",
    "literal_error": "只能取 {expected}",
    "enum": "只能取 {expected}",
    "string_pattern_mismatch": "写法不合规定",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多只能有 {max_length} 个字",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多只能有 {max_length} 项",
    "value_error": "{error}",
}


def text_of(completion: object) -> str:
    """The text of the first choice of a completion, if the model ended it by itself."""
    choices = getattr(completion, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise BadReply("模型服务的答复里没有回答")
    message = getattr(choices[0], "message", None)
    finish = getattr(choices[0], "finish_reason", None)
    text = getattr(message, "content", None)
    _check_end(finish, getattr(message, "refusal", None))
    if not isinstance(text, str) or not text.strip():
        if getattr(message, "reasoning_content", None) or getattr(message, "reasoning", None):
            raise BadReply("模型只给出了思考过程，没有正文，请用 NIANBAO_MODEL_EXTRA_BODY 关闭思考")
        raise BadReply("模型的回答是空的")
    if not _is_unicode(text):
        raise BadReply("模型的回答里有残缺的字符")
    return text


def _check_end(finish: object, refusal: object) -> None:
    if finish == "length":
        raise Truncated("模型的回答写到长度上限就断了，请调大 NIANBAO_MODEL_MAX_TOKENS，或关闭思考")
    if finish == "content_filter":
        raise Filtered("模型服务的内容过滤拦下了回答")
    if refusal:
        raise Refused("模型拒绝回答")
    if finish != "stop":
        named = f"“{finish[:20]}”" if isinstance(finish, str) and _is_unicode(finish) else "不明原因"
        raise BadReply(f"模型的回答以{named}结束，不是正常写完")


def _is_unicode(text: str) -> bool:
    """A server can send half of a surrogate pair, which no file and no request can hold."""
    return not re.search("[\ud800-\udfff]", text)


def read_reply(text: str, reply: type[T]) -> T:
    """The reply of the type asked for, out of the model's text; `BadJSON` or `BadSchema` if it is none."""
    try:
        data = json.loads(_bare(text), parse_constant=_no_number)
        whole = _is_unicode(json.dumps(data, ensure_ascii=False))
    except (ValueError, RecursionError) as error:
        line = f"（第{error.lineno}行）" if isinstance(error, json.JSONDecodeError) else ""
        raise BadJSON(f"模型的回答不是完整的 JSON{line}", text) from None
    if not whole:
        raise BadJSON("模型的回答里有残缺的字符", text)
    try:
        return reply.model_validate(data)
    except ValidationError as error:
        raise BadSchema(f"模型的回答不合要求的格式：{_told(error)}", text) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _bare(text: str) -> str:
    """Without the thinking before it and the one code fence around it. JSON itself is never looked into."""
    thinking = _THINKING.match(text)
    rest = text[thinking.end() :] if thinking else text
    if rest.lstrip()[:1] in ("{", "["):
        return rest
    fences = _FENCE.findall(rest)
    return str(fences[0]) if len(fences) == 1 else rest


def _told(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_input=False)
    told = [f"{_place(detail['loc'])}{_complaint(detail)}" for detail in details[:_SHOWN]]
    more = f"；另有{len(details) - _SHOWN}处" if len(details) > _SHOWN else ""
    return "；".join(told) + more


def _place(loc: tuple[int | str, ...]) -> str:
    """`paragraphs[0].sentences[2].kind`; the names are the model's own, so they are cut and cleaned."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{_clean(part)[:40]}" for part in loc)
    return f"{path.lstrip('.')} " if path else ""


def _complaint(detail: Any) -> str:
    if wording := _COMPLAINTS.get(detail["type"]):
        told = wording.format(**detail.get("ctx", {}))
        return _clean(told).replace(" or ", "、")
    own = _clean(detail["msg"])
    return own if re.search("[\u4e00-\u9fff]", own) else f"不合要求（{detail['type']}）"


def _clean(text: str) -> str:
    return " ".join(text.split())
