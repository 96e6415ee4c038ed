"""Words of a piece put into their places in the recording.

Whisper's attention says roughly when a word is said; it stretches words over the pauses beside them. Where
somebody speaks is known better from the sound, so words are fitted into the stretches of speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pmvoice.analysis.hesitations import apart, is_filled_pause
from pmvoice.transcript import Span, Word
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.pieces import Piece

# What Whisper hears this far from all speech is made up.
SPEECH_MARGIN_SECONDS = 0.3
BEGUN_SECONDS = 0.12  # of a hesitation in a breath: it belongs there
# A word said slowly.
LONGEST_WORD_SECONDS, LONGEST_LETTER_SECONDS = 0.5, 0.06
# A hesitation that takes no time is made up, too.
SHORTEST_FILLED_PAUSE_SECONDS = 0.04


def fit_words(
    heard: Sequence[HeardWord], piece: Piece, speech: Sequence[Span], breaths: Sequence[Span]
) -> list[Word]:
    """The words at their places in the recording, within speech; those far from all speech left out.

    ``breaths`` are the stretches of speech between shorter gaps: a filled pause lies in one of them.
    """
    words: list[Word] = []
    for word in heard:
        start, end = piece.place(word.start_seconds), piece.place(word.end_seconds)
        span = _breath_of(start, end, breaths) if word.is_filled_pause else _span_of(start, end, speech)
        if span is None:
            continue
        first = min(max(start, span.start_seconds), span.end_seconds)
        last = max(min(end, span.end_seconds), first)
        if last - first < SHORTEST_FILLED_PAUSE_SECONDS and word.is_filled_pause:
            continue
        words += apart(Word(word.text, round(first, 3), round(last, 3)))
    return list(_without_rush(words))


def _without_rush(words: Sequence[Word]) -> Iterator[Word]:
    """The words without those that take no time, several in a row: nobody has time to say them.

    One alone may be a soft last word, just beyond the speech that was found.
    """
    for takes_no_time, run in groupby(words, lambda word: word.end_seconds <= word.start_seconds):
        row = list(run)
        if not takes_no_time or len(row) == 1:
            yield from row


def is_spoken(word: Word, speech: Sequence[Span]) -> bool:
    """Whether a word lies in speech, or next to it."""
    return _span_of(word.start_seconds, word.end_seconds, speech) is not None


def unexplained_seconds(words: Sequence[Word], breaths: Sequence[Span]) -> float:
    """The longest time in which somebody speaks and no word is heard, or one word for far too long."""
    longest = max((_beyond_measure(word) for word in words), default=0.0)
    for breath in breaths:
        now = breath.start_seconds
        for word in words:
            if now < word.end_seconds and word.start_seconds < breath.end_seconds:
                longest = max(longest, word.start_seconds - now)
                now = max(now, word.end_seconds)
        longest = max(longest, breath.end_seconds - now)
    return longest


def _beyond_measure(word: Word) -> float:
    if is_filled_pause(word.text):
        return 0.0  # may be drawn out for as long as one likes
    return (
        word.end_seconds - word.start_seconds - LONGEST_WORD_SECONDS - LONGEST_LETTER_SECONDS * len(word.text)
    )


def _breath_of(start: float, end: float, breaths: Sequence[Span]) -> Span | None:
    """The breath that a hesitation begins in: of its end attention is less sure than of its beginning."""
    for breath in breaths:
        if min(end, breath.end_seconds) - max(start, breath.start_seconds) >= BEGUN_SECONDS:
            return breath
    return _span_of(start, end, breaths)


def _span_of(start: float, end: float, speech: Sequence[Span]) -> Span | None:
    """The stretch of speech that holds most of a word, or lies next to it."""

    def shared(span: Span) -> float:
        return min(end, span.end_seconds) - max(start, span.start_seconds)

    best = max(speech, key=shared, default=None)
    return best if best is not None and shared(best) > -SPEECH_MARGIN_SECONDS else None
