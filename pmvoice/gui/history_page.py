"""The history: every answer so far, to open, to search and to delete."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QStackedWidget,
    QTableView,
    QWidget,
)

from pmvoice.gui import theme
from pmvoice.gui.parts import button, centred, key, label, row
from pmvoice.history import Attempt, History
from pmvoice.wording import clock, day_and_time, plural

COLUMNS = ("Time", "Question", "Length", "Words/min", "Fillers/min")
QUESTION_COLUMN = 1
ROW_HEIGHT = 44

NOTHING_YET = "Your answers will be here, newest first. Start a round on the home page to give the first one."
NOTHING_FOUND = "No question holds these words. Clear the search to see all answers."


class AttemptTable(QAbstractTableModel):
    """Attempts as rows of text, below a row that heads their session."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Attempt | str] = []  # an attempt, or the text of a session's head

    def show(self, attempts: list[Attempt]) -> None:
        self.beginResetModel()
        self.rows = []
        now = datetime.now(UTC)
        for _, group in groupby(attempts, key=lambda attempt: attempt.session_id):
            session = list(group)
            began = day_and_time(session[-1].recorded_at, now)
            self.rows += [f"{began}  ·  {plural(len(session), 'answer')}", *session]
        self.endResetModel()

    def heads(self) -> list[int]:
        """The rows that head a session."""
        return [place for place, each in enumerate(self.rows) if isinstance(each, str)]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """A session's head is to be read, not chosen."""
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = self.rows[index.row()]
        if isinstance(row, str):
            return self._head_data(row, index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == QUESTION_COLUMN:
            return self._texts(row)[QUESTION_COLUMN]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def _head_data(self, text: str, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return text
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(theme.SMALL_TEXT, bold=True)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.colours().ground)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(0)
        return None

    def _texts(self, attempt: Attempt) -> tuple[str, ...]:
        pace, rate = attempt.words_per_minute, attempt.fillers_per_minute
        unknown = "–" if attempt.is_transcribed else "not yet"  # noqa: RUF001
        return (
            f"{attempt.recorded_at.astimezone():%H:%M}",
            attempt.question or "A recording without a question",
            clock(attempt.duration_seconds),
            unknown if pace is None else f"{pace:.0f}",
            unknown if rate is None else f"{rate:.1f}",
        )


def _alignment(section: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if section > QUESTION_COLUMN else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class HistoryPage(QWidget):
    """A table of answers."""

    keys = "Enter  open     Del  delete     Ctrl+F  search     Esc  back"

    attempt_requested = Signal(int)
    attempt_deleted = Signal(int)
    back_requested = Signal()

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._model = AttemptTable()
        content = centred(self)
        content.addWidget(label("History", theme.QUESTION, bold=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the questions")
        self.search.setAccessibleName("Search the questions")
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
        self.table = self._build_table()
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
        attempts = self._history.attempts(self.search.text())
        self._model.show(attempts)
        heads = self._model.heads()
        self.table.clearSpans()
        for head in heads:
            self.table.setSpan(head, 0, 1, len(COLUMNS))
        counts = f"{plural(len(attempts), 'answer')} in {plural(len(heads), 'session')}"
        self._count.setText(counts if attempts else "")
        self._empty.setText(NOTHING_FOUND if self.search.text() else NOTHING_YET)
        self._stack.setCurrentWidget(self.table if attempts else self._empty)
        for each in (self._open, self._delete):
            each.setEnabled(bool(attempts))
        if attempts:
            self.table.selectRow(1)  # below the first session's head

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName("Answers")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(QUESTION_COLUMN, QHeaderView.ResizeMode.Stretch)
        for place, width in {0: 90, 2: 90, 3: 110, 4: 110}.items():
            table.setColumnWidth(place, width)
        table.doubleClicked.connect(lambda _index: self._on_open())
        return table

    def _selected(self) -> Attempt | None:
        place = self.table.currentIndex().row()
        row = self._model.rows[place] if 0 <= place < len(self._model.rows) else None
        return row if isinstance(row, Attempt) else None

    def _on_open(self) -> None:
        attempt = self._selected()
        if attempt is not None:
            self.attempt_requested.emit(attempt.id)

    def _on_delete(self) -> None:
        attempt = self._selected()
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
