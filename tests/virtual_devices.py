"""PulseAudio as a virtual sound card, on real drivers' ways: for the tests and the benchmarks."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pmvoice.sound_devices import sounddevice

SINK, SOURCE = "vmic_sink", "vmic"


@dataclass(frozen=True, slots=True)
class SoundCard:
    """A sound card whose microphone hears what is played into it, and whose speakers are that sink too."""

    environment: dict[str, str]

    def play_into_microphone(self, wav: Path) -> subprocess.Popen[bytes]:
        """Speak a WAV into the microphone; returns at once."""
        return subprocess.Popen(["paplay", f"--device={SINK}", str(wav)], env=os.environ | self.environment)


@contextmanager
def virtual_sound_card(home: Path) -> Iterator[SoundCard]:
    """The virtual sound card, as the system's default, also for child processes; files go into ``home``."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    environment = {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PULSE_SERVER": f"unix:{runtime}/pulse/native",
    }
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    pulse = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error"),
            *("-L", f"module-null-sink sink_name={SINK}"),
            *("-L", f"module-remap-source master={SINK}.monitor source_name={SOURCE}"),
            *("-L", "module-native-protocol-unix"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: (runtime / "pulse" / "native").exists())
        _look_for_devices_again()
        yield SoundCard(environment)
    finally:
        pulse.terminate()
        pulse.wait(10)
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        _look_for_devices_again()


def _look_for_devices_again() -> None:
    """PortAudio lists the devices once, when it is begun."""
    sounddevice._terminate()
    sounddevice._initialize()


def wait_for(is_so: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something outside this process is so; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)
