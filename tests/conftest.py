"""What all tests share: a data folder of their own, the real model, and the sample answer."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as for the program itself, see __main__
os.environ["HF_HUB_OFFLINE"] = "1"  # nothing is fetched in tests; the download has a hub of its own

import numpy as np
import pytest
from numpy.typing import NDArray

from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.paths import Paths, private_folder, resource
from pmvoice.questions import Bank, load_bank
from pmvoice.sound_files import FULL_SCALE, convert_to_wav, read_wav
from pmvoice.transcript import Transcript
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe
from pmvoice.transcription.models import Model, provide_model

SAMPLE = resource("assets/sample-answer.flac")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The folders of a new person, also for child processes."""
    monkeypatch.setenv("PMVOICE_HOME", str(tmp_path / "home"))
    return Paths.of_this_person()


@pytest.fixture(scope="session")
def bank() -> Bank:
    return load_bank()


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for models that the whole run shares, because the model is large."""
    return private_folder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def base_model(models_folder: Path) -> Model:
    """The real model ``base``."""
    return provide_model("base", models_folder, lambda task, done: None)


@pytest.fixture
def paths_with_model(paths: Paths, base_model: Model) -> Paths:
    """The folders of a person who has the model already."""
    private_folder(paths.models)
    (paths.models / "base").symlink_to(base_model.folder)
    return paths


@pytest.fixture(scope="session")
def engine(base_model: Model) -> Engine:
    return Engine(base_model)


@pytest.fixture(scope="session")
def sample_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample answer as the recorder would have written it."""
    wav = tmp_path_factory.mktemp("sample") / "sample.wav"
    convert_to_wav(SAMPLE, wav)
    return wav


@pytest.fixture(scope="session")
def sample_transcript(engine: Engine, sample_wav: Path) -> Transcript:
    samples, _ = read_wav(sample_wav)
    return transcribe(engine, samples)


@pytest.fixture(scope="session")
def sample_feedback(sample_transcript: Transcript) -> Feedback:
    return analyse(sample_transcript)


@pytest.fixture(scope="session")
def sample_sound(sample_wav: Path) -> NDArray[np.int16]:
    """The sample answer as a microphone would hear it: int16, shape (frames,), 16 kHz."""
    samples, _ = read_wav(sample_wav)
    return (samples * FULL_SCALE).astype(np.int16)
