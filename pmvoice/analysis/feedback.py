"""All that is told of one answer: its transcript, its timing and its fillers."""

from __future__ import annotations

from dataclasses import dataclass

from pmvoice.analysis.delivery import Delivery, measure_delivery
from pmvoice.analysis.fillers import Filler, FillerKind, find_fillers
from pmvoice.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an answer's review shows."""

    transcript: Transcript
    delivery: Delivery
    fillers: tuple[Filler, ...]

    @property
    def fillers_per_minute(self) -> float | None:
        """Fillers a minute of speaking time; ``None`` where nothing was said."""
        speaking = self.delivery.speaking_seconds
        return 60 * len(self.fillers) / speaking if speaking else None

    def count(self, kind: FillerKind) -> int:
        return sum(filler.kind is kind for filler in self.fillers)


def analyse(transcript: Transcript) -> Feedback:
    """Measure everything there is to tell of a transcript."""
    return Feedback(transcript, measure_delivery(transcript), find_fillers(transcript.words))
