import pytest
from PySide6.QtGui import QColor

from pmvoice.gui.theme import DARK, LIGHT, Colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    parts = QColor(colour)
    red, green, blue = parts.redF(), parts.greenF(), parts.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("text", ["text", "muted", "accent", "good", "caution", "bad", "record"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_text_can_be_read(theme: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["accent", "record"])
def test_text_on_buttons_can_be_read(theme: Colours, ground: str) -> None:
    assert contrast(theme.on_accent, getattr(theme, ground)) >= 4.5
