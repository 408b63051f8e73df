"""What one dossier can prove, made ready for reading any number of texts against it."""

from __future__ import annotations

import re
import weakref
from functools import cached_property

from nianbao.checking.known.statements import Statements, statements_of
from nianbao.checking.known.subjects import Figures
from nianbao.checking.known.supplementary import Label, labels_of, own_words
from nianbao.dossier import Dossier
from nianbao.facts import FactTable

_OFFICE = re.compile("[\u4e00-\u9fff]{1,6}(?:办公室|机关|本级)")
_kept: dict[int, tuple[weakref.ref[Dossier], Evidence]] = {}


class Evidence:
    """The figures, labels, statements and names of a dossier."""

    def __init__(self, dossier: Dossier, facts: FactTable | None = None) -> None:
        self.dossier = dossier
        self.figures = Figures(dossier, facts)
        self.labels: tuple[Label, ...] = labels_of(self.figures)
        self.words = own_words(self.labels)
        self.statements: Statements = statements_of(dossier)
        self.year = dossier.year

    @cached_property
    def label_words(self) -> str:
        """The names of the dossier's own figures as one text."""
        return "\n".join(label.words for label in self.labels)

    @cached_property
    def scopes(self) -> dict[str, str]:
        """The scopes that are names: 市政府办公室, beside 本机关 and 全市. With the scope of their figures: the name of
        the office may stand in these (县政府办公室接收的申请) and not as their scope (本机关)."""
        own = [x for x in self.labels if x.scope != self.dossier.unit.scope]
        found = {name.group(): x.scope for x in own if (name := _OFFICE.match(x.words))}
        return found | {x.scope: x.scope for x in self.labels if x.scope != "本机关" and x.scope[:1] != "全"}

    @cached_property
    def contact(self) -> str:
        """The contact details as one text."""
        return "\n".join(str(value) for value in self.dossier.contact.model_dump().values() if value)

    @cached_property
    def name(self) -> str:
        """The unit's name without a remark in brackets."""
        return re.sub(r"（[^）]*）", "", self.dossier.unit.name)

    @cached_property
    def self_names(self) -> frozenset[str]:
        """How the unit may speak of itself."""
        own = self.dossier.unit.self_name
        return frozenset({own, "本" + own[1:], "本机关", "本单位", "我单位"})


def evidence_of(dossier: Dossier, facts: FactTable | None = None) -> Evidence:
    """The evidence of a dossier, made once for as long as the dossier lives."""
    key = id(dossier)
    held = _kept.get(key)
    if held is not None and held[0]() is dossier:
        return held[1]
    made = Evidence(dossier, facts)
    kept = _kept

    def forget(_: weakref.ref[Dossier]) -> None:
        kept.pop(key, None)

    _kept[key] = (weakref.ref(dossier, forget), made)
    return made
