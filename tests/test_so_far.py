"""What is told while the person speaks comes from the passages alone, and is close to the review's."""

import pytest

from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.so_far import SoFar
from pmvoice.transcript import Passage, Transcript
from pmvoice.wording import so_far_text
from tests.fakes import transcript_of


def passage_of(text: str) -> Passage:
    transcript = transcript_of(text)
    return Passage(transcript.words, transcript.speech, transcript.duration_seconds)


def test_nothing_is_told_of_nothing() -> None:
    assert SoFar().words_per_minute is None
    assert SoFar().then(Passage((), (), 5.0)) == SoFar()
    assert so_far_text(SoFar()) == "0 fillers"


def test_passages_add_up() -> None:
    so_far = SoFar().then(passage_of("So, um, we shipped it,")).then(passage_of("you know, in uh May."))
    assert so_far.text == "So, um, we shipped it, you know, in uh May."
    assert so_far.filler_count == 3
    assert so_far.word_count == 8
    assert so_far.words_per_minute == pytest.approx(60 * 8 / 4.0)
    assert so_far_text(so_far) == "3 fillers\n120 words a minute"


def test_one_passage_tells_what_the_review_tells(sample_transcript: Transcript) -> None:
    whole = Passage(sample_transcript.words, sample_transcript.speech, sample_transcript.duration_seconds)
    so_far, feedback = SoFar().then(whole), analyse(sample_transcript)
    assert so_far.filler_count == len(feedback.fillers)
    assert so_far.words_per_minute == pytest.approx(feedback.delivery.words_per_minute)
    assert so_far.speaking_seconds == pytest.approx(feedback.delivery.speaking_seconds)
