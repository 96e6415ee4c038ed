"""A recording cut at its pauses into pieces that Whisper takes at once.

Pieces of about twelve seconds lose fewer words than Whisper's own windows of thirty, and hesitations in them
are written down more faithfully. Long silences are left out of a piece: where nobody speaks, Whisper makes
words up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pmvoice.transcript import Span

TYPICAL_SECONDS = 12.0
LONGEST_SECONDS = 16.5  # what the person may have to wait for in the end
LONGEST_OF_TYPICAL = 1.5

# What a piece keeps of the silence around speech, so that no first or last sound is cut off.
BEFORE_SPEECH_SECONDS, AFTER_SPEECH_SECONDS = 0.3, 0.4

# A cut in a longer pause may lie further from the typical length: so many seconds for a second of pause.
REACH_PER_PAUSE_SECOND = 25.0
# While the person speaks, the first pause that is long enough closes a piece: the longer the piece is by now,
# the shorter the pause may be. To wait for a better one costs time in the end, when the person waits.
CLOSING_LENGTHS_SECONDS, CLOSING_PAUSES_SECONDS = (6.0, 12.0, 16.5), (0.64, 0.4, 0.28)


@dataclass(frozen=True, slots=True)
class Piece:
    """Stretches of the recording that are decoded together, in order."""

    stretches: tuple[Span, ...]

    @property
    def seconds(self) -> float:
        return sum(stretch.seconds for stretch in self.stretches)

    @property
    def extent(self) -> Span:
        return Span(self.stretches[0].start_seconds, self.stretches[-1].end_seconds)

    def holds(self, span: Span) -> bool:
        """Whether a stretch of speech is one of this piece's."""
        extent = self.extent
        return extent.start_seconds <= span.start_seconds and span.end_seconds <= extent.end_seconds

    def place(self, seconds: float) -> float:
        """A time within the piece as a time of the recording."""
        for stretch in self.stretches:
            if seconds <= stretch.seconds:
                return stretch.start_seconds + max(seconds, 0.0)
            seconds -= stretch.seconds
        return self.stretches[-1].end_seconds


def cut_pieces(speech: Sequence[Span], within: Span, typical_seconds: float = TYPICAL_SECONDS) -> list[Piece]:
    """Pieces of about the typical length that cover all of the speech, cut in its pauses.

    ``speech`` lies in ``within``, as do the pieces. A stretch of it longer than a piece becomes one.
    """
    pieces: list[Piece] = []
    waiting = list(speech)
    before = within.start_seconds
    while waiting:
        count = _length_of_piece(waiting, typical_seconds)
        pieces.append(first_piece(waiting, count, Span(before, within.end_seconds)))
        before = waiting[count - 1].end_seconds
        del waiting[:count]
    return pieces


def first_piece(speech: Sequence[Span], count: int, within: Span) -> Piece:
    """The piece that the first ``count`` stretches make."""
    after = speech[count].start_seconds if count < len(speech) else within.end_seconds
    return Piece(tuple(_with_margins(speech[:count], within.start_seconds, after)))


def closed_by_pause(speech: Sequence[Span], now_seconds: float) -> int:
    """How many of these stretches make up a piece already, though more may follow; 0 where none is closed.

    The first pause that is good enough closes a piece, be it still going on; or else the best one, as soon
    as the piece would become too long.
    """
    seconds = 0.0
    for count, stretch in enumerate(speech, start=1):
        until = speech[count].start_seconds if count < len(speech) else now_seconds
        pause = until - stretch.end_seconds
        seconds += stretch.seconds
        if seconds > LONGEST_SECONDS and count > 1:
            return _length_of_piece(speech[:count], TYPICAL_SECONDS)
        shortest = np.interp(seconds, CLOSING_LENGTHS_SECONDS, CLOSING_PAUSES_SECONDS)
        if seconds >= CLOSING_LENGTHS_SECONDS[0] and pause >= shortest:
            return count
        seconds += min(pause, BEFORE_SPEECH_SECONDS + AFTER_SPEECH_SECONDS)
    return 0


def _length_of_piece(speech: Sequence[Span], typical: float) -> int:
    """How many of these stretches make up the next piece: the best pause near the typical length ends it."""
    longest = min(typical * LONGEST_OF_TYPICAL, LONGEST_SECONDS)
    best, best_worth, seconds = 1, float("-inf"), 0.0
    for count, (stretch, following) in enumerate(pairwise(speech), start=1):
        pause = following.start_seconds - stretch.end_seconds
        seconds += stretch.seconds
        worth = min(pause, 1.5) * REACH_PER_PAUSE_SECOND - abs(seconds - typical)
        if seconds > longest and count > 1:
            return best if best_worth > float("-inf") else count - 1
        if worth > best_worth and seconds > typical / 2:
            best, best_worth = count, worth
        seconds += min(pause, BEFORE_SPEECH_SECONDS + AFTER_SPEECH_SECONDS)
    seconds += speech[-1].seconds
    if seconds <= longest:
        return len(speech)
    return best if best_worth > float("-inf") else max(len(speech) - 1, 1)


def _with_margins(speech: Sequence[Span], earliest: float, latest: float) -> Iterable[Span]:
    """The stretches with some of the silence around each, those that then touch made one."""
    ends = [earliest, *(stretch.end_seconds for stretch in speech)]
    starts = [*(stretch.start_seconds for stretch in speech), latest]
    gaps = list(zip(ends, starts, strict=True))
    start = None
    for stretch, (quiet, _), (_, loud) in zip(speech, gaps, gaps[1:], strict=False):
        first = max(stretch.start_seconds - BEFORE_SPEECH_SECONDS, (quiet + stretch.start_seconds) / 2)
        last = min(stretch.end_seconds + AFTER_SPEECH_SECONDS, (stretch.end_seconds + loud) / 2)
        start = first if start is None else start
        if loud - stretch.end_seconds > BEFORE_SPEECH_SECONDS + AFTER_SPEECH_SECONDS or loud == latest:
            yield Span(start, last)
            start = None
