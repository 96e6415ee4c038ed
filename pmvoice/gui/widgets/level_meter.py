"""How loud the microphone is, now and in the last seconds, as a row of bars that moves with the voice."""

from __future__ import annotations

import math
from collections import deque

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmvoice.gui import theme

FLOOR_DECIBELS = -50.0
BARS = 80


class LevelMeter(QWidget):
    """The last ``BARS`` levels, the newest on the right, on a scale of decibels."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: deque[float] = deque([0.0] * BARS, maxlen=BARS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Microphone level")
        self.clear()

    def clear(self) -> None:
        self._levels.extend([0.0] * BARS)
        self.update()

    def add(self, level: float) -> None:
        """Show a peak, 0 .. 1 of full scale."""
        decibels = 20 * math.log10(level) if level > 0 else FLOOR_DECIBELS
        self._levels.append(min(max(1 - decibels / FLOOR_DECIBELS, 0.0), 1.0))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / BARS
        for place, level in enumerate(self._levels):
            height = max(level * self.height(), 2.0)
            painter.setBrush(QColor(c.accent if level > 0.02 else c.line))
            painter.drawRoundedRect(
                QRectF(place * step, (self.height() - height) / 2, max(step - 2, 1.0), height), 1.5, 1.5
            )
