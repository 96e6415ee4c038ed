import numpy as np
import pytest

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcription.voicing import fades_at, steady_seconds


def vowel(seconds: float, pitch_from: float, pitch_to: float) -> Samples:
    """A voice: a pulse train with harmonics that fall by 6 dB an octave."""
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = np.linspace(pitch_from, pitch_to, len(time))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    return np.asarray(0.2 * sum(np.sin(n * phase) / n for n in range(1, 20)), dtype=np.float32)


def test_a_held_voice_is_steady() -> None:
    assert steady_seconds(vowel(1.0, 120, 120), 0.2, 0.8) > 0.5


def test_a_gliding_voice_is_not() -> None:
    assert steady_seconds(vowel(0.5, 90, 320), 0.1, 0.4) < 0.1


def test_noise_and_silence_are_not() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    assert steady_seconds(noise, 0.2, 0.8) < 0.1
    assert steady_seconds(np.zeros(RATE, dtype=np.float32), 0.2, 0.8) == 0


def test_a_stretch_too_short_to_tell_is_not() -> None:
    assert steady_seconds(vowel(0.05, 120, 120), 0.0, 0.05) == 0


def test_a_sound_ends_where_it_has_died_away() -> None:
    samples = np.concatenate([vowel(0.4, 120, 120), 0.01 * vowel(0.6, 120, 120)])
    assert fades_at(samples, 0.0, 1.0) == pytest.approx(0.4, abs=0.03)
    assert fades_at(samples, 0.0, 0.3) == pytest.approx(0.3, abs=0.03)
