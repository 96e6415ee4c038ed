"""Where everything lies: the person's files, and the files that come with the program.

The person's files are private: folders are made 0700 and files 0600, from the first byte, by the umask
that ``make_private`` sets. ``PMVOICE_HOME`` moves all of them into one folder of the person's choice.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from pmvoice.errors import UserError


class Paths(msgspec.Struct, frozen=True):
    """The folders of one person on one machine."""

    data: Path
    cache: Path
    config: Path

    @classmethod
    def of_this_person(cls) -> Paths:
        """The folders that the system keeps for programs, or those below ``PMVOICE_HOME``."""
        home = os.environ.get("PMVOICE_HOME")
        if home:
            return cls.below(Path(home).expanduser().absolute())
        import platformdirs

        folders = platformdirs.PlatformDirs("pmvoice", appauthor=False)
        return cls(Path(folders.user_data_dir), Path(folders.user_cache_dir), Path(folders.user_config_dir))

    @classmethod
    def below(cls, root: Path) -> Paths:
        """All folders below one root."""
        return cls(root / "data", root / "cache", root / "config")

    @property
    def recordings(self) -> Path:
        return self.data / "recordings"

    @property
    def history(self) -> Path:
        return self.data / "history.sqlite3"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def log(self) -> Path:
        return self.data / "pmvoice.log"

    @property
    def speech(self) -> Path:
        return self.cache / "speech"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"


def make_private() -> None:
    """Let every file and folder that this process makes be for this person alone."""
    os.umask(0o077)


def private_folder(folder: Path) -> Path:
    """Make ``folder`` (and what leads to it) if it is missing, mode 0700, and return it.

    Raises ``UserError`` where it cannot be made.
    """
    try:
        for each in reversed([folder, *folder.parents]):
            each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made ({error.strerror}). Give pmvoice a folder that it may write "
            f"to, or name another one with PMVOICE_HOME."
        ) from error
    return folder


def resource(name: str) -> Path:
    """A file that comes with the program, such as ``questions.json`` or ``assets/icon.svg``.

    It lies in the top folder of a checkout, in ``pmvoice/_resources`` of an installed package, and in
    the folder that PyInstaller unpacks of a frozen program.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen)] if frozen else [package / "_resources", package.parent]
    return next((root / name for root in roots if (root / name).exists()), roots[-1] / name)
