"""A rehearsal from end to end in the window, by keyboard alone."""

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from pmvoice.analysis.feedback import analyse
from pmvoice.app import App
from pmvoice.errors import UserError
from pmvoice.gui.rehearsal import TOO_SHORT
from pmvoice.history import History
from pmvoice.interview import Stage
from pmvoice.paths import Paths
from pmvoice.questions import Bank
from pmvoice.recorder import SILENT_MICROPHONE
from pmvoice.settings import load_settings
from pmvoice.sound_files import RATE, wav_seconds
from tests.fakes import Block, BrokenMicrophoneRecorder, FakePlayer, tone, transcript_of
from tests.gui.conftest import Microphone

LONG = 20_000  # milliseconds, for a child process that loads the model


def press(qtbot: QtBot, app: App, key: Qt.Key | str) -> None:
    """Press a key where the focus is."""
    app.window.activateWindow()  # as a window manager does when a dialog has closed
    qtbot.waitUntil(app.window.isActiveWindow)
    target = QApplication.focusWidget() or app.window.page
    if isinstance(key, str):
        qtbot.keyClicks(target, key)
    else:
        qtbot.keyClick(target, key)


def start_round(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    press(qtbot, app, Qt.Key.Key_Return)
    assert app.window.page is app.window.interview
    assert app.rehearsal.stage is Stage.LISTENING
    qtbot.waitUntil(lambda: bool(player.played), timeout=LONG)


def record(qtbot: QtBot, app: App, seconds: float = 0.5) -> None:
    press(qtbot, app, Qt.Key.Key_Space)
    assert app.rehearsal.stage is Stage.STARTING
    with qtbot.waitSignal(app.rehearsal.measured, check_params_cb=lambda done, _level: done >= seconds):
        pass
    assert app.rehearsal.stage is Stage.RECORDING


def texts(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]


class answering:
    """Press the button of this name in the dialog that opens."""

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self._pressed = False

    def __enter__(self) -> None:
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            for button in box.buttons():
                if button.text() == self._answer:
                    self._timer.stop()
                    self._pressed = True
                    button.click()

    def __exit__(self, *_: object) -> None:
        assert self._pressed


def test_a_question_is_heard_answered_and_reviewed(
    qtbot: QtBot, app: App, player: FakePlayer, microphone: Microphone, sample_sound: Block
) -> None:
    microphone.sound = np.concatenate([sample_sound, np.zeros(800, np.int16)])  # then silence
    start_round(qtbot, app, player)
    interview = app.rehearsal.interview
    assert interview is not None
    question = interview.question
    assert question.area == "data"
    assert question.question in texts(app.window.interview)
    assert "Listen" in texts(app.window.interview)
    player.end()
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    assert "Your turn" in texts(app.window.interview)

    record(qtbot, app, seconds=len(sample_sound) / RATE)
    assert "Recording" in texts(app.window.interview)
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.window.page is app.window.review)
    review = app.window.review
    assert question.model_answer.split("\n\n")[0] in review.model_answer.toPlainText()
    assert review.player.play_button.isEnabled()  # to be heard before it is transcribed
    (attempt,) = app.history.attempts()
    assert attempt.question_id == question.id

    qtbot.waitUntil(lambda: "document assistant" in review.transcript.toPlainText(), timeout=LONG)
    assert review.figures["Fillers"].text() == "9"
    assert review.figures["Pauses"].text() == "2"
    assert 190 <= int(review.figures["Words a minute"].text()) <= 210
    assert app.history.attempt(attempt.id).is_transcribed

    press(qtbot, app, Qt.Key.Key_Space)
    assert player.played[-1] == (attempt.recording, 0.0)


def test_again_next_and_the_end_of_the_round(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.window.page is app.window.review)
    press(qtbot, app, "a")
    assert app.window.page is app.window.interview
    assert app.rehearsal.stage is Stage.READY
    record(qtbot, app)
    press(qtbot, app, "a")  # over again, in the middle of it
    qtbot.waitUntil(lambda: len(app.history.attempts()) == 2)
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.RECORDING)
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.window.page is app.window.review)
    attempts = app.history.attempts()
    assert len(attempts) == 3
    assert len({attempt.question_id for attempt in attempts}) == 1
    assert len({attempt.session_id for attempt in attempts}) == 1
    assert all(attempt.recording.exists() for attempt in attempts)

    interview = app.rehearsal.interview
    assert interview is not None
    press(qtbot, app, Qt.Key.Key_Return)
    assert app.window.page is app.window.interview
    assert interview.index == 1
    press(qtbot, app, "n")
    assert interview.is_last
    press(qtbot, app, "n")
    assert app.window.page is app.window.home
    assert app.rehearsal.interview is None


