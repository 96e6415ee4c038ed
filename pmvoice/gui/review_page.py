"""The review of one answer: the person's words beside a model answer, the numbers, and the sound."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.gui import theme
from pmvoice.gui.parts import button, card, centred, column, key, label, row
from pmvoice.gui.player_bar import PlayerBar
from pmvoice.gui.sound import Sound
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.widgets.prose_view import ProseView
from pmvoice.gui.widgets.transcript_view import TranscriptView
from pmvoice.history import Attempt, History
from pmvoice.questions import Bank, Question
from pmvoice.wording import clock, plural

# Name, and how the number came about.
FIGURES = (
    ("Length", "From the start of the recording to its end."),
    ("Speaking", "The stretches in which you are heard speaking, added up; silences left out."),
    ("Words a minute", "Your words, without um and uh, over the speaking time."),
    ("First word after", "From the start of the recording to your first sound."),
    ("Fillers", "Um and uh, and phrases such as 'you know', marked in the transcript."),
    ("Pauses", "Silences of a second or longer between your words."),
)
LEAD_IN_SECONDS = 0.3  # a word is played from a little before it


class ReviewPage(QWidget):
    """Shows any attempt of the history; has it transcribed where it is not yet."""

    back_requested = Signal()
    redo_requested = Signal()
    next_requested = Signal()
    problem_occurred = Signal(str)

    def __init__(self, bank: Bank, history: History, transcriber: Transcriber, sound: Sound) -> None:
        super().__init__()
        self._bank = bank
        self._history = history
        self._transcriber = transcriber
        self._attempt: Attempt | None = None
        self._in_round = False
        content = centred(self)
        content.setSpacing(theme.MEDIUM)
        content.addLayout(self._build_head())
        content.addWidget(self._build_figures())
        panes = row(spacing=theme.MEDIUM)
        panes.addWidget(self._build_said(), 1)
        panes.addWidget(self._build_model(), 1)
        content.addLayout(panes, 1)
        self.player = PlayerBar(sound)
        self.player.moved.connect(lambda seconds: self.transcript.light(None if seconds < 0 else seconds))
        self.player.failed.connect(self.problem_occurred)
        content.addWidget(self.player)
        transcriber.preparing.connect(self._on_preparing)
        transcriber.progressed.connect(self._on_progressed)
        transcriber.finished.connect(self._on_finished)
        transcriber.failed.connect(self._on_failed)
        key(self, Qt.Key.Key_Space, self.player.play_or_pause)
        key(self, "A", self._on_redo)
        key(self, "N", self._on_next)
        key(self, Qt.Key.Key_Return, self._on_next)
        key(self, Qt.Key.Key_Enter, self._on_next)
        key(self, Qt.Key.Key_Escape, self.back_requested.emit)

    @property
    def keys(self) -> str:
        """The keys that work now, for the foot of the window."""
        on = "A  answer again     Enter  next question     " if self._in_round else ""
        return f"Space  play or pause     {on}Esc  back"

    def show_attempt(self, attempt_id: int, *, in_round: bool, is_last: bool = False) -> None:
        """Show an attempt; within a round, with the ways on from it."""
        attempt = self._attempt = self._history.attempt(attempt_id)
        self._in_round = in_round
        self.redo_button.setVisible(in_round)
        self.next_button.setVisible(in_round)
        self.next_button.setText("End the round" if is_last else "Next question")
        self.back_button.setText("Leave the round" if in_round else "Back")
        self._question.setText(attempt.question or "A recording without a question")
        self._show_question(self._question_of(attempt))
        self.player.show_recording(attempt.recording)
        transcript = self._history.transcript(attempt_id)
        if transcript is not None:
            self._show_feedback(analyse(transcript))
        else:
            self._show_feedback(None)
            self._transcribe()

    def leave(self) -> None:
        """Fall silent: the page is no longer shown."""
        self.player.stop()

    def _question_of(self, attempt: Attempt) -> Question | None:
        """The question in today's bank, if it still has it."""
        return next((q for q in self._bank.questions if q.question == attempt.question), None)

    # Building

    def _build_head(self) -> QHBoxLayout:
        self.back_button = button(
            "Back", "Back (Esc)", self.back_requested.emit, kind="quiet", icon="mdi6.arrow-left"
        )
        self._question = label("", theme.HEADING, bold=True)
        self._question.setWordWrap(True)
        self.redo_button = button(
            "Answer again",
            "Answer the same question again (A)",
            self.redo_requested.emit,
            icon="mdi6.restart",
        )
        self.next_button = button(
            "Next question", "Go on (Enter)", self.next_requested.emit, kind="main", icon="mdi6.arrow-right"
        )
        head = row(spacing=theme.MEDIUM)
        head.addWidget(self.back_button)
        head.addWidget(self._question, 1)
        head.addWidget(self.redo_button)
        head.addWidget(self.next_button)
        return head

    def _build_figures(self) -> QFrame:
        frame, inside = card(margin=theme.MEDIUM)
        line = row(spacing=theme.LARGE)
        self.figures: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        for name, origin in FIGURES:
            figure, cell = label("–", theme.HEADING, bold=True), column(spacing=2)  # noqa: RUF001
            figure.setAccessibleName(name)
            caption = label(name, theme.SMALL_TEXT, kind="caption")
            for part in (figure, caption):
                part.setToolTip(origin)
                cell.addWidget(part)
            self.figures[name] = figure
            self._captions[name] = caption
            line.addLayout(cell, 1)
        inside.addLayout(line)
        return frame

    def _build_said(self) -> QFrame:
        frame, inside = card()
        inside.addWidget(label("You said", theme.SMALL_TEXT, kind="caption"))
        self.transcript = TranscriptView()
        self.transcript.word_clicked.connect(
            lambda seconds: self.player.play_from(max(seconds - LEAD_IN_SECONDS, 0.0))
        )
        self._said = QStackedWidget()
        self._said.addWidget(self.transcript)
        self._said.addWidget(self._build_work())
        inside.addWidget(self._said, 1)
        legend = "Underlined: um and uh.  Dotted: filler phrase.  Click a word to hear it."
        inside.addWidget(label(legend, theme.SMALL_TEXT, kind="caption"))
        return frame

    def _build_work(self) -> QWidget:
        """What stands in place of the transcript until it is there."""
        work = QWidget()
        inside = column(work, spacing=theme.SMALL)
        self._task = label("Transcribing")
        self._task.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self.cancel_button = button("Cancel", "Stop transcribing; the recording is kept", self._on_cancel)
        self.retry_button = button("Transcribe", "Transcribe this recording", self._transcribe)
        inside.addWidget(self._task)
        inside.addWidget(self._bar)
        buttons: tuple[QPushButton, ...] = (self.cancel_button, self.retry_button)
        for each in buttons:
            inside.addWidget(each, alignment=Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        return work

    def _build_model(self) -> QFrame:
        frame, inside = card()
        inside.addWidget(label("A model answer", theme.SMALL_TEXT, kind="caption"))
        self.model_answer = ProseView("A model answer")
        inside.addWidget(self.model_answer, 1)
        return frame

    # Showing

    def _show_question(self, question: Question | None) -> None:
        if question is None:
            self.model_answer.show_parts([("", "This recording belongs to no question of the present bank.")])
            return
        points = "\n".join(f"•  {key_point.point}" for key_point in question.key_points)
        self.model_answer.show_parts(
            [("", question.model_answer), ("Key points", points), ("Tip", question.tip)]
        )

    def _show_feedback(self, feedback: Feedback | None) -> None:
        self.transcript.show_feedback(feedback)
        self.player.show_fillers(feedback.fillers if feedback else ())
        if feedback is None:
            self._show_figures("–", "–", "–", "–", "–", "–")  # noqa: RUF001
            if self._attempt is not None:
                self.figures["Length"].setText(clock(self._attempt.duration_seconds))
            return
        self._said.setCurrentWidget(self.transcript)
        delivery = feedback.delivery
        pace, delay = delivery.words_per_minute, delivery.response_delay_seconds
        self._show_figures(
            clock(delivery.duration_seconds),
            clock(delivery.speaking_seconds),
            "–" if pace is None else f"{pace:.0f}",  # noqa: RUF001
            "–" if delay is None else f"{delay:.1f} s",  # noqa: RUF001
            str(len(feedback.fillers)),
            str(len(delivery.pauses)),
        )
        pauses, phrases = (
            feedback.count(kind) for kind in (FillerKind.FILLED_PAUSE, FillerKind.FILLER_PHRASE)
        )
        self._captions["Fillers"].setText(f"Fillers ({pauses} um/uh, {plural(phrases, 'phrase')})")

    def _show_figures(self, *texts: str) -> None:
        for figure, text in zip(self.figures.values(), texts, strict=True):
            figure.setText(text)
        self._captions["Fillers"].setText("Fillers")

    def _show_work(self, task: str, *, share: float | None) -> None:
        """Show what is being done and how far it is, or with ``None`` that nothing is."""
        self._task.setText(task)
        self._bar.setVisible(share is not None)
        self.cancel_button.setVisible(share is not None)
        self.retry_button.setVisible(share is None)
        self._bar.setValue(int(100 * (share or 0.0)))
        self._said.setCurrentIndex(1)

    # Transcribing

    def _transcribe(self) -> None:
        if self._attempt is not None:
            self._show_work("Transcribing on this machine …", share=0.0)
            self._transcriber.transcribe(self._attempt.id)

    def _is_waiting(self) -> bool:
        return self._said.currentIndex() == 1 and self.cancel_button.isVisibleTo(self)

    def _on_preparing(self, task: str, share: float) -> None:
        if self._is_waiting():
            self._show_work(f"{task} …", share=share)

    def _on_progressed(self, attempt_id: int, share: float) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self._show_work("Transcribing on this machine …", share=share)

    def _on_finished(self, attempt_id: int) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            transcript = self._history.transcript(attempt_id)
            if transcript is not None:
                self._show_feedback(analyse(transcript))

    def _on_failed(self, attempt_id: int, message: str) -> None:
        if self._attempt is not None and attempt_id == self._attempt.id:
            self._show_work(message, share=None)

    def _on_cancel(self) -> None:
        if self._attempt is not None:
            self._transcriber.cancel(self._attempt.id)
            self._show_work("Not transcribed. The recording is kept, and you can play it below.", share=None)

    def _on_redo(self) -> None:
        if self._in_round:
            self.redo_requested.emit()

    def _on_next(self) -> None:
        if self._in_round:
            self.next_requested.emit()
