"""What is known of a recording: words, hesitations, labelled phrases and repetitions, silences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.accuracy.align import FILLED_PAUSES
from pmvoice.transcript import Span


@dataclass(frozen=True, slots=True)
class Label:
    """A filler phrase, or the superfluous words of a repetition: ``words[first : last + 1]`` of the truth."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about one recording. ``None`` stands for what is not known.

    ``events``: the places of all filled pauses. ``silences``: all of them, see ``timing``. ``inserted``: the
    pauses put in when the recording was made. Times in seconds.
    """

    seconds: float
    filled_pauses: int
    words: tuple[str, ...] | None = None
    events: tuple[Span, ...] | None = None
    phrases: tuple[Label, ...] = ()
    repetitions: tuple[Label, ...] = ()
    silences: tuple[Span, ...] | None = None
    inserted: tuple[Span, ...] = ()

    @property
    def speaking_seconds(self) -> float | None:
        if self.silences is None:
            return None
        return self.seconds - sum(span.seconds for span in self.silences)

    @property
    def inner_silences(self) -> tuple[Span, ...]:
        """The silences between words, so neither the first nor the last of the recording."""
        return tuple(
            span
            for span in self.silences or ()
            if span.start_seconds > 0.02 and span.end_seconds < self.seconds - 0.02
        )

    @property
    def delay_seconds(self) -> float | None:
        """From the start of the recording to the first sound of the voice."""
        if not self.silences or not self.speaking_seconds:
            return None
        return self.silences[0].end_seconds if self.silences[0].start_seconds <= 0.02 else 0.0

    @property
    def spoken_words(self) -> int | None:
        """How many words were said, filled pauses not counted."""
        if self.words is None:
            return None
        return sum(word.strip(".,?!").lower() not in FILLED_PAUSES for word in self.words)

    def timed(self, offset: float = 0.0, speed: float = 1.0, seconds: float | None = None) -> Truth:
        """All times divided by ``speed`` and then moved by ``offset``; ``seconds`` is the new length."""

        def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
            return tuple(
                Span(span.start_seconds / speed + offset, span.end_seconds / speed + offset) for span in spans
            )

        return replace(
            self,
            seconds=self.seconds / speed if seconds is None else seconds,
            events=None if self.events is None else moved(self.events),
            silences=None if self.silences is None else moved(self.silences),
            inserted=moved(self.inserted),
        )


def joined(truths: Sequence[Truth], offsets: Sequence[float], seconds: float) -> Truth:
    """The truth of recordings that follow each other from these offsets on; silences are left unknown."""
    words: list[str] = []
    phrases: list[Label] = []
    repetitions: list[Label] = []
    inserted: list[Span] = []
    for truth, offset in zip(truths, offsets, strict=True):
        first = len(words)
        words += truth.words or ()
        phrases += [Label(label.first + first, label.last + first) for label in truth.phrases]
        repetitions += [Label(label.first + first, label.last + first) for label in truth.repetitions]
        inserted += truth.timed(offset).inserted
    return Truth(
        seconds=seconds,
        filled_pauses=sum(truth.filled_pauses for truth in truths),
        words=tuple(words) if all(truth.words is not None for truth in truths) else None,
        phrases=tuple(phrases),
        repetitions=tuple(repetitions),
        inserted=tuple(inserted),
    )
