"""The small parts that pages are put together from: labels, buttons, cards and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pmvoice.gui import icons, theme

Layout = TypeVar("Layout", bound=QBoxLayout)


def label(text: str = "", pixels: int = theme.BODY, *, kind: str = "", bold: bool = False) -> QLabel:
    """A label of plain text: what comes from packs, transcripts and file names is never rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(pixels, bold=bold))
    if kind:
        made.setProperty("kind", kind)
    return made


def caption(text: str) -> QLabel:
    """A pane's caption, in line with the text of the pane below it."""
    made = label(text, theme.SMALL_TEXT, kind="caption")
    made.setContentsMargins(theme.TEXT_MARGIN, 0, 0, 0)
    made.setFixedHeight(20)
    return made


def button(
    text: str, tip: str, on_click: Callable[[], object], *, kind: str = "", icon: str = ""
) -> QPushButton:
    """A button that takes the focus by Tab only, so that a click leaves the page's keys alone."""
    made = QPushButton(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    made.setAccessibleDescription(tip)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        IconKeeper(made, icon)
    made.clicked.connect(lambda _checked=False: on_click())
    return made


class IconKeeper(QObject):
    """Draws a button's icon in the colour of its text, and again when the theme changes."""

    def __init__(self, owner: QAbstractButton, name: str) -> None:
        super().__init__(owner)
        self._owner = owner
        self._name = name
        self._drawn: tuple[str, ...] = ()
        owner.setIconSize(QSize(20, 20))
        owner.installEventFilter(self)
        self._draw()

    def set_name(self, name: str) -> None:
        self._name = name
        self._draw()

    def _draw(self) -> None:
        c = theme.colours()
        kind = self._owner.property("kind")
        colour = {"main": c.on_accent, "quiet": c.accent}.get(kind, c.text)
        wanted = (self._name, colour, c.muted)
        if wanted != self._drawn:  # Qt tells of a new palette often where none is
            self._drawn = wanted
            self._owner.setIcon(icons.icon(*wanted))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        return False


def card(*, margin: int = theme.LARGE) -> tuple[QFrame, QVBoxLayout]:
    """A raised pane and the layout in it."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    return frame, column(frame, margin=margin, spacing=theme.SMALL)


def column(parent: QWidget | None = None, *, margin: int = 0, spacing: int = theme.MEDIUM) -> QVBoxLayout:
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    return _spaced(layout, margin, spacing)


def row(parent: QWidget | None = None, *, margin: int = 0, spacing: int = theme.SMALL) -> QHBoxLayout:
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    return _spaced(layout, margin, spacing)


def _spaced(layout: Layout, margin: int, spacing: int) -> Layout:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


def centred(page: QWidget) -> QVBoxLayout:
    """A column in the middle of ``page`` for all its content, no wider than reads well."""
    content = QWidget()
    content.setMaximumWidth(theme.CONTENT_WIDTH)
    outer = row(page)
    outer.addStretch(1)
    outer.addWidget(content, 100)
    outer.addStretch(1)
    return column(content, margin=theme.HUGE)


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the stylesheet asks for, and have the look follow."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it gets its look when it is shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def key(page: QWidget, sequence: str | Qt.Key, action: Callable[[], object]) -> None:
    """Bind a key on a page. Space and Enter go to the focused button where there is one."""
    shortcut = QShortcut(QKeySequence(sequence), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)
    presses = sequence in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def on_activated() -> None:
        focused = QApplication.focusWidget()
        if presses and isinstance(focused, QAbstractButton) and focused.isEnabled():
            focused.click()
        else:
            action()

    shortcut.activated.connect(on_activated)
