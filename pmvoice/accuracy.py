"""How true the numbers are: what the benchmark measured, and the help that tells it in plain words.

The figures are data (``accuracy.json``), written by the benchmark; the window only reads them out.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from pmvoice.paths import resource
from pmvoice.wording import day

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

CORRECTING = (
    "Choose it with a click, or with the keys . and , and press X: it was no filler. X again restores it. To "
    "mark what was missed, select the words and open their menu (right button, or the menu key). U adds an "
    "um that was not written down, where the recording stands. Ctrl+Z undoes, Ctrl+Shift+Z redoes. All "
    "numbers follow, and your word stands when the answer is transcribed again."
)


class MarkAccuracy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of one kind of mark: the share of the spoken ones that is found, and of the found that is right."""

    recall: Share
    precision: Share


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
            f"about {100 * accuracy.speaking_time_error:.0f} in 100.",
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
    found, right = 100 * mark.recall, 100 * mark.precision
    return f"Finds about {found:.0f} of 100 {name}; of 100 marks, about {right:.0f} are right."
