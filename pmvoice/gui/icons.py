"""The pictures on buttons: qtawesome's, and a few of our own that are there when the window appears."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from pmvoice.gui import theme
from pmvoice.paths import resource

# Those of the first page, drawn by ``assets/icon-NAME-light.svg`` and ``-dark.svg``, in one colour each.
# qtawesome takes longer to import than the window to appear, so it comes after.
OWN = ("start", "look-again")


def icon(name: str, colour: str, muted: str) -> QIcon:
    """The picture ``name`` in a colour, muted where its button is disabled; ours have their own colours."""
    if name in OWN:
        return QIcon(str(resource(f"assets/icon-{name}-{theme.name()}.svg")))
    import qtawesome

    made: QIcon = qtawesome.icon(name, color=colour, color_disabled=muted)
    return made
