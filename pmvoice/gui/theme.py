"""Colours, spacing and type in one place, light and dark after the system."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pmvoice.paths import resource

# Spacing, in logical pixels.
TINY, SMALL, MEDIUM, LARGE, HUGE = 4, 8, 16, 24, 32
RADIUS = 8
TEXT_MARGIN = 4  # round a text pane's text: room for the ring of a mark at the edge

# Type, in logical pixels.
SMALL_TEXT, BODY, TRANSCRIPT, HEADING, QUESTION, TIMER = 13, 15, 17, 20, 28, 40

STYLE = "Fusion"
SCHEME = "pmvoice_scheme"  # the application's property that holds a scheme chosen over the system's

CONTENT_WIDTH = 1160  # a page's content is at most this wide, and centred


class Colours(msgspec.Struct, frozen=True):
    """The tokens of one theme."""

    ground: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    caution: str
    bad: str
    record: str


LIGHT = Colours(
    ground="#F7F7F5",
    surface="#FFFFFF",
    line="#E2E3E0",
    text="#1B1D20",
    muted="#5A6068",
    accent="#2B5C8A",
    on_accent="#FFFFFF",
    good="#2B7A4B",
    caution="#8F6000",
    bad="#B0342C",
    record="#C9302C",
)
DARK = Colours(
    ground="#15171A",
    surface="#1D2024",
    line="#30353B",
    text="#ECEDEE",
    muted="#A3AAB2",
    accent="#7DB1E6",
    on_accent="#10141A",
    good="#6AC48D",
    caution="#DFB04F",
    bad="#F08A80",
    record="#FF6B61",
)


def colours() -> Colours:
    """The tokens of the theme that is on: the one ``dress`` was given, or the system's."""
    application = QGuiApplication.instance()
    chosen = application.property(SCHEME) if application else None
    scheme = chosen or QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def name() -> str:
    """What the theme that is on is called in the names of files."""
    return "dark" if colours() is DARK else "light"


def tint(colour: str) -> QColor:
    """The pale form of a colour that marks words, 18 %."""
    pale = QColor(colour)
    pale.setAlphaF(0.18)
    return pale


def _mixed(colour: str, ground: str) -> QColor:
    """``tint`` as it looks on a ground, for places that take no transparency."""
    top, below, share = QColor(colour), QColor(ground), tint(colour).alphaF()
    return QColor.fromRgbF(
        share * top.redF() + (1 - share) * below.redF(),
        share * top.greenF() + (1 - share) * below.greenF(),
        share * top.blueF() + (1 - share) * below.blueF(),
    )


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The system's face at a size, with figures of one width."""
    face = QFont(QApplication.font())
    face.setPixelSize(pixels)
    if bold:
        face.setWeight(QFont.Weight.DemiBold)
    face.setFeature(QFont.Tag.fromString("tnum"), 1)
    return face


def dressed_application(program: str) -> QApplication:
    """The application, made and dressed.

    The style is named to the constructor: ``setStyle`` returns it, for which PySide makes all the
    enumerations of ``QStyle``, a twentieth of the time to the first painted window.
    """
    application = QApplication([program, "-style", STYLE])
    _put_on(application)
    return application


def dress(application: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Give an application that is there its look: in ``scheme``, or (``None``) in step with the system's."""
    application.setProperty(SCHEME, scheme)
    application.setStyle(STYLE)
    _put_on(application)


def _put_on(application: QApplication) -> None:
    base = application.font()
    base.setPixelSize(BODY)
    application.setFont(base)
    hints = application.styleHints()

    def apply() -> None:
        application.setPalette(_palette(colours()))
        application.setStyleSheet(_stylesheet(colours()))

    hints.colorSchemeChanged.connect(apply)
    apply()


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for each, colour in {
        role.Window: c.ground,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.ground,
        role.Text: c.text,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.PlaceholderText: c.muted,
        role.Highlight: c.accent,
        role.HighlightedText: c.on_accent,
        role.Link: c.accent,
        role.ToolTipBase: c.surface,
        role.ToolTipText: c.text,
    }.items():
        palette.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(c.muted))
    return palette


