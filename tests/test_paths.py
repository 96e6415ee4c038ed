import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pmvoice.paths import Paths, private_folder, resource


def test_one_folder_holds_everything_where_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PMVOICE_HOME", str(tmp_path))
    paths = Paths.of_this_person()
    for each in (paths.recordings, paths.history, paths.models, paths.log, paths.speech, paths.settings):
        assert each.is_relative_to(tmp_path)


def test_the_systems_folders_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PMVOICE_HOME", raising=False)
    assert "pmvoice" in str(Paths.of_this_person().data)


def test_folders_are_private(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["questions.json", "assets/sample-answer.flac", "assets/icon.svg"])
def test_resources_come_along(name: str) -> None:
    assert resource(name).is_file()


def test_resources_are_found_in_a_wheel(tmp_path: Path) -> None:
    """The files that lie beside the package in a checkout lie in it once it is installed."""
    project = Path(__file__).parent.parent
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheel")]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    site = tmp_path / "site"
    unpack = [sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)]
    subprocess.run(unpack, check=True)
    code = "import pmvoice.questions as q; print(len(q.load_bank().questions), q.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=site, check=True, capture_output=True, text=True
    ).stdout
    assert found.startswith("32 ")
    assert str(site) in found
