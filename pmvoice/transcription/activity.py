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
VAD_STEP = 512  # samples; Silero's
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


def speech_mask(samples: Samples, probabilities: npt.NDArray[np.floating]) -> Mask:
    """For each 10 ms, whether it sounds with a voice: the detector's stretches, fitted to the sound.

    ``samples``: float32, shape (frames,), 16 kHz. ``probabilities``: the detector's, shape (n,), one for each
    512 samples (the last may run over the end).
    """
    count = len(samples) // FRAME
    middles = np.arange(count) * FRAME + FRAME / 2
    voice = np.interp(middles, np.arange(len(probabilities)) * VAD_STEP + VAD_STEP / 2, probabilities)
    if not (voice > VOICE_PROBABILITY).any():
        return np.zeros(count, dtype=np.bool_)
    spoken = voice > _least_probability(voice)
    bands = _band_energies(samples, count)
    power = bands.mean(axis=1)
    levels, whole = _decibels(_smoothed(bands)), _decibels(power)
    still = voice < NO_VOICE_PROBABILITY
    if still.sum() < FEWEST_STILL_FRAMES:
        still = whole <= np.percentile(whole, 10)
    noise = _decibels(bands[still].mean(axis=0))
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


def stretches(mask: Mask, shortest_silence: float = SHORTEST_SILENCE_SECONDS) -> list[Span]:
    """The stretches of speech in a mask, in order, at least ``shortest_silence`` seconds apart."""
    return [
        Span(round(start * FRAME / RATE, 3), round(end * FRAME / RATE, 3))
        for start, end in runs(without_gaps(mask, round(shortest_silence * RATE / FRAME)))
        if end - start >= SHORTEST_SOUND_SECONDS * RATE / FRAME
    ]


def quietest_seconds(samples: Samples, start_seconds: float, end_seconds: float) -> float:
    """The middle of the softest 50 ms between two times of a recording."""
    start, end = round(start_seconds * RATE), round(end_seconds * RATE)
    count = (end - start) // FRAME
    if count < 5:
        return (start_seconds + end_seconds) / 2
    energy = (
        np.square(samples[start : start + count * FRAME], dtype=np.float64).reshape(count, FRAME).mean(axis=1)
    )
    softest = int(np.argmin(np.convolve(energy, np.ones(5), "valid"))) + 2
    return start_seconds + (softest + 0.5) * FRAME / RATE


def _band_energies(samples: Samples, count: int) -> Levels:
    """Mean power per band, shape (count, bands)."""
    peak = max(float(np.percentile(np.abs(samples), 99.9)), 1e-4)
    padded = np.pad(samples * (0.5 / peak), ((WINDOW - FRAME) // 2, WINDOW))
    frequencies = np.fft.rfftfreq(512, 1 / RATE)
    in_band = np.array([(frequencies >= low) & (frequencies < high) for low, high in pairwise(BAND_EDGES_HZ)])
    weights = (in_band / in_band.sum(axis=1, keepdims=True)).T.astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::FRAME][:count]
    window = np.hanning(WINDOW).astype(np.float32)
    energies = [  # a minute at a time: a long answer's spectra need not be in memory at once
        np.square(np.abs(np.fft.rfft(frames[first : first + 6000] * window, 512, axis=1))) @ weights
        for first in range(0, count, 6000)
    ]
    return np.concatenate(energies).astype(np.float64)


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
