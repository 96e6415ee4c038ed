import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from pmvoice.__main__ import FOR_LIBRARIES
from pmvoice.errors import UserError
from pmvoice.transcription.models import MODEL_FILES, RELEASES, Model, Release, find_model, provide_model

CONTENT = {name: f"the content of {name}\n".encode() * 5000 for name in MODEL_FILES}
TINY = Release(
    "pretend", "0" * 40, {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
)


def nobody_listens(task: str, done: float) -> None:
    """Progress that is not looked at."""


def write_model(folder: Path, content: dict[str, bytes] = CONTENT) -> Path:
    folder.mkdir(parents=True)
    for name, data in content.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Release:
    """A release of a few kilobytes, and a Hugging Face cache with nothing in it."""
    monkeypatch.setitem(RELEASES, TINY.name, TINY)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return TINY


def test_base_is_put_together_from_its_halves(base_model: Model) -> None:
    assert base_model.name == "base"
    for name, expected in RELEASES["base"].sha256.items():
        with (base_model.folder / name).open("rb") as file:
            assert hashlib.file_digest(file, "sha256").hexdigest() == expected
    assert [each.name for each in base_model.folder.parent.iterdir()] == ["base"]


def test_base_is_not_put_together_twice(base_model: Model) -> None:
    before = (base_model.folder / "model.bin").stat().st_mtime_ns
    tasks: set[str] = set()
    again = provide_model("base", base_model.folder.parent, lambda task, done: tasks.add(task))
    assert again == base_model
    assert tasks == {"Checking the speech model"}
    assert (base_model.folder / "model.bin").stat().st_mtime_ns == before


def test_joining_that_stops_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full_disk)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(UserError, match="No space left"):
        provide_model("base", tmp_path, nobody_listens)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", MODEL_FILES)
def test_a_damaged_file_is_refused_with_the_way_to_mend_it(tmp_path: Path, tiny: Release, name: str) -> None:
    content = dict(CONTENT)
    content[name] = bytes([content[name][0] ^ 1]) + content[name][1:]  # one bit
    folder = write_model(tmp_path / "models" / tiny.name, content)
    with pytest.raises(UserError) as error:
        provide_model(tiny.name, tmp_path / "models", nobody_listens)
    assert str(folder / name) in str(error.value)
    assert f"Delete the folder {folder}" in str(error.value)


def test_the_apps_own_folder_comes_before_the_hubs_cache(tmp_path: Path, tiny: Release) -> None:
    cached = write_model(
        tmp_path / "hub" / "models--Systran--faster-whisper-pretend" / "snapshots" / tiny.revision
    )
    assert find_model(tiny, tmp_path / "models") == cached
    own = write_model(tmp_path / "models" / tiny.name)
    assert find_model(tiny, tmp_path / "models") == own


def test_a_named_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine")
    assert provide_model(str(folder), tmp_path / "models", nobody_listens) == Model("mine", folder)
    (folder / "config.json").unlink()
    with pytest.raises(UserError, match=r"no speech model for faster-whisper: config\.json is missing"):
        provide_model(str(folder), tmp_path / "models", nobody_listens)


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no speech model 'enormous'\. Choose base, small"):
        provide_model("enormous", tmp_path, nobody_listens)


# The hub


class Hub(http.server.BaseHTTPRequestHandler):
    """As much of the hub as a download asks for, with the files of ``TINY``."""

    requests: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        self.requests.append(self.path)
        prefix = f"/{TINY.repository}/resolve/{TINY.revision}/"
        content = CONTENT.get(self.path.removeprefix(prefix)) if self.path.startswith(prefix) else None
        self.send_response(404 if content is None else 200)
        content = content or b""
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", TINY.revision)
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def hub() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Hub.requests = []
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


DOWNLOAD = """
import pathlib, sys
from tests.test_models import TINY
from pmvoice.errors import UserError
from pmvoice.transcription import models
models.RELEASES[TINY.name] = TINY
try:
    model = models.provide_model(TINY.name, pathlib.Path(sys.argv[1]), lambda task, done: print(task, done))
    print(model.folder)
except UserError as error:
    print(error)
"""


def download(tmp_path: Path, hub: str) -> list[str]:
    """What a process of its own prints: the hub's library reads its address and offline mode at import."""
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    environment |= FOR_LIBRARIES | {
        "HF_ENDPOINT": hub, "HF_HOME": str(tmp_path / "hub"), "HF_HUB_DISABLE_XET": "1",
        "PYTHONPATH": str(Path(__file__).parent.parent), "HF_HUB_ETAG_TIMEOUT": "2",
    }  # fmt: skip
    command = [sys.executable, "-c", DOWNLOAD, str(tmp_path / "models")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout.splitlines()


def test_a_missing_model_is_downloaded_at_its_revision(tmp_path: Path, hub: str) -> None:
    lines = download(tmp_path, hub)
    folder = tmp_path / "models" / TINY.name
    assert lines[-1] == str(folder)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == CONTENT
    assert "Downloading the speech model (model.bin) 1.0" in lines
    assert all(f"/resolve/{TINY.revision}/" in request for request in Hub.requests)
    requests = len(Hub.requests)
    assert download(tmp_path, hub)[-1] == str(folder)
    assert len(Hub.requests) == requests  # it is there now, so nothing is asked of anyone


def test_a_download_without_a_network_is_said(tmp_path: Path) -> None:
    *_, line = download(tmp_path, "http://127.0.0.1:9")
    assert "could not be downloaded" in line
    assert "Recordings are safe" in line
