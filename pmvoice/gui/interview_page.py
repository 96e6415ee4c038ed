"""The interview: the question, whose turn it is, and the answer while it is given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmvoice.analysis.so_far import SoFar
from pmvoice.gui import theme
from pmvoice.gui.parts import IconKeeper, button, centred, key, label, row, set_state
from pmvoice.gui.rehearsal import Rehearsal
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.widgets.answer_ring import AnswerRing
from pmvoice.gui.widgets.captions import Captions
from pmvoice.gui.widgets.level_meter import LevelMeter
from pmvoice.interview import Stage
from pmvoice.questions import Bank
from pmvoice.wording import so_far_text

# What each stage says, and what the main button does in it.
STAGE_TEXT = {
    Stage.LISTENING: "Listen",
    Stage.READY: "Your turn",
    Stage.STARTING: "Starting the microphone …",
    Stage.RECORDING: "Recording",
    Stage.ANSWERED: "Done",
    Stage.OVER: "",
}
MAIN_TEXT = {
    Stage.STARTING: ("Stop", "mdi6.stop"),
    Stage.RECORDING: ("Stop and review", "mdi6.stop"),
}
QUESTION_HEIGHT, REMARK_HEIGHT = 88, 40  # room for two lines, so that nothing jumps
SIDE_WIDTH, CAPTIONS_WIDTH = 180, 640

START_TEXT = ("Start the answer", "mdi6.microphone")


class InterviewPage(QWidget):
    """A thin view of a ``Rehearsal``, and of what the transcriber hears meanwhile."""

    keys = "Space  start or stop    R  hear again    A  start over    N  next    C  captions    Esc  leave"

    captions_chosen = Signal(bool)  # the person wants them shown, or hidden

    def __init__(self, bank: Bank, rehearsal: Rehearsal, transcriber: Transcriber) -> None:
        super().__init__()
        self._bank = bank
        self._rehearsal = rehearsal
        self._transcriber = transcriber
        self._attempt: int | None = None  # the one that the captions are of
        content = centred(self)
        content.setSpacing(theme.SMALL)
        content.addLayout(self._build_head())
        content.addStretch(2)
        self._question = label("", theme.QUESTION, bold=True)
        self._question.setWordWrap(True)
        self._question.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._question.setMinimumHeight(QUESTION_HEIGHT)
        content.addWidget(self._question)
        content.addStretch(1)
        content.addLayout(self._build_stage())
        content.addLayout(self._build_answer())
        self.captions = Captions()
        self.captions.setMaximumWidth(CAPTIONS_WIDTH)
        words = row()
        words.addStretch(1)
        words.addWidget(self.captions, 100)
        words.addStretch(1)
        content.addLayout(words)
        self._remark = label("", kind="problem")
        self._remark.setWordWrap(True)
        self._remark.setMinimumHeight(REMARK_HEIGHT)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        content.addWidget(self._remark)
        content.addStretch(1)
        content.addLayout(self._build_actions())
        content.addStretch(2)
        key(self, Qt.Key.Key_Space, rehearsal.start_or_stop)
        key(self, "R", rehearsal.hear_again)
        key(self, "A", rehearsal.redo)
        key(self, "N", rehearsal.next)
        key(self, "C", self._on_captions)
        key(self, Qt.Key.Key_Escape, rehearsal.leave)
        rehearsal.question_changed.connect(self._on_question_changed)
        rehearsal.stage_changed.connect(self._on_stage_changed)
        rehearsal.measured.connect(self._on_measured)
        rehearsal.remarked.connect(self._remark.setText)
        rehearsal.take_begun.connect(self._on_take_begun)
        transcriber.heard.connect(self._on_heard)
        transcriber.guessed.connect(self._on_guessed)

    def show_captions(self, is_shown: bool) -> None:
        """Show what is being said, or hide it; it can be shown again at any time."""
        self.captions.setVisible(is_shown)
        text = "Hide captions" if is_shown else "Show captions"
        self.captions_button.setText(text)
        self.captions_button.setAccessibleName(text)
        self._transcriber.show_captions(is_shown)

    def _build_head(self) -> QHBoxLayout:
        head = row(spacing=theme.LARGE)
        self._area = label(kind="muted")
        self._count = label(kind="muted")
        self.leave_button = button(
            "Leave",
            "Leave the round; what you said is kept (Esc)",
            self._rehearsal.leave,
            kind="quiet",
            icon="mdi6.close",
        )
        head.addWidget(self._area)
        head.addStretch(1)
        head.addWidget(self._count)
        head.addWidget(self.leave_button)
        return head

    def _build_stage(self) -> QGridLayout:
        self._stage = label("", theme.HEADING, bold=True)
        self.again_button = button(
            "Hear it again",
            "Hear the question again (R)",
            self._rehearsal.hear_again,
            kind="quiet",
            icon="mdi6.volume-high",
        )
        self.captions_button = button(
            "Hide captions",
            "Your words on the screen while you speak (C)",
            self._on_captions,
            kind="quiet",
            icon="mdi6.closed-caption-outline",
        )
        return _flanked(self._stage, theme.LARGE, self.again_button, self.captions_button)

    def _build_answer(self) -> QVBoxLayout:
        self._ring = AnswerRing()
        self._level = LevelMeter()
        self._level.setFixedWidth(420)
        answer = QVBoxLayout()
        answer.setSpacing(theme.SMALL)
        self.figures = label("", theme.SMALL_TEXT, kind="muted")
        self.figures.setToolTip("So far, without the last few seconds. The review has all of it.")
        self.figures.setAccessibleName("So far")
        answer.addLayout(_flanked(self._ring, theme.LARGE, QWidget(), self.figures))
        answer.addWidget(self._level, alignment=Qt.AlignmentFlag.AlignHCenter)
        return answer

    def _build_actions(self) -> QHBoxLayout:
        self.main_button = button(START_TEXT[0], "Space", self._rehearsal.start_or_stop, kind="main")
        self._main_icon = IconKeeper(self.main_button, START_TEXT[1])
        self.main_button.setMinimumWidth(240)
        self.redo_button = button(
            "Start over",
            "Start the answer over; this take is kept in the history (A)",
            self._rehearsal.redo,
            icon="mdi6.restart",
        )
        self.next_button = button(
            "Next question", "Go on to the next question (N)", self._rehearsal.next, icon="mdi6.skip-next"
        )
        actions = row(spacing=theme.MEDIUM)
        actions.addStretch(1)
        actions.addWidget(self.redo_button)
        actions.addWidget(self.main_button)
        actions.addWidget(self.next_button)
        actions.addStretch(1)
        return actions

    def _on_question_changed(self) -> None:
        interview = self._rehearsal.interview
        if interview is None:
            return
        self._area.setText(self._bank.area(interview.question.area).name)
        self._count.setText(f"{interview.index + 1} of {len(interview.questions)}")
        self._question.setText(interview.question.question)
        self._ring.set_target(interview.question.target_seconds)
        self._level.clear()
        self.next_button.setText("End the round" if interview.is_last else "Next question")

    def _on_stage_changed(self) -> None:
        stage = self._rehearsal.stage
        if stage not in (Stage.RECORDING, Stage.ANSWERED):
            self._forget_said()
        self._stage.setText(STAGE_TEXT[stage])
        is_on = stage is Stage.RECORDING
        set_state(self._stage, "kind", "recording" if is_on else "")
        set_state(self.main_button, "recording", "true" if is_on else "false")
        text, icon = MAIN_TEXT.get(stage, START_TEXT)
        self.main_button.setText(text)
        self.main_button.setToolTip(f"{text} (Space)")
        self.main_button.setAccessibleName(text)
        self._main_icon.set_name(icon)
        takes = stage in (Stage.STARTING, Stage.RECORDING)
        self.again_button.setEnabled(not takes)
        self.redo_button.setEnabled(takes)

    def _on_measured(self, seconds: float, level: float) -> None:
        self._ring.set_time(seconds, recording=seconds > 0)
        if seconds:
            self._level.add(level)
        else:
            self._level.clear()

    # What is heard

    def _on_captions(self) -> None:
        self.captions_chosen.emit(self.captions.isHidden())

    def _forget_said(self) -> None:
        self._attempt = None
        self.captions.show_said("")
        self.figures.setText("")

    def _on_take_begun(self, attempt_id: int) -> None:
        self._attempt = attempt_id

    def _on_heard(self, attempt_id: int, so_far: SoFar) -> None:
        if attempt_id == self._attempt:
            self.captions.show_said(so_far.text)
            self.figures.setText(so_far_text(so_far))

    def _on_guessed(self, attempt_id: int, text: str) -> None:
        if attempt_id == self._attempt:
            self.captions.show_said(self._transcriber.so_far(attempt_id).text, text)


def _flanked(middle: QWidget, gap: int, left: QWidget, right: QWidget) -> QGridLayout:
    """A widget in the middle of the page, whatever stands at its sides."""
    line = QGridLayout()
    line.setHorizontalSpacing(gap)
    line.addWidget(left, 0, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(middle, 0, 1)
    line.addWidget(right, 0, 2, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for side in (0, 2):
        line.setColumnStretch(side, 1)
        line.setColumnMinimumWidth(side, SIDE_WIDTH)
    return line
