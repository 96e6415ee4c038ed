"""Turns the recordings of attempts into feedback in the history, one after the other.

It owns the transcription child: starts it, has it load the model, feeds it, and starts it again where it
dies. A recording on which the child dies twice is given up; it stays in the history and can be tried
again. Runs on the main thread, by events.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pmvoice.analysis.feedback import analyse
from pmvoice.errors import UserError
from pmvoice.gui.process import ChildProcess
from pmvoice.history import History
from pmvoice.transcript import Transcript
from pmvoice.transcription import worker
from pmvoice.transcription.models import is_at_hand

TRIES = 2
GAVE_UP = "The transcription ended unexpectedly, twice. The recording is safe; you can try again."


class Transcriber(QObject):
    """A queue of attempts (by id) on their way to a transcript."""

    preparing = Signal(str, float)  # what is being done about the model, and the share done
    progressed = Signal(int, float)  # attempt, share done
    finished = Signal(int)  # attempt; its feedback is in the history
    failed = Signal(int, str)  # attempt, what to show

    def __init__(self, history: History, model: str, models: Path) -> None:
        super().__init__()
        self._history = history
        self._load = worker.Load(model, str(models))
        self._child = ChildProcess(worker.ROLE, self)
        self._child.line_received.connect(self._on_line)
        self._child.ended.connect(self._on_child_ended)
        self._is_ready = False
        self._waiting: deque[int] = deque()
        self._current: int | None = None
        self._deaths = 0  # of the child, on the current attempt

    def warm_up(self) -> None:
        """Load the model now, so that the first answer does not wait for it.

        One that would have to be downloaded is left until an answer needs it, where the person sees it.
        """
        if not self._child.is_running and is_at_hand(self._load.model, Path(self._load.models)):
            self._start()

    def transcribe(self, attempt_id: int) -> None:
        """Queue an attempt; one that is queued already is not queued twice."""
        if attempt_id != self._current and attempt_id not in self._waiting:
            self._waiting.append(attempt_id)
        self._go_on()

    def cancel(self, attempt_id: int) -> None:
        """Drop an attempt from the queue, killing the child if it is at it."""
        if attempt_id in self._waiting:
            self._waiting.remove(attempt_id)
            if not self._is_ready and not self._waiting and self._current is None:
                self._stop()  # the model is being fetched for this attempt alone
        elif attempt_id == self._current:
            self._current = None
            self._stop()
            self._go_on()

    def shut_down(self) -> None:
        self._waiting.clear()
        self._stop()

    def _start(self) -> None:
        self._is_ready = False
        self._child.start()
        self._child.send(worker.encode(self._load))

    def _stop(self) -> None:
        self._is_ready = False
        self._child.stop()

    def _go_on(self) -> None:
        if self._current is not None or not self._waiting:
            return
        if not self._child.is_running:
            self._start()
        elif self._is_ready:
            self._current = self._waiting.popleft()
            self._deaths = 0
            self._send()

    def _send(self) -> None:
        if self._current is not None:
            try:
                recording = self._history.attempt(self._current).recording
            except UserError as error:  # deleted while it waited
                attempt, self._current = self._current, None
                self.failed.emit(attempt, str(error))
                self._go_on()
                return
            self._child.send(worker.encode(worker.Transcribe(self._current, str(recording))))

    def _on_line(self, line: bytes) -> None:
        match worker.decode_event(line):
            case worker.Preparing(task, done):
                self.preparing.emit(task, done)
            case worker.Ready():
                self._is_ready = True
                self._send() if self._current is not None else self._go_on()
            case worker.Progressed(job, done) if job == self._current:
                self.progressed.emit(job, done)
            case worker.Transcribed(job, transcript) if job == self._current:
                self._current = None
                self._keep(job, transcript)
                self._go_on()
            case worker.Failed(message, None):
                self._give_up_all(message)
            case worker.Failed(message, job) if job is not None and job == self._current:
                self._current = None
                self.failed.emit(job, message)
                self._go_on()

    def _keep(self, attempt: int, transcript: Transcript) -> None:
        """The person's corrections stand, and the numbers follow them, whatever is recognised now."""
        try:
            self._history.keep_feedback(attempt, analyse(transcript, self._history.corrections(attempt)))
        except UserError as error:
            self.failed.emit(attempt, str(error))
        else:
            self.finished.emit(attempt)

    def _on_child_ended(self, well: bool) -> None:
        self._is_ready = False
        if self._current is None and not self._waiting:  # nobody needs it; the next request starts it
            return
        self._deaths += 1
        if self._deaths < TRIES:
            self._start()
            return
        if self._current is None:  # it dies while it loads the model
            self._give_up_all(GAVE_UP)
            return
        attempt, self._current = self._current, None
        self.failed.emit(attempt, GAVE_UP)
        self._go_on()

    def _give_up_all(self, message: str) -> None:
        """The model cannot be had: tell everyone who waits, and begin anew at the next request."""
        self._stop()
        self._deaths = 0
        given_up = [*([self._current] if self._current is not None else []), *self._waiting]
        self._current = None
        self._waiting.clear()
        for attempt in given_up:
            self.failed.emit(attempt, message)
