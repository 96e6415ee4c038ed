import pytest

from pmvoice.analysis.delivery import measure_delivery
from pmvoice.analysis.feedback import Feedback
from pmvoice.transcript import Span, Transcript, Word
from tests.fakes import transcript_of


def test_pace_counts_words_over_speaking_time() -> None:
    words = tuple(Word("word", i * 0.5, i * 0.5 + 0.4) for i in range(10))
    transcript = Transcript(words, (Span(1.0, 3.0), Span(5.0, 8.0)), 10.0, "fake")
    delivery = measure_delivery(transcript)
    assert delivery.duration_seconds == 10
    assert delivery.speaking_seconds == pytest.approx(5)
    assert delivery.words_per_minute == pytest.approx(120)
    assert delivery.response_delay_seconds == 1.0
    assert delivery.pauses == (Span(3.0, 5.0),)


def test_um_takes_time_but_is_no_word() -> None:
    with_um = measure_delivery(transcript_of("So, um, we uh, shipped it"))
    assert with_um.words_per_minute == pytest.approx(60 * 4 / (6 * 0.4))


def test_a_short_silence_is_no_pause() -> None:
    transcript = Transcript((), (Span(0.0, 2.0), Span(2.9, 4.0), Span(5.0, 6.0)), 6.0, "fake")
    assert measure_delivery(transcript).pauses == (Span(4.0, 5.0),)


def test_a_silent_recording_has_no_pace() -> None:
    delivery = measure_delivery(Transcript((), (), 20.0, "fake"))
    assert delivery.speaking_seconds == 0
    assert delivery.words_per_minute is None
    assert delivery.response_delay_seconds is None
    assert delivery.pauses == ()


def test_the_samples_pauses_are_where_they_were_put(sample_feedback: Feedback) -> None:
    """The sample answer has silences put in at 10.18-11.08 s and 32.45-33.75 s."""
    delivery = sample_feedback.delivery
    assert len(delivery.pauses) == 2
    for pause, (start, end) in zip(delivery.pauses, [(10.18, 11.08), (32.45, 33.75)], strict=True):
        assert pause.start_seconds <= start + 0.1
        assert pause.end_seconds >= end - 0.1
        assert pause.seconds == pytest.approx(end - start, abs=0.6)
    assert delivery.duration_seconds == pytest.approx(47.35, abs=0.01)
    assert delivery.response_delay_seconds == pytest.approx(0.0, abs=0.2)
