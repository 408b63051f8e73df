"""A model that points at sentences of a note. It supplies no words: what it quotes has to stand in the note.

Notes are never sent outside the office, whatever the policy for drafting is. What was screened out (words that speak to
a program, data about persons, hidden words) is not sent either. A quotation stands for the whole sentence that it lies
in, so that none can be cut off before its negation.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from nianbao.drafting.endpoint import policy
from nianbao.drafting.endpoint.client import Message
from nianbao.drafting.model.desk import endpoint
from nianbao.drafting.model.draft import Model
from nianbao.drafting.model.prompt import templates
from nianbao.errors import ModelError, NotAllowed
from nianbao.findings import Value
from nianbao.notes import KINDS, STATUSES, Clean, Key, Pointed, Screened, find_quote, same
from nianbao.settings import ModelSettings, host_of

PIECE = 1200  # signs of a note in one call, about as many tokens; the answer repeats at most as many
_SHORTEST = 6
_MOST_ITEMS = 200
_MOST_AT_ONCE = 3  # sentences in one quotation
_GAP = 2  # signs between two sentences: spaces


class ReplyItem(BaseModel):
    """One sentence that the model points at; whatever else it says is dropped."""

    model_config = ConfigDict(extra="ignore")

    quote: str
    kind: str
    status: str


class NotesReply(BaseModel):
    """The reply for one piece of a note."""

    model_config = ConfigDict(extra="ignore")

    items: list[ReplyItem]


class Pointing(Value):
    """What a model pointed at in one note, and what was thrown away.

    `untrue`: quotations that do not stand there; `odd`: kinds or statuses that do not exist; `failed`: why pieces got
    no usable answer, `pieces` of how many.
    """

    sentences: tuple[tuple[Key, Pointed], ...] = ()
    untrue: int = 0
    odd: int = 0
    pieces: int = 0
    failed: tuple[str, ...] = ()


def point(notes: Sequence[Screened], year: int, settings: ModelSettings, out: Path) -> list[Pointing]:
    """Ask the model of the settings about each note. Raises `NotAllowed` before a public address, never an outage."""
    inside = _inside(settings)
    limit = asyncio.Semaphore(settings.limit)

    async def run() -> list[Pointing]:
        async with endpoint(inside, out, lambda: limit) as model:
            return await point_with(model, notes, year, settings.limit)

    return asyncio.run(run())


async def point_with(model: Model, notes: Sequence[Screened], year: int, at_once: int = 1) -> list[Pointing]:
    """The same with a model that is at hand. Once a server does not answer, it is not asked again."""
    turn, down = asyncio.Semaphore(at_once), list[ModelError]()

    async def ask(piece: Sequence[Clean]) -> NotesReply | str:
        async with turn:
            if down:
                return str(down[0])
            try:
                return (await model.complete(messages_for(piece, year), NotesReply))[0]
            except ModelError as failed:
                if failed.retryable or isinstance(failed, NotAllowed):
                    down.append(failed)
                return str(failed)

    cut = [list(pieces(note)) for note in notes]
    replies = iter(await asyncio.gather(*(ask(piece) for note in cut for piece in note)))
    return [_read(note, [(piece, next(replies)) for piece in note]) for note in cut]


def pieces(note: Screened) -> Iterator[Sequence[Clean]]:
    """A note's sentences in pieces of at most `PIECE` signs, cut between paragraphs where that is possible.

    Of a note that bears a mark of secrecy there is none.
    """
    held: list[Clean] = []
    for paragraph in _paragraphs(() if note.marked else note.clean):
        if held and _signs(held) + _signs(paragraph) > PIECE:
            yield held
            held = []
        for one in paragraph:
            if held and _signs(held) + len(one.text) > PIECE:
                yield held
                held = []
            held = [*held, one]
    if held:
        yield held


def messages_for(piece: Sequence[Clean], year: int) -> list[Message]:
    """What is sent for one piece. The delimiter is the digest of what it delimits: no text can hold its own digest, so
    that no note can close it, and the same question stays the same question.
    """
    text = "\n".join("".join(one.text for one in paragraph) for paragraph in _paragraphs(piece))
    mark = f"=== {hashlib.sha256(text.encode()).hexdigest()[:24]} ==="
    content = templates().get_template("notes.md.j2").render(year=year, mark=mark, text=text).strip()
    return [{"role": "user", "content": content}]


def _inside(settings: ModelSettings) -> ModelSettings:
    """The settings under which notes are sent: within the office only."""
    if settings.configured and policy.where(settings.base_url, settings) == "public":
        raise NotAllowed(
            f"模型地址“{host_of(settings.base_url)}”不在本机或内网：部门说明不发给外部模型，没有发送；"
            "请去掉 --model，只按规则摘录；确属内网的，请把主机名写进 NIANBAO_MODEL_HOSTS"
        )
    return settings.model_copy(update={"policy": "local_only"})


def _read(note: Iterable[Sequence[Clean]], replies: Sequence[tuple[Sequence[Clean], NotesReply | str]]) -> Pointing:
    found: dict[Key, Pointed] = {}
    untrue = odd = 0
    failed: list[str] = []
    for piece, reply in replies:
        if isinstance(reply, str):
            failed.append(reply)
            continue
        untrue += len(reply.items[_MOST_ITEMS:])
        for item in reply.items[:_MOST_ITEMS]:
            pointed, hit = _pointed(item), _quoted(item.quote, piece)
            odd += pointed is None
            untrue += pointed is not None and not hit
            if pointed:
                found = {(one.passage, one.start): pointed for one in hit} | found
    return Pointing(
        sentences=tuple(sorted(found.items(), key=lambda item: item[0])), untrue=untrue, odd=odd, pieces=len(replies),
        failed=tuple(failed),
    )  # fmt: skip


def _pointed(item: ReplyItem) -> Pointed | None:
    if item.kind not in KINDS or item.status not in STATUSES:
        return None
    return Pointed(kind=item.kind, status=item.status)


def _quoted(quote: str, piece: Sequence[Clean]) -> list[Clean]:
    """The few sentences that a quotation lies in; none unless it stands in the piece at one place only."""
    if len(same(quote)) < _SHORTEST:
        return []
    hits: list[list[Clean]] = []
    for paragraph in _paragraphs(piece):
        text, ends = "", []
        for one in paragraph:
            text += one.text
            ends.append(len(text))
        for start, end in find_quote(quote, text):
            starts = [0, *ends[:-1]]
            hits.append([one for one, a, b in zip(paragraph, starts, ends, strict=True) if a < end and start < b])
    return hits[0] if len(hits) == 1 and len(hits[0]) <= _MOST_AT_ONCE else []


def _paragraphs(sentences: Sequence[Clean]) -> Iterator[list[Clean]]:
    """Sentences that follow one another in one passage; what was screened out parts them."""
    held: list[Clean] = []
    for one in sentences:
        if held and (held[0].passage != one.passage or one.start - held[-1].end > _GAP):
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def _signs(sentences: Iterable[Clean]) -> int:
    return sum(len(one.text) for one in sentences)
