"""What the person chose, in one JSON file that survives restarts."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import Annotated

import msgspec

from pmvoice.errors import UserError
from pmvoice.paths import private_folder


class Mode(Enum):
    """How a round is gone through: with help at hand, or as in the interview itself."""

    PRACTICE = "practice"
    LIVE = "live"


class Settings(msgspec.Struct, frozen=True):
    """All choices, with their defaults.

    ``microphone`` is a device's name, or ``None`` for the system's default; ``model`` a release's name or
    a folder; ``area`` an area's id, or ``None`` for all; ``question_count`` ``None`` for all; the last two
    say in which mode the person sees captions while they speak.
    """

    microphone: str | None = None
    model: str = "base"
    area: str | None = None
    question_count: Annotated[int, msgspec.Meta(ge=1)] | None = 3
    mode: Mode = Mode.PRACTICE
    practice_captions: bool = True
    live_captions: bool = False

    @property
    def has_captions(self) -> bool:
        """Whether captions are shown in the chosen mode."""
        return self.practice_captions if self.mode is Mode.PRACTICE else self.live_captions

    def with_captions(self, has_captions: bool) -> Settings:
        """The settings with captions shown, or not, in the chosen mode."""
        if self.mode is Mode.PRACTICE:
            return msgspec.structs.replace(self, practice_captions=has_captions)
        return msgspec.structs.replace(self, live_captions=has_captions)


def load_settings(path: Path) -> tuple[Settings, str | None]:
    """The settings in ``path`` and, where the file was damaged, a sentence that says so.

    A damaged file is kept beside itself under another name, never overwritten.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, msgspec.MsgspecError):
        aside = path.with_name(path.name + ".damaged")
        try:
            os.replace(path, aside)
        except OSError:
            return Settings(), f"Your settings cannot be read ({path}). The defaults are used."
        return Settings(), f"Your settings were damaged. They are kept as {aside}; defaults are used."


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings so that the file is either the old one or the new one, never half of it.

    Raises ``UserError`` where that cannot be done.
    """
    private_folder(path.parent)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
        os.replace(part, path)
    except OSError as error:
        raise UserError(
            f"Your choice holds for now but cannot be kept ({path}: {error.strerror}). Make room, or see who "
            "may write there."
        ) from error
