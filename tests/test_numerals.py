"""Numbers in Chinese text are read exactly and written back."""

import random
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.numerals import find_numbers, parse_number, to_chinese

WRITTEN = {
    "0": 0,
    "37": 37,
    "１２": 12,
    "12,345.60": Fraction(1234560, 100),
    "1,234,567": 1234567,
    "-3": -3,
    "12.5万": 125000,
    "３.５万": 35000,
    "2亿": 200000000,
    "1亿2000万": 120000000,
    "零": 0,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "廿三": 23,
    "卅": 30,
    "一百零五": 105,
    "一百五": 150,
    "两千三": 2300,
    "两千零五": 2005,
    "两百": 200,
    "一千零一十": 1010,
    "二零二四": 2024,
    "三万零五十": 30050,
    "1.2亿": 120000000,
    "三千四百二十一万五千": 34215000,
    "十万零三千四百五十三": 103453,
    "一百九十万零三千九百七十一": 1903971,
    "壹佰贰拾叁": 123,
    "叁仟零玖拾陆": 3096,
    "负三": -3,
    "百分之百": 1,
    "三成": Fraction(3, 10),
    "七成五": Fraction(3, 4),
    "百万": 1000000,
    "两": 2,
    "俩": 2,
    "421.39万": 4213900,
    "-5%": Fraction(-1, 20),
    "33.3%": Fraction(333, 1000),
    "一百二十三点四五": Fraction(12345, 100),
    "两万三千": 23000,
    "一十五": 15,
    "两千两百二十五": 2225,
    "一亿零三百": 100000300,
    "〇": 0,
    "三千零五十": 3050,
    "三百二十": 320,
    "一万二": 12000,
    "三万零五百": 30500,
    "三点五万": 35000,
    "十二点五": Fraction(25, 2),
    "二〇二四": 2024,
    "一亿零三万": 100030000,
    "12.5%": Fraction(1, 8),
    "100%": 1,
    "5‰": Fraction(1, 200),
    "百分之十二点五": Fraction(1, 8),
    "百分之12.5": Fraction(1, 8),
    "千分之三": Fraction(3, 1000),
    "四分之一": Fraction(1, 4),
    "半": Fraction(1, 2),
}


@pytest.mark.parametrize(("text", "value"), WRITTEN.items())
def test_a_number_is_read_exactly(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "件", "三审三校", "12件", "百", "一二十", "1.2.3", "百分之", "--1"])
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


def test_numbers_are_found_at_their_places():
    text = "公开１２条，增长15.6%，约三点五万人，占四分之一"
    found = find_numbers(text)
    assert [text[n.start : n.end] for n in found] == ["１２", "15.6%", "三点五万", "四分之一"]
    assert [n.value for n in found] == [12, Fraction(156, 1000), 35000, Fraction(1, 4)]
    assert [n.step for n in found] == [1, Fraction(1, 1000), 1000, Fraction(1, 4)]


def test_a_comma_between_clauses_is_no_separator():
    assert [n.value for n in find_numbers("收到12，345条")] == [12, 345]


@given(st.integers(0, 10**12))
def test_what_is_written_is_read_back(number):
    assert parse_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(10, "十"), (18, "十八"), (110, "一百一十"), (1005, "一千零五"), (20300, "二万零三百"), (-7, "负七")],
)
def test_numbers_are_written_as_people_write_them(number, text):
    assert to_chinese(number) == text


def test_twenty_thousand_numbers_are_read_as_a_second_reader_writes_them():
    draw = random.Random(711)
    for number in [draw.randrange(10 ** draw.randint(1, 12)) for _ in range(20_000)]:
        assert parse_number(cn2an.an2cn(number)) == number
        assert parse_number(cn2an.an2cn(number, "up")) == number
        assert parse_number(to_chinese(number)) == number
