import sqlite3
import stat
from pathlib import Path

import pytest

from pmvoice import history_database
from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.analysis.marking import marked, rejected, with_pause_after
from pmvoice.errors import UserError
from pmvoice.history import History
from pmvoice.history_schema import MIGRATIONS
from pmvoice.paths import Paths
from pmvoice.questions import Bank
from pmvoice.sound_files import WavWriter
from tests.fakes import transcript_of


def recording(history: History) -> Path:
    path = history.new_recording_path()
    path.write_bytes(b"sound")
    return path


def test_an_answer_is_kept_before_and_after_its_transcript(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    assert history.latest_attempt() is None
    sound = recording(history)
    attempt_id = history.add_attempt(history.begin_session(), bank.question(9), sound, 47.3)
    kept = history.attempt(attempt_id)
    assert (kept.question_id, kept.area, kept.duration_seconds) == (9, "roadmap", 47.3)
    assert kept.recording == sound
    assert not kept.is_transcribed
    assert kept.words_per_minute is None
    assert history.transcript(attempt_id) is None

    transcript = transcript_of("So, um, we shipped it")
    history.keep_feedback(attempt_id, analyse(transcript))
    kept = history.attempt(attempt_id)
    assert kept.is_transcribed
    assert kept.filler_count == 1
    assert kept.words_per_minute == pytest.approx(60 * 4 / 2.0)
    assert history.transcript(attempt_id) == transcript
    history.close()


def test_corrections_are_kept_with_the_answer_and_the_numbers_follow(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    session = history.begin_session()
    attempt, other = (
        history.add_attempt(session, bank.question(number), recording(history), 10) for number in (1, 2)
    )
    assert history.feedback(attempt) is None
    found = analyse(transcript_of("So, um, we shipped it"))
    for each in (attempt, other):
        history.keep_feedback(each, found)

    corrected = analyse(found.recognised, rejected(found, found.fillers[0]))
    corrected = analyse(found.recognised, marked(corrected, FillerKind.FILLER_PHRASE, 0, 0))
    corrected = analyse(found.recognised, with_pause_after(corrected, 3))
    history.keep_corrections(attempt, corrected)
    history.close()
    history = History(paths)
    assert history.corrections(attempt) == corrected.corrections
    assert history.feedback(attempt) == corrected
    assert history.transcript(attempt) == found.recognised  # as it was recognised
    kept = history.attempt(attempt)
    assert (kept.filler_count, kept.fillers_per_minute) == (2, pytest.approx(60.0))
    assert kept.words_per_minute == pytest.approx(60 * 5 / 2.0)
    assert history.feedback(other) == found

    history.keep_corrections(attempt, found)  # all taken back
    assert history.corrections(attempt) == ()
    assert history.attempt(attempt).filler_count == 1
    history.close()


def test_corrections_stand_when_an_answer_is_transcribed_again(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    attempt = history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    found = analyse(transcript_of("So, um, we shipped it"))
    history.keep_feedback(attempt, found)
    history.keep_corrections(attempt, analyse(found.recognised, rejected(found, found.fillers[0])))
    again = transcript_of("So, uh, we shipped, um, it")
    history.keep_feedback(attempt, analyse(again, history.corrections(attempt)))
    assert history.transcript(attempt) == again
    assert history.attempt(attempt).filler_count == 1
    feedback = history.feedback(attempt)
    assert feedback is not None
    assert [filler.text for filler in feedback.fillers] == ["um"]
    history.close()


def test_corrections_go_with_the_answer(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    attempt = history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    found = analyse(transcript_of("So, um, we shipped it"))
    history.keep_feedback(attempt, found)
    history.keep_corrections(attempt, analyse(found.recognised, rejected(found, found.fillers[0])))
    history.delete_attempt(attempt)
    assert history._db.rows("SELECT * FROM corrections") == []
    history.close()


def test_corrections_that_cannot_be_kept_leave_all_as_it_was(
    paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(paths)
    attempt = history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    found = analyse(transcript_of("So, um, we shipped it"))
    history.keep_feedback(attempt, found)
    corrected = analyse(found.recognised, rejected(found, found.fillers[0]))
    history.keep_corrections(attempt, corrected)

    def full(*_: object) -> None:
        raise UserError("The history cannot be written or read (disk is full).")

    monkeypatch.setattr(history, "keep_feedback", full)
    with pytest.raises(UserError, match="disk is full"):
        history.keep_corrections(attempt, found)
    monkeypatch.undo()
    assert history.feedback(attempt) == corrected
    history.keep_corrections(attempt, found)  # and it goes on
    assert history.corrections(attempt) == ()
    history.close()


def test_answers_of_the_first_version_take_corrections(
    paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_database, "MIGRATIONS", MIGRATIONS[:1])
    history = History(paths)
    attempt = history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    found = analyse(transcript_of("So, um, we shipped it"))
    history.keep_feedback(attempt, found)
    history.close()
    monkeypatch.undo()
    history = History(paths)
    assert history.feedback(attempt) == found
    history.keep_corrections(attempt, analyse(found.recognised, rejected(found, found.fillers[0])))
    assert history.attempt(attempt).filler_count == 0
    history.close()


def test_answers_survive_a_restart_newest_first(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    session = history.begin_session()
    for number in (1, 2):
        history.add_attempt(session, bank.question(number), recording(history), 10)
    history.close()
    history = History(paths)
    assert [attempt.question_id for attempt in history.attempts()] == [2, 1]
    assert history.latest_attempt() == history.attempts()[0]
    assert history.practised() == {1: 1, 2: 1}
    history.check()
    history.close()


def test_a_deleted_answer_is_gone_with_its_recording(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    sound = recording(history)
    attempt = history.add_attempt(history.begin_session(), bank.question(1), sound, 10)
    history.delete_attempt(attempt)
    assert history.attempts() == []
    assert not sound.exists()
    with pytest.raises(UserError, match="no answer"):
        history.attempt(attempt)
    history.close()


def test_an_answer_whose_program_died_is_put_right_at_the_next_start(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    session = history.begin_session()
    kept, empty = (history.new_recording_path() for _ in range(2))
    with WavWriter(kept) as wav:
        wav.write(bytes(32_000))
    for path in (kept, empty):
        history.add_attempt(session, bank.question(9), path)
    assert history.attempts() == []
    assert history.practised() == {}
    history.close()
    history = History(paths)
    (attempt,) = history.attempts()
    assert (attempt.recording, attempt.duration_seconds) == (kept, 1.0)
    history.close()


def test_a_database_that_is_locked_is_said(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    history._db.write("PRAGMA busy_timeout = 10")
    with sqlite3.connect(paths.history, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="cannot be written or read"):
            history.begin_session()
        other.execute("ROLLBACK")
    other.close()
    history.close()


def test_files_are_private(paths: Paths, bank: Bank) -> None:
    history = History(paths)
    history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    files = [each for each in paths.data.rglob("*") if each.is_file() and each.suffix != ".wav"]
    assert {each.name for each in files} >= {"history.sqlite3", "history.sqlite3-wal"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (paths.data, paths.recordings)} == {0o700}
    history.close()


def test_recording_names_differ(paths: Paths) -> None:
    history = History(paths)
    names = {history.new_recording_path() for _ in range(50)}
    assert len(names) == 50
    history.close()


def test_a_damaged_database_is_said_and_left_as_it_is(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.history.write_bytes(b"this is no database, whatever it is " * 100)
    before = paths.history.read_bytes()
    with pytest.raises(UserError, match="cannot be opened"):
        History(paths)
    assert paths.history.read_bytes() == before


def test_a_newer_database_is_refused(paths: Paths) -> None:
    History(paths).close()
    with sqlite3.connect(paths.history) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(UserError, match="newer pmvoice"):
        History(paths)


def test_an_older_database_is_brought_up_to_date(
    paths: Paths, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(paths)
    history.add_attempt(history.begin_session(), bank.question(1), recording(history), 10)
    history.close()
    monkeypatch.setattr(
        history_database,
        "MIGRATIONS",
        (*MIGRATIONS, "ALTER TABLE attempts ADD COLUMN note TEXT;"),
    )
    history = History(paths)
    assert len(history.attempts()) == 1
    history.close()
    with sqlite3.connect(paths.history) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert db.execute("SELECT note FROM attempts").fetchall() == [(None,)]
    db.close()


def test_a_migration_that_fails_changes_nothing(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    History(paths).close()
    broken = "ALTER TABLE attempts ADD COLUMN note TEXT; ALTER TABLE nowhere ADD COLUMN x TEXT;"
    monkeypatch.setattr(history_database, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(UserError, match="cannot be opened"):
        History(paths)
    monkeypatch.undo()
    history = History(paths)
    assert history.attempts() == []
    history.close()
