"""Last year's dossier, as far as it is filled in beforehand."""

from __future__ import annotations

from nianbao.dossier import Dossier, Number
from nianbao.workbook import layout

Item = dict[str, str | Number]


class LastYear:
    """Nothing of it is known where there is no dossier."""

    def __init__(self, prior: Dossier | None) -> None:
        self.prior = prior

    @property
    def basics(self) -> dict[tuple[str, str], str]:
        """Unit and contact, by block and field, in the words of the lists."""
        if not self.prior:
            return {}
        data = self.prior.plain()
        words = layout().words["level"]
        unit = {**data.get("unit", {}), "level": words[self.prior.unit.level]}
        found = {("unit", key): str(value) for key, value in unit.items()}
        return found | {("contact", key): str(value) for key, value in data.get("contact", {}).items()}

    def value(self, block: str, field: str) -> str:
        return self.basics.get((block, field), "")

    def number(self, address: str) -> Number | None:
        return self.prior.value(address) if self.prior else None

    def items(self, list_id: str) -> list[Item]:
        """The rows that a list begins with: last year's supplementary figures and problems."""
        if not self.prior:
            return []
        topics = layout().words["topic"]
        if list_id == "supplementary":
            return [
                {"label": one.label, "unit": one.unit, "prior": one.value, "scope": one.scope, "id": one.id}
                | {"topic": topics.get(one.topic or "", "")}
                for one in self.prior.supplementary
            ]
        if list_id == "last_problems":
            problems = (one for one in self.prior.statements if one.kind == "problem")
            return [{"id": one.id, "text": one.text, "topic": topics.get(one.topic or "", "")} for one in problems]
        return []