def test_skipping_while_recording_keeps_the_take(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    press(qtbot, app, "n")
    qtbot.waitUntil(lambda: app.rehearsal.interview is not None and app.rehearsal.interview.index == 1)
    (attempt,) = app.history.attempts()
    assert wav_seconds(attempt.recording) >= 0.5
    assert app.window.page is app.window.interview


def test_leaving_while_recording_keeps_the_take(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    press(qtbot, app, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: app.window.page is app.window.home)
    assert len(app.history.attempts()) == 1


def test_closing_the_window_while_recording_keeps_the_take(
    qtbot: QtBot, app: App, player: FakePlayer, microphone: Microphone, paths_with_model: Paths
) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    assert app.window.close()
    app.shut_down()
    assert microphone.made[0].wait(0)
    history = History(paths_with_model)
    (attempt,) = history.attempts()
    assert wav_seconds(attempt.recording) == attempt.duration_seconds
    history.close()


def test_a_slip_of_the_finger_leaves_the_turn(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.RECORDING)
    recorder = app.rehearsal._recorder
    assert recorder is not None
    recorder.stop()
    recorder.wait(5)
    recorder.seconds = 0.1  # as if the second press had come at once
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    assert TOO_SHORT in texts(app.window.interview)
    assert app.history.attempts() == []
    assert not recorder.path.exists()
    record(qtbot, app)  # and the round goes on


def test_a_microphone_that_never_answers_does_not_hold_the_round(
    qtbot: QtBot, app: App, player: FakePlayer, microphone: Microphone
) -> None:
    microphone.options = {"first_after": 60.0}
    start_round(qtbot, app, player)
    for key, stage in ((Qt.Key.Key_Space, Stage.READY), ("n", Stage.LISTENING)):
        press(qtbot, app, Qt.Key.Key_Space)
        assert app.rehearsal.stage is Stage.STARTING
        press(qtbot, app, key)
        assert app.rehearsal.stage is stage
    press(qtbot, app, Qt.Key.Key_Escape)
    assert app.window.page is app.window.home
    for recorder in microphone.made:
        assert recorder.wait(5)
        assert not recorder.path.exists()
    assert app.history.attempts() == []


def test_a_full_disk_is_said_and_the_recording_kept(
    qtbot: QtBot, app: App, player: FakePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("The history cannot be written or read (disk is full).")

    start_round(qtbot, app, player)
    for name in ("add_attempt", "begin_session", "end_attempt"):
        monkeypatch.setattr(app.history, name, full)
    record(qtbot, app)
    recorder = app.rehearsal._recorder
    assert recorder is not None
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    (remark,) = [text for text in texts(app.window.interview) if "disk is full" in text]
    assert str(recorder.path) in remark
    assert wav_seconds(recorder.path) >= 0.5
    monkeypatch.undo()
    record(qtbot, app)


def test_a_crash_while_recording_loses_nothing(
    qtbot: QtBot, app: App, player: FakePlayer, paths_with_model: Paths
) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    assert app.history.attempts() == []  # of no length yet, so not shown
    next_start = History(paths_with_model)  # as if this window had died
    (attempt,) = next_start.attempts()
    assert attempt.duration_seconds >= 0.5
    next_start.close()


def test_space_cuts_the_question_short(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    stops = player.stops
    record(qtbot, app)
    assert player.stops > stops


def test_the_question_can_be_heard_again(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    player.end()
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    press(qtbot, app, "r")
    assert app.rehearsal.stage is Stage.LISTENING
    assert len(player.played) == 2
    assert player.played[0] == player.played[1]  # the same file, not made again


def test_a_microphone_that_cannot_be_used_is_said_and_the_round_goes_on(
    qtbot: QtBot, app: App, player: FakePlayer, microphone: Microphone
) -> None:
    start_round(qtbot, app, player)
    microphone.recorder = BrokenMicrophoneRecorder
    press(qtbot, app, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    assert any("The microphone cannot be used" in text for text in texts(app.window.interview))
    assert app.history.attempts() == []
    microphone.recorder = None
    record(qtbot, app)


def test_a_silent_microphone_is_said(
    qtbot: QtBot, app: App, player: FakePlayer, microphone: Microphone
) -> None:
    microphone.sound = tone(4.0, peak=0.0)
    start_round(qtbot, app, player)
    record(qtbot, app)
    qtbot.waitUntil(lambda: SILENT_MICROPHONE in texts(app.window.interview))


def test_speakers_that_are_missing_are_said(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    player.end("No speakers were found.")
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    assert "No speakers were found." in texts(app.window.interview)


def test_an_answer_is_found_in_the_history_opened_and_deleted(
    qtbot: QtBot, app: App, player: FakePlayer
) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    press(qtbot, app, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: app.window.page is app.window.home)
    qtbot.keyClick(app.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert app.window.page is app.window.answers
    assert "1 answer in 1 session" in texts(app.window.answers)
    press(qtbot, app, Qt.Key.Key_Return)
    assert app.window.page is app.window.review
    assert not app.window.review.next_button.isVisible()
    press(qtbot, app, Qt.Key.Key_Escape)
    assert app.window.page is app.window.answers

    (attempt,) = app.history.attempts()
    for answer, left in (("Keep", 1), ("Delete", 0)):
        with answering(answer):
            press(qtbot, app, Qt.Key.Key_Delete)
        assert len(app.history.attempts()) == left
    assert not attempt.recording.exists()
    assert any("Your answers will be here" in text for text in texts(app.window.answers))


def test_answers_stand_below_their_session(qtbot: QtBot, app: App, bank: Bank) -> None:
    for questions in ((1, 2), (3,)):
        session = app.history.begin_session()
        for number in questions:
            path = app.history.new_recording_path()
            path.write_bytes(b"sound")
            app.history.add_attempt(session, bank.question(number), path, 10)
    window = app.window
    window.show_page(window.answers)
    model = window.answers.table.model()
    first_column = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert [text for text in first_column if "answer" in text] == [first_column[0], first_column[2]]
    assert first_column[0].endswith("1 answer")
    assert first_column[2].endswith("2 answers")
    for expected in (3, 2, 1):  # Down steps over the heads
        row = window.answers.table.currentIndex().row()
        assert model.index(row, 1).data() == bank.question(expected).question
        press(qtbot, app, Qt.Key.Key_Down)


def test_a_recording_that_is_gone_is_said(qtbot: QtBot, app: App, bank: Bank) -> None:
    recording = app.history.new_recording_path()
    attempt = app.history.add_attempt(app.history.begin_session(), bank.question(1), recording, 10)
    app.history.keep_feedback(attempt, analyse(transcript_of("We shipped it")))
    app.window.show_page(app.window.answers)
    press(qtbot, app, Qt.Key.Key_Return)
    assert app.window.page is app.window.review
    assert "We shipped it" in app.window.review.transcript.toPlainText()
    assert any(f"{recording}: cannot be read" in text for text in texts(app.window))
    player_bar = app.window.review.player
    assert not player_bar.play_button.isEnabled()
    player_bar._waveform.show_recording(np.ones(220, dtype=np.float32), 47.0)  # as of an answer before it
    player_bar.show_recording(recording)
    assert player_bar._waveform._columns.max() == 0
    press(qtbot, app, Qt.Key.Key_Escape)
    assert not any("cannot be read" in text for text in texts(app.window))


def test_a_search_that_finds_nothing_says_so(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    press(qtbot, app, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: app.window.page is app.window.home)
    qtbot.keyClick(app.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(app.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(app.window.answers.search, "xyzzy")
    assert any("No question or answer holds this phrase" in text for text in texts(app.window.answers))
    app.window.answers.search.clear()
    assert "1 answer in 1 session" in texts(app.window.answers)


def test_choices_are_remembered(qtbot: QtBot, app: App, paths_with_model: Paths) -> None:
    chosen = app.window.home.settings
    assert (chosen.area, chosen.question_count) == ("data", 3)
    for button in app.window.home.findChildren(QAbstractButton):
        if button.accessibleName() in ("Closing", "10"):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    chosen = app.window.home.settings
    assert (chosen.area, chosen.question_count) == ("closing", 10)
    assert load_settings(paths_with_model.settings) == (chosen, None)


def test_choices_that_cannot_be_kept_are_said(qtbot: QtBot, app: App, paths_with_model: Paths) -> None:
    paths_with_model.settings.unlink()
    paths_with_model.settings.mkdir()  # a folder where the file should be
    (chip,) = [b for b in app.window.home.findChildren(QAbstractButton) if b.accessibleName() == "Closing"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert any("cannot be kept" in text for text in texts(app.window))
    assert app.window.home.settings.area == "closing"


def test_every_button_has_a_name_and_a_tip(app: App) -> None:
    for button in app.window.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_") or type(button).__name__ == "QToolButton":
            continue  # Qt's own, inside its widgets
        assert button.accessibleName(), button
        assert button.toolTip(), button.accessibleName()


def test_a_focused_button_takes_space_and_enter(qtbot: QtBot, app: App, player: FakePlayer) -> None:
    start_round(qtbot, app, player)
    player.end()
    qtbot.waitUntil(lambda: app.rehearsal.stage is Stage.READY)
    app.window.interview.again_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, app, Qt.Key.Key_Space)
    assert app.rehearsal.stage is Stage.LISTENING  # heard again, not recorded
    assert len(player.played) == 2
