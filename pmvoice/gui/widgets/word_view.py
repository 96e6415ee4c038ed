"""Words to read, each with its place: where it stands in the pane and where it sounds in the recording."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextLine
from PySide6.QtWidgets import QTextEdit

from pmvoice.gui import theme
from pmvoice.transcript import Word

LINE_HEIGHT_PERCENT = 150
NO_WORDS = "No words were heard in this recording."

Formats = Callable[[int], tuple[QTextCharFormat, QTextCharFormat]]  # of a word, and of the space after it


class WordView(QTextEdit):
    """Plain text only: words are inserted with formats, never read as markup. The caret can be moved."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[Word] = ()
        self._starts: list[int] = []  # each word's first character
        self._lit: int | None = None
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(theme.TEXT_MARGIN)
        self.setFont(theme.font(theme.TRANSCRIPT))

    def show_words(self, words: Sequence[Word] | None, formats: Formats) -> None:
        """Show words from the top; with ``None`` nothing at all."""
        self.clear()
        self._words, self._starts, self._lit = words or (), [], None
        self.setExtraSelections([])
        if words is None:
            return
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # laid out once, not once a word
        cursor.setBlockFormat(block)
        for place, word in enumerate(words):
            self._starts.append(cursor.position())
            of_word, of_space = formats(place)
            cursor.insertText(word.text, of_word)
            cursor.insertText(" ", of_space)
        if not words:
            cursor.insertText(NO_WORDS, text_format(theme.colours().muted))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def light(self, seconds: float | None) -> None:
        """Light the word that sounds at this time; none for ``None``."""
        place = None
        if seconds is not None and self._words:
            place = max(bisect_right(self._words, seconds, key=lambda word: word.start_seconds) - 1, 0)
        if place == self._lit:
            return
        self._lit = place
        self.setExtraSelections([] if place is None else [self._selection(place)])
        if place is not None:
            self.keep_in_sight(place)

    def keep_in_sight(self, place: int) -> None:
        """Scroll as far as is needed to see a word."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._starts[place])
        top, bottom = self.cursorRect(cursor).top(), self.cursorRect(cursor).bottom()
        bar = self.verticalScrollBar()
        if top < 0:
            bar.setValue(bar.value() + top)
        elif bottom > self.viewport().height():
            bar.setValue(bar.value() + bottom - self.viewport().height())

    def word_rects(self, first: int, last: int) -> list[QRectF]:
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

    def word_at(self, point: QPoint) -> int | None:
        """The word at a point of the viewport; beside the text there is none."""
        place = bisect_right(self._starts, self.cursorForPosition(point).position()) - 1
        for each in (place, place + 1):
            if 0 <= each < len(self._starts) and any(
                rect.adjusted(-3, -5, 3, 5).contains(QPointF(point)) for rect in self.word_rects(each, each)
            ):
                return each
        return None

    @property
    def caret(self) -> int:
        return self.textCursor().position()

    def put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def put_caret_on(self, place: int) -> None:
        """Put the caret before a word."""
        self.put_caret(self._starts[place])

    def word_at_caret(self) -> int | None:
        place = bisect_right(self._starts, self.caret) - 1
        return place if place >= 0 else None

    def selected_words(self) -> tuple[int, int] | None:
        """The first and the last word of which something is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self._starts:
            return None
        first = max(bisect_right(self._starts, cursor.selectionStart()) - 1, 0)
        if cursor.selectionStart() >= self._end(first):
            first += 1  # it begins in the space between
        last = bisect_left(self._starts, cursor.selectionEnd()) - 1
        return (first, last) if first <= last else None

    def _end(self, place: int) -> int:
        """One past a word's last character."""
        return self._starts[place] + len(self._words[place].text)

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


def text_format(colour: str, ground: QColor | None = None) -> QTextCharFormat:
    """The reading size, in a colour and on a ground."""
    made = QTextCharFormat()
    made.setFont(theme.font(theme.TRANSCRIPT))
    made.setForeground(QColor(colour))
    if ground is not None:
        made.setBackground(ground)
    return made


def _x(line: QTextLine, position: int) -> float:
    x: Any = line.cursorToX(position)  # a pair, which the stubs do not say
    return float(x[0])