def _stylesheet(c: Colours) -> str:
    chevron = resource(f"assets/chevron-{name()}.svg").as_posix()
    selection = _mixed(c.accent, c.surface).name()
    return f"""
    QWidget {{ color: {c.text}; }}
    QMainWindow, QDialog, QMessageBox {{ background: {c.ground}; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {TINY}px; }}
    QLabel[kind="muted"], QLabel[kind="caption"] {{ color: {c.muted}; }}
    QLabel[kind="problem"] {{ color: {c.bad}; }}
    QLabel[kind="recording"] {{ color: {c.record}; }}
    QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
    QFrame[kind="bar"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
    QFrame[kind="foot"] {{ background: {c.ground}; border: none; border-top: 1px solid {c.line}; }}

    QPushButton {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        padding: 7px {MEDIUM}px; min-height: 22px;
    }}
    QPushButton:hover {{ border-color: {c.muted}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.ground}; border-color: {c.line}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 15px; }}
    QPushButton[kind="main"] {{
        background: {c.accent}; color: {c.on_accent}; border: 2px solid {c.accent};
        padding: 11px {LARGE}px; font-size: {TRANSCRIPT}px; font-weight: 600;
    }}
    QPushButton[kind="main"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[kind="main"]:disabled {{
        background: {c.line}; border-color: {c.line}; color: {c.muted};
    }}
    QPushButton[kind="main"][recording="true"] {{
        background: {c.record}; border-color: {c.record}; color: {c.on_accent};
    }}
    QPushButton[kind="nav"] {{
        background: transparent; border: 2px solid transparent; color: {c.muted}; padding: 5px 10px;
    }}
    QPushButton[kind="nav"]:checked {{ color: {c.text}; background: {c.ground}; }}
    QPushButton[kind="nav"]:focus {{ border: 2px solid {c.accent}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border: 1px solid transparent; color: {c.accent}; }}
    QPushButton[kind="quiet"]:hover {{ border-color: {c.line}; }}
    QPushButton[kind="quiet"]:disabled {{ color: {c.muted}; }}
    QPushButton[kind="quiet"]:focus {{ border: 2px solid {c.accent}; }}
    QPushButton[kind="link"] {{
        background: transparent; border: 1px solid transparent; border-radius: {TINY}px; color: {c.accent};
        padding: 0 3px; min-height: 16px; font-size: {SMALL_TEXT}px;
    }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="link"]:disabled {{ color: {c.muted}; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {c.accent}; padding: 0 2px; min-height: 14px; }}
    QPushButton[kind="area"] {{ min-height: 58px; padding: 0; }}
    QPushButton[kind="area"]:focus, QPushButton[kind="area"]:checked {{
        border: 2px solid {c.accent}; padding: 0; min-height: 56px;
    }}
    QPushButton[kind="area"]:checked:focus {{ border: 2px solid {c.text}; }}
    QPushButton[kind="chip"]:checked {{ border: 2px solid {c.accent}; color: {c.accent}; padding: 6px 15px; }}
    QPushButton[kind="chip"]:checked:focus {{ border: 2px solid {c.text}; }}
    QLabel[kind="chosen"] {{ color: {c.accent}; }}

    QComboBox, QLineEdit {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        padding: 7px 12px; min-height: 22px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QComboBox:focus, QLineEdit:focus {{ border: 2px solid {c.accent}; padding: 6px 11px; }}
    QComboBox::drop-down {{ border: none; width: {HUGE}px; }}
    QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line}; padding: {TINY}px; }}

    QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: {TINY}px; }}
    QMenu::item {{ padding: 6px {LARGE}px 6px 12px; border-radius: {TINY}px; }}
    QMenu::item:selected {{ background: {selection}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: {TINY}px {SMALL}px; }}

    QTextEdit {{ background: transparent; border: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QTableView {{
        background: {c.surface}; border: 1px solid {c.line}; border-radius: {RADIUS}px;
        selection-background-color: {selection}; selection-color: {c.text}; outline: none;
    }}
    QTableView:focus {{ border-color: {c.accent}; }}
    QTableView::item {{ padding: {SMALL}px 12px; border-bottom: 1px solid {c.line}; }}
    QHeaderView {{ background: {c.surface}; border-radius: {RADIUS}px; }}
    QHeaderView::section {{
        background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
        padding: {SMALL}px 15px; font-size: {SMALL_TEXT}px;
    }}
    QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 3px; min-height: {LARGE}px; }}
    QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.line}; border-radius: 3px; min-width: {LARGE}px; }}
    """
