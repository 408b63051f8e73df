"""Gives each number of a text a verdict against the fact table: supported, contradicted or unverified.

A bound number is compared with its fact; an unbound one is supported only by a fact of the same value and
unit whose own words stand in the sentence, or by a confirmed statement that is quoted. The rest is open.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from nianbao.checking.binding import Claim, bind, compatible
from nianbao.checking.numbers import Mention
from nianbao.facts import Fact, FactTable, show
from nianbao.findings import Value

Verdict = Literal["supported", "contradicted", "unverified"]
_WAN = 10_000
_ENOUGH = Fraction(1, 2)
_MOVES = {"change": ("增加", "减少"), "growth": ("增长", "下降"), "times": ("增长", "下降")}  # up, down


class NumberCheck(Value):
    """One number and its verdict. `rule`: under which a contradiction is reported (X-01 …)."""

    start: int
    end: int
    text: str
    verdict: Verdict
    facts: tuple[str, ...] = ()
    expected: str | None = None
    reason: str = ""
    rule: str = "X-15"


def check_text(
    text: str, section: str, facts: FactTable, *, statements: tuple[str, ...] = ()
) -> tuple[NumberCheck, ...]:
    """A verdict for every number of a text. `statements`: confirmed words, whose numbers are good where quoted."""
    said = [span for one in statements for span in _quoted(text, one)]
    checks = []
    for sentence, claim in bind(text, facts):
        mention = claim.mention
        if any(start <= mention.start and mention.end <= end for start, end in said):
            checks.append(_check(mention, "supported", reason="出自已确认的情况。"))
        else:
            checks.append(_verdict(claim, sentence, facts))
    return tuple(checks)


def _quoted(text: str, statement: str) -> list[tuple[int, int]]:
    words = statement.strip().rstrip("。；;，,、 ")
    return [found.span() for found in re.finditer(re.escape(words), text)] if words else []


def _check(mention: Mention, verdict: Verdict, **more: object) -> NumberCheck:
    return NumberCheck(start=mention.start, end=mention.end, text=mention.text, verdict=verdict, **more)  # type: ignore[arg-type]


def _verdict(claim: Claim, sentence: str, facts: FactTable) -> NumberCheck:
    mention = claim.mention
    expected = _expected(claim, facts)
    for value, ids in expected:
        if agrees(mention, value):
            return _check(mention, "supported", facts=ids, rule=claim.rule)
    if not expected:
        return _loose(mention, sentence, facts) if claim.relation == "none" else _lacking(claim)
    if not claim.sure:
        return _loose(mention, sentence, facts)
    value, ids = expected[0]
    fact = facts.get(claim.facts[0])
    name = fact.label if fact else claim.facts[0]
    told = {"ratio": "与上年的倍数", "share": "所占比例"}.get(claim.relation, "")
    shown, written = _show(value, mention), "0" if mention.zero_claim else mention.text
    if claim.relation in _MOVES:
        told, shown = "比上年", _moved(claim, value)
        written = _MOVES[claim.relation][claim.falling] + written
    reason = f"“{name}”{told}应为{shown}，文中写的是{written}。"
    return _check(mention, "contradicted", facts=ids, expected=shown, reason=reason, rule=claim.rule)


def _moved(claim: Claim, value: Fraction) -> str:
    """增加26件, 减少84件, 持平: the change that should be written, with its direction in words."""
    if value == 0:
        return "持平"
    falls = (value < 0) != claim.falling
    return _MOVES[claim.relation][falls] + _show(abs(value), claim.mention)


def _lacking(claim: Claim) -> NumberCheck:
    reason = "缺少计算所需的数据，未能核对。"
    return _check(claim.mention, "unverified", facts=claim.facts, reason=reason, rule=claim.rule)


def _expected(claim: Claim, facts: FactTable) -> list[tuple[Fraction, tuple[str, ...]]]:
    """The values the number may have, each with the facts it comes from."""
    known = [(fact, scaled(fact)) for fact_id in claim.facts if (fact := facts.get(fact_id))]
    if not known or claim.relation == "none":
        return []
    first, value = known[0]
    match claim.relation:
        case "value":
            return [(number, (fact.id,)) for fact, number in known]
        case "sum":
            if len(known) < len(claim.facts):
                return []
            return [(sum((n for _, n in known), Fraction(0)), tuple(f.id for f, _ in known))]
        case "share":
            return _shares(claim, first, facts)
        case _:
            before = facts.get(f"prior.{first.id}")
            if before is None or before.scope != first.scope:
                return []
            return _changes(claim, value, scaled(before), first.id)


def _changes(claim: Claim, now: Fraction, before: Fraction, fact_id: str) -> list[tuple[Fraction, tuple[str, ...]]]:
    difference = before - now if claim.falling else now - before
    if claim.relation == "change":
        return [(difference, (f"change.{fact_id}",))]
    if before <= 0:
        return []
    if claim.relation == "ratio":
        return [(now / before, (fact_id, f"prior.{fact_id}"))]
    growth = difference / before
    return [(growth * 100 if claim.relation == "growth" else growth, (f"growth.{fact_id}",))]


def _shares(claim: Claim, part: Fact, facts: FactTable) -> list[tuple[Fraction, tuple[str, ...]]]:
    wanted = (
        (claim.base,)
        if claim.base
        else ("requests.total_handled.total", "requests.new.total", "requests.workload.total")
    )
    out: list[tuple[Fraction, tuple[str, ...]]] = []
    for base in wanted:
        whole = facts.get(base)
        if whole and whole.value > 0 and part.id.startswith("requests."):
            share = f"share.{part.id}"
            ids = (share,) if share in facts and facts[share].base == base else (part.id, base)
            out.append((part.value / whole.value * 100, ids))
    return out


def scaled(fact: Fact) -> Fraction:
    """A fact's value in the unit that mentions have (money in 元)."""
    return fact.value * _WAN if fact.unit == "万元" else fact.value


