"""Text -> WAV with the system's voice, one utterance in a child process of its own.

pyttsx3 mixes up its files and goes silent when one process speaks twice, and a native voice can hang;
so each utterance has its own process, a time limit, and one more try. The WAV lies in the cache under a
name made from the text and the pace, so what was spoken once is replayed and never made again.

``speak_to_file`` is the whole of it for callers that may wait (terminal, tests); the window starts the
same child through its own bridge.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from pmvoice import children
from pmvoice.errors import UserError
from pmvoice.paths import private_folder
from pmvoice.sound_files import convert_to_wav, wav_seconds

ROLE = "speech"
WORDS_PER_MINUTE = 165
TIME_LIMIT_SECONDS = 20.0
TRIES = 2
RATE = 22_050  # Hz: what eSpeak NG gives
SHORTEST_SECONDS = 0.1  # a file shorter than this says nothing

VOICE_FAILED = "The voice failed, so the question is shown and not spoken. 'pmvoice doctor' says more."

_log = logging.getLogger(__name__)


class Utterance(msgspec.Struct, frozen=True):
    """What to speak and where to put it."""

    text: str
    path: str
    words_per_minute: int = WORDS_PER_MINUTE

    @classmethod
    def of(cls, text: str, cache: Path) -> Utterance:
        """The utterance of ``text`` with its place in the ``cache`` folder."""
        spoken = f"{WORDS_PER_MINUTE}\n{text}".encode()
        return cls(text, str(cache / f"{hashlib.sha256(spoken).hexdigest()[:32]}.wav"))

    @property
    def is_made(self) -> bool:
        return Path(self.path).exists()


def speak_to_file(text: str, cache: Path, time_limit_seconds: float = TIME_LIMIT_SECONDS) -> Path:
    """Speak ``text`` into a WAV in ``cache`` and return its path; ``UserError`` where the voice fails."""
    utterance = Utterance.of(text, cache)
    for attempt in range(1, TRIES + 1):
        if utterance.is_made:
            break
        try:
            subprocess.run(
                children.command(ROLE),
                input=msgspec.json.encode(utterance),
                check=True,
                timeout=time_limit_seconds,
                capture_output=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            _log.warning("voice, try %d of %d: %s %s", attempt, TRIES, error, getattr(error, "stderr", b""))
    if not utterance.is_made:
        raise UserError(VOICE_FAILED)
    return Path(utterance.path)


# In the child process


def child_main() -> int:
    """Read one ``Utterance`` as JSON from standard input and make its file; the exit status."""
    children.claim_stdout()
    try:
        _make(msgspec.json.decode(sys.stdin.buffer.read(), type=Utterance))
    except (UserError, OSError, RuntimeError, ValueError, ImportError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _make(utterance: Utterance) -> None:
    destination = Path(utterance.path)
    private_folder(destination.parent)
    with tempfile.TemporaryDirectory() as folder:  # the system's, which sweeps up after a killed process
        raw = Path(folder) / "utterance.wav"
        _speak(utterance, raw)
        # macOS writes AIFF whatever the name says, so every voice's file is decoded by its content.
        convert_to_wav(raw, destination, RATE)
    if wav_seconds(destination) < SHORTEST_SECONDS:
        destination.unlink()
        raise RuntimeError("the voice gave an empty file")


def _speak(utterance: Utterance, path: Path) -> None:
    if sys.platform == "linux":
        _bring_espeak()
    import pyttsx3  # after eSpeak NG is in place, which it looks for on import

    finished = False

    def on_finished(**_: object) -> None:
        nonlocal finished
        finished = True

    engine = pyttsx3.init()
    engine.setProperty("rate", utterance.words_per_minute)
    engine.connect("finished-utterance", on_finished)
    engine.save_to_file(utterance.text, str(path))
    engine.runAndWait()
    # runAndWait can return before the file is written; SAPI writes it before and tells nothing. The
    # parent's time limit ends the wait where neither comes.
    while not finished and not (sys.platform == "win32" and path.exists()):
        time.sleep(0.01)


def _bring_espeak() -> None:
    """Load the eSpeak NG that the package ``espeakng-loader`` carries, where pyttsx3 will find it."""
    import os

    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    library = Path(espeakng_loader.get_library_path()).with_name("libespeak-ng.so.1")
    ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
