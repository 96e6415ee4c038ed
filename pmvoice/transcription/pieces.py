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

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span

TYPICAL_SECONDS = 12.0
LONGEST_SECONDS = 18.0
LONGEST_OF_TYPICAL = LONGEST_SECONDS / TYPICAL_SECONDS

# What a piece keeps of the silence around speech, so that no first or last sound is cut off.
BEFORE_SPEECH_SECONDS, AFTER_SPEECH_SECONDS = 0.3, 0.4

# A cut in a longer pause may lie further from the typical length: so many seconds for a second of pause.
REACH_PER_PAUSE_SECOND = 25.0


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

    def samples(self, recording: Samples) -> Samples:
        """The piece's samples, the stretches joined."""
        cuts = [(round(s.start_seconds * RATE), round(s.end_seconds * RATE)) for s in self.stretches]
        return np.concatenate([recording[start:end] for start, end in cuts])

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
    while waiting:
        count = _length_of_piece(waiting, typical_seconds)
        done = len(speech) - len(waiting)
        before = speech[done - 1].end_seconds if done else within.start_seconds
        after = waiting[count].start_seconds if count < len(waiting) else within.end_seconds
        pieces.append(Piece(tuple(_with_margins(waiting[:count], before, after))))
        del waiting[:count]
    return pieces


def _length_of_piece(speech: Sequence[Span], typical: float) -> int:
    """How many of these stretches make up the next piece: the best pause near the typical length ends it."""
    longest = typical * LONGEST_OF_TYPICAL
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
