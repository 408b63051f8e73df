"""Reads any text of the report and gives each number in it a verdict against the fact table."""

from nianbao.checking.binding import Claim
from nianbao.checking.check import NumberCheck, check_text
from nianbao.checking.numbers import Mention, mentions

__all__ = ["Claim", "Mention", "NumberCheck", "check_text", "mentions"]
