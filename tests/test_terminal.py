"""The commands as a person runs them: a process of its own, the real model, no screen and no sound card."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pmvoice.history import History
from pmvoice.paths import Paths
from pmvoice.transcription.models import Model
from tests.conftest import SAMPLE
from tests.virtual_devices import wait_for

BAD_INPUT = 2


def pmvoice(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a machine with no screen."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in hidden} | environment
    command = [sys.executable, "-m", "pmvoice", *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )


def no_sound_card(folder: Path) -> dict[str, str]:
    """The environment of a machine whose only sound device cannot be opened."""
    config = folder / "alsa.conf"
    config.write_text("pcm.absent { type hw card 99 }\n")
    return {"ALSA_CONFIG_PATH": str(config), "XDG_RUNTIME_DIR": str(folder)}


def test_analyze_prints_the_contract_as_json(paths_with_model: Paths) -> None:
    done = pmvoice("analyze", str(SAMPLE), "--question", "1", "--json")
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["file"] == str(SAMPLE)
    assert report["question"] == 1
    assert report["model"] == "base"
    assert report["duration_seconds"] == pytest.approx(47.35, abs=0.01)
    assert report["fillers"]["count"] == len(report["fillers"]["items"]) == 9
    assert "document assistant" in report["transcript"]
    assert "Traceback" not in done.stderr
    assert not paths_with_model.history.exists()  # not asked to save


def test_rehearse_with_a_recording_prints_and_keeps_the_answer(paths_with_model: Paths) -> None:
    done = pmvoice("rehearse", "--question", "9", "--answer", str(SAMPLE))
    assert done.returncode == 0, done.stderr
    assert "document assistant" in done.stdout
    assert "You said" in done.stdout
    assert "A model answer" in done.stdout
    assert "9 fillers (7 um/uh, 1 phrase" in done.stdout
    assert "How do you prioritize features" in done.stderr
    history = History(paths_with_model)
    (attempt,) = history.attempts()
    assert attempt.question_id == 9
    assert attempt.is_transcribed
    assert attempt.recording.exists()
    history.close()
    listed = json.loads(pmvoice("history", "--json").stdout)
    assert [row["question"] for row in listed] == [9]


def test_analyze_save_keeps_it(paths_with_model: Paths) -> None:
    assert pmvoice("analyze", str(SAMPLE), "--save").returncode == 0
    assert "(no question)" in pmvoice("history").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="its threads are counted in Linux's /proc")
def test_ctrl_c_ends_a_transcription_in_good_order(paths_with_model: Paths) -> None:
    """It is deep in Whisper by then, in several threads."""
    with subprocess.Popen(
        [sys.executable, "-m", "pmvoice", "analyze", str(SAMPLE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job, as this may be, has Ctrl+C ignored, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        wait_for(lambda: process.poll() is not None or len(os.listdir(f"/proc/{process.pid}/task")) > 4)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=60)
    assert (process.returncode, printed, errors) == (130, "", "\nStopped.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
def test_nothing_is_sent_anywhere(paths_with_model: Paths, tmp_path: Path) -> None:
    """With a model at hand, no process and no library reaches out, not even to look up a name."""
    trace = tmp_path / "trace"
    pmvoice_analyze = [sys.executable, "-m", "pmvoice", "analyze", str(SAMPLE), "--save"]
    command = ["strace", "-f", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace)]
    done = subprocess.run(
        [*command, *pmvoice_analyze], capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "document assistant" in done.stdout
    lines = trace.read_text().splitlines()
    assert any("exited with 0" in line for line in lines)  # it was watched to its end
    assert [line for line in lines if "AF_INET" in line] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["analyze", "none.wav"], "none.wav: there is no such file."),
        (["analyze", str(Path(__file__))], "not a sound file that can be read"),
        (["analyze", str(Path(__file__).parent)], "not a sound file."),
        (["analyze", str(SAMPLE), "--question", "99"], "There is no question 99. Choose one from 1 to 32."),
        (["rehearse", "--question", "0", "--answer", str(SAMPLE)], "There is no question 0."),
        (["rehearse", "--answer", "none.wav"], "none.wav: there is no such file."),
        ([], "There is no screen to open a window on. Use 'pmvoice rehearse'"),
        (["analyze"], "the following arguments are required: FILE"),
        (["sing"], "invalid choice: 'sing'"),
    ],
)
def test_bad_input_is_said_in_a_sentence(paths_with_model: Paths, arguments: list[str], says: str) -> None:
    done = pmvoice(*arguments)
    assert done.returncode == BAD_INPUT
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    if paths_with_model.recordings.exists():
        assert list(paths_with_model.recordings.iterdir()) == []


@pytest.mark.parametrize("command", [["history"], ["analyze", str(SAMPLE), "--save"]])
def test_a_folder_that_cannot_be_written_is_said(command: list[str]) -> None:
    done = pmvoice(*command, PMVOICE_HOME="/dev/null/nowhere")
    assert done.returncode == BAD_INPUT
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_goes_on_where_a_folder_cannot_be_written(base_model: Model) -> None:
    done = pmvoice("doctor", "--model", str(base_model.folder), PMVOICE_HOME="/dev/null/nowhere")
    assert done.returncode == 1
    lines = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()}
    assert (lines["disk"], lines["database"], lines["voice"]) == ("FAIL", "FAIL", "ok")
    assert "Traceback" not in done.stderr


def test_what_is_kept_is_private(paths_with_model: Paths) -> None:
    assert pmvoice("analyze", str(SAMPLE), "--save").returncode == 0
    home = paths_with_model.data.parent
    made = [path for path in home.rglob("*") if not path.is_symlink()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {0o700}
    assert any(path.suffix == ".wav" for path in made)


def test_output_that_nobody_reads_is_no_error(paths: Paths) -> None:
    command = f"{sys.executable} -m pmvoice history | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_no_model_is_said_in_a_sentence(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text('{"model": "small"}')
    done = pmvoice("analyze", str(SAMPLE), HF_HUB_OFFLINE="1", HF_HOME=str(paths.cache))
    assert done.returncode == BAD_INPUT
    assert "The speech model 'small' is not on this machine and could not be downloaded" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_microphone_is_said_in_a_sentence(paths_with_model: Paths, tmp_path: Path) -> None:
    done = pmvoice("rehearse", "--question", "9", **no_sound_card(tmp_path))
    assert done.returncode == BAD_INPUT
    assert "No microphone was found." in done.stderr
    assert "No speakers were found." in done.stderr
    assert "Traceback" not in done.stderr
    assert list(paths_with_model.recordings.iterdir()) == []


def test_damaged_settings_are_said_and_do_not_stop_it(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text("{")
    done = pmvoice("history")
    assert done.returncode == 0
    assert "Your settings were damaged." in done.stderr


def test_doctor_says_what_is_missing_and_what_is_fine(paths_with_model: Paths, tmp_path: Path) -> None:
    done = pmvoice("doctor", **no_sound_card(tmp_path))
    lines = {line.split()[1]: line for line in done.stdout.splitlines()}
    assert done.returncode == 1
    assert list(lines) == ["screen", "microphone", "speakers", "voice", "model", "disk", "database"]
    for name in ("screen", "microphone", "speakers"):
        assert lines[name].startswith("FAIL")
    for name in ("voice", "model", "disk", "database"):
        assert lines[name].startswith("ok"), lines[name]
    assert "understood the sample answer" in lines["model"]


def test_doctor_tells_of_a_damaged_model(paths: Paths) -> None:
    folder = paths.models / "base"
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"damaged")
    done = pmvoice("doctor")
    (line,) = [line for line in done.stdout.splitlines() if "model" in line.split()[:2]]
    assert line.startswith("FAIL")
    assert "Delete the folder" in line
