"""What the person said: the transcript with its marks, or the work on it where there is none yet."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler
from pmvoice.analysis.so_far import SoFar
from pmvoice.gui import theme
from pmvoice.gui.mark_menu import MarkMenu
from pmvoice.gui.marker import Marker
from pmvoice.gui.parts import button, caption, column, label, row
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.widgets.mark_legend import MarkLegend
from pmvoice.gui.widgets.transcript_view import TranscriptView
from pmvoice.gui.widgets.work_view import WorkView
from pmvoice.history import History

HINT = "Click a word to hear it; a mark plays with a second around it."
CHOOSE_FIRST = "Choose a mark first: a click, or the keys . and ,"
CANCELLED = "Not transcribed. The recording is kept, and you can play it below."
KEPT = "The transcript from before is kept."
STAYS = "The transcript from before stays until there is another."
DONE_AGAIN = "Transcribed again. What you said of the marks stands."

AROUND_SECONDS = 1.0  # a mark is played with this much before and after it
LEAD_IN_SECONDS = 0.3  # a word is played from a little before it


class SaidPane(QFrame):
    """Shows one attempt's transcript, has it made where it is missing, and lets its marks be corrected."""

    feedback_changed = Signal(object)  # the Feedback that is shown, or None
    play_requested = Signal(float, object)  # from, and to (None: to the end)
    mark_chosen = Signal(object)  # the Filler that the keys work on, or None

    def __init__(self, history: History, transcriber: Transcriber) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._transcriber = transcriber
        self._attempt: int | None = None
        self.marker = Marker(history)
        self.marker.changed.connect(self._on_corrected)
        self.marker.remarked.connect(self._remark)
        self._menu = MarkMenu(self.marker, self)
        self._menu.play_requested.connect(self._on_words_played)
        inside = column(self, margin=theme.LARGE, spacing=theme.SMALL)
        self._build_head(inside)
        self._build_transcript()
        self._said = QStackedWidget()
        self._said.addWidget(self.transcript)
        self.work = WorkView()  # until the transcript is there
        self.work.cancelled.connect(self._on_cancel)
        self.work.retried.connect(self._transcribe)
        self._said.addWidget(self.work)
        inside.addWidget(self._said, 1)
        self.legend = MarkLegend()
        inside.addWidget(self.legend)
        self.status = label(HINT, theme.SMALL_TEXT, kind="muted")
        self.status.setWordWrap(True)  # a problem may need more than the one line
        self.status.setContentsMargins(theme.TEXT_MARGIN, 0, 0, 0)
        inside.addWidget(self.status)
        transcriber.preparing.connect(self._on_preparing)
        transcriber.heard.connect(self._on_heard)
        transcriber.progressed.connect(self._on_progressed)
        transcriber.finished.connect(self._on_finished)
        transcriber.failed.connect(self._on_failed)

    def show_attempt(self, attempt_id: int) -> None:
        """Show an attempt's transcript; have it made where it is not there yet."""
        self._attempt = attempt_id
        self._show(self.marker.open(attempt_id))
        self._remark("")
        if self.marker.feedback is None:
            self._transcribe()

    @property
    def is_rejected(self) -> bool:
        """Whether the chosen mark is one that the person rejected."""
        feedback = self.marker.feedback
        return feedback is not None and self.transcript.chosen in feedback.rejected

    # The keys of the page

    def play_mark(self) -> None:
        """Play the chosen mark with a second around it."""
        mark = self._chosen()
        if mark is not None:
            self._on_mark_clicked(mark)

    def toggle_mark(self) -> None:
        """Say that the chosen mark is no filler, or that it is one after all."""
        mark = self._chosen()
        if mark is not None:
            self.marker.toggle(mark)

    def step(self, by: int) -> None:
        """Go to the next mark or the one before."""
        if self._shows_transcript():
            self.transcript.setFocus()
            self.transcript.step(by)

    def add_pause_at(self, seconds: float) -> None:
        """Add an 'um' at a place of the recording."""
        if self._shows_transcript():
            self.marker.add_pause_at(seconds)

    def undo(self) -> None:
        if self._shows_transcript():
            self.marker.undo()

    def redo(self) -> None:
        if self._shows_transcript():
            self.marker.redo()

    def transcribe_again(self) -> None:
        """Have the answer transcribed anew; the transcript that is there stays until there is another."""
        if self._shows_transcript():
            self._transcribe()

    def _chosen(self) -> Filler | None:
        if not self._shows_transcript():
            return None
        if self.transcript.chosen is None:
            self._remark(CHOOSE_FIRST)
        return self.transcript.chosen

    def _shows_transcript(self) -> bool:
        return self.marker.feedback is not None and self._said.currentIndex() == 0

    # Building

    def _build_head(self, inside: QVBoxLayout) -> None:
        head = row()
        head.addWidget(caption("You said"))
        head.addStretch(1)
        self.again_button = button(
            "Transcribe again", "Transcribe this recording again (T)", self.transcribe_again, kind="link"
        )
        head.addWidget(self.again_button)
        inside.addLayout(head)

    def _build_transcript(self) -> None:
        self.transcript = TranscriptView()
        self.transcript.word_clicked.connect(
            lambda seconds: self.play_requested.emit(max(seconds - LEAD_IN_SECONDS, 0.0), None)
        )
        self.transcript.mark_clicked.connect(self._on_mark_clicked)
        self.transcript.mark_chosen.connect(self._on_mark_chosen)
        self.transcript.menu_requested.connect(self._on_menu_requested)

    # Showing

    def _show(self, feedback: Feedback | None, *, is_same_answer: bool = False) -> None:
        self.transcript.show_feedback(feedback, is_same_answer=is_same_answer)
        self.legend.show_feedback(feedback)
        self.again_button.setEnabled(feedback is not None)
        if feedback is not None:
            self._said.setCurrentIndex(0)
        self.feedback_changed.emit(feedback)

    def _show_work(self, task: str, *, share: float | None) -> None:
        """Show what is being done and how far it is, or with ``None`` that nothing is."""
        self.work.show_task(task, share)
        self.again_button.setEnabled(False)
        self.status.setText(STAYS if self.marker.feedback else "")
        self._said.setCurrentIndex(1)

    def _show_end(self, message: str) -> None:
        """The work has ended without a transcript: back to the one from before, where there is one."""
        if self.marker.feedback is None:
            self._show_work(message, share=None)
        else:
            self._show(self.marker.feedback, is_same_answer=True)
            self._remark(f"{message} {KEPT}")

    def _remark(self, text: str) -> None:
        """Say something below the transcript; '' says again what stands there by itself."""
        mark = self.transcript.chosen
        self.status.setText(text or (HINT if mark is None else self._told(mark)))

    def _told(self, mark: Filler) -> str:
        return f"“{mark.text}”  {self.transcript.describe(mark)}"

    # Marks

    def _on_mark_chosen(self, mark: Filler | None) -> None:
        self._remark("")
        self.mark_chosen.emit(mark)

    def _on_mark_clicked(self, mark: Filler) -> None:
        start, end = mark.start_seconds - AROUND_SECONDS, mark.end_seconds + AROUND_SECONDS
        self.play_requested.emit(max(start, 0.0), end)

    def _on_menu_requested(self, first: int, last: int, where: QPoint) -> None:
        mark = self.transcript.mark_on(first)
        self._menu.show_for(first, last, mark, where, chosen=self.transcript.chosen)

    def _on_words_played(self, first: int, last: int) -> None:
        if self.marker.feedback is not None:
            words = self.marker.feedback.transcript.words[first : last + 1]
            start, end = words[0].start_seconds - AROUND_SECONDS, words[-1].end_seconds + AROUND_SECONDS
            self.play_requested.emit(max(start, 0.0), end)

    def _on_corrected(self, feedback: Feedback) -> None:
        known = {mark for mark in self.transcript.marks if mark.by_person}
        self._show(feedback, is_same_answer=True)
        times = {(mark.kind, mark.start_seconds, mark.end_seconds) for mark in known}
        for mark in feedback.fillers:
            if mark.by_person and (mark.kind, mark.start_seconds, mark.end_seconds) not in times:
                self.transcript.choose(mark)

    # Transcribing

    def _transcribe(self) -> None:
        if self._attempt is not None:
            words = self._transcriber.so_far(self._attempt).text
            self.work.begin(words, quietly=self.marker.feedback is None)
            self._show_work("Transcribing on this machine …", share=0.0)
            self._transcriber.transcribe(self._attempt)

    def _on_heard(self, attempt_id: int, so_far: SoFar) -> None:
        if attempt_id == self._attempt:
            self.work.show_words(so_far.text)

    def _on_preparing(self, task: str, share: float) -> None:
        if self._said.currentIndex() == 1 and self.work.is_working:
            self._show_work(f"{task} …", share=share)

    def _on_progressed(self, attempt_id: int, share: float) -> None:
        if attempt_id == self._attempt:
            self._show_work("Transcribing on this machine …", share=share)

    def _on_finished(self, attempt_id: int) -> None:
        if attempt_id == self._attempt:
            was_there = self.marker.feedback is not None
            self._show(self.marker.open(attempt_id), is_same_answer=was_there)
            self._remark(DONE_AGAIN if was_there else "")

    def _on_failed(self, attempt_id: int, message: str) -> None:
        if attempt_id == self._attempt:
            self._show_end(message)

    def _on_cancel(self) -> None:
        if self._attempt is not None:
            self._transcriber.cancel(self._attempt)
            self._show_end("Not transcribed again." if self.marker.feedback else CANCELLED)
