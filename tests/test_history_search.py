"""Finding answers again by a phrase of the question or of what was said."""

import sqlite3
from pathlib import Path

import pytest

from pmvoice import history_database
from pmvoice.analysis.feedback import analyse
from pmvoice.errors import UserError
from pmvoice.history import History
from pmvoice.history_schema import MIGRATIONS
from pmvoice.paths import Paths
from pmvoice.questions import Bank
from tests.fakes import transcript_of


def answer(history: History, bank: Bank, said: str = "", *, question: int = 1, session: int = 0) -> int:
    """An answer in the history, transcribed if something was said."""
    session = session or history.begin_session()
    recording = history.new_recording_path()
    recording.write_bytes(b"sound")
    attempt = history.add_attempt(session, bank.question(question), recording, 10)
    if said:
        history.keep_feedback(attempt, analyse(transcript_of(said)))
    return attempt


def found(history: History, phrase: str) -> list[int]:
    return [attempt for session in history.sessions(phrase) for attempt in session]


@pytest.fixture
def history(paths: Paths) -> History:
    return History(paths)


def test_answers_are_listed_by_session_newest_first(history: History, bank: Bank) -> None:
    first, second = history.begin_session(), history.begin_session()
    a, b, c, d = (answer(history, bank, session=session) for session in (first, first, second, second))
    assert history.sessions() == [(d, c), (b, a)]
    history.delete_attempt(c)
    assert history.sessions() == [(d,), (b, a)]
    history.close()


def test_what_is_being_recorded_is_not_listed(history: History, bank: Bank) -> None:
    session = history.begin_session()
    history.add_attempt(session, bank.question(9), history.new_recording_path())
    assert history.sessions() == []
    assert history.sessions("prioritize") == []
    history.close()


def test_answers_are_read_by_their_numbers(history: History, bank: Bank) -> None:
    a, b, c = (answer(history, bank, question=number) for number in (1, 2, 3))
    history.delete_attempt(b)
    assert history.attempts_with([c, a, b]) == {a: history.attempt(a), c: history.attempt(c)}
    assert history.attempts_with([]) == {}
    history.close()


def test_a_phrase_is_found_in_questions_and_in_what_was_said(history: History, bank: Bank) -> None:
    asked = answer(history, bank, question=9)
    said = answer(history, bank, "So we had to prioritize the migration first.")
    assert found(history, "prioritize") == [said, asked]
    assert found(history, "the migration") == [said]
    assert found(history, "prioritize first") == []  # a phrase, not single words
    history.close()


def test_only_sessions_in_which_it_is_found_are_listed(history: History, bank: Bank) -> None:
    session = history.begin_session()
    a, _, c = (
        answer(history, bank, said, session=session) for said in ("The beta", "The launch", "One beta")
    )
    answer(history, bank, "The launch")
    assert history.sessions("beta") == [(c, a)]
    history.close()


def test_the_last_word_may_be_unfinished(history: History, bank: Bank) -> None:
    attempt = answer(history, bank, "We migrated the billing")
    for phrase in ("m", "migr", "migrated t", "we migrated the bill"):
        assert found(history, phrase) == [attempt], phrase
    for phrase in ("migr the", "illing"):  # no other word may, nor may its beginning be missing
        assert found(history, phrase) == [], phrase
    history.close()


@pytest.mark.parametrize(
    "phrase", ["RESUME", "résumé", "Re\u0301sume\u0301", "the resumé,", "THE  Resume", " the resume "]
)
def test_case_accents_and_spacing_do_not_matter(history: History, bank: Bank, phrase: str) -> None:
    attempt = answer(history, bank, "Then the Résumé, as it was")
    assert found(history, phrase) == [attempt]
    history.close()


@pytest.mark.parametrize("phrase", ["don't", "don’t", "don't have", "I don't", "trade-off", "A/B te"])  # noqa: RUF001
def test_signs_within_words_are_found(history: History, bank: Bank, phrase: str) -> None:
    attempt = answer(history, bank, "I don't have a trade-off. An A/B test")
    assert found(history, phrase) == [attempt]
    history.close()


