import pytest

from pmvoice.transcript import Span, Word
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.pieces import Piece
from pmvoice.transcription.timing import fit_words, unexplained_seconds

WHOLE = Piece((Span(0.0, 10.0),))
SPEECH = [Span(0.3, 2.3), Span(3.3, 4.4)]


def fitted(text: str, start: float, end: float) -> list[Word]:
    return fit_words([HeardWord(text, start, end, 0.9)], WHOLE, SPEECH, SPEECH)


def test_a_word_stretched_over_a_silence_is_put_into_its_speech() -> None:
    assert fitted("ask", 1.9, 3.4) == [Word("ask", 1.9, 2.3)]
    assert fitted("again", 2.2, 4.0) == [Word("again", 3.3, 4.0)]


def test_a_word_far_from_all_speech_is_made_up() -> None:
    assert fitted("thanks", 6.0, 6.5) == []
    assert fitted("soon", 4.5, 4.6) == [Word("soon", 4.4, 4.4)]


def test_a_hesitation_lies_in_the_breath_that_it_begins_in() -> None:
    breaths = [Span(2.0, 2.3), Span(2.45, 2.94)]
    heard = [HeardWord("um,", 2.06, 2.78, 0.9), HeardWord("um,", 2.78, 2.94, 0.9)]
    words = fit_words(heard, WHOLE, [Span(2.0, 2.94)], breaths)
    assert words == [Word("um,", 2.06, 2.3), Word("um,", 2.78, 2.94)]


def test_words_for_which_there_is_no_time_are_made_up() -> None:
    text = "The customer was happy. The customer was happy."
    times = [(3.3, 3.5), (3.5, 3.8), (3.8, 4.0), (4.0, 4.4), (4.4, 4.5), (4.5, 4.6), (4.6, 4.6), (4.6, 4.7)]
    heard = [HeardWord(word, a, b, 0.9) for word, (a, b) in zip(text.split(), times, strict=True)]
    words = fit_words(heard, WHOLE, SPEECH, SPEECH)
    assert " ".join(word.text for word in words) == "The customer was happy."


def test_a_hesitation_that_takes_no_time_is_made_up() -> None:
    assert fitted("um,", 4.5, 4.7) == []
    assert fitted("um,", 4.2, 4.7) == [Word("um,", 4.2, 4.4)]


def test_words_written_together_come_apart() -> None:
    assert [word.text for word in fitted("Um—I", 1.0, 1.8)] == ["Um—", "I"]


def test_a_word_is_told_at_its_place_in_the_recording() -> None:
    piece = Piece((Span(10.0, 12.0), Span(15.0, 18.0)))
    speech = [Span(10.3, 11.6), Span(15.3, 17.6)]
    (word,) = fit_words([HeardWord("later", 2.5, 3.0, 0.9)], piece, speech, speech)
    assert word == Word("later", 15.5, 16.0)


def test_speech_without_words_is_unexplained() -> None:
    breaths = [Span(0.0, 4.0), Span(5.0, 7.0)]
    words = [Word("so", 0.1, 0.4), Word("we", 2.0, 2.2), Word("left", 2.2, 4.0)]
    assert unexplained_seconds(words, breaths) == pytest.approx(2.0)  # all of the second breath
    assert unexplained_seconds([*words, Word("early", 5.0, 6.9)], breaths) == pytest.approx(1.6)


def test_a_word_that_lasts_too_long_hides_others_but_an_um_does_not() -> None:
    breaths = [Span(0.0, 3.0)]
    assert unexplained_seconds([Word("what", 0.0, 3.0)], breaths) > 2
    assert unexplained_seconds([Word("Um,", 0.0, 3.0)], breaths) == 0
