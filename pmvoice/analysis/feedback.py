"""All that is told of one answer: its transcript, its timing and its fillers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmvoice.analysis.corrections import Correction, Rejection, correct
from pmvoice.analysis.delivery import Delivery, measure_delivery
from pmvoice.analysis.fillers import Filler, FillerKind, find_fillers
from pmvoice.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an answer's review shows, with the person's corrections in it."""

    transcript: Transcript  # with the person's own words, where the recogniser wrote none
    delivery: Delivery
    fillers: tuple[Filler, ...]
    rejections: tuple[Rejection, ...]
    recognised: Transcript  # as it came from the recogniser, and as it is kept
    corrections: tuple[Correction, ...]

    @property
    def fillers_per_minute(self) -> float | None:
        """Fillers a minute of speaking time; ``None`` where nothing was said."""
        speaking = self.delivery.speaking_seconds
        return 60 * len(self.fillers) / speaking if speaking else None

    @property
    def rejected(self) -> tuple[Filler, ...]:
        """What was found and is no filler, by the person's word."""
        return tuple(rejection.filler for rejection in self.rejections)

    def count(self, kind: FillerKind) -> int:
        return sum(filler.kind is kind for filler in self.fillers)


def analyse(transcript: Transcript, corrections: Sequence[Correction] = ()) -> Feedback:
    """Measure everything there is to tell of a transcript, with the person's corrections applied."""
    corrected = correct(transcript, find_fillers(transcript.words), corrections)
    return Feedback(
        transcript=corrected.transcript,
        delivery=measure_delivery(corrected.transcript, corrected.fillers),
        fillers=corrected.fillers,
        rejections=corrected.rejections,
        recognised=transcript,
        corrections=tuple(corrections),
    )
