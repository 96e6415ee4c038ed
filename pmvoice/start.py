"""Opens the window: its first page is painted as soon as may be, and all that lies behind it comes after.

Whatever is imported here, directly or not, the person waits for. Most of the program (sound, analysis,
icons, the other pages) is therefore imported with ``app``, which nothing here does before the first paint.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from pmvoice import __version__
from pmvoice.gui import theme
from pmvoice.gui.home_page import HomePage
from pmvoice.gui.main_window import MainWindow
from pmvoice.history import History
from pmvoice.paths import Paths, private_folder, resource
from pmvoice.questions import Bank, load_bank
from pmvoice.settings import Settings, load_settings

if TYPE_CHECKING:
    from pmvoice.app import App

LOG_BYTES = 500_000

_log = logging.getLogger(__name__)


class Front(NamedTuple):
    """The window with its first page, and what that shows."""

    window: MainWindow
    home: HomePage
    bank: Bank
    history: History
    settings: Settings


def open_front(paths: Paths) -> Front:
    """Build the window with its first page, without showing it. ``UserError`` where a part cannot be had."""
    settings, damage = load_settings(paths.settings)
    bank = load_bank()
    history = History(paths)
    home = HomePage(bank, history, settings)
    window = MainWindow(bank, history, home)
    if damage:
        window.show_message(damage)
    return Front(window, home, bank, history, settings)


def run(paths: Paths) -> int:
    """Open the window and stay until it is closed; the exit status."""
    application = theme.dressed_application(sys.argv[0])
    application.setApplicationName("pmvoice")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("pmvoice")
    application.setWindowIcon(QIcon(str(resource("assets/icon.svg"))))
    front = open_front(paths)
    rest = _Rest(front, paths)
    beat = _let_signals_in()
    AfterPaint(front.window, rest.build)
    front.window.show()
    try:
        status = application.exec()
    finally:
        beat.stop()
        rest.shut_down()
    if rest.failure is not None:
        raise rest.failure
    return status


class AfterPaint(QObject):
    """Calls ``action`` once, when the window has been painted and before it hears of any key or click."""

    def __init__(self, window: QWidget, action: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # comes when all of it is painted
        return False

    def customEvent(self, event: QEvent) -> None:
        self._action()


class _Rest:
    """What lies behind the first page, once it is built."""

    def __init__(self, front: Front, paths: Paths) -> None:
        self._front = front
        self._paths = paths
        self._app: App | None = None
        self.failure: Exception | None = None

    def build(self) -> None:
        """Build it; where that fails, the program ends with the failure, as if it had never opened."""
        gc.enable()  # off since the start of the process
        try:
            _log_to(self._paths.log)
            from pmvoice import app

            self._app = app.complete(self._front, self._paths)
        except Exception as error:
            self.failure = error
            QCoreApplication.quit()
            return
        window, log = self._front.window, self._paths.log
        sys.excepthook = lambda kind, error, trace: _on_bug(window, log, kind, error, trace)
        self._app.transcriber.warm_up()

    def shut_down(self) -> None:
        if self._app is None:
            self._front.history.close()
        else:
            self._app.shut_down()


def _log_to(path: Path) -> None:
    """Log to a file that stays small; it never holds what was said."""
    import logging.handlers  # brings the network's modules along, which the window does not wait for

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


def _let_signals_in() -> QTimer:
    """Let Ctrl+C in the terminal and a request to end close the window in good order.

    Python sees a signal only when it runs, so a timer has it run now and then.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the last when the terminal is closed; not on Windows
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: QCoreApplication.quit())
    beat = QTimer(interval=250)
    beat.timeout.connect(lambda: None)
    beat.start()
    return beat
