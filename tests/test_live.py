"""A transcript that grows with its recording: final words, captions, and the same end by every way."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from pmvoice.analysis.delivery import measure_delivery
from pmvoice.sound_files import RATE, Samples, read_wav
from pmvoice.transcript import Passage, Transcript, Word
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import GrowingTranscript
from pmvoice.transcription.pieces import LONGEST_SECONDS


@pytest.fixture(scope="module")
def answer(sample_wav: Path) -> Samples:
    return read_wav(sample_wav)[0]


def blocks(samples: Samples, seconds: float = 0.1) -> Iterator[Samples]:
    """The samples as the recorder writes them."""
    step = round(seconds * RATE)
    return (samples[place : place + step] for place in range(0, len(samples), step))


def words_of(passages: list[Passage]) -> tuple[Word, ...]:
    return tuple(word for passage in passages for word in passage.words)


@pytest.fixture(scope="module")
def told(engine: Engine, answer: Samples) -> list[tuple[float, Passage]]:
    """Each passage of the sample answer, and how much was recorded when it was told."""
    growing = GrowingTranscript(engine)
    seconds, passages = 0.0, []
    for block in blocks(answer):
        seconds += len(block) / RATE
        passages += [(seconds, passage) for passage in growing.hear(block)]
    return passages + [(seconds, passage) for passage in growing.finish()]


def test_a_growing_recording_ends_with_the_transcript_of_the_finished_one(
    engine: Engine, answer: Samples, sample_transcript: Transcript
) -> None:
    growing = GrowingTranscript(engine)
    for block in blocks(answer, 0.37):
        list(growing.hear(block))
    list(growing.finish())
    assert growing.transcript() == sample_transcript


def test_words_once_told_are_final(told: list[tuple[float, Passage]], sample_transcript: Transcript) -> None:
    assert words_of([passage for _, passage in told]) == sample_transcript.words


def test_words_come_while_the_person_speaks(told: list[tuple[float, Passage]], answer: Samples) -> None:
    length = len(answer) / RATE
    while_speaking = [passage for seconds, passage in told if seconds < length]
    assert len(while_speaking) >= 3
    for seconds, passage in told:
        assert seconds - passage.until_seconds < LONGEST_SECONDS
        assert all(word.end_seconds <= passage.until_seconds + 0.01 for word in passage.words)


def test_a_passage_tells_where_its_speech_is(
    told: list[tuple[float, Passage]], sample_transcript: Transcript
) -> None:
    spans = [span for _, passage in told for span in passage.speech]
    assert all(span.seconds > 0 for span in spans)
    starts = [span.start_seconds for span in spans]
    assert starts == sorted(starts)
    so_far = Transcript(sample_transcript.words, tuple(spans), 47.0, "base")
    pace, true_pace = (measure_delivery(each).words_per_minute for each in (so_far, sample_transcript))
    assert pace == pytest.approx(true_pace, rel=0.02)


def test_someone_who_does_not_pause_is_followed_all_the_same(engine: Engine, answer: Samples) -> None:
    """The sample's pauses are cut out and its gaps filled with noise, so that no silence is left."""
    hissing = answer + np.random.default_rng(1).normal(0, 0.01, len(answer)).astype(np.float32)
    growing = GrowingTranscript(engine)
    seconds, done = 0.0, 0.0
    for block in blocks(np.concatenate([hissing[11 * RATE : 32 * RATE], hissing[34 * RATE :]])):
        seconds += len(block) / RATE
        for passage in growing.hear(block):
            assert passage.until_seconds > done
            done = passage.until_seconds
        assert seconds - done < 25


def test_it_goes_on_after_the_last_word_that_was_final(
    engine: Engine, answer: Samples, told: list[tuple[float, Passage]], sample_transcript: Transcript
) -> None:
    before = [passage for _, passage in told[:2]]
    growing = GrowingTranscript(engine, before)
    after = list(chain(growing.hear(answer), growing.finish()))
    assert [*before, *after] == [passage for _, passage in told]
    assert growing.transcript() == sample_transcript


def test_a_voice_in_the_background_before_the_person_begins_is_left_out_in_the_end(
    engine: Engine, answer: Samples
) -> None:
    """It is taken for the person's until a much louder voice is heard."""
    far, near = answer[11 * RATE : 33 * RATE] * 0.001, answer[34 * RATE :]
    growing = GrowingTranscript(engine)
    told = list(chain(growing.hear(np.concatenate([far, near])), growing.finish()))
    assert "sales" in " ".join(word.text for word in told[0].words)
    words = growing.transcript().words
    assert words
    assert words[0].start_seconds > 21
    assert words == tuple(word for word in words_of(told) if word.start_seconds > 21)


def test_captions_run_ahead_of_the_final_words_and_change_nothing(
    engine: Engine, answer: Samples, sample_transcript: Transcript
) -> None:
    growing = GrowingTranscript(engine)
    seconds, first_caption, first_passage = 0.0, 0.0, 0.0
    for block in blocks(answer):
        seconds += len(block) / RATE
        if list(growing.hear(block)):
            first_passage = first_passage or seconds
        if growing.guess():
            first_caption = first_caption or seconds
            assert growing.guessed
    list(growing.finish())
    assert growing.guessed == ""  # all words are final now
    assert 0 < first_caption < first_passage - 3
    assert growing.transcript() == sample_transcript


def test_a_caption_has_the_words_of_its_place(engine: Engine, answer: Samples) -> None:
    growing = GrowingTranscript(engine)
    for block in blocks(answer[: 5 * RATE]):
        assert list(growing.hear(block)) == []
        growing.guess()
    assert "document assistant" in growing.guessed.casefold()


@pytest.mark.parametrize("peak", [0.0, 0.02])
def test_where_nobody_speaks_nothing_is_told(engine: Engine, peak: float) -> None:
    noise = np.random.default_rng(1).normal(0, peak, 20 * RATE).astype(np.float32)
    growing = GrowingTranscript(engine)
    for block in blocks(noise, 1.0):
        assert list(growing.hear(block)) == []
        assert not growing.guess()
    assert list(growing.finish()) == []
    assert growing.transcript().words == ()


def test_a_term_is_spelled_after_the_word_before_it_in_the_passage_before(engine: Engine) -> None:
    from pmvoice.transcription.vocabulary import spelled_as_terms

    moscow = [Word("Moscow", 0.0, 0.4), Word("first.", 0.4, 0.8)]
    assert spelled_as_terms(moscow, "used")[0].text == "MoSCoW"
    assert spelled_as_terms(moscow, "in")[0].text == "Moscow"
    assert spelled_as_terms(moscow)[0].text == "Moscow"
