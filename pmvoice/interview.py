"""The course of an interview: which question is on, and which stage its answer is in.

Pure state without sound, files or widgets: it says what may follow what, and refuses the rest.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import Enum

from pmvoice.questions import Bank, Question


class Stage(Enum):
    """The stage of one question."""

    LISTENING = "listening"  # the question is being spoken
    READY = "ready"  # the person's turn, nothing recorded yet
    STARTING = "starting"  # the microphone was asked for, no sound has arrived
    RECORDING = "recording"
    ANSWERED = "answered"  # a take is on disk
    OVER = "over"  # the round has ended


_MAY_FOLLOW = {
    Stage.LISTENING: {Stage.READY, Stage.STARTING, Stage.LISTENING, Stage.OVER},
    Stage.READY: {Stage.LISTENING, Stage.STARTING, Stage.OVER},
    Stage.STARTING: {Stage.RECORDING, Stage.READY, Stage.LISTENING, Stage.OVER},
    Stage.RECORDING: {Stage.ANSWERED, Stage.READY},
    Stage.ANSWERED: {Stage.LISTENING, Stage.READY, Stage.STARTING, Stage.OVER},
    Stage.OVER: set[Stage](),
}


class Interview:
    """One round through a list of questions. Starts with the first question, ``LISTENING``."""

    def __init__(self, questions: Sequence[Question]) -> None:
        if not questions:
            raise ValueError("an interview needs at least one question")
        self.questions = tuple(questions)
        self.index = 0
        self.stage = Stage.LISTENING

    @property
    def question(self) -> Question:
        return self.questions[self.index]

    @property
    def is_last(self) -> bool:
        return self.index == len(self.questions) - 1

    @property
    def upcoming(self) -> Question | None:
        """The question after this one, to make its speech ahead."""
        return None if self.is_last else self.questions[self.index + 1]

    def go(self, stage: Stage) -> None:
        """Enter ``stage``; ``ValueError`` where it cannot follow the present one."""
        if stage not in _MAY_FOLLOW[self.stage]:
            raise ValueError(f"{stage.value} cannot follow {self.stage.value}")
        self.stage = stage

    def next(self) -> bool:
        """Go on to the next question, or end the round; whether there was a next one.

        Not possible while recording: the take has to be stopped (and so kept) first.
        """
        if self.is_last:
            self.go(Stage.OVER)
            return False
        self.go(Stage.LISTENING)
        self.index += 1
        return True


def choose_questions(
    bank: Bank, area_id: str | None, count: int | None, practised: dict[int, int], chance: random.Random
) -> list[Question]:
    """Choose ``count`` questions (``None``: all) of an area (``None``: all areas) for a round.

    The least practised come first; among equals, chance decides. ``practised`` maps a question's id
    to the number of its answers so far.
    """
    pool = list(bank.in_area(area_id))
    chance.shuffle(pool)
    pool.sort(key=lambda question: practised.get(question.id, 0))
    return pool[:count]
