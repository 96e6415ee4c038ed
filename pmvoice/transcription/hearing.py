"""What is known of a recording's sound while it grows: its samples, its level, and where a voice is.

All is taken step by step, so that at the end of a long answer nothing is left to do for its beginning. The
steps lie at fixed places: what is known at each is the same, however the samples came.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pmvoice.sound_files import FULL_SCALE, RATE, Samples
from pmvoice.transcription.activity import (
    FRAME,
    FRAME_BEFORE,
    VOICE_PROBABILITY,
    WINDOW,
    Levels,
    band_powers,
    speech_mask,
)
from pmvoice.transcription.detector import BLOCK, VoiceDetector
from pmvoice.transcription.masks import Mask
from pmvoice.transcription.whisper import gain_to_full_level

STEP = 10 * BLOCK  # samples; about a third of a second, and a whole number of frames too
STEP_FRAMES = STEP // FRAME
LATE_FRAMES = 1  # the window of a step's last frame reaches into the next step, which tells of it

PEAK_SHARE = 0.999  # of all samples are softer than the level
# The detector hears the sound at the level known so far. Where the recording's turns out to be off by this
# factor (2 dB), it hears it all again.
LEVEL_OFF = 1.25


class Hearing:
    """The sound of a recording so far. ``seconds``: how much of it is known."""

    def __init__(self) -> None:
        self._steps: list[npt.NDArray[np.int16]] = []  # as in the file, half of what floats would take
        self._powers: list[Levels] = []
        self._voice: list[npt.NDArray[np.float32]] = []
        self._rest = np.zeros(0, dtype=np.float32)  # less than a step
        self._detector = VoiceDetector()
        self._levels = np.zeros(round(FULL_SCALE) + 1, dtype=np.int64)  # how many samples are so loud
        self._gain = 1.0
        self._least_gain = self._most_gain = 0.0  # within which the detector may go on
        self._before = np.zeros(FRAME_BEFORE, dtype=np.float32)  # samples that the next frame's window needs
        self._is_whole = False

    @property
    def seconds(self) -> float:
        steps = len(self._steps)
        return (STEP * (steps - 1) + len(self._steps[-1])) / RATE if steps else 0.0

    def steps(self, samples: Samples) -> Iterator[float]:
        """Hear what follows; gives after each step how much is known, in seconds."""
        samples = np.concatenate([self._rest, samples])
        end = len(samples) // STEP * STEP
        self._rest = samples[end:].copy()
        for place in range(0, end, STEP):
            self._hear(samples[place : place + STEP])
            yield self.seconds

    def finish(self) -> None:
        """Hear what is less than a step: nothing follows."""
        self._is_whole = True
        if len(self._rest):
            self._hear(self._rest)
        else:
            self._powers.append(self._new_powers(self._rest))

    def samples(self, start_seconds: float = 0.0, end_seconds: float | None = None) -> Samples:
        """The samples between two times."""
        start = round(start_seconds * RATE)
        end = round((self.seconds if end_seconds is None else end_seconds) * RATE)
        first = start // STEP
        steps = self._steps[first : -(-end // STEP)]
        whole = np.concatenate([np.zeros(0, dtype=np.int16), *steps])
        return _as_floats(whole[start - first * STEP : end - first * STEP])

    def mask(self, since_seconds: float = 0.0) -> tuple[Mask, float]:
        """For each 10 ms, whether it sounds with a voice, and the time of the first of them.

        ``since_seconds``: from when on, or somewhat earlier.
        """
        if not self._voice:
            return np.zeros(0, dtype=np.bool_), 0.0
        first = int(since_seconds * RATE) // STEP
        start = max(first * STEP_FRAMES - LATE_FRAMES, 0) if first else 0
        powers = np.concatenate(self._powers[first:]) * self._gain**2
        blocks = np.concatenate(self._voice)
        middles = (start + np.arange(len(powers)) + 0.5) * FRAME
        voice = np.interp(middles, (np.arange(len(blocks)) + 0.5) * BLOCK, blocks)
        return speech_mask(powers, voice), start * FRAME / RATE

    def voice_since(self, seconds: float) -> Mask:
        """For each block of 32 ms since a time, whether the detector hears a voice in it."""
        first = int(seconds * RATE) // STEP
        blocks = np.concatenate([np.zeros(0, dtype=np.float32), *self._voice[first:]])
        voice: Mask = blocks[int(seconds * RATE) // BLOCK - first * STEP // BLOCK :] > VOICE_PROBABILITY
        return voice

    def _hear(self, samples: Samples) -> None:
        pcm = np.rint(samples * FULL_SCALE).clip(-FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        self._steps.append(pcm)
        self._powers.append(self._new_powers(samples))
        self._level(samples)
        if not self._least_gain <= self._gain <= self._most_gain:
            self._least_gain, self._most_gain = self._gain / LEVEL_OFF, self._gain * LEVEL_OFF
            self._detector.forget()
            self._voice = []
        unheard = _as_floats(np.concatenate(self._steps[len(self._voice) :])) * np.float32(self._gain)
        voice = self._detector.probabilities(np.pad(unheard, (0, -len(unheard) % BLOCK)))
        self._voice += np.split(voice, range(STEP // BLOCK, len(voice), STEP // BLOCK))

    def _level(self, samples: Samples) -> None:
        """Put the gain right with what is new."""
        levels = np.rint(np.abs(samples) * FULL_SCALE).astype(np.int64).clip(max=len(self._levels) - 1)
        self._levels += np.bincount(levels, minlength=len(self._levels))
        softer = np.cumsum(self._levels)
        self._gain = gain_to_full_level(int(np.searchsorted(softer, PEAK_SHARE * softer[-1])) / FULL_SCALE)

    def _new_powers(self, samples: Samples) -> Levels:
        """The band powers of the frames whose windows are complete now; of all, where nothing follows."""
        part = np.concatenate([self._before, samples])
        self._before = part[-(WINDOW - FRAME_BEFORE) :]
        if not self._is_whole:
            return band_powers(part, (len(part) - WINDOW) // FRAME + 1)
        count = round(self.seconds * RATE) // FRAME - sum(map(len, self._powers))
        return band_powers(np.pad(part, (0, WINDOW)), count)


def _as_floats(pcm: npt.NDArray[np.int16]) -> Samples:
    return pcm.astype(np.float32) / np.float32(FULL_SCALE)
