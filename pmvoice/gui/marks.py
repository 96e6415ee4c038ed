"""How the kinds of marks look: each has a line of its own, so that the colour is never needed to tell them.

The transcript, the legend and the waveform draw with the same lines.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from pmvoice.analysis.fillers import FillerKind
from pmvoice.gui import theme

LINE_PIXELS = 2.0
_DASHES = {  # in pixels: drawn, left out
    FillerKind.FILLED_PAUSE: None,
    FillerKind.FILLER_PHRASE: (2.0, 2.0),
    FillerKind.REPETITION: (6.0, 3.0),
}


def colour(kind: FillerKind) -> QColor:
    c = theme.colours()
    return QColor(
        {
            FillerKind.FILLED_PAUSE: c.caution,
            FillerKind.FILLER_PHRASE: c.accent,
            FillerKind.REPETITION: c.muted,
        }[kind]
    )


def ground(kind: FillerKind) -> QColor:
    """The tint behind a mark."""
    return theme.tint(colour(kind).name())


def draw_line(
    painter: QPainter, kind: FillerKind, start: QPointF, length: float, pixels: float = LINE_PIXELS
) -> None:
    """Draw a kind's line: solid, dotted or dashed."""
    pen = QPen(colour(kind), pixels)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes = _DASHES[kind]
    if dashes is not None:
        pen.setDashPattern([part / pixels for part in dashes])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # dots of two pixels, not of grey
    painter.setPen(pen)
    painter.drawLine(start, QPointF(start.x() + length, start.y()))
    painter.restore()


def draw_ring(painter: QPainter, around: QRectF) -> None:
    """Ring the mark that the keys work on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.colours().accent), 2))
    painter.drawRoundedRect(around, 4, 4)
    painter.restore()
