import random

import pytest

from pmvoice.interview import Interview, Stage, choose_questions
from pmvoice.questions import Bank


@pytest.fixture
def interview(bank: Bank) -> Interview:
    return Interview(bank.questions[:2])


def test_a_question_is_heard_then_answered(interview: Interview) -> None:
    for stage in (Stage.READY, Stage.STARTING, Stage.RECORDING, Stage.ANSWERED):
        interview.go(stage)
    assert interview.next()
    assert (interview.index, interview.stage) == (1, Stage.LISTENING)


def test_the_round_ends_after_the_last_question(interview: Interview) -> None:
    interview.next()
    assert interview.is_last
    assert interview.upcoming is None
    assert not interview.next()
    assert interview.stage is Stage.OVER


def test_a_take_cannot_be_jumped_over(interview: Interview) -> None:
    interview.go(Stage.STARTING)
    interview.go(Stage.RECORDING)
    for stage in (Stage.LISTENING, Stage.STARTING, Stage.OVER):
        with pytest.raises(ValueError, match="cannot follow recording"):
            interview.go(stage)
    with pytest.raises(ValueError, match="cannot follow recording"):
        interview.next()
    assert interview.index == 0


def test_a_take_that_is_not_kept_leaves_the_turn(interview: Interview) -> None:
    for stage in (Stage.STARTING, Stage.RECORDING, Stage.READY, Stage.STARTING):
        interview.go(stage)


def test_a_microphone_that_fails_leaves_the_turn(interview: Interview) -> None:
    interview.go(Stage.STARTING)
    interview.go(Stage.READY)
    assert interview.stage is Stage.READY


def test_an_empty_round_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one question"):
        Interview([])


def test_the_least_practised_questions_come_first(bank: Bank) -> None:
    practised = {question.id: 2 for question in bank.in_area("data")}
    practised[18] = 0
    chosen = choose_questions(bank, "data", 3, practised, random.Random(1))
    assert chosen[0].id == 18
    assert {question.area for question in chosen} == {"data"}
    assert len(chosen) == 3


def test_all_questions_of_all_areas(bank: Bank) -> None:
    chosen = choose_questions(bank, None, None, {}, random.Random(1))
    assert sorted(question.id for question in chosen) == list(range(1, 33))
    assert chosen != list(bank.questions)
