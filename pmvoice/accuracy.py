"""How true the numbers are: what the benchmark measured, and the help that tells it in plain words.

The figures are data (``accuracy.json``), written by the benchmark; the window only reads them out.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from pmvoice.paths import resource
from pmvoice.phrasing import day

Count = Annotated[int, msgspec.Meta(ge=0)]

CORRECTING = (
    "Choose it with a click, or with the keys . and , and press X: it was no filler. X again restores it. To "
    "mark what was missed, select the words and open their menu (right button, or the menu key). U adds an "
    "um that was not written down, where the recording stands. Ctrl+Z undoes, Ctrl+Shift+Z redoes. All "
    "numbers follow, and your word stands when the answer is transcribed again."
)


class MarkAccuracy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of one kind of mark: how many were spoken, how many marked, and how many of these rightly."""

    spoken: Count
    marked: Count
    right: Count

    def __post_init__(self) -> None:
        if self.right > min(self.spoken, self.marked):
            raise ValueError("More marks are right than were spoken or marked.")

    @property
    def recall(self) -> float:
        """The share of the spoken ones that is found, as far as so few can tell."""
        return _expected(self.right, self.spoken)

    @property
    def precision(self) -> float:
        """The share of the marks that is right, as far as so few can tell."""
        return _expected(self.right, self.marked)


class Accuracy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One measurement of all numbers."""

    measured_on: date
    model: str
    filled_pauses: MarkAccuracy
    filler_phrases: MarkAccuracy
    repetitions: MarkAccuracy
    word_error_rate: Annotated[float, msgspec.Meta(ge=0)]
    speaking_time_error: Annotated[float, msgspec.Meta(ge=0)]  # as a share of the true speaking time
    false_filled_pauses_per_minute: Annotated[float, msgspec.Meta(ge=0)]
    recordings: str  # what it was measured with


def load_accuracy() -> Accuracy:
    """The measurement that comes with the program."""
    return msgspec.json.decode(resource("pmvoice/accuracy.json").read_bytes(), type=Accuracy)


def explanation(accuracy: Accuracy, model: str | None) -> list[tuple[str, str]]:
    """What each number is and how true, as captions and texts, for a transcript made with ``model``."""
    off = accuracy.false_filled_pauses_per_minute
    return [
        ("", _origin(accuracy, model)),
        (
            "Um and uh (underlined)",
            f"{_found(accuracy.filled_pauses, 'filled pauses')} In a minute without any, "
            + (f"about {off:.1f} are marked." if off >= 0.05 else "none is marked."),
        ),
        (
            "Filler phrases (dotted)",
            "You know, I mean, like, sort of, kind of, basically, actually, literally, honestly: only where "
            f"they could be left out. {_found(accuracy.filler_phrases, 'filler phrases')}",
        ),
        (
            "Repetitions (dashed)",
            "Words said again at once; the mark lies on those that could be left out. "
            + _found(accuracy.repetitions, "repetitions"),
        ),
        ("Where a mark is wrong", CORRECTING),
        (
            "Words a minute",
            "Your words, without um and uh, over the speaking time. Of 100 words, about "
            f"{100 * accuracy.word_error_rate:.0f} are misheard, left out or put in.",
        ),
        (
            "Speaking",
            "The stretches in which you are heard speaking, added up; silences are left out. It is off by "
            f"{_in_a_hundred(accuracy.speaking_time_error)}.",
        ),
        ("First word after", "From the start of the recording to your first sound."),
        ("Pauses", "Silences of a second or longer between your words."),
        ("Length", "From the start of the recording to its end. It is exact."),
    ]


def _origin(accuracy: Accuracy, model: str | None) -> str:
    measured = f"Measured on {day(accuracy.measured_on)} with the model {accuracy.model}"
    text = f"{measured} ({accuracy.recordings}). Your voice, room and microphone may give other figures."
    if model is not None and model != accuracy.model:
        text += (
            f" This transcript was made with the model {model}; the figures were measured with "
            f"{accuracy.model}."
        )
    return text


def _found(mark: MarkAccuracy, name: str) -> str:
    return (
        f"Finds about {100 * mark.recall:.0f} of 100 {name} (when measured, {mark.right} of {mark.spoken}); "
        f"of 100 marks, about {100 * mark.precision:.0f} are right ({mark.right} of {mark.marked})."
    )


def _in_a_hundred(share: float) -> str:
    return f"about {100 * share:.0f} in 100" if share >= 0.01 else "less than 1 in 100"


def _expected(successes: int, trials: int) -> float:
    """The chance of the next success by Laplace's rule of succession: 4 of 4 are not a promise of all."""
    return (successes + 1) / (trials + 2)
