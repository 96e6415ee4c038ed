"""Whether a window can be opened here, asked without Qt: Qt itself ends the process where it cannot."""

from __future__ import annotations

import ctypes
import os
import sys

from pmvoice.errors import UserError

NO_SCREEN = "There is no screen to open a window on. Use 'pmvoice rehearse' to practise in the terminal."


def check_screen() -> str:
    """What the window would be shown on; ``UserError`` where there is nothing."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if sys.platform != "linux":
        return "the system's desktop"
    if platform not in ("", "xcb", "wayland"):
        return f"Qt's platform '{platform}'"
    if os.environ.get("WAYLAND_DISPLAY") and platform != "xcb":
        return f"Wayland display {os.environ['WAYLAND_DISPLAY']}"
    display = os.environ.get("DISPLAY")
    if display and _x_server_answers():
        return f"X display {display}"
    raise UserError(NO_SCREEN)


def _x_server_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")  # Qt's own loads it by this name too
    except OSError:  # not ours to judge: Qt says what it is missing
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    # Left open: a server whose last client leaves may begin anew, and would while Qt connects to it.
    return bool(xcb.xcb_connection_has_error(connection) == 0)
