"""Where somebody speaks, from the sound itself: what speaking time, pauses and the delay are read from.

A voice activity detector knows speech from other sound, but its edges lag by some 0.1 s and it bridges the
pauses between phrases. The energy has sharp edges, but cannot tell a voice from a slammed door. So the
detector says where there is a voice, and the energy where exactly it begins and ends: in six bands, each
against its own noise, so that an 's' is seen in a humming room; and against the fastest decay heard in the
recording, so that a room's reverberation is not taken for speech (the statistical model of late reverberation
of Lebart, Boucher and Denbigh, 2001). Voices in the background are told apart by their level
(``background``).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span
from pmvoice.transcription.background import background
from pmvoice.transcription.masks import Mask, runs, widened, without_gaps

FRAME = 160  # samples; 10 ms
WINDOW = 400  # samples; 25 ms
FRAME_BEFORE = (WINDOW - FRAME) // 2  # by how much a frame's window begins before it
BAND_EDGES_HZ = (100, 300, 600, 1200, 2400, 4000, 7600)

# A shorter gap is articulation, not silence (the closure of a 'p' lasts some 0.1 s); 250 ms is the usual
# limit between the two (De Jong and Bosker, 2013).
SHORTEST_SILENCE_SECONDS = 0.25
SHORTEST_SOUND_SECONDS = 0.04

VOICE_PROBABILITY, SURE_PROBABILITY, PERHAPS_VOICE_PROBABILITY = 0.4, 0.95, 0.2
LEAST_SHARE = 0.35  # of ``VOICE_PROBABILITY`` is asked where the detector is never sure
NO_VOICE_PROBABILITY = 0.1
FEWEST_STILL_FRAMES = 30  # with fewer, the softest tenth stands for the noise
ABOVE_NOISE_DB = 4.0
# Softer than this against the loudest speech is silence, however still the room: in a band, and in all.
BELOW_SPEECH_DB, ALL_BELOW_SPEECH_DB = 43.0, 47.0
ABOVE_DECAY_DB = 2.5
DRY_DB_A_FRAME = 4.0  # sound that dies away faster than this does so without a room
MASKED_DB = 8.0  # sound this near to a band's loudest is never put down to reverberation
# With less than this between speech and noise, the ends of words are lost in it: by some frames, and by
# one more for so many dB.
NOISY_DB, LOUD_NOISE_DB = 35.0, 30.0
LOST_IN_NOISE_FRAMES, ONE_MORE_LOST_DB = 2, 5.0
CLOSURE_FRAMES = 8  # within a word the voice may fall silent for so long
BRIDGED_FRAMES = 10  # a shorter doubt of the detector's is none
WIDEN_FRAMES = 25  # how far the detector's edges may lie inside the sound
TRIM_BEFORE_FRAMES, TRIM_AFTER_FRAMES = 15, 25  # how far they may lie outside of it

Levels = npt.NDArray[np.float64]


def speech_mask(powers: Levels, voice: Levels) -> Mask:
    """For each 10 ms, whether it sounds with a voice: the detector's stretches, fitted to the sound.

    ``powers``: from ``band_powers``, shape (frames, bands), of sound near full level. ``voice``: the
    detector's probability in each frame, shape (frames,).
    """
    if not (voice > VOICE_PROBABILITY).any():
        return np.zeros(len(voice), dtype=np.bool_)
    spoken = voice > _least_probability(voice)
    power = powers.mean(axis=1)
    levels, whole = _decibels(_smoothed(powers)), _decibels(power)
    still = voice < NO_VOICE_PROBABILITY
    if still.sum() < FEWEST_STILL_FRAMES:
        still = whole <= np.percentile(whole, 10)
    noise = _decibels(powers[still].mean(axis=0))
    loudest, loudest_band = np.percentile(whole[spoken], 90), np.percentile(levels[spoken], 90, axis=0)
    lowest = np.maximum(noise + ABOVE_NOISE_DB, loudest_band - BELOW_SPEECH_DB)
    decay = _decay_a_frame(levels, loudest_band)
    is_dry = decay > DRY_DB_A_FRAME
    if not is_dry:
        echo = _echo(levels, decay) + ABOVE_DECAY_DB
        lowest = np.maximum(lowest, np.minimum(echo, loudest_band - MASKED_DB))
    sounds = (levels > lowest).any(axis=1) & (whole > loudest - ALL_BELOW_SPEECH_DB)
    sounds &= ~background(power, voice, loudest)
    # In a room that echoes, what sounds again after a gap may be the echo.
    near = without_gaps(sounds, CLOSURE_FRAMES) if is_dry else sounds
    return widened(_fitted(spoken, sounds, near), _frames_lost(loudest - noise.mean()))


def _frames_lost(signal_to_noise_db: float) -> int:
    """How many frames at the ends of words are lost in the noise."""
    if signal_to_noise_db >= NOISY_DB:
        return 0
    return LOST_IN_NOISE_FRAMES + round(max(LOUD_NOISE_DB - signal_to_noise_db, 0) / ONE_MORE_LOST_DB)


def _least_probability(voice: Levels) -> float:
    """The probability from which on a frame counts as voice.

    Of a voice in telephone quality the detector is only half as sure: then less is asked of each frame.
    """
    sure = float(np.percentile(voice[voice > PERHAPS_VOICE_PROBABILITY], 90)) / SURE_PROBABILITY
    return VOICE_PROBABILITY * float(np.clip(sure**2, LEAST_SHARE, 1.0))


def stretches(
    mask: Mask, begin_seconds: float = 0.0, shortest_silence: float = SHORTEST_SILENCE_SECONDS
) -> list[Span]:
    """The stretches of speech in a mask, in order, at least ``shortest_silence`` seconds apart.

    ``begin_seconds``: the time of the mask's first frame.
    """
    return [
        Span(round(begin_seconds + start * FRAME / RATE, 3), round(begin_seconds + end * FRAME / RATE, 3))
        for start, end in runs(without_gaps(mask, round(shortest_silence * RATE / FRAME)))
        if end - start >= SHORTEST_SOUND_SECONDS * RATE / FRAME
    ]


def quietest_seconds(samples: Samples) -> float:
    """The middle of the softest 50 ms of some sound."""
    count = len(samples) // FRAME
    if count < 5:
        return len(samples) / 2 / RATE
    energy = np.square(samples[: count * FRAME], dtype=np.float64).reshape(count, FRAME).mean(axis=1)
    softest = int(np.argmin(np.convolve(energy, np.ones(5), "valid"))) + 2
    return (softest + 0.5) * FRAME / RATE


def band_powers(samples: Samples, count: int) -> Levels:
    """The mean power of ``count`` frames in each band, shape (frames, bands).

    ``samples`` begin ``FRAME_BEFORE`` before the first frame: a frame's window reaches beyond it.
    """
    if count <= 0:
        return np.zeros((0, len(BAND_EDGES_HZ) - 1))
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::FRAME][:count]
    spectra = np.square(np.abs(np.fft.rfft(windows * _WINDOW_SHAPE, 512, axis=1)))
    powers: Levels = (spectra @ _BAND_WEIGHTS).astype(np.float64)
    return powers


def _band_weights() -> npt.NDArray[np.float32]:
    frequencies = np.fft.rfftfreq(512, 1 / RATE)
    in_band = np.array([(frequencies >= low) & (frequencies < high) for low, high in pairwise(BAND_EDGES_HZ)])
    weights: npt.NDArray[np.float32] = (in_band / in_band.sum(axis=1, keepdims=True)).T.astype(np.float32)
    return weights


_BAND_WEIGHTS = _band_weights()
_WINDOW_SHAPE = np.hanning(WINDOW).astype(np.float32)


def _decibels(power: Levels) -> Levels:
    return 10 * np.log10(power + 1e-9)


def _smoothed(bands: Levels) -> Levels:
    """The mean of each frame with its neighbours."""
    padded = np.pad(bands, ((1, 1), (0, 0)), mode="edge")
    smoothed: Levels = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
    return smoothed


def _decay_a_frame(levels: Levels, loudest: Levels) -> float:
    """By how many dB a frame the sound dies away: as fast as the fastest decay that was heard.

    In a live room that is slowly, close to the microphone at once.
    """
    drops = (levels[:-8] - levels[8:])[levels[:-8] > loudest - 15]
    return float(np.percentile(drops, 99)) / 8 if drops.size else 9.0


def _echo(levels: Levels, decay: float) -> Levels:
    """For each frame and band the level that sound heard before may still have by reverberation."""
    lost = decay * np.arange(len(levels))[:, np.newaxis]
    echo = np.full_like(levels, -np.inf)
    echo[1:] = np.maximum.accumulate(levels + lost)[:-1] - lost[1:]
    return echo


def _fitted(spoken: Mask, sounds: Mask, near: Mask) -> Mask:
    """The detector's stretches with their edges moved to where the sound begins and ends.

    Outwards for as long as it sounds ``near``: the burst of a final 't' comes after a closure.
    """
    fitted = np.zeros_like(spoken)
    count = len(spoken)
    for first, last in runs(without_gaps(spoken, BRIDGED_FRAMES)):
        start, end = first, last
        while start > 0 and first - start < WIDEN_FRAMES and near[start - 1]:
            start -= 1
        while end < count and end - last < WIDEN_FRAMES and near[end]:
            end += 1
        while start < end and not sounds[start] and start - first < TRIM_BEFORE_FRAMES:
            start += 1
        while end > start and not sounds[end - 1] and last - end < TRIM_AFTER_FRAMES:
            end -= 1
        fitted[start:end] = True
    return fitted & without_gaps(sounds, CLOSURE_FRAMES)
