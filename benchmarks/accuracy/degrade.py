"""Recordings made worse, with the timing kept or changed by a known factor; and sounds without speech.

All take and give float32 samples, shape (frames,), at 16 kHz. What is drawn by chance comes from the
generator that is handed in.
"""

from __future__ import annotations

import av
import numpy as np
import soxr
from numpy.typing import NDArray

from pmvoice.sound_files import FULL_SCALE, RATE, Samples

FRAME = RATE // 100  # 10 ms
Chance = np.random.Generator


def frame_levels(samples: Samples) -> NDArray[np.float64]:
    """The level of each 10 ms in dB of full scale (root mean square), shape (frames // 160,)."""
    count = len(samples) // FRAME
    power = np.square(samples[: count * FRAME].reshape(count, FRAME).astype(np.float64)).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


def speech_level(samples: Samples) -> float:
    """The level of speech while there is some, in dB of full scale.

    The mean power of the 10 ms frames that are less than 30 dB below the loudest hundredth, so that pauses
    do not lower it (the idea of ITU-T P.56, made simple).
    """
    levels = frame_levels(samples)
    active = levels[levels > np.percentile(levels, 99) - 30]
    return float(10 * np.log10(np.mean(10 ** (active / 10))))


def _level(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def at_level(samples: Samples, decibels: float) -> Samples:
    """The same sound at this level in dB of full scale (root mean square)."""
    return np.asarray(samples * 10 ** ((decibels - _level(samples)) / 20), dtype=np.float32)


def white(frames: int, chance: Chance) -> Samples:
    return chance.standard_normal(frames).astype(np.float32)


def pink(frames: int, chance: Chance) -> Samples:
    """Noise whose power falls by 3 dB an octave, from 50 Hz on: a fan, a street."""
    spectrum = np.fft.rfft(chance.standard_normal(frames))
    frequency = np.fft.rfftfreq(frames, 1 / RATE)
    spectrum /= np.sqrt(np.maximum(frequency, 50))
    return np.asarray(np.fft.irfft(spectrum, frames), dtype=np.float32)


def babble(samples: Samples, chance: Chance) -> Samples:
    """Six voices at once and backwards, made from the recording itself at other speeds: a full room."""
    backwards = samples[::-1].astype(np.float64)
    total = np.zeros(len(samples))
    for speed in (0.8, 0.87, 0.95, 1.05, 1.12, 1.2):
        voice = resampled(backwards.astype(np.float32), speed)
        total += np.resize(np.roll(voice, int(chance.integers(len(voice)))), len(samples))
    return total.astype(np.float32)


def with_noise(samples: Samples, noise: Samples, ratio: float) -> Samples:
    """With noise ``ratio`` dB below the level of the speech."""
    mixed = samples + at_level(noise, speech_level(samples) - ratio)
    return np.asarray(np.clip(mixed, -1, 1), dtype=np.float32)


def in_room(samples: Samples, chance: Chance, t60: float = 0.5, direct_ratio: float = 3.0) -> Samples:
    """In a room that echoes: exponentially falling noise after the direct sound, which stays where it was.

    ``t60``: seconds until the echo is 60 dB down. ``direct_ratio``: dB by which the direct sound is above the
    whole echo (a laptop's microphone at arm's length).
    """
    frames = int(t60 * 1.2 * RATE)
    time = np.arange(frames) / RATE
    echo = chance.standard_normal(frames) * 10 ** (-3 * time / t60)
    echo[: int(0.002 * RATE)] = 0
    echo *= np.sqrt(10 ** (-direct_ratio / 10) / np.square(echo).sum())
    echo[0] = 1
    size = len(samples) + frames
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)[: len(samples)]
    return np.asarray(np.clip(wet, -1, 1), dtype=np.float32)


def quieter(samples: Samples, decibels: float = 36) -> Samples:
    """A microphone turned down, written with 16 bits."""
    return np.asarray(np.round(samples * 10 ** (-decibels / 20) * FULL_SCALE) / FULL_SCALE, dtype=np.float32)


def clipped(samples: Samples, decibels: float = 15) -> Samples:
    """A microphone turned up until it cuts the peaks off."""
    return np.asarray(np.clip(samples * 10 ** (decibels / 20), -1, 1), dtype=np.float32)


def bluetooth(samples: Samples) -> Samples:
    """A headset's telephone quality: 300 to 3400 Hz, 8 kHz, 8 bits by the mu-law of ITU-T G.711."""
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE)
    edges = np.clip((frequency - 200) / 100, 0, 1) * np.clip((3600 - frequency) / 200, 0, 1)
    narrow = soxr.resample(np.fft.irfft(spectrum * edges, len(samples)).astype(np.float32), RATE, 8000)
    small = np.sign(narrow) * np.log1p(255 * np.minimum(np.abs(narrow), 1)) / np.log(256)
    coarse = np.round(small * 127) / 127
    large = np.sign(coarse) * np.expm1(np.abs(coarse) * np.log(256)) / 255
    return _of_length(soxr.resample(large.astype(np.float32), 8000, RATE), len(samples))


def resampled(samples: Samples, speed: float) -> Samples:
    """Played faster or slower, like a record: pitch and speed together, every time divided by ``speed``."""
    return np.asarray(soxr.resample(samples, RATE * speed, RATE), dtype=np.float32)


def at_speed(samples: Samples, speed: float) -> Samples:
    """Spoken faster or slower at the same pitch (FFmpeg's ``atempo``; places are kept within some 20 ms)."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono", time_base=None)
    tempo = graph.add("atempo", f"{speed:.6f}")
    sink = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :].astype(np.float32), format="flt", layout="mono")
    frame.sample_rate = RATE
    graph.push(frame)
    graph.push(None)
    pieces: list[Samples] = []
    while True:
        try:
            pulled = graph.pull()
        except (av.EOFError, av.BlockingIOError):
            break
        assert isinstance(pulled, av.AudioFrame)  # noqa: S101
        pieces.append(pulled.to_ndarray().reshape(-1).astype(np.float32))
    return _of_length(np.concatenate(pieces), round(len(samples) / speed))


def at_pitch(samples: Samples, semitones: float) -> Samples:
    """Higher or lower at the same speed."""
    factor = 2 ** (semitones / 12)
    return _of_length(at_speed(resampled(samples, factor), 1 / factor), len(samples))


def hum(frames: int) -> Samples:
    """The mains: 50 Hz and its harmonics."""
    time = np.arange(frames) / RATE
    tones = sum(np.sin(2 * np.pi * 50 * n * time + n) / n for n in range(1, 9))
    return np.asarray(tones, dtype=np.float32)


def music(frames: int, chance: Chance) -> Samples:
    """Plucked chords, two a second, each tone with harmonics: something like music, nothing like speech."""
    total = np.zeros(frames)
    for start in range(0, frames, RATE // 2):
        time = np.arange(min(RATE, frames - start)) / RATE
        root = 110 * 2 ** (int(chance.integers(0, 12)) / 12)
        for step in (0, 4, 7, 12):
            for harmonic in (1, 2, 3, 4):
                tone = np.sin(2 * np.pi * root * 2 ** (step / 12) * harmonic * time)
                total[start : start + len(time)] += tone * np.exp(-4 * time) / harmonic
    return total.astype(np.float32)


def _of_length(samples: NDArray[np.float32], frames: int) -> Samples:
    return np.pad(samples[:frames], (0, max(frames - len(samples), 0))).astype(np.float32)
