import os
import signal
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pmvoice import children
from pmvoice.gui.transcriber import GAVE_UP, Transcriber
from pmvoice.history import History
from pmvoice.paths import Paths
from pmvoice.questions import Bank
from pmvoice.sound_files import RATE, WavWriter, wav_seconds
from pmvoice.transcript import Transcript
from tests.fakes import Block

LONG = 30_000  # milliseconds


@pytest.fixture
def history(paths_with_model: Paths) -> Iterator[History]:
    history = History(paths_with_model)
    yield history
    history.close()


@pytest.fixture
def transcriber(history: History, paths_with_model: Paths) -> Iterator[Transcriber]:
    transcriber = Transcriber(history, "base", paths_with_model.models)
    yield transcriber
    transcriber.shut_down()


@pytest.fixture
def attempts(history: History, bank: Bank, sample_wav: Path) -> list[int]:
    """Two answers that are recorded and not transcribed."""
    session = history.begin_session()
    made = []
    for _ in range(2):
        recording = history.new_recording_path()
        recording.write_bytes(sample_wav.read_bytes())
        made.append(history.add_attempt(session, bank.question(1), recording, wav_seconds(recording)))
    return made


def child_pid(transcriber: Transcriber) -> int:
    return int(transcriber._child._process.processId())


def test_answers_are_transcribed_one_after_the_other(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    finished: list[int] = []
    transcriber.finished.connect(finished.append)
    for attempt in (*attempts, attempts[0]):  # asked twice, done once
        transcriber.transcribe(attempt)
    qtbot.waitUntil(lambda: len(finished) == 2, timeout=LONG)
    assert finished == attempts
    for attempt in attempts:
        transcript = history.transcript(attempt)
        assert transcript is not None
        assert "document assistant" in transcript.text


def test_a_child_that_is_killed_is_started_again(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    with qtbot.waitSignal(transcriber.progressed, timeout=LONG):
        transcriber.transcribe(attempts[0])
    killed = child_pid(transcriber)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):
        os.kill(killed, signal.SIGKILL)
    assert child_pid(transcriber) != killed
    assert history.transcript(attempts[0]) is not None


def test_a_recording_that_kills_the_child_again_and_again_is_given_up(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    failed: list[tuple[int, str]] = []
    transcriber.failed.connect(lambda attempt, message: failed.append((attempt, message)))

    def on_progress(attempt: int, _share: float) -> None:
        if attempt == attempts[0]:
            os.kill(child_pid(transcriber), signal.SIGKILL)

    transcriber.progressed.connect(on_progress)
    for attempt in attempts:
        transcriber.transcribe(attempt)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):  # the other one is not held up
        pass
    assert failed == [(attempts[0], GAVE_UP)]
    assert history.transcript(attempts[0]) is None
    assert history.attempt(attempts[0]).recording.exists()
    assert history.transcript(attempts[1]) is not None


def test_a_child_that_cannot_load_is_given_up(
    qtbot: QtBot, transcriber: Transcriber, attempts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "command", lambda role: [sys.executable, "-c", "raise SystemExit(3)"])
    with qtbot.waitSignal(transcriber.failed, timeout=LONG) as failed:
        transcriber.transcribe(attempts[0])
    assert failed.args == [attempts[0], GAVE_UP]
    monkeypatch.undo()
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):  # and can be tried again
        transcriber.transcribe(attempts[0])


def test_a_model_that_is_damaged_is_said(
    qtbot: QtBot, history: History, attempts: list[int], tmp_path: Path
) -> None:
    folder = tmp_path / "models" / "base"
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"damaged")
    transcriber = Transcriber(history, "base", tmp_path / "models")
    with qtbot.waitSignal(transcriber.failed, timeout=LONG) as failed:
        transcriber.transcribe(attempts[0])
    assert "The speech model is damaged" in str(failed.args)
    transcriber.shut_down()


def test_a_cancelled_answer_is_dropped_and_the_next_one_done(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    with qtbot.waitSignal(transcriber.progressed, timeout=LONG):
        for attempt in attempts:
            transcriber.transcribe(attempt)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG) as finished:
        transcriber.cancel(attempts[0])
    assert finished.args == [attempts[1]]
    assert history.transcript(attempts[0]) is None


def test_an_answer_deleted_while_it_waits_is_passed_over(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    transcriber.transcribe(attempts[0])
    transcriber.transcribe(attempts[1])
    history.delete_attempt(attempts[0])
    with qtbot.waitSignal(transcriber.finished, timeout=LONG) as finished:
        pass
    assert finished.args == [attempts[1]]


def test_cancelling_another_answer_during_a_restart_holds_nothing_up(
    qtbot: QtBot, transcriber: Transcriber, history: History, attempts: list[int]
) -> None:
    with qtbot.waitSignal(transcriber.progressed, timeout=LONG):
        for attempt in attempts:
            transcriber.transcribe(attempt)
    with qtbot.waitSignal(transcriber.preparing, timeout=LONG):  # started again, loading
        os.kill(child_pid(transcriber), signal.SIGKILL)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG) as finished:
        transcriber.cancel(attempts[1])
    assert finished.args == [attempts[0]]


