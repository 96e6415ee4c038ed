"""What stands in place of a transcript until it is there: what is known of it, and how far the work is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from pmvoice.gui import theme
from pmvoice.gui.parts import button, column, label
from pmvoice.gui.widgets.prose_view import ProseView

# Mostly only the last words are left to do. What takes no longer than this is done without a word: a bar that
# comes and goes at once would only be a flicker.
QUIET_MILLISECONDS = 600


class WorkView(QWidget):
    """The words so far, and a task with a bar and a way to cancel it, or its end and a way to try again."""

    cancelled = Signal()
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_working = False
        inside = column(self, margin=theme.TEXT_MARGIN, spacing=theme.SMALL)
        self.so_far = ProseView("What is transcribed so far")
        self.so_far.document().setDocumentMargin(0)
        inside.addWidget(self.so_far, 1)  # where the whole transcript will be: its words do not move
        self._task = label("Transcribing")
        self._task.setWordWrap(True)
        inside.addWidget(self._task)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        inside.addWidget(self._bar)
        self.cancel_button = button("Cancel", "Stop transcribing; the recording is kept", self.cancelled.emit)
        self.retry_button = button("Transcribe", "Transcribe this recording", self.retried.emit)
        for each in (self.cancel_button, self.retry_button):
            inside.addWidget(each, alignment=Qt.AlignmentFlag.AlignLeft)
        inside.addStretch()
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self._show_parts)

    @property
    def is_working(self) -> bool:
        return self._is_working

    def begin(self, words: str, *, quietly: bool) -> None:
        """Work begins, with these words known; ``quietly``: its bar waits for a moment."""
        self.show_words(words)
        if quietly:
            self._quiet.start()

    def show_words(self, words: str) -> None:
        """Show what is known of the transcript."""
        self.so_far.show_parts([("", words)])
        self.so_far.setVisible(bool(words))

    def show_task(self, task: str, share: float | None) -> None:
        """Show what is being done and how far it is, or with ``None`` that nothing is."""
        self._is_working = share is not None
        self._task.setText(task)
        self._bar.setValue(int(100 * (share or 0.0)))
        if not self._is_working:
            self._quiet.stop()
        self._show_parts()

    def _show_parts(self) -> None:
        is_quiet = self._quiet.isActive()
        self._task.setVisible(not is_quiet)
        self._bar.setVisible(self._is_working and not is_quiet)
        self.cancel_button.setVisible(self._is_working and not is_quiet)
        self.retry_button.setVisible(not self._is_working)
