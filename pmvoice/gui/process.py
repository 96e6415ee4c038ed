"""The window's only bridge to child processes.

Everything happens on the main thread, by Qt's events: nothing here waits but ``shut_down``.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from pmvoice import children

_log = logging.getLogger(__name__)

END_MILLISECONDS = 2000  # how long the system may take to end a killed process


class ChildProcess(QObject):
    """One child process of the program, spoken to in lines."""

    line_received = Signal(bytes)
    ended = Signal(bool)  # whether it went well (exit status 0)

    def __init__(self, role: str, parent: QObject) -> None:
        super().__init__(parent)
        self._role = role
        program, *arguments = children.command(role)
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_error_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self, time_limit_seconds: float | None = None) -> None:
        """Start the child; past the time limit it is killed."""
        self._process.start()
        if time_limit_seconds is not None:
            QTimer.singleShot(int(time_limit_seconds * 1000), self._process, self._process.kill)

    def send(self, line: bytes) -> None:
        self._process.write(line + b"\n")

    def close_input(self) -> None:
        self._process.closeWriteChannel()

    def kill(self) -> None:
        self._process.kill()

    def shut_down(self) -> None:
        """Kill the child and wait until it is gone; nothing is emitted any more."""
        self.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(END_MILLISECONDS)

    def _on_output(self) -> None:
        while self._process.canReadLine():
            self.line_received.emit(bytes(self._process.readLine().data()))

    def _on_error_output(self) -> None:
        _log.debug("%s: %s", self._role, bytes(self._process.readAllStandardError().data()))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self.ended.emit(code == 0 and status == QProcess.ExitStatus.NormalExit)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error without 'finished'
            _log.error("the child process %r could not be started", self._role)
            self.ended.emit(False)
