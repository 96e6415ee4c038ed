"""The window's only bridge to child processes.

Everything happens on the main thread, by Qt's events: nothing here waits but ``stop``.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from pmvoice import children

_log = logging.getLogger(__name__)

KEPT_OUTPUT = 4000  # characters of standard error, for the log
END_MILLISECONDS = 2000  # how long the system may take to end a killed process


class ChildProcess(QObject):
    """A child process of the program, spoken to in lines. Once ended, it can be started again.

    One lives as long as its owner: an object that is deleted later, from its own signal, while its owner
    goes away has crashed PySide 6.11 ('shared QObject was deleted directly').
    """

    line_received = Signal(bytes)
    ended = Signal(bool)  # whether it went well (exit status 0)

    def __init__(self, role: str, parent: QObject) -> None:
        super().__init__(parent)
        self._role = role
        self._printed = ""  # the end of what it printed on standard error
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_error_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._process.kill)

    @property
    def is_running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, time_limit_seconds: float | None = None) -> None:
        """Start the child; past the time limit it is killed."""
        self._printed = ""
        program, *arguments = children.command(self._role)
        self._process.start(program, arguments)
        if time_limit_seconds is not None:
            self._limit.start(int(time_limit_seconds * 1000))

    def send(self, line: bytes) -> None:
        self._process.write(line + b"\n")

    def close_input(self) -> None:
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """Kill the child and wait until it is gone; nothing is told of it any more."""
        self.blockSignals(True)
        self._limit.stop()
        if self.is_running:
            self._process.kill()
            self._process.waitForFinished(END_MILLISECONDS)
        self.blockSignals(False)

    def _on_output(self) -> None:
        while self._process.canReadLine():
            self.line_received.emit(bytes(self._process.readLine().data()))

    def _on_error_output(self) -> None:
        printed = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._printed = (self._printed + printed)[-KEPT_OUTPUT:]

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._limit.stop()
        self._on_output()
        went_well = code == 0 and status == QProcess.ExitStatus.NormalExit
        if not went_well and not self.signalsBlocked():
            self._on_error_output()
            _log.warning("the child process %r ended with %d: %s", self._role, code, self._printed)
        self.ended.emit(went_well)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error without 'finished'
            _log.error("the child process %r could not be started", self._role)
            self.ended.emit(False)
