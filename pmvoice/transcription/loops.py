"""Readings that go in circles: led by a text, Whisper may say the same over and over at its end."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from pmvoice.analysis.hesitations import plain

# The limit of Whisper's own decoder (Radford et al., 2022): text that packs better than this goes in circles.
LOOP_COMPRESSION = 2.4
FASTEST_WORDS_PER_SECOND = 8.0
LOOP_TURNS = 6  # so often in a row nobody says the same words
SHORT_TURN = 2  # words; of these, not even the first turn was said
LONG_TURN = 5  # words that end a reading twice: the second time is made up
LONGEST_TURN = 16


def sound_length(words: Sequence[str], witness: Sequence[str] = ()) -> int:
    """How many words of a reading stand before the loop that it ends in; all where it ends in none.

    Words that another reading, the witness, has twice in a row as well were said again.
    """
    keys, others = [plain(word) for word in words], [plain(word) for word in witness]
    for length in range(1, LONGEST_TURN + 1):
        first = len(keys) - length  # from here on, words come again after ``length`` others
        while first > 0 and keys[first - 1] == keys[first - 1 + length]:
            first -= 1
        turns = (len(keys) - first) / length  # the last may be cut short
        if turns >= 2 and _has_twice(others, keys[max(first, 0) : max(first, 0) + length]):
            continue
        if turns >= LOOP_TURNS and length <= SHORT_TURN:
            return first
        if turns >= LOOP_TURNS or (turns >= 2 and length >= LONG_TURN):
            return first + length
    return len(keys)


def _has_twice(words: Sequence[str], turn: Sequence[str]) -> bool:
    twice = [*turn, *turn]
    return any(list(words[n : n + len(twice)]) == twice for n in range(len(words) - len(twice) + 1))


def goes_in_circles(text: str, seconds: float) -> bool:
    """Whether a reading of so many seconds of sound says the same over and over, or too much at all."""
    data = text.encode()
    packs = len(data) > 80 and len(data) / len(zlib.compress(data)) > LOOP_COMPRESSION
    return packs or len(text.split()) > FASTEST_WORDS_PER_SECOND * seconds + 4
