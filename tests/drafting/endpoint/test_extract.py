"""The reading of a model's text: what is taken off, and what the model is told when its JSON has another shape."""

import json
from contextlib import suppress
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from nianbao.drafting.endpoint.extract import read_reply
from nianbao.errors import BadAnswer, BadJSON, BadSchema


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["figure", "event"] = "figure"
    text: Annotated[str, Field(max_length=9)]
    number: int = 0

    @field_validator("text")
    @classmethod
    def no_digit(cls, text: str) -> str:
        if "1" in text:
            raise ValueError("不得写数字")
        if "2" in text:
            raise PydanticCustomError("slot", "没有这个槽位")
        return text


class Whole(BaseModel):
    parts: list[Part]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.dictionaries(texts, st.lists(texts, max_size=3), max_size=3)


class Anything(BaseModel):
    model_config = ConfigDict(extra="allow")


@given(
    values,
    st.sampled_from(
        ["{}", "```json\n{}\n```", "<think>x{{</think>{}", "\n {}\n", "<think>\n```\n{{}}\n```</think>\n```\n{}\n```"]
    ),
)
def test_no_wrapping_changes_what_the_model_said(value, wrapping):
    said = json.dumps(value, ensure_ascii=False)
    if "```" in said:
        wrapping = "{}"
    assert read_reply(wrapping.replace("{}", said), Anything).model_dump() == value


@given(st.text())
def test_any_text_is_a_reply_or_a_bad_answer(text):
    with suppress(BadAnswer):
        assert isinstance(read_reply(text, Whole), Whole)


def test_json_that_holds_a_fence_or_a_tag_is_not_cut():
    said = {"a": "```json\n{}\n``` 和 </think>"}
    assert read_reply(json.dumps(said), Anything).model_dump() == said


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1} {"a": 2}', "```json\n{}\n```\n```json\n{}\n```", "9" * 5000, "[" * 9999]
)
def test_what_is_not_one_whole_json_value_is_bad_json(text):
    with pytest.raises(BadJSON):
        read_reply(text, Anything)


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ({}, "parts[0].text 缺少这一项"),
        ({"text": "甲", "extra": 1}, "parts[0].extra 多出这一项"),
        ({"text": "甲" * 10}, "parts[0].text 最多只能有 9 个字"),
        ({"text": "甲", "kind": "x"}, "parts[0].kind 只能取 'figure'、'event'"),
        ({"text": "甲", "number": "x"}, "parts[0].number 应当是整数"),
        ({"text": "1"}, "parts[0].text 不得写数字"),
        ({"text": "2"}, "parts[0].text 没有这个槽位"),
        ({"text": "甲", "number": 1.5}, "parts[0].number 不合要求（int_from_float）"),
        ({"text": "甲", "坏\n" + "长" * 99: 1}, "parts[0].坏 " + "长" * 38 + " 多出这一项"),
    ],
)
def test_a_wrong_shape_is_told_in_chinese_with_its_place(part, complaint):
    with pytest.raises(BadSchema) as caught:
        read_reply(json.dumps({"parts": [part]}), Whole)
    assert complaint in str(caught.value)


def test_many_complaints_are_counted_not_listed():
    with pytest.raises(BadSchema, match="另有3处"):
        read_reply(json.dumps({"parts": [{}] * 8}), Whole)
