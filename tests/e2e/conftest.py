"""A virtual sound card and a virtual screen: PulseAudio with a null sink, and Xvfb."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.virtual_devices import SoundCard, virtual_sound_card


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


@pytest.fixture(scope="session")
def sound_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundCard]:
    """The virtual sound card, as the system's default, also for child processes."""
    with virtual_sound_card(tmp_path_factory.mktemp("sound")) as card:
        yield card


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
