"""Long answers with natural pauses, joined from the synthetic ones that come with the repository."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import numpy as np

from benchmarks.accuracy.cases import room_tone
from benchmarks.accuracy.corpus import SHIPPED, read_corpus
from benchmarks.accuracy.timing import silences
from pmvoice.sound_files import RATE, Samples, WavWriter

BETWEEN_SECONDS = (0.8, 1.5, 1.1)
# The person falls silent, and presses the key so much later.
KEY_AFTER_SECONDS = 0.7


def long_answer(seconds: float, first: int) -> Samples:
    """An answer of about ``seconds`` that ends in a pause; ``first`` is the answer it begins with."""
    chance = np.random.default_rng(first)
    sources = [source for source in read_corpus(SHIPPED) if source.entry.is_synthetic]
    parts: list[Samples] = []
    for place in count():
        parts.append(sources[(first + place) % len(sources)].samples())
        parts.append(room_tone(BETWEEN_SECONDS[place % len(BETWEEN_SECONDS)], chance))
        if sum(map(len, parts)) > (seconds + 20) * RATE:
            break
    joined = np.concatenate(parts)
    end = next(pause.start_seconds for pause in silences(joined) if pause.start_seconds >= seconds - 5)
    return np.concatenate([joined[: round(end * RATE)], room_tone(KEY_AFTER_SECONDS, chance)])


def longer_answer(seconds: float, first: int, ending: Samples) -> Samples:
    """An answer of about ``seconds`` that ends with another."""
    beginning = long_answer(seconds - len(ending) / RATE, first)
    return np.concatenate([beginning, ending])


def as_microphone(samples: Samples) -> np.ndarray:
    """What a microphone gives: int16, shape (frames,)."""
    return (np.clip(samples, -1, 1) * 32767).astype(np.int16)


def write(samples: Samples, folder: Path, name: str) -> Path:
    """The answer as the recorder would have written it."""
    path = folder / f"{name}.wav"
    with WavWriter(path) as wav:
        wav.write(as_microphone(samples).tobytes())
    return path
