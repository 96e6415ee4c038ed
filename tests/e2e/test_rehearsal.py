"""The whole program on real parts: an answer spoken into a microphone comes back as a review."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmvoice import app as pmvoice_app
from pmvoice.app import App
from pmvoice.gui import theme
from pmvoice.gui.theme import LIGHT
from pmvoice.history import History
from pmvoice.interview import Stage
from pmvoice.paths import Paths
from pmvoice.recorder import SILENT_MICROPHONE
from pmvoice.settings import Settings, save_settings
from pmvoice.sound_files import WavWriter, read_wav, wav_seconds
from pmvoice.speech import speak_to_file
from tests.e2e.conftest import Screen
from tests.fakes import tone
from tests.virtual_devices import SoundCard, wait_for

LONG = 60_000  # milliseconds
ANSWER = (
    "I start with the customer. We had nine stories and four engineers, so I asked one question for each "
    "story. Would a customer notice it in the first month?"
)
HEARD = ("customer", "engineers", "question", "first month")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A spoken answer, by the program's own voice."""
    return speak_to_file(ANSWER, tmp_path / "answer")


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, sound_card: SoundCard, paths_with_model: Paths) -> Iterator[App]:
    save_settings(paths_with_model.settings, Settings(area="roadmap", question_count=3))
    theme.dress(qapp)
    app = pmvoice_app.build(paths_with_model)
    app.window.show()
    qtbot.waitExposed(app.window)
    app.transcriber.warm_up()
    yield app
    app.window.close()
    app.shut_down()


def has_fallen_silent(paths: Paths) -> bool:
    """Whether speech was recorded, and then silence of a second and a half: the answer is over."""
    (recording,) = paths.recordings.glob("*.wav")
    samples, rate = read_wav(recording)
    loudness = np.abs(samples)
    return bool(len(samples) and loudness.max() > 0.05 and loudness[-3 * rate // 2 :].max() < 0.01)


@pytest.mark.timeout(300)
def test_an_answer_spoken_aloud_is_reviewed_and_found_again(
    qtbot: QtBot, app: App, sound_card: SoundCard, answer: Path, paths_with_model: Paths
) -> None:
    window = app.window
    qtbot.keyClick(window.home, Qt.Key.Key_Return)
    with qtbot.waitSignal(app.voice.ended, timeout=LONG):  # the question is heard to its end
        pass
    assert app.rehearsal.stage is Stage.READY

    qtbot.keyClick(window.interview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.RECORDING, timeout=LONG)
    with sound_card.play_into_microphone(answer):
        qtbot.waitUntil(lambda: has_fallen_silent(paths_with_model), timeout=LONG)
    qtbot.keyClick(window.interview, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.page is window.review, timeout=LONG)

    with qtbot.waitSignal(app.transcriber.finished, timeout=LONG):
        pass
    said = window.review.transcript.toPlainText()
    for words in HEARD:
        assert words in said.casefold(), said
    assert int(window.review.figures["Words a minute"].text()) > 100
    question = app.rehearsal.interview.question if app.rehearsal.interview else None
    assert question is not None
    assert question.model_answer[:60] in window.review.model_answer.toPlainText()

    qtbot.keyClick(window.review, Qt.Key.Key_Space)  # hear it again
    qtbot.waitUntil(lambda: app.sound.position_seconds > 0.5, timeout=LONG)
    qtbot.keyClick(window.review, Qt.Key.Key_Escape)
    assert window.page is window.home

    app.history.close()
    again = History(paths_with_model)  # as the next start finds it
    (attempt,) = again.attempts()
    transcript = again.transcript(attempt.id)
    assert transcript is not None
    assert attempt.question_id == question.id
    assert "customer" in transcript.text
    assert wav_seconds(attempt.recording) == pytest.approx(attempt.duration_seconds)
    assert attempt.duration_seconds > wav_seconds(answer)
    again.close()


@pytest.mark.timeout(300)
def test_the_window_opens_on_a_screen_and_closes_in_good_order(
    screen: Screen, sound_card: SoundCard, paths_with_model: Paths
) -> None:
    environment = os.environ | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    process = subprocess.Popen(
        [sys.executable, "-m", "pmvoice"], env=environment, stderr=subprocess.PIPE, text=True
    )
    ground, accent = int(LIGHT.ground[1:], 16), int(LIGHT.accent[1:], 16)
    with process:
        try:
            wait_for(lambda: process.poll() is not None or {ground, accent} <= screen.colours())
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        finally:
            process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert errors == ""
    wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert paths_with_model.history.exists()


@contextlib.contextmanager
def recording_in_the_terminal() -> Iterator[subprocess.Popen[str]]:
    """``pmvoice rehearse``, from the moment that it tells of recording."""
    command = [sys.executable, "-m", "pmvoice", "rehearse", "--question", "9"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        # A shell's background job, as this may be, has Ctrl+C ignored, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Recording." in line:
                break
        yield process


@pytest.mark.timeout(300)
def test_the_terminal_records_until_enter(
    sound_card: SoundCard, answer: Path, paths_with_model: Paths
) -> None:
    with recording_in_the_terminal() as process:
        assert process.stdin is not None
        with sound_card.play_into_microphone(answer):
            wait_for(lambda: has_fallen_silent(paths_with_model))
        process.stdin.write("\n")
        process.stdin.flush()
        printed, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "first month" in printed
    assert "A model answer" in printed
    history = History(paths_with_model)
    assert [attempt.question_id for attempt in history.attempts()] == [9]
    history.close()


@pytest.mark.timeout(300)
def test_an_interrupted_answer_in_the_terminal_is_kept(
    sound_card: SoundCard, paths_with_model: Paths
) -> None:
    with recording_in_the_terminal() as process:
        wait_for(lambda: any(wav_seconds(wav) > 1 for wav in paths_with_model.recordings.iterdir()))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    history = History(paths_with_model)
    (attempt,) = history.attempts()
    assert attempt.question_id == 9
    assert wav_seconds(attempt.recording) == pytest.approx(attempt.duration_seconds)
    history.close()


@pytest.mark.timeout(300)
def test_a_killed_recording_is_in_the_history_at_the_next_start(
    sound_card: SoundCard, paths_with_model: Paths
) -> None:
    with recording_in_the_terminal() as process:
        wait_for(lambda: any(wav_seconds(wav) > 1 for wav in paths_with_model.recordings.iterdir()))
        process.kill()
    history = History(paths_with_model)
    (attempt,) = history.attempts()
    assert attempt.question_id == 9
    assert attempt.duration_seconds > 1
    assert wav_seconds(attempt.recording) == pytest.approx(attempt.duration_seconds)
    history.close()


def test_the_doctor_hears_whether_the_microphone_is_silent(
    sound_card: SoundCard, screen: Screen, paths_with_model: Paths, tmp_path: Path
) -> None:
    speech = tmp_path / "speech.wav"
    with WavWriter(speech) as wav:
        wav.write(tone(15).tobytes())
    environment = os.environ | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "pmvoice", "doctor"]
    silent = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert silent.returncode == 1
    assert f"FAIL  microphone  {SILENT_MICROPHONE}" in silent.stdout
    with sound_card.play_into_microphone(speech):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ok"] * 7, done.stdout
    assert done.returncode == 0
