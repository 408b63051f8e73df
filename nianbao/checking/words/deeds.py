"""Several deeds in one segment: 先后召开推进会、举办咨询活动、印发工作要点 are three."""

from __future__ import annotations

import re

from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token

_DEEDS = frozenset({"meeting", "training", "event", "document", "platform"})
_LEAST, _NEAR = 5, 2
_VERB = re.compile("启动|推出|发布|建成|更新|编制|完成|组织|清理|优化|开展|参加")


def deeds(segment: Segment, text: str) -> list[Segment]:
    """The segment in parts at 、 where each begins with the verb of a deed; else as it is.

    What stands before the first verb (a time, 先后) goes with the first part.
    """
    cuts = [t for t in segment.tokens if t.kind == "list"]
    if not cuts:
        return [segment]
    edges = [segment.start, *(t.end for t in cuts), segment.end]
    parts: list[Segment] = []
    for number, (start, end) in enumerate(zip(edges, [*(t.start for t in cuts), segment.end], strict=False)):
        tokens = [t for t in segment.tokens if start <= t.start and t.end <= end]
        opener = segment.opener if number == 0 else "、"
        parts.append(Segment(start, end, tokens, opener, segment.number))
    several = len(parts) > 1 and all(_is_deed(part, text, first=part is parts[0]) for part in parts)
    return parts if several else [segment]


def _is_deed(part: Segment, text: str, first: bool) -> bool:
    """Whether a part begins with a verb and says what was done; the first may have words before its verb."""
    verb = next((t.start for t in part.tokens if _deed(t)), part.end)
    if other := _VERB.search(text, part.start, min(verb, part.end)):
        verb = other.start()
    if part.end - verb < _LEAST:
        return False
    return first or verb - part.start <= _NEAR


def _deed(token: Token) -> bool:
    entry = token.entry
    if entry is None:
        return False
    verb = token.kind == "column" and entry.domain == "disclosure"  # 印发, 废止
    return verb or (token.kind == "trigger" and entry.domain in _DEEDS)
