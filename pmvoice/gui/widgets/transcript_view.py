"""A transcript to read: marks told by shape and colour, the word that sounds lit, a click plays.

The mark on which the caret stands is the chosen one: it is ringed, told to a screen reader, and what the
page's keys work on. The caret goes there by a click, by the arrow keys, or from mark to mark by ``step``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler
from pmvoice.gui import marks, theme
from pmvoice.wording import mark_text

LINE_HEIGHT_PERCENT = 150


class TranscriptView(QTextEdit):
    """Plain text only: words are inserted with formats, never read as markup."""

    word_clicked = Signal(float)  # seconds in the recording
    mark_clicked = Signal(object)  # the Filler
    mark_chosen = Signal(object)  # the Filler, or None
    menu_requested = Signal(int, int, QPoint)  # the words from first to last; where, on the screen

    def __init__(self) -> None:
        super().__init__()
        self._feedback: Feedback | None = None
        self._starts: list[int] = []  # each word's first character
        self._times: list[float] = []
        self._marks: list[Filler] = []  # those that stand and those that are rejected, in order
        self._mark_of: dict[int, Filler] = {}  # by word
        self._chosen: Filler | None = None
        self._lit: int | None = None
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(theme.TEXT_MARGIN)
        self.setFont(theme.font(theme.TRANSCRIPT))
        self.setAccessibleName("What you said")
        self.setMouseTracking(True)

    @property
    def chosen(self) -> Filler | None:
        """The mark that is ringed."""
        return self._chosen

    @property
    def marks(self) -> list[Filler]:
        """The marks that stand and those that are rejected, in their order."""
        return self._marks

    def show_feedback(self, feedback: Feedback | None, *, is_same_answer: bool = False) -> None:
        """Show a transcript, or nothing. With ``is_same_answer`` the eye stays where it is."""
        caret, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        chosen = self._chosen
        self._feedback = feedback
        self._render()
        if is_same_answer:
            self._put_caret(min(caret, self.document().characterCount() - 1))
            self.verticalScrollBar().setValue(scrolled)
        still = next((each for each in self._marks if is_same_answer and _same(each, chosen)), None)
        if still is not None or chosen is not None:
            self._set_chosen(still)  # also where it is the same: it may be rejected now

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

    def step(self, by: int) -> None:
        """Choose the next mark (1) or the one before (-1), from the caret on and round the ends."""
        if not self._marks:
            return
        if self._chosen in self._marks:
            place = self._marks.index(self._chosen) + by
        else:
            before = bisect_left([self._starts[mark.first] for mark in self._marks], self._caret())
            place = before if by > 0 else before - 1
        self._chosen = None  # so that it is told anew, also where it is the only one
        self.choose(self._marks[place % len(self._marks)])

    def choose(self, mark: Filler | None) -> None:
        """Ring a mark, bring it into sight and tell of it; none for ``None``."""
        if mark is not None and self._word_at_caret() not in range(mark.first, mark.last + 1):
            self._put_caret(self._starts[mark.first])
        if mark is not None:
            self._keep_in_sight(mark.first)
        if mark != self._chosen:
            self._set_chosen(mark)

    def _set_chosen(self, mark: Filler | None) -> None:
        self._chosen = mark
        text = self.describe(mark) if mark is not None else ""
        self.setAccessibleDescription(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.viewport().update()
        self.mark_chosen.emit(mark)

    def describe(self, mark: Filler) -> str:
        """A mark in words; the words it lies on are not among them, so this can be a tooltip."""
        is_rejected = self._feedback is not None and mark in self._feedback.rejected
        return mark_text(mark, is_rejected=is_rejected)

    def mark_on(self, place: int) -> Filler | None:
        """The mark on a word, if there is one."""
        return self._mark_of.get(place)

    # Showing

    def _render(self) -> None:
        self.clear()
        self._starts, self._times, self._lit = [], [], None
        self._marks, self._mark_of = [], {}
        self.setExtraSelections([])
        if self._feedback is None:
            return
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(block)
        rejected = self._feedback.rejected
        self._marks = sorted((*self._feedback.fillers, *rejected), key=lambda mark: mark.first)
        self._mark_of = {place: m for m in self._marks for place in range(m.first, m.last + 1)}
        words = self._feedback.transcript.words
        for place, word in enumerate(words):
            self._starts.append(cursor.position())
            self._times.append(word.start_seconds)
            mark = self._mark_of.get(place)
            is_rejected = mark in rejected
            cursor.insertText(word.text, _format(mark, is_rejected=is_rejected))
            inside = mark if self._mark_of.get(place + 1) is mark else None
            cursor.insertText(" ", _format(inside, is_rejected=is_rejected))
        if not words:
            cursor.insertText("No words were heard in this recording.", _muted())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _selection(self, place: int) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts[place])
        cursor.setPosition(self._end(place), QTextCursor.MoveMode.KeepAnchor)
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

    def _end(self, place: int) -> int:
        """One past a word's last character."""
        words = self._feedback.transcript.words if self._feedback else ()
        return self._starts[place] + len(words[place].text)

    def _rects(self, first: int, last: int) -> list[QRectF]:
        """Where the words from first to last stand in the viewport, a rectangle for each line."""
        block = self.document().firstBlock()
        layout, start, end = block.layout(), self._starts[first], self._end(last)
        corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
        corner -= QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        rects = []
        metrics = self.fontMetrics()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            left, right = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if left < right:
                x, to = _x(line, left), _x(line, right)
                top = line.y() + line.ascent() - metrics.ascent()
                rects.append(QRectF(x, top, to - x, metrics.height()).translated(corner))
        return rects

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        standing = self._feedback.fillers if self._feedback else ()
        for mark in standing:
            for rect in self._rects(mark.first, mark.last):
                marks.draw_line(painter, mark.kind, QPointF(rect.left(), rect.bottom() + 1), rect.width())
        if self._chosen is not None:
            for rect in self._rects(self._chosen.first, self._chosen.last):
                marks.draw_ring(painter, rect.adjusted(-3, -3, 3, 5))

    # Pointing and the caret

    def _caret(self) -> int:
        return self.textCursor().position()

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def _word_at_caret(self) -> int | None:
        place = bisect_right(self._starts, self._caret()) - 1
        return place if place >= 0 else None

    def _word_at(self, point: QPoint) -> int | None:
        """The word at a point of the viewport; beside the text there is none."""
        place = bisect_right(self._starts, self.cursorForPosition(point).position()) - 1
        for each in (place, place + 1):
            if 0 <= each < len(self._starts) and any(
                rect.adjusted(-3, -5, 3, 5).contains(QPointF(point)) for rect in self._rects(each, each)
            ):
                return each
        return None

    def _selected_words(self) -> tuple[int, int] | None:
        """The first and the last word of which something is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self._starts:
            return None
        first = max(bisect_right(self._starts, cursor.selectionStart()) - 1, 0)
        if cursor.selectionStart() >= self._end(first):
            first += 1  # it begins in the space between
        last = bisect_left(self._starts, cursor.selectionEnd()) - 1
        return (first, last) if first <= last else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = self._word_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        mark = None if place is None else self.mark_on(place)
        self.choose(mark)
        if mark is not None:
            self.mark_clicked.emit(mark)
        elif place is not None:
            self.word_clicked.emit(self._times[place])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = self._word_at(event.position().toPoint())
        mark = None if place is None else self.mark_on(place)
        shape = Qt.CursorShape.IBeamCursor if mark is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        if mark is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.describe(mark), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self._caret()
        super().keyPressEvent(event)
        if self._caret() != before:
            place = self._word_at_caret()
            self.choose(None if place is None else self.mark_on(place))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        pointed = self._word_at(event.pos()) if by_mouse else self._word_at_caret()
        selected = self._selected_words()
        if selected is None or (by_mouse and pointed not in range(selected[0], selected[1] + 1)):
            selected = None if pointed is None else (pointed, pointed)
        if selected is not None:
            below = self._rects(*selected)[0].bottomLeft().toPoint()
            where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
            self.menu_requested.emit(*selected, where)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_feedback(self._feedback, is_same_answer=True)


def _x(line: QTextLine, position: int) -> float:
    x: Any = line.cursorToX(position)  # a pair, which the stubs do not say
    return float(x[0])


def _same(mark: Filler, other: Filler | None) -> bool:
    """Whether it is the same mark, in a transcript in which words were put in or taken out."""
    return other is not None and (mark.kind, mark.start_seconds, mark.end_seconds, mark.by_person) == (
        other.kind,
        other.start_seconds,
        other.end_seconds,
        other.by_person,
    )


def _format(mark: Filler | None, *, is_rejected: bool) -> QTextCharFormat:
    """Words of a standing mark are tinted (their line is drawn below them), rejected ones are faint."""
    if mark is not None and is_rejected:
        return _muted()
    made = QTextCharFormat()
    made.setFont(theme.font(theme.TRANSCRIPT))
    made.setForeground(QColor(theme.colours().text))
    if mark is not None:
        made.setBackground(marks.ground(mark.kind))
    return made


def _muted() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(theme.TRANSCRIPT))
    made.setForeground(QColor(theme.colours().muted))
    return made
