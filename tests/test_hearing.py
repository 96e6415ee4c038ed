"""What is known of a growing recording does not depend on how its sound comes."""

from pathlib import Path

import numpy as np
import pytest

from pmvoice.sound_files import RATE, Samples, read_wav
from pmvoice.transcription.hearing import STEP, Hearing


@pytest.fixture(scope="module")
def answer(sample_wav: Path) -> Samples:
    return read_wav(sample_wav)[0]


def heard(samples: Samples, at_once: int) -> Hearing:
    hearing = Hearing()
    for place in range(0, len(samples), at_once):
        for _ in hearing.steps(samples[place : place + at_once]):
            pass
    hearing.finish()
    return hearing


def test_a_few_samples_at_a_time_tell_as_much_as_all_at_once(answer: Samples) -> None:
    whole, _ = heard(answer, len(answer)).mask()
    for at_once in (799, STEP, 3 * STEP + 1):
        hearing = heard(answer, at_once)
        mask, start = hearing.mask()
        assert start == 0
        assert np.array_equal(mask, whole)
        assert np.array_equal(hearing.samples(), answer)


def test_every_step_tells_how_much_is_known() -> None:
    hearing = Hearing()
    assert list(hearing.steps(np.zeros(STEP // 2, dtype=np.float32))) == []
    assert hearing.seconds == 0
    assert list(hearing.steps(np.zeros(2 * STEP, dtype=np.float32))) == [STEP / RATE, 2 * STEP / RATE]
    hearing.finish()
    assert hearing.seconds == 2.5 * STEP / RATE


def test_a_mask_of_the_end_is_the_end_of_the_whole_mask(answer: Samples) -> None:
    hearing = heard(answer, RATE)
    whole, _ = hearing.mask()
    part, start = hearing.mask(30.0)
    assert 29 < start <= 30
    assert len(part) == len(whole) - round(start * 100)
    assert np.mean(part != whole[-len(part) :]) < 0.01


def test_samples_are_found_again_by_their_time(answer: Samples) -> None:
    hearing = heard(answer, RATE)
    assert np.array_equal(hearing.samples(3.0, 4.5), answer[3 * RATE : 9 * RATE // 2])
    assert np.array_equal(hearing.samples(47.0), answer[47 * RATE :])
    assert len(hearing.samples(2.0, 2.0)) == 0


def test_a_voice_after_a_long_silence_is_known_at_its_true_level(answer: Samples) -> None:
    """In the silence the noise is taken for the level; the voice puts that right for what came before."""
    noise = np.random.default_rng(1).normal(0, 0.0003, 10 * RATE).astype(np.float32)
    late = heard(np.concatenate([noise, answer[: 10 * RATE]]), RATE)
    assert not late.voice_since(0.0)[: round(9.5 * RATE / 512)].any()
    assert late.voice_since(10.0).mean() > 0.7
    mask, _ = late.mask()
    assert not mask[:980].any()


def test_nothing_heard_has_no_voice() -> None:
    hearing = heard(np.zeros(0, dtype=np.float32), RATE)
    assert len(hearing.mask()[0]) == 0
    assert hearing.seconds == 0
    assert len(hearing.samples()) == 0