@pytest.mark.parametrize(
    "phrase",
    [
        'say "yes"',
        '"yes"',
        'yes"',
        "say* yes",
        "say -yes",
        "(yes",
        "yes)",
        "^yes",
        "say + yes",
        "say : yes",
        "say\x00yes",
        "yes\ud800",
        "yes\\",
        "yes;--",
        "%yes_",
    ],
)
def test_signs_are_no_commands(history: History, bank: Bank, phrase: str) -> None:
    attempt = answer(history, bank, "They said say yes")
    assert found(history, phrase) == [attempt]
    history.close()


@pytest.mark.parametrize(
    "phrase", ["beta AND launch", "beta OR x", "NOT beta", "NEAR(beta launch)", "NEAR", "said : beta"]
)
def test_words_of_command_are_words(history: History, bank: Bank, phrase: str) -> None:
    answer(history, bank, "The beta launch")
    literal = answer(history, bank, f"Then {phrase} as said")
    assert found(history, phrase) == [literal]
    history.close()


@pytest.mark.parametrize("phrase", ["", "   ", "%", "_", "\\", "'", '"', "* - ?", "\x00", "\ud800", "\u0301"])
def test_where_no_word_is_typed_all_answers_stay(history: History, bank: Bank, phrase: str) -> None:
    attempts = [answer(history, bank), answer(history, bank, "We shipped it")]
    assert sorted(found(history, phrase)) == attempts
    history.close()


def test_a_transcript_made_anew_is_found_in_place_of_the_old(history: History, bank: Bank) -> None:
    attempt = answer(history, bank, "We chipped it")
    history.keep_feedback(attempt, analyse(transcript_of("We shipped it")))
    assert found(history, "we chipped") == []
    assert found(history, "we shipped") == [attempt]
    history.close()


def test_a_deleted_answer_is_not_found_and_leaves_no_words(
    history: History, bank: Bank, paths: Paths
) -> None:
    attempt, other = answer(history, bank, "We shipped it"), answer(history, bank, "We sold it")
    history.delete_attempt(attempt)
    assert found(history, "we s") == [other]
    history.close()
    with sqlite3.connect(paths.history) as db:
        assert db.execute("SELECT said FROM attempt_texts").fetchall() == [("We sold it",)]
    db.close()


def test_what_could_not_be_kept_is_not_found(history: History, bank: Bank) -> None:
    attempt = answer(history, bank, "We chipped it")

    def keep_in_vain() -> None:
        with history._db.together():
            history.keep_feedback(attempt, analyse(transcript_of("We shipped it")))
            raise UserError("The disk is full.")

    with pytest.raises(UserError, match="disk is full"):
        keep_in_vain()
    assert found(history, "shipped") == []
    assert found(history, "chipped") == [attempt]
    history.close()


def older_history(paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch, version: int) -> tuple[int, int]:
    """A database of a version before the search, with an answer and one that is not transcribed yet."""
    monkeypatch.setattr(history_database, "MIGRATIONS", MIGRATIONS[:version])
    history = History(paths)
    attempts = answer(history, bank, "We don't ship on Fridays"), answer(history, bank, question=9)
    history.close()
    monkeypatch.undo()
    return attempts


@pytest.mark.parametrize("version", [1, 2])
def test_answers_of_older_versions_are_found(
    paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    spoken, asked = older_history(paths, bank, monkeypatch, version)
    history = History(paths)
    assert found(history, "don't ship on fri") == [spoken]
    assert found(history, "prioritize") == [asked]
    history.keep_feedback(asked, analyse(transcript_of("By reach and effort")))
    history.delete_attempt(spoken)
    assert found(history, "reach and effort") == [asked]
    assert found(history, "fridays") == []
    history.check()
    history.close()


def test_a_damaged_transcript_does_not_keep_the_history_shut(
    paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken, asked = older_history(paths, bank, monkeypatch, 2)
    damage(paths.history, asked)
    history = History(paths)
    assert found(history, "fridays") == [spoken]
    assert found(history, "prioritize") == [asked]
    history.close()


def damage(path: Path, attempt: int) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE attempts SET transcript = '{\"words\": [' WHERE id = ?", (attempt,))
    db.close()
