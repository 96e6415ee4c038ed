import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmvoice import children
from pmvoice.paths import Paths
from pmvoice.sound_files import RATE, WavWriter
from pmvoice.transcript import Transcript
from pmvoice.transcription import worker
from pmvoice.transcription.worker import (
    Drop,
    End,
    Event,
    Failed,
    Guessed,
    Heard,
    Load,
    Preparing,
    Progressed,
    Ready,
    SetCaptions,
    Transcribe,
    Transcribed,
)
from tests.fakes import Block


class Child:
    """The real child process, spoken to over its pipes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            children.command(worker.ROLE), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, request: worker.Request) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(worker.encode(request) + b"\n")
        self.process.stdin.flush()

    def events_until(self, *kinds: type[Event]) -> list[Event]:
        assert self.process.stdout is not None
        events: list[Event] = []
        for line in self.process.stdout:
            events.append(worker.decode_event(line))
            if isinstance(events[-1], kinds):
                return events
        raise AssertionError(f"the child ended after {events}")


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child()
    with made.process:
        yield made
        made.process.kill()


def test_a_recording_is_transcribed(child: Child, sample_wav: Path, paths_with_model: Paths) -> None:
    child.ask(Load("base", str(paths_with_model.models)))
    loading = child.events_until(Ready, Failed)
    assert isinstance(loading[-1], Ready)
    assert any(isinstance(event, Preparing) for event in loading)
    child.ask(Transcribe(7, str(sample_wav)))
    events = child.events_until(Transcribed, Failed)
    last = events[-1]
    assert isinstance(last, Transcribed)
    assert last.job == 7
    assert "document assistant" in last.transcript.text
    shares = [event.done for event in events if isinstance(event, Progressed)]
    assert shares == sorted(shares)
    assert shares


@pytest.fixture
def ready_child(child: Child, paths_with_model: Paths) -> Child:
    child.ask(Load("base", str(paths_with_model.models)))
    child.events_until(Ready)
    return child


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[WavWriter]:
    """A recording that is being written."""
    with WavWriter(tmp_path / "growing.wav") as wav:
        yield wav


def recording(wav: WavWriter) -> str:
    return str(wav.path)


def test_a_recording_is_transcribed_while_it_grows(
    ready_child: Child, growing: WavWriter, sample_sound: Block, sample_transcript: Transcript
) -> None:
    ready_child.ask(Transcribe(1, recording(growing), is_growing=True, has_captions=True))
    growing.write(sample_sound[: 26 * RATE // 5].tobytes())  # a pause, and speech again
    guess = ready_child.events_until(Guessed, Heard)[-1]
    assert isinstance(guess, Guessed)
    assert "document assistant" in guess.text.casefold()
    growing.write(sample_sound[26 * RATE // 5 : 12 * RATE].tobytes())
    first = ready_child.events_until(Heard)[-1]
    assert isinstance(first, Heard)
    growing.write(sample_sound[12 * RATE :].tobytes())
    ready_child.ask(End(1))
    events = ready_child.events_until(Transcribed)
    passages = [first.passage, *(event.passage for event in events if isinstance(event, Heard))]
    assert len(passages) > 2
    last = events[-1]
    assert isinstance(last, Transcribed)
    assert tuple(word for passage in passages for word in passage.words) == last.transcript.words
    assert last.transcript == sample_transcript


def test_it_goes_on_where_another_child_ended(
    ready_child: Child, sample_wav: Path, sample_transcript: Transcript
) -> None:
    ready_child.ask(Transcribe(1, str(sample_wav)))
    before = [event.passage for event in ready_child.events_until(Transcribed) if isinstance(event, Heard)]
    ready_child.ask(Transcribe(2, str(sample_wav), passages=tuple(before[:-1])))
    events = ready_child.events_until(Transcribed)
    assert [event.passage for event in events if isinstance(event, Heard)] == before[-1:]
    assert isinstance(events[-1], Transcribed)
    assert events[-1].transcript == sample_transcript


def test_captions_come_only_while_they_are_wanted(
    ready_child: Child, growing: WavWriter, sample_sound: Block
) -> None:
    ready_child.ask(Transcribe(1, recording(growing), is_growing=True))
    growing.write(sample_sound[: 12 * RATE].tobytes())
    assert not any(isinstance(event, Guessed) for event in ready_child.events_until(Heard))
    ready_child.ask(SetCaptions(1, has_captions=True))
    growing.write(sample_sound[12 * RATE : 20 * RATE].tobytes())
    assert isinstance(ready_child.events_until(Guessed, Heard)[-1], Guessed)


def test_a_recording_that_is_dropped_makes_room_for_the_next(
    ready_child: Child, growing: WavWriter, sample_sound: Block, sample_wav: Path
) -> None:
    growing.write(sample_sound[: 3 * RATE].tobytes())
    ready_child.ask(Transcribe(1, recording(growing), is_growing=True))
    ready_child.ask(Transcribe(2, str(sample_wav), is_growing=True))
    ready_child.ask(End(2))  # of one that still waits
    ready_child.ask(Drop(1))
    last = ready_child.events_until(Transcribed)[-1]
    assert isinstance(last, Transcribed)
    assert last.job == 2


def test_what_cannot_be_read_fails_and_the_child_goes_on(
    child: Child, tmp_path: Path, paths_with_model: Paths
) -> None:
    child.ask(Load("base", str(paths_with_model.models)))
    child.events_until(Ready)
    for job in (1, 2):
        child.ask(Transcribe(job, str(tmp_path / "none.wav")))
        last = child.events_until(Transcribed, Failed)[-1]
        assert isinstance(last, Failed)
        assert last.job == job
        assert "none.wav" in last.message


def test_a_model_that_cannot_be_had_is_said(child: Child, tmp_path: Path) -> None:
    child.ask(Load("enormous", str(tmp_path)))
    last = child.events_until(Ready, Failed)[-1]
    assert isinstance(last, Failed)
    assert last.job is None
    assert "enormous" in last.message


def test_the_child_ends_with_its_parent(child: Child) -> None:
    assert child.process.stdin is not None
    child.process.stdin.close()
    assert child.process.wait(10) == 0
    child.process.stdin = None  # closed already
