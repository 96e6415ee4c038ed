"""The time spoken, as a ring that fills towards the target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmvoice.gui import theme
from pmvoice.phrasing import clock

DIAMETER, LEAST_DIAMETER = 176, 104
THICKNESS = 8


class AnswerRing(QWidget):
    """Elapsed time in the middle, the target below it, and the share of the target around them."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0
        self._target = 90
        self._recording = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(LEAST_DIAMETER)
        self.setMaximumHeight(DIAMETER)
        self.setAccessibleName("Time")

    def set_target(self, seconds: int) -> None:
        self._target = seconds
        self.set_time(0.0, recording=False)

    def set_time(self, seconds: float, *, recording: bool) -> None:
        self._seconds = seconds
        self._recording = recording
        self.setAccessibleDescription(f"{clock(seconds)} of {clock(self._target)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(DIAMETER, DIAMETER)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 2 * THICKNESS
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QRectF(self.rect()).center())
        scale = side / (DIAMETER - 2 * THICKNESS)
        painter.setPen(QPen(QColor(c.line), THICKNESS))
        painter.drawEllipse(ring)
        share = min(self._seconds / self._target, 1.0)
        if share > 0:
            colour = c.caution if self._seconds > self._target else c.record if self._recording else c.accent
            pen = QPen(QColor(colour), THICKNESS)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -int(share * 360 * 16))
        painter.setPen(QColor(c.text))
        painter.setFont(theme.font(int(theme.TIMER * scale), bold=True))
        painter.drawText(ring.translated(0, -8 * scale), Qt.AlignmentFlag.AlignCenter, clock(self._seconds))
        painter.setPen(QColor(c.muted))
        painter.setFont(theme.font(theme.SMALL_TEXT))
        painter.drawText(
            ring.translated(0, 28 * scale), Qt.AlignmentFlag.AlignCenter, f"of {clock(self._target)}"
        )
