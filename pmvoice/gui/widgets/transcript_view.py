"""A transcript to read: fillers marked by shape and colour, the word that sounds lit, a click plays."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.gui import theme
from pmvoice.wording import clock

LINE_HEIGHT_PERCENT = 150

KIND_NAMES = {
    FillerKind.FILLED_PAUSE: "filled pause",
    FillerKind.FILLER_PHRASE: "filler phrase",
    FillerKind.REPETITION: "repetition",
}


class TranscriptView(QTextEdit):
    """Plain text only: words are inserted with formats, never read as markup."""

    word_clicked = Signal(float)  # seconds in the recording

    def __init__(self) -> None:
        super().__init__()
        self._feedback: Feedback | None = None
        self._starts: list[int] = []  # each word's first character
        self._times: list[float] = []
        self._lit: int | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.setFont(theme.font(theme.TRANSCRIPT))
        self.setAccessibleName("What you said")
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def show_feedback(self, feedback: Feedback | None) -> None:
        """Show a transcript, or nothing."""
        self._feedback = feedback
        self._render()

    def light(self, seconds: float | None) -> None:
        """Light the word that sounds at this time; none for ``None``."""
        place = None
        if seconds is not None and self._times:
            place = max(bisect_right(self._times, seconds) - 1, 0)
        if place == self._lit:
            return
        self._lit = place
        self.setExtraSelections([] if place is None else [self._selection(place)])
        if place is not None:
            self._keep_in_sight(place)

    def _render(self) -> None:
        self.clear()
        self._starts, self._times, self._lit = [], [], None
        self.setExtraSelections([])
        if self._feedback is None:
            return
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(block)
        marked = {
            place: filler
            for filler in self._feedback.fillers
            for place in range(filler.first, filler.last + 1)
        }
        words = self._feedback.transcript.words
        for place, word in enumerate(words):
            self._starts.append(cursor.position())
            self._times.append(word.start_seconds)
            filler = marked.get(place)
            cursor.insertText(word.text, _format(filler))
            inside = filler is not None and marked.get(place + 1) is filler
            cursor.insertText(" ", _format(filler if inside else None))
        if not words:
            cursor.insertText("No words were heard in this recording.", _muted())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _selection(self, place: int) -> QTextEdit.ExtraSelection:
        words = self._feedback.transcript.words if self._feedback else ()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts[place])
        end = self._starts[place] + len(words[place].text)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        lit = QTextCharFormat()
        lit.setBackground(QColor(theme.colours().accent))
        lit.setForeground(QColor(theme.colours().on_accent))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = lit
        return selection

    def _keep_in_sight(self, place: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts[place])
        top, bottom = self.cursorRect(cursor).top(), self.cursorRect(cursor).bottom()
        bar = self.verticalScrollBar()
        if top < 0:
            bar.setValue(bar.value() + top)
        elif bottom > self.viewport().height():
            bar.setValue(bar.value() + bottom - self.viewport().height())

    def _word_at(self, event: QMouseEvent) -> int | None:
        position = self.cursorForPosition(event.position().toPoint()).position()
        place = bisect_right(self._starts, position) - 1
        return place if place >= 0 else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = self._word_at(event)
        if place is not None and not self.textCursor().hasSelection():
            self.word_clicked.emit(self._times[place])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = self._word_at(event)
        filler = self._filler_of(place)
        if filler is None:
            QToolTip.hideText()
        else:
            length = filler.end_seconds - filler.start_seconds
            text = f"{KIND_NAMES[filler.kind]} at {clock(filler.start_seconds)}, {length:.1f} s long"
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def _filler_of(self, place: int | None) -> Filler | None:
        if place is None or self._feedback is None:
            return None
        return next((f for f in self._feedback.fillers if f.first <= place <= f.last), None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()


def _format(filler: Filler | None) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(theme.TRANSCRIPT))
    c = theme.colours()
    made.setForeground(QColor(c.text))
    if filler is not None:
        is_pause = filler.kind is FillerKind.FILLED_PAUSE
        colour = c.caution if is_pause else c.accent
        line = QTextCharFormat.UnderlineStyle
        made.setBackground(theme.tint(colour))
        made.setUnderlineColor(QColor(colour))
        made.setUnderlineStyle(line.SingleUnderline if is_pause else line.DotLine)
    return made


def _muted() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(theme.TRANSCRIPT))
    made.setForeground(QColor(theme.colours().muted))
    return made
