"""What each number of a sentence is about: the nearest indicator in its clause, as a claim on facts.

A sentence is read from left to right. A row label (新收, 予以公开, 行政复议) opens a subject, a column label
(自然人, 维持) refines it, a number closes it; 比上年增加…, 占…的…% and 分别 speak of the numbers before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from nianbao.checking.labels import Hit, Label, clause_around, clause_start, hits, labels_of
from nianbao.checking.numbers import Mention, mentions
from nianbao.facts import FactTable

Relation = Literal["value", "sum", "change", "growth", "times", "ratio", "share", "none"]
SENTENCE = re.compile(r"[^。！？\n]{1,2000}[。！？\n]?")

_COUNTED = frozenset({"件", "件次", "宗", "起", "例", "份", ""})
_UP = re.compile(r"(?:增加|增长|增多|上升|提高|提升|(?<!新)增|多)(?:了|约|近|幅度?为|率为|幅达)?$")
_DOWN = re.compile(r"(?:减少|下降|降低|回落|减|少)(?:了|约|近|幅度?为|率为|幅达)?$")
_COMPARED = re.compile(r"[比较](?:上|去|前|20)|同比|与(?:上|去)一?年|同期")
_JOINED = re.compile(r"[、和及与或]?(?:者|以及|被|提起|申请|处理|决定|\s)*[、和及与]?(?:被?提起|被?申请)?")
_GLUE = re.compile(r"[，：（\s]*(?:总计|共计|合计|累计|全年|共|计|为|有|达|均|各|已|的|其中|数量|总数|总量)*")
_DEFAULT_ROW = {"requests": "requests.new"}
_LIKELY = ("requests.new", "requests.workload", "requests.total_handled")


class Claim(NamedTuple):
    """A number and the facts it is about. `sure`: exactly these are meant, so that another value contradicts."""

    mention: Mention
    facts: tuple[str, ...]
    relation: Relation
    rule: str
    sure: bool = True
    base: str = ""
    falling: bool = False


def bind(text: str, facts: FactTable) -> Iterator[tuple[str, Claim]]:
    """Every mention of a text as a claim, with the sentence it stands in. Offsets are those of the text."""
    labels, year = labels_of(facts), report_year(facts)
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()
        reader = _Sentence(words, hits(words, labels), facts, year)
        for claim in reader.claims():
            shift = sentence.start()
            moved = claim.mention.model_copy(
                update={"start": claim.mention.start + shift, "end": claim.mention.end + shift}
            )
            yield words, claim._replace(mention=moved)


def report_year(facts: FactTable) -> int:
    """The year the facts are about (0 where there are none)."""
    years = [int(f.period) for f in facts.facts.values() if not f.id.startswith("prior.") and f.period.isdigit()]
    return max(years, default=0)


class _Sentence:
    """Reads one sentence; `fresh` are labels no number has closed yet."""

    def __init__(self, words: str, found: list[Hit], facts: FactTable, year: int) -> None:
        self.words, self.hits, self.facts, self.year = words, found, facts, year
        self.row = ""
        self.fresh: list[Hit] = []
        self.used: list[Hit] = []
        self.done: list[Claim] = []
        self.queue: list[Hit] = []
        self.spread: list[Claim] = []

    def claims(self) -> Iterator[Claim]:
        numbers = mentions(self.words)
        waiting = list(self.hits)
        for at, mention in enumerate(numbers):
            while waiting and waiting[0].start < mention.start:
                hit = waiting.pop(0)
                if hit not in self.used:
                    self._meet(hit)
            if mention.zero_claim:
                claim = self._nothing(mention)
                if claim is None:
                    continue
                self.fresh = []
            else:
                until = numbers[at + 1].start if at + 1 < len(numbers) else len(self.words)
                claim = self._claim(mention, until)
            self.done.append(claim)
            yield claim

    def _meet(self, hit: Hit) -> None:
        label = hit.label
        between = self.words[self.fresh[-1].end : hit.start] if self.fresh else ""
        joined = bool(self.fresh) and _JOINED.fullmatch(between) is not None
        if label.column and not self._row_for(label):
            return
        self.fresh = [*self.fresh, hit] if joined else [hit]
        if not label.column:
            self.row = _stem(label.facts[0])

    def _row_for(self, label: Label) -> str:
        """The row a column label refines: the one before it, or the table's usual one."""
        if self.row.startswith(f"{label.of}."):
            return self.row
        return _DEFAULT_ROW.get(label.of, "")

    def _claim(self, mention: Mention, until: int) -> Claim:
        before = self.words[clause_start(self.words, mention.start) : mention.start]
        if mention.unit in ("%", "倍", "个百分点") or _UP.search(before) or _DOWN.search(before):
            return self._relation(mention, before)
        if not self.queue and len(self.fresh) > 1 and "分别" in self.words[self.fresh[-1].end : mention.start]:
            self.queue = list(self.fresh)
        if self.queue:
            return self._value(mention, [self.queue.pop(0)])
        if self.fresh and self._reaches(mention):
            claim = self._value(mention, self.fresh)
            if claim.relation != "none":
                self.fresh = []
                return claim
        if earlier := self._earlier(mention, before):
            return earlier
        for hit in self.hits:
            gap = self.words[mention.end : hit.start]
            if mention.end <= hit.start < until and not re.search(r"[，；。：（、]", gap) and len(gap) <= 8:
                if hit.label.column and not self._row_for(hit.label):
                    continue
                claim = self._value(mention, [hit])
                if claim.relation != "none":
                    self.used.append(hit)
                    some = self.words[: mention.start].endswith("有")
                    return claim._replace(sure=claim.sure and not gap and not some)
        return Claim(mention, (), "none", "X-15")

    def _earlier(self, mention: Mention, before: str) -> Claim | None:
        """较2024年的27件: last year's value of the subject; 共56件 after 新收 and 上年结转: both together."""
        about = self._about()
        if about and re.search(rf"[比较与](?:{self.year - 1}|上一?|去)年度?的?$", before):
            return Claim(mention, (f"prior.{about}",), "value", "X-12")
        said = {fact for claim in self.done for fact in claim.facts}
        if {"requests.new.total", "requests.carried_in.total"} <= said and re.search(r"(?:共计?|合计|总计)$", before):
            return Claim(mention, ("requests.workload.total",), "value", "X-01", sure=False)
        return None

    def _reaches(self, mention: Mention) -> bool:
        """Whether the open label speaks of this number: same clause, or only 共, 为 and the like between."""
        gap = self.words[self.fresh[-1].end : mention.start]
        return not re.search(r"[，；：（]", gap) or _GLUE.fullmatch(gap) is not None

    def _value(self, mention: Mention, found: list[Hit]) -> Claim:
        rows = [h for h in found if not h.label.column]
        columns = [h for h in found if h.label.column]
        if len(rows) == len(columns) == 1 and rows[0].label.facts[0].startswith(f"{columns[0].label.of}."):
            found = columns  # 自然人申请办结32件: the row is the one just met
        options = [self._facts(hit, mention) for hit in found]
        label = found[-1].label
        if any(not ids for ids, _ in options) or (len(found) > 1 and label.column and not found[0].label.column):
            options = [o for o in options[-1:] if o[0]]
        if not options:
            return Claim(mention, (), "none", "X-15")
        if len(options) > 1:
            return Claim(mention, tuple(ids[0] for ids, _ in options), "sum", label.rule)
        ids, sure = options[0]
        if sure and ids[0].startswith("supplementary."):
            sure = len(self.words[found[-1].end : mention.start]) <= 4
        return Claim(mention, ids, "value", label.rule, sure)

    def _facts(self, hit: Hit, mention: Mention) -> tuple[tuple[str, ...], bool]:
        """The facts a label may mean here that carry the number's unit; and whether no other can be meant."""
        ids, sure = hit.label.facts, True
        clause = clause_around(self.words, hit.start)
        if hit.label.column:
            row = self._row_for(hit.label)
            ids = (f"{row}.{hit.label.column}",)
            if hit.label.of == "requests":
                ids = tuple(dict.fromkeys([*ids, *(f"{r}.{hit.label.column}" for r in _LIKELY)]))
        for pattern, other in hit.label.or_if:
            if re.search(pattern, self.words):
                ids = (other, *ids)
        if ids[0].count(".") == 1 and ids[0].startswith("disclosure."):
            ids, sure = tuple(f for f in self.facts.facts if f.startswith(f"{ids[0]}.")), False
        elif hit.label.facts and hit.label.facts[0].startswith("remedies."):
            ids = (*self._outcomes_after(hit, mention), *ids)
        ids = self._of_year(ids, clause)
        ids = tuple(i for i in ids if (f := self.facts.get(i)) and compatible(mention.unit, f.unit))
        if re.search(r"本级|[县市区]直", clause):
            sure = False
        return ids, sure

    def _outcomes_after(self, hit: Hit, mention: Mention) -> list[str]:
        """1件行政复议案件被纠正: the outcome that follows in the clause narrows the row."""
        end = re.search(r"[，；。：（、]", self.words[mention.end :])
        limit = mention.end + end.start() if end else len(self.words)
        later = [h for h in self.hits if mention.end <= h.start < limit and h.label.of == "remedies"]
        return [f"{_stem(hit.label.facts[0])}.{h.label.column}" for h in later[:1]]

    def _of_year(self, ids: tuple[str, ...], clause: str) -> tuple[str, ...]:
        """Last year's facts where the clause speaks of last year; none where of an older one."""
        named = re.search(r"(20\d\d)\s*年(?!度?结转|度?继续)", clause)
        if not named or int(named[1]) == self.year or _COMPARED.search(clause):
            return ids
        if re.search(r"结转", clause):
            return ids
        return tuple(f"prior.{i}" for i in ids) if int(named[1]) == self.year - 1 else ()

    def _relation(self, mention: Mention, before: str) -> Claim:
        """增加5件 · 增长15.6% · 占办理结果总数的52.6%."""
        about = self._about()
        if "占" in before and mention.unit == "%":
            return self._share(mention, before)
        if about and mention.unit == "倍" and re.search(r"(?:上一?|去)年度?的$", before):
            return Claim(mention, (about,), "ratio", "X-12")
        moved = _UP.search(before) or _DOWN.search(before)
        said = _COMPARED.search(before) or (self.done and self.done[-1].relation in ("change", "growth"))
        if not about or not moved or not said:
            named = self.fresh and not moved and mention.unit != "%" and self._reaches(mention)
            return self._value(mention, self.fresh) if named else Claim(mention, (), "none", "X-15")
        kind: Relation = "times" if mention.unit == "倍" else "growth" if mention.unit == "%" else "change"
        kind = "none" if mention.unit == "个百分点" else kind
        return Claim(mention, (about,), kind, "X-12", falling=bool(_DOWN.search(before)))

    def _about(self) -> str:
        """The fact that a comparison speaks of: an open label of the clause, or the last number's."""
        if self.fresh:
            ids, _ = self._facts(self.fresh[-1], Mention(start=0, end=0, text="", value=0, step=1, unit="?"))  # type: ignore[arg-type]
            if ids:
                return ids[0]
        return next((c.facts[0].removeprefix("prior.") for c in reversed(self.done) if c.facts), "")

    def _share(self, mention: Mention, before: str) -> Claim:
        whole = before.rpartition("占")[2]
        base = "requests.total_handled.total" if re.search(r"办结|办理|答复|处理|结果", whole) else ""
        base = base or ("requests.new.total" if re.search(r"新收|收到|申请总|申请量", whole) else "")
        counts = [c for c in self.done if c.relation in ("value", "sum")]
        if "分别" in before:
            self.spread = counts[-self._percentages(mention) :]
        elif self.done and self.done[-1].relation != "share":
            self.spread = []
        if self.spread:
            return Claim(mention, self.spread.pop(0).facts[:1], "share", "X-11", base=base)
        about = counts[-1].facts[0] if counts else self._about()
        return Claim(mention, (about,) if about else (), "share" if about else "none", "X-11", base=base)

    def _percentages(self, first: Mention) -> int:
        """How many percentages are listed from this one on: 60.38%和39.62% are two."""
        run = re.match(r"(?:[0-9.]+\s*%(?:[、，和及]|以及)?)+", self.words[first.start :])
        return run.group().count("%") if run else 1

    def _nothing(self, mention: Mention) -> Claim | None:
        """未收到…, 没有…: every label up to the end of the clause is 0."""
        end = re.search(r"[，。；！？\n（]", self.words[mention.end :])
        limit = mention.end + end.start() if end else len(self.words)
        if any(h.start <= mention.start and h.end > mention.end for h in self.hits):
            return None
        if re.search(r"以外|之外|除", self.words[mention.start : limit]):
            return None
        inside = [h for h in self.hits if mention.start < h.start < limit]
        rows = [h for h in inside if not h.label.column]
        ids = [i for h in rows for i in self._facts(h, mention)[0][:1] if "." in i]
        ids += [
            f"{_stem(r.label.facts[0])}.{h.label.column}"
            for h in inside if h.label.column and h.label.of == "disclosure"
            for r in rows if r.label.facts[0].startswith("disclosure.")
        ]  # fmt: skip
        ids = [i for i in dict.fromkeys(ids) if i in self.facts]
        return Claim(mention, tuple(ids), "sum", "X-13") if ids else None


def compatible(unit: str, fact_unit: str) -> bool:
    """Whether a number with this unit may state a fact in that one (`?`: any)."""
    if unit == "?" or unit == fact_unit or (not unit and fact_unit != "%"):
        return True
    if fact_unit in ("万元", "元"):
        return unit == "元"
    return unit in _COUNTED and fact_unit in _COUNTED


def _stem(fact_id: str) -> str:
    """requests.new.total → requests.new; disclosure.normative_documents stays."""
    return fact_id.rpartition(".")[0] if fact_id.count(".") == 2 else fact_id
