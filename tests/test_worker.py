import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmvoice import children
from pmvoice.paths import Paths
from pmvoice.transcription import worker
from pmvoice.transcription.worker import (
    Event,
    Failed,
    Load,
    Preparing,
    Progressed,
    Ready,
    Transcribe,
    Transcribed,
)


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
