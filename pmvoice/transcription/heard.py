"""A word as one reading of a piece has it."""

from __future__ import annotations

from dataclasses import dataclass

from pmvoice.analysis.hesitations import is_filled_pause


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word of one reading, its times within the piece, and how sure the model is of it (0 .. 1)."""

    text: str
    start_seconds: float
    end_seconds: float
    probability: float

    @property
    def is_filled_pause(self) -> bool:
        return is_filled_pause(self.text)
