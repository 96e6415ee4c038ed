"""Filler phrases and repetitions, scored against sentences labelled by hand.

``phrases.json`` and ``repetitions.json`` hold sentences as Whisper writes spoken answers, each with what
counts in it: the mark's text and the index of its first word. They were written and labelled before the
rules, and drawn at random into two halves: the rules were tuned on 'tune' alone, and 'report' says how well
they do on sentences they were not made for. A mark is right where both text and place agree.

    python -m benchmarks.accuracy.labels
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pmvoice.analysis.fillers import FillerKind, find_fillers
from pmvoice.transcript import Word

Half = Literal["tune", "report"]
OVERALL = "all"
SECONDS_A_WORD = 0.3


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence and what counts in it, as (text, index of the first word)."""

    half: Half
    text: str
    fillers: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` of the ``found`` marks agree with one of those that were ``labelled``."""

    right: int
    found: int
    labelled: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None


def read_labels(name: Literal["phrases", "repetitions"]) -> list[Labelled]:
    path = Path(__file__).with_name(f"{name}.json")
    return [
        Labelled(row["half"], row["text"], frozenset((f["text"], f["first"]) for f in row["fillers"]))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def found_in(text: str, kind: FillerKind) -> frozenset[tuple[str, int]]:
    """What the rules find in a sentence spoken without pauses."""
    words = [
        Word(word, place * SECONDS_A_WORD, (place + 1) * SECONDS_A_WORD)
        for place, word in enumerate(text.split())
    ]
    return frozenset((filler.text, filler.first) for filler in find_fillers(words) if filler.kind is kind)


def score_phrases(half: Half | None = None) -> dict[str, Score]:
    """The scores of each phrase, and of all of them under ``OVERALL``; of both halves if none is named."""
    return _score(read_labels("phrases"), FillerKind.FILLER_PHRASE, half)


def score_repetitions(half: Half | None = None) -> Score:
    return _score(read_labels("repetitions"), FillerKind.REPETITION, half)[OVERALL]


def _score(sentences: list[Labelled], kind: FillerKind, half: Half | None) -> dict[str, Score]:
    right, found, labelled = Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        if half in (None, sentence.half):
            marks = found_in(sentence.text, kind)
            for count, some in (
                (right, marks & sentence.fillers),
                (found, marks),
                (labelled, sentence.fillers),
            ):
                count.update(text for text, _ in some)
                count[OVERALL] += len(some)
    names = sorted(found | labelled, key=lambda name: (-labelled[name], name))
    return {name: Score(right[name], found[name], labelled[name]) for name in names}


def table(scores: dict[str, Score]) -> str:
    """The scores as a table in Markdown."""
    lines = ["| | labelled | found | precision | recall |", "|---|---|---|---|---|"]
    for name, score in scores.items():
        shares = " | ".join(
            "-" if share is None else f"{share:.2f}" for share in (score.precision, score.recall)
        )
        lines.append(f"| {name} | {score.labelled} | {score.found} | {shares} |")
    return "\n".join(lines)


def main() -> None:
    halves: tuple[Half, ...] = ("tune", "report")
    for half in halves:
        print(f"Filler phrases, half '{half}':\n\n{table(score_phrases(half))}\n")
    print("Repetitions:\n")
    print(table({half: score_repetitions(half) for half in halves}))


if __name__ == "__main__":
    main()
