"""Where somebody speaks: the sample answer, whose silences are known, as it is and made worse."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.degrade import babble, with_noise
from benchmarks.accuracy.timing import silences
from pmvoice.sound_files import RATE, Samples, read_wav
from pmvoice.transcript import Span
from pmvoice.transcription.activity import quietest_seconds, stretches
from pmvoice.transcription.hearing import Hearing
from pmvoice.transcription.masks import Mask

# The signal is 40 dB or more below the speech here.
LONG_PAUSES = (Span(9.89, 11.12), Span(32.22, 34.06))


@pytest.fixture(scope="module")
def answer(sample_wav: Path) -> Samples:
    return read_wav(sample_wav)[0]


def speech_in(samples: Samples) -> list[Span]:
    return stretches(mask_of(samples))


def mask_of(samples: Samples) -> Mask:
    hearing = Hearing()
    for _ in hearing.steps(samples):
        pass
    hearing.finish()
    return hearing.mask()[0]


def pauses(speech: list[Span]) -> list[Span]:
    gaps = [Span(a.end_seconds, b.start_seconds) for a, b in pairwise(speech)]
    return [gap for gap in gaps if gap.seconds >= 1]


def assert_pauses(speech: list[Span], within: float) -> None:
    told = pauses(speech)
    assert len(told) == len(LONG_PAUSES)
    for pause, true in zip(told, LONG_PAUSES, strict=True):
        assert pause.start_seconds == pytest.approx(true.start_seconds, abs=within)
        assert pause.end_seconds == pytest.approx(true.end_seconds, abs=within)


def speaking_seconds(clean: Samples) -> float:
    return len(clean) / RATE - sum(span.seconds for span in silences(clean))


def pink_noise(samples: Samples, below_db: float) -> Samples:
    spectrum = np.fft.rfft(np.random.default_rng(2).standard_normal(len(samples)))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(len(samples), 1 / RATE), 50))
    noise = np.fft.irfft(spectrum, len(samples))
    level = np.sqrt(np.mean(np.square(samples))) * 10 ** (-below_db / 20)
    return np.asarray(noise * level / np.sqrt(np.mean(np.square(noise))), dtype=np.float32)


def echo(samples: Samples) -> Samples:
    """A room whose sound is 60 dB down after half a second."""
    time = np.arange(RATE // 2) / RATE
    tail = np.random.default_rng(3).standard_normal(len(time)) * 10 ** (-3 * time / 0.5)
    tail *= np.sqrt(0.5 / np.square(tail).sum())
    tail[0] = 1
    size = len(samples) + len(tail)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return np.asarray(wet[: len(samples)], dtype=np.float32)


def test_pauses_and_speaking_time_are_those_of_the_signal(answer: Samples) -> None:
    speech = speech_in(answer)
    assert_pauses(speech, within=0.1)
    assert sum(span.seconds for span in speech) == pytest.approx(speaking_seconds(answer), rel=0.02)


def test_a_quiet_microphone_changes_nothing(answer: Samples) -> None:
    assert_pauses(speech_in(answer * 0.02), within=0.1)


def test_noise_hides_no_pause(answer: Samples) -> None:
    assert_pauses(speech_in(answer + pink_noise(answer, 12)), within=0.15)


def test_noise_shortens_no_speech(answer: Samples) -> None:
    speech = speech_in(answer + pink_noise(answer, 10))
    assert sum(span.seconds for span in speech) == pytest.approx(speaking_seconds(answer), rel=0.04)


@pytest.mark.parametrize("below_db", [20, 15])
def test_voices_in_the_background_are_not_the_speakers(answer: Samples, below_db: float) -> None:
    alone = np.concatenate([np.zeros(2 * RATE, dtype=np.float32), answer])
    speech = speech_in(with_noise(alone, babble(alone, np.random.default_rng(5)), below_db))
    assert speech[0].start_seconds == pytest.approx(2.0, abs=0.15)
    assert sum(span.seconds for span in speech) == pytest.approx(speaking_seconds(answer), rel=0.08)
    assert len(pauses(speech)) == len(LONG_PAUSES)


def test_softer_words_of_the_speaker_are_not_the_background(answer: Samples) -> None:
    soft = answer.copy()
    soft[12 * RATE : 20 * RATE] *= 10 ** (-12 / 20)
    told = sum(span.seconds for span in speech_in(soft))
    assert told == pytest.approx(sum(span.seconds for span in speech_in(answer)), rel=0.02)


def test_speech_without_a_pause_has_no_background(answer: Samples) -> None:
    ends = [
        0,
        *(round(end * RATE) for span in silences(answer) for end in (span.start_seconds, span.end_seconds)),
    ]
    spoken = np.concatenate([answer[a:b] for a, b in zip(ends[::2], [*ends[1::2], len(answer)], strict=True)])
    assert sum(span.seconds for span in speech_in(spoken)) == pytest.approx(len(spoken) / RATE, rel=0.02)


def test_an_echo_is_no_speech(answer: Samples) -> None:
    speech = speech_in(echo(answer))
    assert_pauses(speech, within=0.15)
    assert sum(span.seconds for span in speech) == pytest.approx(speaking_seconds(answer), rel=0.08)


def test_the_first_sound_is_found_after_a_silence(answer: Samples) -> None:
    silence = np.random.default_rng(4).normal(0, 1e-4, 3 * RATE).astype(np.float32)
    first = speech_in(np.concatenate([silence, answer[: 8 * RATE]]))[0]
    assert first.start_seconds == pytest.approx(3.0, abs=0.1)


def test_shorter_gaps_part_breaths_and_not_speech(answer: Samples) -> None:
    mask = mask_of(answer)
    breaths, speech = stretches(mask, shortest_silence=0.1), stretches(mask)
    assert len(breaths) > len(speech)
    assert all(any(s.start_seconds <= b.start_seconds and b.end_seconds <= s.end_seconds for s in speech)
               for b in breaths)  # fmt: skip


@pytest.mark.parametrize("seconds", [0.005, 0.02, 0.3])
def test_hardly_any_sound_has_no_speech(seconds: float) -> None:
    assert speech_in(np.zeros(int(seconds * RATE), dtype=np.float32)) == []


def test_the_quietest_place_is_found() -> None:
    samples = np.full(4 * RATE, 0.1, dtype=np.float32)
    samples[int(2.5 * RATE) : int(2.6 * RATE)] = 0
    assert quietest_seconds(samples) == pytest.approx(2.55, abs=0.04)
    assert quietest_seconds(samples[: RATE // 50]) == pytest.approx(0.01)
