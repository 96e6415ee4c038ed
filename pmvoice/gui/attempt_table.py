"""The history's table: answers below the heads of their sessions, read from the history as they are shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pmvoice.gui import theme
from pmvoice.history import Attempt, History
from pmvoice.phrasing import clock, day_and_time, plural

COLUMNS = ("Time", "Question", "Length", "Words/min", "Fillers/min")
QUESTION_COLUMN = 1
ROW_HEIGHT = 44
BLOCK_ROWS = 64  # read at once: some screens full, in about a millisecond

Session = tuple[int, ...]  # the ids of its attempts, newest first


class AttemptModel(QAbstractTableModel):
    """Attempts as rows of text, below a row that heads their session.

    Which attempts there are is known for all rows, so the table has its full height at once; what is in
    them is read block by block as the rows come into sight.
    """

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._rows: list[int | Session] = []  # an attempt's id, or the session that the row heads
        self._read: dict[int, Attempt | None] = {}  # ``None``: deleted elsewhere in the meantime
        self._now = datetime.now(UTC)

    def show(self, sessions: list[Session]) -> None:
        """Show these attempts, as the history has them now."""
        self.beginResetModel()
        self._rows = []
        for session in sessions:
            self._rows += [session, *session]
        self._read = {}
        self._now = datetime.now(UTC)
        self.endResetModel()

    def heads(self) -> list[int]:
        """The rows that head a session."""
        return [place for place, row in enumerate(self._rows) if isinstance(row, tuple)]

    def attempt_id(self, place: int) -> int | None:
        """The attempt in a row, if there is one."""
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return row if isinstance(row, int) else None

    def attempt(self, place: int) -> Attempt | None:
        """The attempt in a row (in a head's row the session's first); ``None`` where it is gone."""
        attempt_id = _first_id(self._rows[place])
        if attempt_id not in self._read:
            start = place - place % BLOCK_ROWS
            ids = {_first_id(row) for row in self._rows[start : start + BLOCK_ROWS]}
            self._read |= {**dict.fromkeys(ids), **self._history.attempts_with(ids)}
        return self._read[attempt_id]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """A session's head is to be read, not chosen."""
        if isinstance(self._rows[index.row()], tuple):
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
        place, column = index.row(), index.column()
        if isinstance(self._rows[place], tuple):
            return self._head_data(place, column, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.DisplayRole or (
            role == Qt.ItemDataRole.ToolTipRole and column == QUESTION_COLUMN
        ):
            attempt = self.attempt(place)
            return None if attempt is None else _texts(attempt)[column]
        return None

    def _head_data(self, place: int, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return self._head_text(place)
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(theme.SMALL_TEXT, bold=True)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.colours().ground)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(0)
        return None

    def _head_text(self, place: int) -> str | None:
        session, first = self._rows[place], self.attempt(place)
        if first is None or not isinstance(session, tuple):
            return None
        return f"{day_and_time(first.recorded_at, self._now)}  ·  {plural(len(session), 'answer')}"


class AttemptTable(QTableView):
    """Shows the attempts; chosen are whole rows."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self._attempts = AttemptModel(history)
        self.setModel(self._attempts)
        self.setAccessibleName("Answers")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(QUESTION_COLUMN, QHeaderView.ResizeMode.Stretch)
        for place, width in {0: 90, 2: 90, 3: 110, 4: 110}.items():
            self.setColumnWidth(place, width)

    def show_sessions(self, sessions: list[Session]) -> None:
        """Show these attempts by session, and choose the first."""
        self._attempts.show(sessions)
        self.clearSpans()
        for head in self._attempts.heads():
            self.setSpan(head, 0, 1, len(COLUMNS))
        if sessions:
            self.selectRow(1)  # below the first session's head

    def chosen_id(self) -> int | None:
        """The chosen attempt, if there is one."""
        return self._attempts.attempt_id(self.currentIndex().row())

    def chosen(self) -> Attempt | None:
        """What the history has of the chosen attempt; ``None`` too where it is gone."""
        return None if self.chosen_id() is None else self._attempts.attempt(self.currentIndex().row())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row: there is nothing to choose within a row."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)


def _first_id(row: int | Session) -> int:
    return row if isinstance(row, int) else row[-1]


def _texts(attempt: Attempt) -> tuple[str, ...]:
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
