"""The truth about silence, from a clean signal, and how far the program is from it.

The synthetic answers are clean: their speech is at about -20 dB of full scale and what lies between at -68.
A *silence* is a stretch of at least 0.25 s (shorter ones are articulation, such as the closure of a 'p')
in which every 10 ms frame is 40 dB or more below the level of the speech. All else is speaking time. The
same truth is used for the copies made worse, whose timing is the same.

This agrees with the pauses that were put in when the answers were made, each of which lies within one
silence; but the silence is the longer one, because the voice itself falls silent before and after: it
begins 0.2 to 0.4 s before the pause put in and ends 0.0 to 0.05 s after it (one 0.3 s). The places of pauses
of at least 1 s hardly depend on the 40 dB: at 30 or 42 dB they move by 0.03 s (one by 0.17 s). The sum of all
silences does, since many last about 0.25 s: the speaking time is 2 to 6 % less by 30 dB, 0.4 to 3 % less by
35 dB, and up to 2 % more by 42 dB (at 44 dB, the noise between the words counts). No program's speaking time
can be more exact than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.align import apart
from benchmarks.accuracy.degrade import frame_levels, speech_level
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span

SHORTEST_SILENCE_SECONDS = 0.25
BELOW_SPEECH_DECIBELS = 40.0
PAUSE_SECONDS = 1.0
NEAR_SECONDS = 0.15


def silences(
    samples: Samples, shortest: float = SHORTEST_SILENCE_SECONDS, below: float = BELOW_SPEECH_DECIBELS
) -> tuple[Span, ...]:
    """The silences of a clean recording, in seconds, those at its beginning and end among them."""
    quiet = frame_levels(samples) < speech_level(samples) - below
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    spans = [Span(float(a) / 100, float(b) / 100) for a, b in edges.reshape(-1, 2)]
    length = len(samples) / RATE
    spans = [Span(s.start_seconds, length) if length - s.end_seconds < 0.02 else s for s in spans]
    return tuple(span for span in spans if span.seconds >= shortest - 1e-9)


@dataclass(frozen=True, slots=True)
class PauseErrors:
    """The pauses of at least 1 s that the program tells, against the true ones.

    ``near``: both ends within 0.15 s. ``invented``: told, but touching no true silence of 0.85 s or more.
    ``starts``, ``ends``: told minus true, in seconds, of each true pause beside which one was told.
    """

    true: int
    told: int
    near: int
    invented: int
    starts: tuple[float, ...]
    ends: tuple[float, ...]


def compare_pauses(true: Sequence[Span], told: Sequence[Span]) -> PauseErrors:
    """``true``: silences of any length; those at the ends of the recording must be left out."""
    long = [span for span in true if span.seconds >= PAUSE_SECONDS]
    nearly = [span for span in true if span.seconds >= PAUSE_SECONDS - NEAR_SECONDS]
    starts, ends = end_errors(long, told)
    near = sum(abs(a) <= NEAR_SECONDS and abs(b) <= NEAR_SECONDS for a, b in zip(starts, ends, strict=True))
    invented = sum(all(apart(span, one) > 0 for one in nearly) for span in told)
    return PauseErrors(len(long), len(told), near, invented, starts, ends)


def end_errors(true: Sequence[Span], told: Sequence[Span]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Told minus true, at the start and at the end, for each true stretch that one told overlaps."""
    starts, ends = [], []
    for span in true:
        beside = [one for one in told if _shared(span, one) > 0]
        if beside:
            nearest = max(beside, key=lambda one: _shared(span, one))
            starts.append(round(nearest.start_seconds - span.start_seconds, 3))
            ends.append(round(nearest.end_seconds - span.end_seconds, 3))
    return tuple(starts), tuple(ends)


def _shared(one: Span, other: Span) -> float:
    return min(one.end_seconds, other.end_seconds) - max(one.start_seconds, other.start_seconds)
