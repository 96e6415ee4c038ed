"""One round of rehearsal: asks, records, and keeps each take, as the interview's stages allow.

It drives the voice and the recorder and knows no widgets. A take is in the history before it begins, and
stays there whatever follows it: a review, another take, the next question, leaving, or a crash.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from pmvoice.errors import UserError
from pmvoice.gui.voice import Voice
from pmvoice.history import History
from pmvoice.interview import Interview, Stage
from pmvoice.questions import Question
from pmvoice.recorder import SHORTEST_TAKE_SECONDS, SILENT_MICROPHONE, Capture, Recorder

POLL_MILLISECONDS = 50
SHUT_DOWN_SECONDS = 3.0
TOO_SHORT = "That was too short to keep. Start again when you are ready."

MakeRecorder = Callable[[Path], Recorder]
AfterTake = Callable[[int | None], None]  # what follows a take; gets the attempt, if one was kept


class Rehearsal(QObject):
    """The round that is on, if any."""

    question_changed = Signal()
    stage_changed = Signal()
    measured = Signal(float, float)  # seconds recorded, level 0 .. 1
    take_begun = Signal(int)  # the attempt whose recording is growing from now on
    take_dropped = Signal(int)  # it is not kept after all
    take_kept = Signal(int)  # it has ended, for its transcription
    answer_ended = Signal(int)  # the attempt, for its review: the person is done with this take
    round_ended = Signal()
    remarked = Signal(str)  # something to tell the person; '' takes it back

    def __init__(self, history: History, voice: Voice, make_recorder: MakeRecorder) -> None:
        super().__init__()
        self._history = history
        self._voice = voice
        self._make_recorder = make_recorder
        self._recorder: Recorder | None = None
        self._session: int | None = None
        self._attempt: int | None = None  # the one being recorded
        self._after_take: AfterTake = self._end_answer
        self._is_stopping = False
        self._told_silent = False
        self.interview: Interview | None = None
        self._poll = QTimer(self, interval=POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll)
        voice.ended.connect(self._on_asked)
        voice.failed.connect(self._on_voice_failed)

    @property
    def stage(self) -> Stage:
        return self.interview.stage if self.interview else Stage.OVER

    def begin(self, questions: Sequence[Question]) -> None:
        """Begin a round with the first question."""
        self.interview = Interview(questions)
        self._session = None
        self.question_changed.emit()
        self._ask()

    def hear_again(self) -> None:
        """Speak the question again; not while the person speaks."""
        if self.stage in (Stage.LISTENING, Stage.READY, Stage.ANSWERED):
            self._ask()

    def start_or_stop(self) -> None:
        """The one main key: begin the answer, or end it."""
        if self.stage in (Stage.LISTENING, Stage.READY, Stage.ANSWERED):
            self._start_take()
        else:
            self._stop_take(self._end_answer)

    def redo(self) -> None:
        """Answer the same question again; the take so far is kept."""
        if self.stage in (Stage.RECORDING, Stage.STARTING):
            self._stop_take(lambda _attempt: self._start_take())
        elif self.stage is Stage.ANSWERED:
            self._enter(Stage.READY)

    def next(self) -> None:
        """Go on to the next question, answered or not."""
        self._after_any_take(self._go_next)

    def leave(self) -> None:
        """End the round."""
        self._after_any_take(self._end_round)

    def shut_down(self) -> None:
        """End the recording that is on, if any, and keep it, before the program ends."""
        self._poll.stop()
        if self._recorder is not None:
            recorder, self._recorder = self._recorder, None
            recorder.stop()
            recorder.wait(SHUT_DOWN_SECONDS)
            self._keep_take(recorder)

    def _enter(self, stage: Stage) -> None:
        if self.interview is not None:
            self.interview.go(stage)
            self.stage_changed.emit()

    # Asking

    def _ask(self) -> None:
        if self.interview is None:
            return
        self.remarked.emit("")
        self._enter(Stage.LISTENING)
        self._voice.speak(self.interview.question.question)
        if self.interview.upcoming is not None:
            self._voice.prepare(self.interview.upcoming.question)

    def _on_asked(self) -> None:
        if self.stage is Stage.LISTENING:
            self._enter(Stage.READY)

    def _on_voice_failed(self, message: str) -> None:
        if self.stage is Stage.LISTENING:
            self._enter(Stage.READY)
        self.remarked.emit(message)

    # Recording

    def _start_take(self) -> None:
        if self.interview is None:
            return
        self._voice.stop()
        self.remarked.emit("")
        self._after_take = self._end_answer  # also where the microphone ends it
        self._is_stopping = False
        self._told_silent = False
        path = self._history.new_recording_path()
        self._attempt = self._begin_attempt(self.interview.question, path)
        self._recorder = self._make_recorder(path)
        self._enter(Stage.STARTING)
        self.measured.emit(0.0, 0.0)
        self._recorder.start()
        self._poll.start()

    def _begin_attempt(self, question: Question, path: Path) -> int | None:
        """Have the take in the history before it begins, so that no crash can lose it.

        Where the history cannot take it, the person is told, and it is tried again when the take ends.
        """
        try:
            if self._session is None:
                self._session = self._history.begin_session()
            return self._history.add_attempt(self._session, question, path)
        except UserError as error:
            self.remarked.emit(str(error))
            return None

    def _stop_take(self, after: AfterTake) -> None:
        if self._recorder is None or self._is_stopping:
            return
        if self.stage is Stage.STARTING:  # nothing to keep, and the device may never answer
            recorder, self._recorder = self._recorder, None
            self._poll.stop()
            recorder.discard()
            self._forget_attempt()
            self._enter(Stage.READY)
            after(None)
        else:
            self._is_stopping = True
            self._after_take = after
            self._recorder.stop()

    def _after_any_take(self, action: Callable[[], None]) -> None:
        if self.stage in (Stage.RECORDING, Stage.STARTING):
            self._stop_take(lambda _attempt: action())
        elif self.stage is not Stage.OVER:
            self._voice.stop()
            action()

    def _on_poll(self) -> None:
        recorder = self._recorder
        if recorder is None:
            self._poll.stop()
            return
        if recorder.capture is Capture.ENDED:
            self._poll.stop()
            self._recorder = None
            self._on_recorder_ended(recorder)
            return
        if recorder.capture is Capture.RECORDING:
            if self.stage is Stage.STARTING:
                self._enter(Stage.RECORDING)
                if self._attempt is not None:
                    self.take_begun.emit(self._attempt)
            self.measured.emit(recorder.seconds, recorder.take_level())
        if recorder.is_silent != self._told_silent:
            self._told_silent = recorder.is_silent
            self.remarked.emit(SILENT_MICROPHONE if recorder.is_silent else "")

    def _on_recorder_ended(self, recorder: Recorder) -> None:
        attempt, problem = self._keep_take(recorder)
        if attempt is None:
            self._enter(Stage.READY)
        else:
            if self.stage is Stage.STARTING:
                self._enter(Stage.RECORDING)
            self._enter(Stage.ANSWERED)
            self.take_kept.emit(attempt)
        self._after_take(attempt)
        if problem:
            self.remarked.emit(problem)

    def _keep_take(self, recorder: Recorder) -> tuple[int | None, str | None]:
        """Note the take's length in the history: the attempt, where there is one, and what to tell."""
        if recorder.seconds < SHORTEST_TAKE_SECONDS or self.interview is None:
            self._forget_attempt()
            recorder.path.unlink(missing_ok=True)
            return None, recorder.problem or TOO_SHORT
        try:
            if self._attempt is None:
                session = self._session = self._session or self._history.begin_session()
                self._attempt = self._history.add_attempt(session, self.interview.question, recorder.path)
            self._history.end_attempt(self._attempt, recorder.seconds)
        except UserError as error:
            return None, f"{error} This answer is in {recorder.path}."
        return self._attempt, recorder.problem

    def _forget_attempt(self) -> None:
        if self._attempt is not None:
            attempt, self._attempt = self._attempt, None
            self.take_dropped.emit(attempt)
            with contextlib.suppress(UserError):  # of no length, it is not shown anywhere
                self._history.delete_attempt(attempt)

    def _end_answer(self, attempt: int | None) -> None:
        if attempt is not None:
            self.answer_ended.emit(attempt)

    # Going on

    def _go_next(self) -> None:
        if self.interview is not None and self.interview.next():
            self.question_changed.emit()
            self._ask()
        else:
            self._end_round()

    def _end_round(self) -> None:
        self._voice.stop()
        if self.interview is not None and self.stage is not Stage.OVER:
            self.interview.go(Stage.OVER)
        self.interview = None
        self.remarked.emit("")
        self.round_ended.emit()