def agrees(mention: Mention, value: Fraction) -> bool:
    """Whether the number as written states the value: exactly, rounded as shown, or within its 余, 近, 约."""
    written = mention.value
    if mention.approx == "over":
        size = mention.step
        while written and written % (size * 10) == 0:
            size *= 10
        return written <= value < written + size * (10 if size == mention.step else 1)
    if mention.approx == "near":
        return written * Fraction(9, 10) <= value < written
    if mention.approx == "about":
        return abs(value - written) <= written * Fraction(5, 100)
    if written == value:
        return True
    rounded = mention.unit == "%" or mention.step != 1
    return rounded and int(value / mention.step + Fraction(1, 2)) * mention.step == written


def _loose(mention: Mention, sentence: str, facts: FactTable) -> NumberCheck:
    """A number no label claims: supported by a fact that has its value and unit and is named in the sentence."""
    for fact in facts.facts.values():
        if fact.kind in ("change", "growth") or not compatible(mention.unit, fact.unit) or not fact.unit:
            continue
        if agrees(mention, scaled(fact)) and _named(fact.label, sentence):
            return _check(mention, "supported", facts=(fact.id,))
    return _check(mention, "unverified", reason="没有对应的数据。")


def _named(label: str, sentence: str) -> bool:
    """Whether at least half of the label's pairs of characters stand in the sentence."""
    words = re.sub(r"[（）()、，\s]", "", label)
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return bool(pairs) and Fraction(sum(pair in sentence for pair in pairs), len(pairs)) >= _ENOUGH


def _show(value: Fraction, mention: Mention) -> str:
    unit = mention.unit
    if unit == "元" and "万元" in mention.text:
        return f"{show(value / _WAN, 6)}万元"
    return f"{show(value, 2 if unit in ('%', '倍') else 6)}{unit}"
