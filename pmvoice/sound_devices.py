"""The microphones and speakers of this machine, as PortAudio knows them.

This is also the one door to ``sounddevice`` for ``recorder`` and ``playback``: its import loads the
PortAudio library and fails where that is missing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from pmvoice.errors import UserError

try:
    import sounddevice as sounddevice
except OSError as error:  # the Python package is there, the library is not
    raise UserError(
        "The sound library PortAudio is missing. Install it (on Debian and Ubuntu: sudo apt install "
        "libportaudio2) and start again."
    ) from error

NO_MICROPHONE = (
    "No microphone was found. Plug one in, or check that it is switched on in the system's sound settings."
)
NO_SPEAKERS = "No speakers were found. Plug some in, or check the system's sound settings."


_users = 0
_users_change = threading.Lock()


@contextlib.contextmanager
def using_devices() -> Iterator[None]:
    """Hold this while a stream is open: the list of devices then stays as it is."""
    global _users
    with _users_change:
        _users += 1
    try:
        yield
    finally:
        with _users_change:
            _users -= 1


def look_again() -> bool:
    """Have PortAudio list the devices anew (it does so only when it begins); whether that was possible.

    It is not while a stream is open: beginning anew would end it.
    """
    with _users_change:
        if _users:
            return False
        sounddevice._terminate()
        sounddevice._initialize()
        return True


def microphones() -> list[str]:
    """The names of the microphones there are, each once; an empty list where there is none."""
    try:
        devices = sounddevice.query_devices()
    except sounddevice.PortAudioError:
        return []
    return list(dict.fromkeys(str(d["name"]) for d in devices if d["max_input_channels"] > 0))


def default_microphone() -> str:
    """The name of the microphone that the system uses; ``UserError`` where there is none."""
    return _default("input", NO_MICROPHONE)


def default_speakers() -> str:
    """The name of the speakers that the system uses; ``UserError`` where there are none."""
    return _default("output", NO_SPEAKERS)


def _default(kind: str, missing: str) -> str:
    try:
        return str(sounddevice.query_devices(kind=kind)["name"])
    except (sounddevice.PortAudioError, ValueError) as error:
        raise UserError(missing) from error


def find_microphone(name: str | None) -> int | None:
    """PortAudio's handle of the microphone with this name (``None``: the system's default).

    One that was plugged in since the program began is found too. Raises ``UserError`` where there is no
    microphone, or none of that name.
    """
    try:
        return _find_microphone(name)
    except UserError:
        if not look_again():
            raise
    return _find_microphone(name)


def _find_microphone(name: str | None) -> int | None:
    if name is None:
        default_microphone()
        return None
    try:
        for device in sounddevice.query_devices():
            if device["name"] == name and device["max_input_channels"] > 0:
                return int(device["index"])
    except sounddevice.PortAudioError as error:
        raise UserError(NO_MICROPHONE) from error
    raise UserError(f"The microphone '{name}' is not there. Plug it in, or choose another.")
