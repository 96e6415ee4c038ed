"""The microphones and speakers of this machine, as PortAudio knows them.

This is also the one door to ``sounddevice`` for ``recorder`` and ``playback``: its import loads the
PortAudio library and fails where that is missing.
"""

from __future__ import annotations

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

    Raises ``UserError`` where there is no microphone, or none of that name.
    """
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
