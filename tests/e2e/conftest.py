"""A virtual sound card and a virtual screen: PulseAudio with a null sink, and Xvfb."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pmvoice.sound_devices import sounddevice

SINK, SOURCE = "vmic_sink", "vmic"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out only where the virtual sound card cannot be had at all.

    Where it merely is not installed, they fail and say so.
    """
    if sys.platform != "linux":
        reason = "the virtual sound card is Linux's"
    elif shutil.which("pipewire") and not shutil.which("pulseaudio"):
        reason = "PulseAudio, the virtual sound card, cannot be installed beside PipeWire"
    else:
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@dataclass(frozen=True, slots=True)
class SoundCard:
    """A sound card whose microphone hears what is played into it, and whose speakers are that sink too."""

    environment: dict[str, str]

    def play_into_microphone(self, wav: Path) -> subprocess.Popen[bytes]:
        """Speak a WAV into the microphone; returns at once."""
        return subprocess.Popen(["paplay", f"--device={SINK}", str(wav)], env=os.environ | self.environment)


@pytest.fixture(scope="session")
def sound_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundCard]:
    """The virtual sound card, as the system's default, also for child processes."""
    home = tmp_path_factory.mktemp("sound")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    environment = {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PULSE_SERVER": f"unix:{runtime}/pulse/native",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        pulse = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error"),
                *("-L", f"module-null-sink sink_name={SINK}"),
                *("-L", f"module-remap-source master={SINK}.monitor source_name={SOURCE}"),
                *("-L", "module-native-protocol-unix"),
            ],
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: (runtime / "pulse" / "native").exists())
        _look_for_devices_again()
        yield SoundCard(environment)
        pulse.terminate()
        pulse.wait(10)
    _look_for_devices_again()


def _look_for_devices_again() -> None:
    """PortAudio lists the devices once, when it is begun."""
    sounddevice._terminate()
    sounddevice._initialize()


@dataclass(frozen=True, slots=True)
class Screen:
    """A virtual screen, and the file in which its picture lies (XWD)."""

    display: str
    framebuffer: Path

    def colours(self) -> set[int]:
        """The colours that are on it, as 0xRRGGBB."""
        data = self.framebuffer.read_bytes()
        header = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 100, 4)]
        header_size, colour_count = header[0], header[19]
        pixels = memoryview(data)[header_size + 12 * colour_count :].cast("I")
        return {pixel & 0xFFFFFF for pixel in pixels}


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """Xvfb on a display of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-fbdir", str(tmp_path)],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    yield Screen(f":{display}", tmp_path / "Xvfb_screen0")
    server.terminate()
    server.wait(10)


def wait_for(is_so: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something outside this process is so; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)
