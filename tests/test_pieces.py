import numpy as np
import pytest

from pmvoice.transcript import Span
from pmvoice.transcription.pieces import LONGEST_SECONDS, closed_by_pause, cut_pieces, first_piece


def spans(*edges: tuple[float, float]) -> list[Span]:
    return [Span(start, end) for start, end in edges]


def test_a_short_answer_is_one_piece_with_a_little_silence_around() -> None:
    (piece,) = cut_pieces(spans((1.0, 3.0), (3.2, 5.0)), Span(0, 8))
    assert piece.extent == Span(0.7, 5.4)
    assert piece.stretches == (Span(0.7, 5.4),)


def test_a_long_answer_is_cut_in_its_longest_pause() -> None:
    speech = spans((0.5, 6.0), (6.2, 11.0), (12.5, 18.0), (18.2, 24.0))
    first, second = cut_pieces(speech, Span(0, 25))
    assert first.extent.end_seconds == pytest.approx(11.4)
    assert second.extent.start_seconds == pytest.approx(12.2)


def test_a_long_silence_is_left_out_of_a_piece() -> None:
    (piece,) = cut_pieces(spans((1.0, 3.0), (6.0, 8.0)), Span(0, 9))
    assert piece.stretches == tuple(spans((0.7, 3.4), (5.7, 8.4)))
    assert piece.seconds == pytest.approx(5.4)
    assert piece.place(1.0) == pytest.approx(1.7)
    assert piece.place(3.0) == pytest.approx(6.0)
    assert piece.place(99) == pytest.approx(8.4)


def test_no_speech_has_no_pieces() -> None:
    assert cut_pieces([], Span(0, 5)) == []


def test_all_speech_is_in_some_piece_in_order_whatever_was_said() -> None:
    chance = np.random.default_rng(3)
    for _ in range(200):
        speech, now = [], float(chance.uniform(0, 2))
        for _ in range(int(chance.integers(1, 60))):
            end = now + float(chance.uniform(0.05, LONGEST_SECONDS))
            speech.append(Span(now, end))
            now = end + float(chance.choice([0.1, 0.3, 0.8, 3.0])) * float(chance.uniform(1, 1.5))
        pieces = cut_pieces(speech, Span(0, now))
        assert all(sum(piece.holds(stretch) for piece in pieces) == 1 for stretch in speech)
        edges = [
            edge for piece in pieces for s in piece.stretches for edge in (s.start_seconds, s.end_seconds)
        ]
        assert edges == sorted(edges)
        assert edges[0] >= 0
        assert edges[-1] <= now
        longest_stretch = max(stretch.seconds for stretch in speech)
        assert max(piece.seconds for piece in pieces) <= LONGEST_SECONDS + longest_stretch


def test_short_breaths_before_a_long_one_stay_together() -> None:
    breaths = spans(*((n * 0.5, n * 0.5 + 0.4) for n in range(11)), (5.7, 19.5))
    first, second = cut_pieces(breaths, Span(0, 20))
    assert first.extent.end_seconds == pytest.approx(5.55, abs=0.1)
    assert second.extent.end_seconds == pytest.approx(19.75)


def test_a_piece_is_cut_in_two_within_its_own_place() -> None:
    breaths = spans((10.0, 14.0), (14.6, 18.0))
    halves = cut_pieces(breaths, Span(9.7, 18.4), 4.0)
    assert [half.extent.start_seconds for half in halves] == [9.85, 14.3]
    assert halves[-1].extent.end_seconds == pytest.approx(18.2)


def test_a_piece_is_closed_by_a_pause_the_shorter_the_longer_it_is() -> None:
    """Nothing is closed while a word is said, or after a few words."""
    assert closed_by_pause([], 5.0) == 0
    assert closed_by_pause(spans((0.0, 4.0)), 9.0) == 0  # too little was said
    assert closed_by_pause(spans((0.0, 7.0)), 7.4) == 0  # the pause may be a comma
    assert closed_by_pause(spans((0.0, 7.0)), 7.7) == 1
    assert closed_by_pause(spans((0.0, 16.0)), 16.2) == 0
    assert closed_by_pause(spans((0.0, 16.0)), 16.35) == 1


def test_a_piece_that_would_be_too_long_is_closed_by_its_best_pause() -> None:
    speech = spans((0.0, 5.0), (5.15, 11.0), (11.25, 13.0), (13.02, 19.0))
    assert closed_by_pause(speech[:3], 13.0) == 0
    assert closed_by_pause(speech, 19.0) == 2
    assert closed_by_pause(spans((0.0, LONGEST_SECONDS), (LONGEST_SECONDS, 19.0)), 19.0) == 1


def test_a_closed_piece_ends_within_its_pause_however_long_that_will_be() -> None:
    piece = first_piece(spans((1.0, 9.0)), 1, Span(0.0, 9.5))
    assert piece.extent == Span(0.7, 9.25)
    piece = first_piece(spans((1.0, 9.0), (9.3, 12.0)), 1, Span(0.0, 12.0))
    assert piece.extent.end_seconds == pytest.approx(9.15)
