from datetime import UTC, datetime
from pathlib import Path

from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.analysis.marking import marked, rejected
from pmvoice.export import attempt_json, feedback_json, feedback_text, history_text
from pmvoice.history import Attempt
from pmvoice.questions import Bank
from tests.fakes import transcript_of

ATTEMPT = Attempt(
    id=3, session_id=1, question_id=9, area="roadmap", question="How do you prioritize?",
    recorded_at=datetime(2026, 11, 22, 20, 14, tzinfo=UTC), recording=Path("/a.wav"), duration_seconds=94.2,
    is_transcribed=True, speaking_seconds=81.0, words_per_minute=148.2, filler_count=5,
    fillers_per_minute=3.7,
)  # fmt: skip


def test_the_json_keeps_its_contract(bank: Bank) -> None:
    feedback = analyse(transcript_of("So, um, it was, you know, fine", 0.5))
    report = feedback_json("answer.wav", bank.question(9), feedback)
    assert list(report) == [
        *("file", "question", "model", "duration_seconds", "speaking_seconds", "response_delay_seconds"),
        *("words_per_minute", "transcript", "words", "fillers", "pauses"),
    ]
    assert (report["file"], report["question"], report["model"]) == ("answer.wav", 9, "fake")
    assert report["transcript"] == "So, um, it was, you know, fine"
    assert report["words"][1] == {
        "text": "um,", "start_seconds": 0.5, "end_seconds": 1.0, "kind": "filled_pause",
    }  # fmt: skip
    assert [word["kind"] for word in report["words"]] == [
        *("word", "filled_pause", "word", "word", "filler_phrase", "filler_phrase", "word")
    ]
    assert list(report["fillers"]) == ["count", "per_minute", "items"]
    assert report["fillers"]["count"] == 2
    assert report["fillers"]["items"][1] == {
        "text": "you know", "start_seconds": 2.0, "end_seconds": 3.0, "kind": "filler_phrase",
    }  # fmt: skip


def test_the_json_names_repetitions() -> None:
    found = analyse(transcript_of("So we we shipped", 0.5))
    feedback = analyse(found.recognised, marked(found, FillerKind.REPETITION, 1, 1))
    report = feedback_json("answer.wav", None, feedback)
    assert [word["kind"] for word in report["words"]] == ["word", "repetition", "word", "word"]
    assert report["fillers"]["items"] == [
        {"text": "we", "start_seconds": 0.5, "end_seconds": 1.0, "kind": "repetition"}
    ]


def test_the_page_lists_fillers_by_kind() -> None:
    found = analyse(transcript_of("So, um, it was, you know, fine"))
    page = feedback_text(None, found)
    assert "Filled pauses: um 0:00" in page
    assert "Filler phrases: you know 0:02" in page
    assert "Repetitions" not in page
    without = feedback_text(None, analyse(found.recognised, rejected(found, found.fillers[1])))
    assert "1 filler (1 um/uh, 0 phrases)" in without
    assert "Filler phrases" not in without


def test_pauses_have_their_places(sample_feedback: Feedback) -> None:
    report = feedback_json("sample.flac", None, sample_feedback)
    assert report["question"] is None
    assert len(report["pauses"]) == 2
    assert all(pause["start_seconds"] < pause["end_seconds"] for pause in report["pauses"])


def test_nothing_said_has_no_numbers() -> None:
    report = feedback_json("quiet.wav", None, analyse(transcript_of("")))
    assert report["words_per_minute"] is None
    assert report["response_delay_seconds"] is None
    assert report["fillers"] == {"count": 0, "per_minute": None, "items": []}


def test_the_page_shows_words_model_answer_and_numbers(bank: Bank) -> None:
    page = feedback_text(bank.question(9), analyse(transcript_of("So, um, we used RICE")))
    assert "How do you prioritize features when resources are limited?" in page
    assert "So, um, we used RICE" in page
    assert "A model answer" in page
    assert "1 filler (1 um/uh, 0 phrases)" in page
    assert "um 0:00" in page
    assert max(len(line) for line in page.splitlines()) <= 88


def test_the_history_as_text() -> None:
    assert "no answers yet" in history_text([])
    table = history_text([ATTEMPT])
    assert "1:34" in table
    assert "148" in table
    assert "How do you prioritize?" in table


def test_the_history_as_json() -> None:
    row = attempt_json(ATTEMPT)
    assert (row["question"], row["transcribed"], row["filler_count"]) == (9, True, 5)
    assert row["recorded_at"] == "2026-11-22T20:14:00+00:00"