@pytest.fixture
def growing(history: History, bank: Bank) -> Iterator[tuple[int, WavWriter]]:
    """An answer that is being recorded."""
    path = history.new_recording_path()
    attempt = history.add_attempt(history.begin_session(), bank.question(1), path)
    with WavWriter(path) as wav:
        yield attempt, wav


def test_an_answer_is_transcribed_while_it_is_recorded(
    qtbot: QtBot,
    transcriber: Transcriber,
    history: History,
    growing: tuple[int, WavWriter],
    sample_sound: Block,
    sample_transcript: Transcript,
) -> None:
    attempt, wav = growing
    wav.write(sample_sound[: 26 * RATE // 5].tobytes())
    transcriber.show_captions(True)
    with qtbot.waitSignal(transcriber.guessed, timeout=LONG) as guessed:
        transcriber.follow(attempt)
    assert "document assistant" in str(guessed.args[1]).casefold()
    wav.write(sample_sound[26 * RATE // 5 : 12 * RATE].tobytes())
    with qtbot.waitSignal(transcriber.heard, timeout=LONG) as heard:
        pass
    assert heard.args[0] == attempt
    assert heard.args[1].words_per_minute > 100
    assert heard.args[1].filler_count
    assert "document assistant" in transcriber.so_far(attempt).text
    assert history.transcript(attempt) is None  # not before it has ended
    wav.write(sample_sound[12 * RATE :].tobytes())
    history.end_attempt(attempt, wav.frames / RATE)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):
        transcriber.transcribe(attempt)
    assert history.transcript(attempt) == sample_transcript
    assert transcriber.so_far(attempt).text == ""


def test_a_child_that_dies_while_the_person_speaks_goes_on_after_the_last_final_word(
    qtbot: QtBot,
    transcriber: Transcriber,
    history: History,
    growing: tuple[int, WavWriter],
    sample_sound: Block,
    sample_transcript: Transcript,
) -> None:
    attempt, wav = growing
    failed: list[str] = []
    transcriber.failed.connect(lambda _attempt, message: failed.append(message))
    wav.write(sample_sound[: 12 * RATE].tobytes())
    with qtbot.waitSignal(transcriber.heard, timeout=LONG):
        transcriber.follow(attempt)
    told = [transcriber.so_far(attempt).text]
    transcriber.heard.connect(lambda _attempt, so_far: told.append(so_far.text))
    killed = child_pid(transcriber)
    with qtbot.waitSignal(transcriber.preparing, timeout=LONG):
        os.kill(killed, signal.SIGKILL)
    wav.write(sample_sound[12 * RATE :].tobytes())
    history.end_attempt(attempt, wav.frames / RATE)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):
        transcriber.transcribe(attempt)  # while the new child still loads
    assert child_pid(transcriber) != killed
    assert failed == []
    assert history.transcript(attempt) == sample_transcript
    assert all(later.startswith(earlier) for earlier, later in pairwise(told))  # nothing is told twice


def test_a_child_that_dies_again_and_again_on_a_growing_answer_is_tried_anew_at_its_end(
    qtbot: QtBot,
    transcriber: Transcriber,
    history: History,
    growing: tuple[int, WavWriter],
    sample_sound: Block,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt, wav = growing
    failed: list[str] = []
    transcriber.failed.connect(lambda _attempt, message: failed.append(message))
    monkeypatch.setattr(children, "command", lambda role: [sys.executable, "-c", "raise SystemExit(3)"])
    transcriber.follow(attempt)
    qtbot.waitUntil(lambda: not transcriber.is_busy, timeout=LONG)
    assert failed == []  # nobody waits for it yet
    monkeypatch.undo()
    wav.write(sample_sound[: 5 * RATE].tobytes())
    history.end_attempt(attempt, 5.0)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG):
        transcriber.transcribe(attempt)


def test_an_answer_that_is_not_kept_is_followed_no_longer(
    qtbot: QtBot,
    transcriber: Transcriber,
    history: History,
    growing: tuple[int, WavWriter],
    attempts: list[int],
    sample_sound: Block,
) -> None:
    attempt, wav = growing
    wav.write(sample_sound[: 12 * RATE].tobytes())
    with qtbot.waitSignal(transcriber.heard, timeout=LONG):
        transcriber.follow(attempt)
    child = child_pid(transcriber)
    transcriber.drop(attempt)
    with qtbot.waitSignal(transcriber.finished, timeout=LONG) as finished:
        transcriber.transcribe(attempts[0])
    assert finished.args == [attempts[0]]
    assert child_pid(transcriber) == child  # it did not have to load the model again
    assert transcriber.so_far(attempt).text == ""


def test_no_child_is_left_behind(qtbot: QtBot, transcriber: Transcriber, attempts: list[int]) -> None:
    with qtbot.waitSignal(transcriber.preparing, timeout=LONG):
        transcriber.transcribe(attempts[0])
    pid = child_pid(transcriber)
    transcriber.shut_down()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
