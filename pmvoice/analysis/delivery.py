"""How an answer was delivered: time, pace and pauses.

Speaking time is the sum of the stretches in which the voice activity detector hears speech; a pause is a
silence of at least ``SHORTEST_PAUSE_SECONDS`` between two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pmvoice.analysis.fillers import Filler, FillerKind, find_fillers
from pmvoice.transcript import Span, Transcript

SHORTEST_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """The timing of one answer. Where nothing was said, the last two are ``None``."""

    duration_seconds: float
    speaking_seconds: float
    pauses: tuple[Span, ...]
    response_delay_seconds: float | None
    words_per_minute: float | None


def measure_delivery(transcript: Transcript, fillers: Sequence[Filler] | None = None) -> Delivery:
    """Measure a transcript's timing; ``fillers`` are those that stand in it (``None``: those found).

    Words a minute are counted over speaking time, not over the whole answer, and without filled pauses:
    'um' takes time but is no word. The delay runs from the start of the recording to the first speech.
    """
    if fillers is None:
        fillers = find_fillers(transcript.words)
    speech = transcript.speech
    speaking = sum(span.seconds for span in speech)
    pauses = [filler for filler in fillers if filler.kind is FillerKind.FILLED_PAUSE]
    spoken = len(transcript.words) - sum(filler.last - filler.first + 1 for filler in pauses)
    return Delivery(
        duration_seconds=transcript.duration_seconds,
        speaking_seconds=speaking,
        pauses=tuple(
            Span(before.end_seconds, after.start_seconds)
            for before, after in pairwise(speech)
            if after.start_seconds - before.end_seconds >= SHORTEST_PAUSE_SECONDS
        ),
        response_delay_seconds=speech[0].start_seconds if speech else None,
        words_per_minute=60 * spoken / speaking if speaking and spoken else None,
    )
