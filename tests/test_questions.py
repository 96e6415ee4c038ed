import json
import re
from pathlib import Path
from typing import Any

import pytest

from pmvoice.errors import UserError
from pmvoice.paths import resource
from pmvoice.questions import Bank, Question, load_bank

ONE_QUESTION: dict[str, Any] = {
    "format": 1,
    "title": "A pack",
    "areas": [{"id": "data", "name": "Data", "listens_for": "Figures."}],
    "questions": [
        {
            "id": 1,
            "area": "data",
            "question": "What do you measure?",
            "model_answer": "I measure retention.",
            "key_points": [{"point": "Names a measure", "cues": ["retention"]}],
            "tip": "Name one.",
            "target_seconds": 60,
            "follow_ups": ["Why that one?", "What else?"],
        }
    ],
}


def pack(folder: Path, **changes: Any) -> Path:
    """A pack of one question, with changes to it."""
    content = json.loads(json.dumps(ONE_QUESTION))
    content["questions"][0].update(changes)
    path = folder / "pack.json"
    path.write_text(json.dumps(content))
    return path


def says(answer: str, cue: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", answer, re.IGNORECASE) is not None


def test_bank_holds_eight_areas_of_four_questions(bank: Bank) -> None:
    assert [question.id for question in bank.questions] == list(range(1, 33))
    assert len({question.question for question in bank.questions}) == 32
    assert [area.id for area in bank.areas] == [
        *("ownership", "vision", "roadmap", "leadership", "data", "execution", "behavioral", "closing")
    ]
    per_area = [len(bank.in_area(area.id)) for area in bank.areas]
    assert sorted(per_area) == sorted([4, 4, 4, 4, 4, 4, 4, 4])


def test_model_answers_can_be_spoken_in_time(bank: Bank) -> None:
    for question in bank.questions:
        words = len(question.model_answer.split())
        if question.id != 32:  # a list of questions to ask back, not a speech
            assert 130 <= words <= 260, question.id
        assert 90 <= 60 * words / question.target_seconds <= 165, question.id
        assert "[" not in question.model_answer


def test_every_key_point_is_heard_in_its_model_answer(bank: Bank) -> None:
    for question in bank.questions:
        assert 4 <= len(question.key_points) <= 6
        for key_point in question.key_points:
            heard = [cue for cue in key_point.cues if says(question.model_answer, cue)]
            assert len(heard) >= 2, (question.id, key_point.point)


def test_follow_ups_are_questions_of_their_own(bank: Bank) -> None:
    follow_ups = [each for question in bank.questions for each in question.follow_ups]
    assert len(set(follow_ups)) == 64
    assert all(each.endswith("?") for each in follow_ups)


def test_question_by_number(bank: Bank) -> None:
    assert bank.question(9).question == "How do you prioritize features when resources are limited?"
    with pytest.raises(UserError, match=r"no question 33\. Choose one from 1 to 32"):
        bank.question(33)


def test_a_good_pack_loads(tmp_path: Path) -> None:
    question: Question = load_bank(pack(tmp_path)).question(1)
    assert question.key_points[0].cues == ("retention",)


@pytest.mark.parametrize(
    ("changes", "place", "expected"),
    [
        ({"id": "one"}, "$.questions[0].id", "Expected `int`, got `str`"),
        ({"area": "money"}, "$.questions[0].area", "expected one of data, got money"),
        ({"target_seconds": 5}, "$.questions[0].target_seconds", ">= 10"),
        ({"follow_ups": ["Why?"]}, "$.questions[0].follow_ups", "length >= 2"),
        ({"key_points": [{"point": "A", "cues": []}]}, "$.questions[0].key_points[0].cues", "length >= 1"),
        ({"colour": "red"}, "$.questions[0]", "unknown field `colour`"),
        ({"model_answer": ""}, "$.questions[0].model_answer", "length >= 1"),
    ],
)
def test_a_bad_pack_names_file_place_and_expectation(
    tmp_path: Path, changes: dict[str, Any], place: str, expected: str
) -> None:
    path = pack(tmp_path, **changes)
    with pytest.raises(UserError) as error:
        load_bank(path)
    assert str(path) in str(error.value)
    assert f"at {place}:" in str(error.value)
    assert expected in str(error.value)


def test_repeated_numbers_are_refused(tmp_path: Path) -> None:
    content = json.loads(resource("questions.json").read_text(encoding="utf-8"))
    content["questions"][5]["id"] = 1
    path = tmp_path / "pack.json"
    path.write_text(json.dumps(content))
    with pytest.raises(UserError, match=re.escape("at $.questions[5].id: expected an id used once")):
        load_bank(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"pack\.json"):
        load_bank(path)


def test_a_missing_or_huge_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        load_bank(tmp_path / "none.json")
    huge = tmp_path / "huge.json"
    huge.write_bytes(b" " * 4_000_001)
    with pytest.raises(UserError, match="too large"):
        load_bank(huge)
