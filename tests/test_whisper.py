from typing import Any

import numpy as np
import pytest

from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.whisper import at_full_level, whole_words


def piece(word: str, start: float, end: float) -> dict[str, Any]:
    """A piece of text as faster-whisper gives it."""
    return {"word": word, "start": start, "end": end, "probability": 0.5}


def test_pieces_are_joined_and_lone_signs_are_no_words() -> None:
    pieces = [
        piece(" end", 0, 1),
        piece("-to", 1, 2),
        piece("-end", 2, 3),
        piece(" .", 3, 4),
        piece(" $5", 4, 5),
    ]
    assert whole_words(pieces) == [HeardWord("end-to-end", 0, 3, 0.5), HeardWord("$5", 4, 5, 0.5)]


def test_a_sign_takes_no_time_but_beside_a_hesitation() -> None:
    pieces = [piece(" left", 0, 1), piece(".", 1, 2), piece(" Um", 2, 2.2), piece(",", 2.2, 2.9)]
    left, um = whole_words(pieces)
    assert left == HeardWord("left.", 0, 1, 0.5)
    assert um == HeardWord("Um,", 2, 2.9, 0.5)


@pytest.mark.parametrize("peak", [0.001, 0.3, 5.0])
def test_every_recording_is_brought_to_one_level(peak: float) -> None:
    samples = (peak * np.sin(np.arange(16000))).astype(np.float32)
    assert np.abs(at_full_level(samples)).max() == pytest.approx(0.5, rel=0.01)


def test_silence_stays_silence() -> None:
    assert not at_full_level(np.zeros(1000, dtype=np.float32)).any()
