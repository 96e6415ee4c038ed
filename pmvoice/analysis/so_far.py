"""What can be told of an answer that is still being given, passage by passage."""

from __future__ import annotations

from dataclasses import dataclass

from pmvoice.analysis.fillers import FillerKind, find_fillers
from pmvoice.transcript import Passage


@dataclass(frozen=True, slots=True)
class SoFar:
    """The final words and the counts of the passages so far.

    Each passage is counted by itself, so that a long answer costs no more at its end than at its beginning: a
    phrase or repetition across two of them is found in the review only.
    """

    text: str = ""
    filler_count: int = 0
    word_count: int = 0  # without filled pauses
    speaking_seconds: float = 0.0

    @property
    def words_per_minute(self) -> float | None:
        """The pace over speaking time; ``None`` where nothing was said."""
        return 60 * self.word_count / self.speaking_seconds if self.speaking_seconds else None

    def then(self, passage: Passage) -> SoFar:
        """The same with one more passage."""
        fillers = find_fillers(passage.words)
        pauses = sum(filler.kind is FillerKind.FILLED_PAUSE for filler in fillers)
        return SoFar(
            text=" ".join([*([self.text] if self.text else []), *(word.text for word in passage.words)]),
            filler_count=self.filler_count + len(fillers),
            word_count=self.word_count + len(passage.words) - pauses,
            speaking_seconds=self.speaking_seconds + sum(span.seconds for span in passage.speech),
        )
