"""Turns the recordings of attempts into feedback in the history, one after the other.

A recording is followed while it grows, so that little is left to do when it ends. The child that does it
is started, given its model, fed, and started again where it dies; it then goes on after the last words that
were final. A recording on which it dies twice without a step forward is given up; it stays in the history
and can be tried again. Runs on the main thread, by events.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.so_far import SoFar
from pmvoice.errors import UserError
from pmvoice.gui.process import ChildProcess
from pmvoice.history import History
from pmvoice.transcript import Passage, Transcript
from pmvoice.transcription import worker
from pmvoice.transcription.models import is_at_hand

TRIES = 2
GAVE_UP = "The transcription ended unexpectedly, twice. The recording is safe; you can try again."


class Transcriber(QObject):
    """A queue of attempts (by id) on their way to a transcript."""

    preparing = Signal(str, float)  # what is being done about the model, and the share done
    heard = Signal(int, object)  # attempt, and what can be told of it so far (SoFar)
    guessed = Signal(int, str)  # attempt, and what seems to be said after that; not final
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
        self._growing: set[int] = set()  # still being recorded
        self._passages: dict[int, list[Passage]] = {}  # what is final of those under way ...
        self._so_far: dict[int, SoFar] = {}  # ... and what it tells
        self._has_captions = False
        self._deaths = 0  # of the child, since it last came forward

    def warm_up(self) -> None:
        """Load the model now, so that the first answer does not wait for it.

        One that would have to be downloaded is left until an answer needs it, where the person sees it.
        """
        if not self._child.is_running and is_at_hand(self._load.model, Path(self._load.models)):
            self._start()

    def follow(self, attempt_id: int) -> None:
        """Transcribe an attempt while it is being recorded; ``transcribe`` or ``drop`` must follow.

        Not with a model that would have to be downloaded, see ``warm_up``.
        """
        self._growing.add(attempt_id)
        if self._child.is_running or is_at_hand(self._load.model, Path(self._load.models)):
            self._waiting.appendleft(attempt_id)  # the person is waiting for nothing else
            self._go_on()

    def show_captions(self, has_captions: bool) -> None:
        """Tell what is being said before it is final, or do so no longer."""
        self._has_captions = has_captions
        if self._current in self._growing:
            self._tell(worker.SetCaptions(self._current, has_captions))

    def transcribe(self, attempt_id: int) -> None:
        """Transcribe an attempt whose recording has ended; one that is queued already is not queued twice."""
        if attempt_id in self._growing:
            self._growing.remove(attempt_id)
            if attempt_id == self._current:
                self._tell(worker.End(attempt_id))
        if attempt_id != self._current and attempt_id not in self._waiting:
            self._waiting.append(attempt_id)
        self._go_on()

    def drop(self, attempt_id: int) -> None:
        """The recording that is being followed is not kept."""
        self._forget(attempt_id)
        if attempt_id in self._waiting:
            self._waiting.remove(attempt_id)
        elif attempt_id == self._current:
            self._current = None
            self._tell(worker.Drop(attempt_id))
            self._go_on()

    def cancel(self, attempt_id: int) -> None:
        """Drop an attempt from the queue, killing the child if it is at it."""
        self._forget(attempt_id)
        if attempt_id in self._waiting:
            self._waiting.remove(attempt_id)
            if not self._is_ready and not self._waiting and self._current is None:
                self._stop()  # the model is being fetched for this attempt alone
        elif attempt_id == self._current:
            self._current = None
            self._stop()
            self._go_on()

    @property
    def is_busy(self) -> bool:
        """Whether an attempt is being transcribed, or waits for it."""
        return self._current is not None or bool(self._waiting)

    def so_far(self, attempt_id: int) -> SoFar:
        """What can be told of an attempt that is being transcribed."""
        return self._so_far.get(attempt_id, SoFar())

    def shut_down(self) -> None:
        self._waiting.clear()
        self._stop()

    def _forget(self, attempt_id: int) -> None:
        self._growing.discard(attempt_id)
        self._passages.pop(attempt_id, None)
        self._so_far.pop(attempt_id, None)

    def _tell(self, request: worker.Request) -> None:
        """Tell the child something about its work; one that is not at work yet is told when it begins."""
        if self._is_ready:
            self._child.send(worker.encode(request))

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
                self._fail(str(error))
                return
            passages = tuple(self._passages.get(self._current, ()))
            is_growing = self._current in self._growing
            self._tell(
                worker.Transcribe(self._current, str(recording), is_growing, self._has_captions, passages)
            )

    def _fail(self, message: str) -> None:
        """The current attempt cannot be transcribed; one that is still being recorded is tried again then."""
        attempt, self._current = self._current, None
        if attempt is not None and attempt not in self._growing:
            self._forget(attempt)
            self.failed.emit(attempt, message)
        self._go_on()

    def _on_line(self, line: bytes) -> None:
        match worker.decode_event(line):
            case worker.Preparing(task, done):
                self.preparing.emit(task, done)
            case worker.Ready():
                self._is_ready = True
                self._send() if self._current is not None else self._go_on()
            case worker.Heard(job, passage) if job == self._current:
                self._on_heard(job, passage)
            case worker.Guessed(job, text) if job == self._current:
                self.guessed.emit(job, text)
            case worker.Progressed(job, done) if job == self._current:
                self.progressed.emit(job, done)
            case worker.Transcribed(job, transcript) if job == self._current:
                self._current = None
                self._forget(job)
                self._keep(job, transcript)
                self._go_on()
            case worker.Failed(message, None):
                self._give_up_all(message)
            case worker.Failed(message, job) if job is not None and job == self._current:
                self._fail(message)

    def _on_heard(self, attempt: int, passage: Passage) -> None:
        self._deaths = 0
        self._passages.setdefault(attempt, []).append(passage)
        self._so_far[attempt] = self.so_far(attempt).then(passage)
        self.heard.emit(attempt, self._so_far[attempt])

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
        else:
            self._fail(GAVE_UP)

    def _give_up_all(self, message: str) -> None:
        """The model cannot be had: tell everyone who waits, and begin anew at the next request."""
        self._stop()
        self._deaths = 0
        given_up = [*([self._current] if self._current is not None else []), *self._waiting]
        self._current = None
        self._waiting.clear()
        for attempt in given_up:
            if attempt not in self._growing:
                self._forget(attempt)
                self.failed.emit(attempt, message)
