"""The history: every answer so far, to open, to search and to delete."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMessageBox, QStackedWidget, QWidget

from pmvoice.gui import theme
from pmvoice.gui.attempt_table import AttemptTable
from pmvoice.gui.parts import button, centred, key, label, row
from pmvoice.history import History
from pmvoice.phrasing import clock, plural

NOTHING_YET = "Your answers will be here, newest first. Start a round on the home page to give the first one."
NOTHING_FOUND = "No question or answer holds this phrase. Clear the search to see all answers."


class HistoryPage(QWidget):
    """A table of answers."""

    keys = "Enter  open     Del  delete     Ctrl+F  search     Esc  back"

    attempt_requested = Signal(int)
    attempt_deleted = Signal(int)
    back_requested = Signal()

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        content = centred(self)
        content.addWidget(label("History", theme.QUESTION, bold=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search questions and answers")
        self.search.setAccessibleName("Search questions and answers")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self._count = label(kind="muted")
        self._open = button("Open", "Open the answer (Enter)", self._on_open, icon="mdi6.arrow-right")
        self._delete = button(
            "Delete",
            "Delete the answer and its recording (Del)",
            self._on_delete,
            icon="mdi6.trash-can-outline",
        )
        tools = row(spacing=theme.MEDIUM)
        tools.addWidget(self.search, 1)
        tools.addWidget(self._count)
        tools.addStretch(1)
        tools.addWidget(self._open)
        tools.addWidget(self._delete)
        content.addLayout(tools)
        self.table = AttemptTable(history)
        self.table.doubleClicked.connect(lambda _index: self._on_open())
        self._empty = label(NOTHING_YET, kind="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        content.addWidget(self._stack, 1)
        key(self, Qt.Key.Key_Return, self._on_open)
        key(self, Qt.Key.Key_Enter, self._on_open)
        key(self, Qt.Key.Key_Delete, self._on_delete)
        key(self, Qt.Key.Key_Escape, self.back_requested.emit)
        key(self, "Ctrl+F", self.search.setFocus)
        self.refresh()

    def refresh(self) -> None:
        """Show what the history holds now."""
        sessions = self._history.sessions(self.search.text())
        self.table.show_sessions(sessions)
        answers = plural(sum(len(session) for session in sessions), "answer")
        self._count.setText(f"{answers} in {plural(len(sessions), 'session')}" if sessions else "")
        self._empty.setText(NOTHING_FOUND if self.search.text() else NOTHING_YET)
        self._stack.setCurrentWidget(self.table if sessions else self._empty)
        for each in (self._open, self._delete):
            each.setEnabled(bool(sessions))

    def _on_open(self) -> None:
        attempt_id = self.table.chosen_id()
        if attempt_id is not None:
            self.attempt_requested.emit(attempt_id)

    def _on_delete(self) -> None:
        attempt = self.table.chosen()
        if attempt is None:
            return
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Delete the answer")
        box.setText("Delete this answer and its recording? This cannot be undone.")
        box.setInformativeText(f"{attempt.question}\n{clock(attempt.duration_seconds)}")
        yes = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton("Keep", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        if box.clickedButton() is yes:
            self._history.delete_attempt(attempt.id)
            self.refresh()
            self.attempt_deleted.emit(attempt.id)
