"""The review of one answer: the person's words beside a model answer, the numbers, and the sound."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from pmvoice.analysis.feedback import Feedback
from pmvoice.gui import theme
from pmvoice.gui.parts import button, caption, card, centred, column, key, label, row
from pmvoice.gui.player_bar import PlayerBar
from pmvoice.gui.said_pane import SaidPane
from pmvoice.gui.sound import Sound
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.widgets.fitting_label import FittingLabel
from pmvoice.gui.widgets.prose_view import ProseView
from pmvoice.history import Attempt, History
from pmvoice.phrasing import clock
from pmvoice.questions import Bank, Question
from pmvoice.wording import filler_kinds_text

# Name, and how the number came about.
FIGURES = (
    ("Length", "From the start of the recording to its end."),
    ("Speaking", "The stretches in which you are heard speaking, added up; silences left out."),
    ("Words a minute", "Your words, without um and uh, over the speaking time."),
    ("First word after", "From the start of the recording to your first sound."),
    ("Fillers", "Um and uh, phrases such as 'you know', and repetitions, marked in the transcript."),
    ("Pauses", "Silences of a second or longer between your words."),
)
REACTION_SECONDS = 0.3  # by which a key is late that is pressed at a sound


class ReviewPage(QWidget):
    """Shows any attempt of the history; has it transcribed where it is not yet."""

    back_requested = Signal()
    redo_requested = Signal()
    next_requested = Signal()
    problem_occurred = Signal(str)
    help_requested = Signal()
    keys_changed = Signal()

    def __init__(self, bank: Bank, history: History, transcriber: Transcriber, sound: Sound) -> None:
        super().__init__()
        self._bank = bank
        self._history = history
        self._attempt: Attempt | None = None
        self._model: str | None = None
        self._in_round = False
        content = centred(self)
        content.setSpacing(theme.MEDIUM)
        content.addLayout(self._build_head())
        content.addWidget(self._build_figures())
        self.said = SaidPane(history, transcriber)
        self.transcript = self.said.transcript
        panes = row(spacing=theme.MEDIUM)
        panes.addWidget(self.said, 1)
        panes.addWidget(self._build_model(), 1)
        content.addLayout(panes, 1)
        self.player = PlayerBar(sound)
        self.player.moved.connect(lambda seconds: self.transcript.light(None if seconds < 0 else seconds))
        self.player.failed.connect(self.problem_occurred)
        content.addWidget(self.player)
        self.said.play_requested.connect(self.player.play)
        self.said.feedback_changed.connect(self._show_feedback)
        self.said.mark_chosen.connect(lambda _mark: self.keys_changed.emit())
        self._bind_keys()

    def _bind_keys(self) -> None:
        key(self, Qt.Key.Key_Space, self.player.play_or_pause)
        key(self, "A", self._on_redo)
        key(self, "N", self._on_next)
        key(self, Qt.Key.Key_Return, self._on_enter)
        key(self, Qt.Key.Key_Enter, self._on_enter)
        key(self, Qt.Key.Key_Escape, self._on_escape)
        key(self, ".", lambda: self.said.step(1))
        key(self, ",", lambda: self.said.step(-1))
        key(self, "P", self.said.play_mark)
        key(self, "X", self.said.toggle_mark)
        key(self, Qt.Key.Key_Delete, self.said.toggle_mark)
        key(self, "U", self._on_pause_added)
        key(self, "T", self.said.transcribe_again)
        key(self, "Ctrl+Z", self.said.undo)
        key(self, "Ctrl+Shift+Z", self.said.redo)

    @property
    def keys(self) -> str:
        """The keys that work now, for the foot of the window."""
        if self._has_chosen_mark():
            what = "restore the mark" if self.said.is_rejected else "not a filler"
            return f"Enter  play the mark     X  {what}     ,  .  other marks     Esc  leave the marks"
        on = "A  answer again     Enter  next question     " if self._in_round else ""
        return f"Space  play or pause     ,  .  marks     U  add an um     {on}?  help     Esc  back"

    @property
    def model(self) -> str | None:
        """With which model the transcript was made that is shown."""
        return self._model

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
        self.said.show_attempt(attempt_id)

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
        self._fillers_caption = FittingLabel()
        self._fillers_caption.setFont(theme.font(theme.SMALL_TEXT))
        self._fillers_caption.setProperty("kind", "caption")
        for name, origin in FIGURES:
            figure, cell = label("–", theme.HEADING, bold=True), column(spacing=2)  # noqa: RUF001
            figure.setAccessibleName(name)
            is_wide = name == "Fillers"
            name_of = self._fillers_caption if is_wide else label(name, theme.SMALL_TEXT, kind="caption")
            for part in (figure, name_of):
                part.setToolTip(origin)
                cell.addWidget(part)
            self.figures[name] = figure
            line.addLayout(cell, 4 if is_wide else 1)
        about = button(
            "How true are these numbers?",
            "What each number is, and how true it is (F1)",
            self.help_requested.emit,
            kind="link",
        )
        line.addWidget(about, alignment=Qt.AlignmentFlag.AlignBottom)
        inside.addLayout(line)
        return frame

    def _build_model(self) -> QFrame:
        frame, inside = card()
        inside.addWidget(caption("A model answer"))
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
        self.player.show_fillers(feedback.fillers if feedback else ())
        self._model = feedback.recognised.model if feedback else None
        if feedback is None:
            self._show_figures("–", "–", "–", "–", "–", "–")  # noqa: RUF001
            if self._attempt is not None:
                self.figures["Length"].setText(clock(self._attempt.duration_seconds))
            return
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
        self._fillers_caption.show_texts(f"Fillers ({filler_kinds_text(feedback)})", "Fillers")

    def _show_figures(self, *texts: str) -> None:
        for figure, text in zip(self.figures.values(), texts, strict=True):
            figure.setText(text)
        self._fillers_caption.show_texts("Fillers", "Fillers")

    # Keys

    def _has_chosen_mark(self) -> bool:
        return self.transcript.chosen is not None

    def _on_enter(self) -> None:
        """The chosen mark sounds, as a focused button would be pressed; without one the round goes on."""
        if self._has_chosen_mark():
            self.said.play_mark()
        else:
            self._on_next()

    def _on_escape(self) -> None:
        """Out of the marks first, then out of the page."""
        if self._has_chosen_mark():
            self.transcript.choose(None)
            self.setFocus()
        else:
            self.back_requested.emit()

    def _on_pause_added(self) -> None:
        late = REACTION_SECONDS if self.player.is_playing else 0.0
        self.said.add_pause_at(max(self.player.position_seconds - late, 0.0))

    def _on_redo(self) -> None:
        if self._in_round:
            self.redo_requested.emit()

    def _on_next(self) -> None:
        if self._in_round:
            self.next_requested.emit()
