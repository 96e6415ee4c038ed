"""The sound of a hesitation: a voice that holds still.

Where two readings of the same sound disagree whether there is an 'uh' or a word, the sound is the witness: in
a filled pause pitch and spectrum barely change, while a word moves on (Goto, Itou and Hayamizu, 1999).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pmvoice.sound_files import RATE, Samples

FRAME = 160  # samples; 10 ms
PITCH_WINDOW, SPECTRUM_WINDOW = 640, 400  # samples; 40 ms, 25 ms
LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 50, 400
SPECTRUM_EDGES_HZ = np.geomspace(150, 5000, 17)
ACROSS = 4  # frames; change is measured over 40 ms

VOICED = 0.6  # of 1, the correlation of a period with the next
NEARLY_BEST = 0.9
STEADY_PITCH_OCTAVES = 0.08
STEADY_SPECTRUM_DB = 4.5
MARGIN_SECONDS = 0.1  # attention places a word no better than this

FADED_DB = 15.0
FADED_FRAMES = 8

Frames = npt.NDArray[np.float64]


def steady_seconds(samples: Samples, start_seconds: float, end_seconds: float) -> float:
    """The longest stretch around these times in which a voice holds pitch and spectrum."""
    first = max(round((start_seconds - MARGIN_SECONDS) * RATE), 0)
    part = samples[first : round((end_seconds + MARGIN_SECONDS) * RATE)]
    count = len(part) // FRAME
    if count <= 2 * ACROSS:
        return 0.0
    voicing, pitch = _pitch(part, count)
    spectrum = _spectrum(part, count)
    middle = slice(ACROSS // 2, count - ACROSS // 2)
    pitch_change = np.abs(np.log2(pitch[ACROSS:] / pitch[:-ACROSS]))
    spectrum_change = np.abs(spectrum[ACROSS:] - spectrum[:-ACROSS]).mean(axis=1)
    steady = (
        (voicing[middle] > VOICED)
        & (pitch_change < STEADY_PITCH_OCTAVES)
        & (spectrum_change < STEADY_SPECTRUM_DB)
    )
    edges = np.flatnonzero(np.diff(np.concatenate(([0], steady.astype(np.int8), [0]))))
    longest = max((edges[1::2] - edges[::2]).tolist(), default=0)
    return float(longest) * FRAME / RATE


def fades_at(samples: Samples, start_seconds: float, end_seconds: float) -> float:
    """The time at which a sound that begins at ``start_seconds`` has died away, at most ``end_seconds``."""
    part = samples[round(start_seconds * RATE) : round(end_seconds * RATE)]
    count = len(part) // FRAME
    if count <= FADED_FRAMES:
        return end_seconds
    power = np.square(part[: count * FRAME], dtype=np.float64).reshape(count, FRAME).mean(axis=1)
    faded = power < power.max() * 10 ** (-FADED_DB / 10)
    loudest = int(np.argmax(power))
    runs = np.convolve(faded, np.ones(FADED_FRAMES), "valid") == FADED_FRAMES
    later = np.flatnonzero(runs[loudest:])
    return start_seconds + (loudest + int(later[0])) * FRAME / RATE if later.size else end_seconds


def _windows(samples: Samples, count: int, window: int) -> Frames:
    """Overlapping windows around each frame, shape (count, window)."""
    padded = np.pad(samples.astype(np.float64), ((window - FRAME) // 2, window))
    windows: Frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::FRAME][:count]
    return windows


def _pitch(samples: Samples, count: int) -> tuple[Frames, Frames]:
    """Per frame, how well a period is like the next (-1 .. 1), and the pitch in Hz, by autocorrelation."""
    windows = _windows(samples, count, PITCH_WINDOW)
    windows = windows - windows.mean(axis=1, keepdims=True)
    spectra = np.fft.rfft(windows, 2048, axis=1)
    lags = np.arange(RATE // HIGHEST_PITCH_HZ, RATE // LOWEST_PITCH_HZ)
    products = np.fft.irfft(np.square(np.abs(spectra)), axis=1)[:, lags]
    energy = np.cumsum(np.square(windows), axis=1)
    beginnings = energy[:, PITCH_WINDOW - 1 - lags]
    ends = energy[:, -1:] - energy[:, lags - 1]
    likeness = products / np.sqrt(beginnings * ends + 1e-9)
    # Two periods are as alike as one: of the lags that are nearly the best, the shortest is the period.
    best = (likeness >= NEARLY_BEST * likeness.max(axis=1, keepdims=True)).argmax(axis=1)
    return likeness[np.arange(count), best], RATE / lags[best]


def _spectrum(samples: Samples, count: int) -> Frames:
    """Per frame, the level in each of 16 bands against their mean, in dB: the colour of the sound."""
    windows = _windows(samples, count, SPECTRUM_WINDOW) * np.hanning(SPECTRUM_WINDOW)
    power = np.square(np.abs(np.fft.rfft(windows, 512, axis=1)))
    frequencies = np.fft.rfftfreq(512, 1 / RATE)
    places = np.searchsorted(frequencies, SPECTRUM_EDGES_HZ)
    bands = [power[:, low:high].mean(axis=1) for low, high in pairwise(places.tolist())]
    levels = 10 * np.log10(np.stack(bands, axis=1) + 1e-8)
    colour: Frames = levels - levels.mean(axis=1, keepdims=True)
    return colour
