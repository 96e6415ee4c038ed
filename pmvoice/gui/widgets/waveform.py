"""The outline of a recording, with where it is played and where fillers are; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmvoice.analysis.fillers import Filler
from pmvoice.gui import marks, theme
from pmvoice.phrasing import clock
from pmvoice.sound_files import Samples

COLUMNS = 220
STEP_SECONDS = 5.0
MARK_WIDTH = 15.0  # pixels; room for two dashes


class Waveform(QWidget):
    """A recording as ``COLUMNS`` bars."""

    sought = Signal(float)  # seconds

    def __init__(self) -> None:
        super().__init__()
        self._columns: Samples = np.zeros(COLUMNS, dtype=np.float32)
        self._seconds = 0.0
        self._position = 0.0
        self._fillers: Sequence[Filler] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Place in the recording")
        self.setToolTip("Click to go there; left and right arrow move by five seconds")

    def show_recording(self, columns: Samples, seconds: float) -> None:
        """Show an outline, shape (COLUMNS,), of a recording of this length."""
        self._columns = columns / max(float(columns.max(initial=0.0)), 0.05)
        self._seconds = seconds
        self._fillers = ()
        self.set_position(0.0)

    def show_fillers(self, fillers: Sequence[Filler]) -> None:
        self._fillers = fillers
        self.update()

    def set_position(self, seconds: float) -> None:
        self._position = seconds
        self.setAccessibleDescription(f"{clock(seconds)} of {clock(self._seconds)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 52)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._seconds:
            self.sought.emit(min(max(event.position().x() / self.width(), 0.0), 1.0) * self._seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -STEP_SECONDS, Qt.Key.Key_Right: STEP_SECONDS}.get(Qt.Key(event.key()))
        if step is None or not self._seconds:
            super().keyPressEvent(event)
        else:
            self.sought.emit(min(max(self._position + step, 0.0), self._seconds))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wave = QRectF(0, 0, self.width(), self.height() - 8)
        step = wave.width() / COLUMNS
        played = self._position / self._seconds * COLUMNS if self._seconds else 0
        for place, peak in enumerate(self._columns):
            height = max(float(peak) * wave.height(), 2.0)
            painter.setBrush(QColor(c.accent if place < played else c.muted))
            painter.setOpacity(1.0 if place < played else 0.55)
            painter.drawRoundedRect(
                QRectF(place * step, (wave.height() - height) / 2, max(step - 1.5, 1.0), height), 1, 1
            )
        painter.setOpacity(1.0)
        self._draw_marks(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _draw_marks(self, painter: QPainter) -> None:
        """The line of each mark's kind under the wave, as in the transcript: solid, dotted or dashed.

        One that would lie on the one before is moved aside, so that each can be told.
        """
        free = 0.0
        for filler in self._fillers if self._seconds else ():
            x = max(filler.start_seconds / self._seconds * self.width(), free)
            x = min(x, self.width() - MARK_WIDTH)
            marks.draw_line(painter, filler.kind, QPointF(x, self.height() - 3.0), MARK_WIDTH, pixels=3.0)
            free = x + MARK_WIDTH + 3.0
