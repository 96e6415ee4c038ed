"""Builds the parts of the window, wires them, and shuts them down."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from pmvoice import __version__
from pmvoice.errors import UserError
from pmvoice.gui import theme
from pmvoice.gui.history_page import HistoryPage
from pmvoice.gui.home_page import HomePage
from pmvoice.gui.interview_page import InterviewPage
from pmvoice.gui.main_window import MainWindow
from pmvoice.gui.rehearsal import Rehearsal
from pmvoice.gui.review_page import ReviewPage
from pmvoice.gui.sound import Sound
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.voice import Voice
from pmvoice.history import History
from pmvoice.paths import Paths, private_folder, resource
from pmvoice.playback import Player
from pmvoice.questions import load_bank
from pmvoice.recorder import Recorder
from pmvoice.settings import Settings, load_settings, save_settings

LOG_BYTES = 500_000

NewRecorder = Callable[[Path, str | None], Recorder]  # a file, and the chosen microphone

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class App:
    """Everything that lives as long as the window."""

    window: MainWindow
    rehearsal: Rehearsal
    transcriber: Transcriber
    voice: Voice
    sound: Sound
    history: History

    def shut_down(self) -> None:
        """Keep the take that is on, end the children, close the history; each whatever became of the last."""
        with contextlib.ExitStack() as parts:
            parts.callback(self.history.close)
            parts.callback(self.transcriber.shut_down)
            parts.callback(self.sound.shut_down)
            parts.callback(self.voice.shut_down)
            parts.callback(self.rehearsal.shut_down)


def build(paths: Paths, *, player: Player | None = None, recorder: NewRecorder = Recorder) -> App:
    """Build the whole window, without showing it. ``UserError`` where a part cannot be had.

    ``player`` and ``recorder`` stand in for the sound card where there is none.
    """
    settings, damage = load_settings(paths.settings)
    bank = load_bank()
    history = History(paths)
    sound = Sound(player or Player())
    voice = Voice(paths.speech, sound)
    transcriber = Transcriber(history, settings.model, paths.models)
    home = HomePage(bank, history, settings)
    rehearsal = Rehearsal(history, voice, lambda path: recorder(path, home.settings.microphone))
    interview = InterviewPage(bank, rehearsal, transcriber)
    review = ReviewPage(bank, history, transcriber, sound)
    answers = HistoryPage(history)
    window = MainWindow(bank, history, rehearsal, transcriber, home, interview, review, answers)
    interview.show_captions(settings.has_captions)
    interview.captions_chosen.connect(home.choose_captions)
    home.settings_changed.connect(lambda changed: interview.show_captions(changed.has_captions))
    home.settings_changed.connect(partial(_keep_settings, window, paths.settings))
    if damage:
        window.show_message(damage)
    return App(window, rehearsal, transcriber, voice, sound, history)


def _keep_settings(window: MainWindow, path: Path, settings: Settings) -> None:
    try:
        save_settings(path, settings)
    except UserError as error:
        window.show_message(str(error))


def run(paths: Paths) -> int:
    """Open the window and stay until it is closed; the exit status."""
    _log_to(paths.log)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("pmvoice")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("pmvoice")
    application.setWindowIcon(QIcon(str(resource("assets/icon.svg"))))
    theme.dress(application)
    app = build(paths)
    sys.excepthook = lambda kind, error, trace: _on_bug(app.window, paths.log, kind, error, trace)
    beat = _let_signals_in(application)
    app.window.show()
    app.transcriber.warm_up()
    try:
        return application.exec()
    finally:
        beat.stop()
        app.shut_down()


def _log_to(path: Path) -> None:
    """Log to a file that stays small; it never holds what was said."""
    private_folder(path.parent)
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def _on_bug(
    window: MainWindow,
    log: Path,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    _log.critical("unhandled", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
    window.show_message(f"Something went wrong inside pmvoice. Your recordings are safe. More is in {log}.")


def _let_signals_in(application: QApplication) -> QTimer:
    """Let Ctrl+C in the terminal and a request to end close the window in good order.

    Python sees a signal only when it runs, so a timer has it run now and then.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the last when the terminal is closed; not on Windows
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: application.quit())
    beat = QTimer(interval=250)
    beat.timeout.connect(lambda: None)
    beat.start()
    return beat
