"""Many voices in the background: a café, an open office.

To a voice activity detector they are voices like any other, so speaking time would run through every pause.
What tells them apart is that they are never quite silent and always softer: the softest stretches of the
recording (minimum statistics, as in Martin, 2001) give their level. What stays near it for longer than a
softly spoken word is background. A single voice falls silent itself and is not told apart.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pmvoice.transcription.masks import Mask, runs

# All in frames of 10 ms, and in dB against the loudest speech.
SLOW_FRAMES, FAST_FRAMES = 30, 5  # over which the level is averaged
# Softer background is no voice to the detector, which then needs no help.
SOFTEST_DB = -30.0
# Many voices at once rise and fall by so much: a fan's level stands still, a pause's falls deeper.
LEAST_SPREAD_DB, MOST_SPREAD_DB = 1.5, 4.5
LEAST_VOICE_PROBABILITY = 0.2  # the detector's, in the softest tenth: else it is no voice
ABOVE_SOFTEST_DB, BELOW_SPEECH_DB = 6.5, 9.0
SHORTEST_FRAMES = 30  # softer speech than the background's loudest does not last as long
LONGEST_AT_LEAST_FRAMES = 60  # without a pause of this length there is no telling
EDGE_FRAMES = 3  # of a word may be as soft as the background
ISLAND_FRAMES, ISLAND_ABOVE_DB = 40, 5.0  # a short rise out of it is no word

Levels = npt.NDArray[np.float64]


def background(power: Levels, voice: Levels, loudest_db: float) -> Mask:
    """For each 10 ms, whether nothing but voices in the background is heard; all false where there are none.

    ``power``: mean power, shape (frames,). ``voice``: the detector's probability, shape (frames,).
    ``loudest_db``: the level of the loudest speech, in dB of the same power.
    """
    none = np.zeros(len(power), dtype=np.bool_)
    if len(power) < LONGEST_AT_LEAST_FRAMES:
        return none
    slow = _level(power, SLOW_FRAMES) - loudest_db
    softest, soft = np.percentile(slow, [2, 10])
    if (
        softest < SOFTEST_DB
        or not LEAST_SPREAD_DB <= soft - softest <= MOST_SPREAD_DB
        or voice[slow <= soft].mean() < LEAST_VOICE_PROBABILITY
    ):
        return none
    fast = _level(power, FAST_FRAMES) - loudest_db
    limit = min(soft + ABOVE_SOFTEST_DB, -BELOW_SPEECH_DB)
    pauses = [(start, end) for start, end in runs(fast < limit) if end - start >= SHORTEST_FRAMES]
    if max((end - start for start, end in pauses), default=0) < LONGEST_AT_LEAST_FRAMES:
        return none
    mask = np.zeros_like(none)
    for start, end in pauses:
        mask[start + EDGE_FRAMES : end - EDGE_FRAMES] = True
    for start, end in runs(~mask):
        if end - start < ISLAND_FRAMES and fast[start:end].max() < limit + ISLAND_ABOVE_DB:
            mask[start:end] = True
    return mask


def _level(power: Levels, frames: int) -> Levels:
    """In dB, each frame averaged with its neighbours, ``frames`` in all."""
    before = frames // 2
    padded = np.pad(power, (before, frames - 1 - before), mode="edge")
    level: Levels = 10 * np.log10(np.convolve(padded, np.full(frames, 1 / frames), "valid") + 1e-9)
    return level
