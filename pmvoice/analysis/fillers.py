"""Fillers in what was said: filled pauses (um, uh ...), filler phrases (you know, like ...), repetitions.

Each kind has its rules in a module of its own: ``hesitations``, ``phrases`` and ``repetitions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from pmvoice.analysis.context import Context
from pmvoice.analysis.hesitations import is_filled_pause, plain
from pmvoice.analysis.phrases import phrase_at
from pmvoice.analysis.repetitions import repetitions_among
from pmvoice.transcript import Word

__all__ = ["Filler", "FillerKind", "find_fillers", "is_filled_pause", "plain"]


class FillerKind(Enum):
    FILLED_PAUSE = "filled_pause"
    FILLER_PHRASE = "filler_phrase"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler: ``words[first : last + 1]`` of the transcript, and its place in the recording."""

    kind: FillerKind
    text: str
    start_seconds: float
    end_seconds: float
    first: int
    last: int
    by_person: bool = False  # marked by the person, not found by the rules


def find_fillers(words: Sequence[Word]) -> tuple[Filler, ...]:
    """All fillers in the order in which they were said; no word belongs to two."""
    context = Context(words)
    marks = list(_pauses_and_phrases(context))
    taken = {place for _, _, first, last in marks for place in range(first, last + 1)}
    others = [place for place in range(len(words)) if place not in taken]
    for first, last in repetitions_among(context, others):
        text = " ".join(context.plain[first : last + 1])
        marks.append((FillerKind.REPETITION, text, first, last))
    marks.sort(key=lambda mark: mark[2])
    return tuple(
        Filler(kind, text, words[first].start_seconds, words[last].end_seconds, first, last)
        for kind, text, first, last in marks
    )


def _pauses_and_phrases(context: Context) -> Iterator[tuple[FillerKind, str, int, int]]:
    """Kind, text, first and last word of each."""
    place = 0
    while place < len(context.plain):
        last = place
        if context.hesitates[place]:
            yield FillerKind.FILLED_PAUSE, context.plain[place], place, place
        elif phrase := phrase_at(context, place):
            last = place + len(phrase.parts) - 1
            yield FillerKind.FILLER_PHRASE, phrase.name, place, last
        place = last + 1
