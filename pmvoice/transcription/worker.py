"""The child process that holds the Whisper model.

Requests come in on standard input and events go out on standard output, one JSON object a line. The
process lives as long as its parent keeps standard input open; a thread reads requests so that the
parent's end is noticed in the middle of a transcription. It is killed to cancel: it writes no files
but the model's, and those appear whole or not at all.
"""

from __future__ import annotations

import logging
import queue
import sys
from pathlib import Path
from typing import TextIO

import msgspec

from pmvoice import children
from pmvoice.errors import UserError
from pmvoice.sound_files import read_wav
from pmvoice.transcript import Transcript

ROLE = "transcription"

_log = logging.getLogger(__name__)


class Load(msgspec.Struct, tag="load", frozen=True):
    """Have this model ready (``models`` is the folder of the app's own models)."""

    model: str
    models: str


class Transcribe(msgspec.Struct, tag="transcribe", frozen=True):
    """Transcribe the recording at ``path``; ``job`` comes back in the events about it."""

    job: int
    path: str


class Preparing(msgspec.Struct, tag="preparing", frozen=True):
    """The model is being fetched, checked or loaded; ``done`` is the share, 0 .. 1."""

    task: str
    done: float


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The model is loaded."""


class Progressed(msgspec.Struct, tag="progressed", frozen=True):
    """The share of a recording that is transcribed, 0 .. 1."""

    job: int
    done: float


class Transcribed(msgspec.Struct, tag="transcribed", frozen=True):
    """A recording is transcribed."""

    job: int
    transcript: Transcript


class Failed(msgspec.Struct, tag="failed", frozen=True):
    """A request failed for a reason to show; ``job`` is ``None`` where it was about the model."""

    message: str
    job: int | None = None


Request = Load | Transcribe
Event = Preparing | Ready | Progressed | Transcribed | Failed

encode = msgspec.json.Encoder().encode
decode_event = msgspec.json.Decoder(Event).decode
_decode_request = msgspec.json.Decoder(Request).decode


def child_main() -> int:
    """Serve requests until standard input ends."""
    events = children.claim_stdout()
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    children.end_with_parent(sys.stdin, lambda line: requests.put(_decode_request(line)))
    worker = _Worker(events)
    while True:
        worker.serve(requests.get())


class _Worker:
    def __init__(self, events: TextIO) -> None:
        self._events = events
        self._engine: object = None
        self._last_told = -1.0

    def tell(self, event: Event) -> None:
        self._events.write(encode(event).decode() + "\n")

    def serve(self, request: Request) -> None:
        job = request.job if isinstance(request, Transcribe) else None
        try:
            if isinstance(request, Load):
                self._load(request)
            else:
                self._transcribe(request)
        except UserError as error:
            self.tell(Failed(str(error), job))

    def _load(self, request: Load) -> None:
        from pmvoice.transcription.models import provide_model

        model = provide_model(request.model, Path(request.models), self._tell_preparing)
        self._tell_preparing("Loading the speech model", 0.0)
        from pmvoice.transcription.engine import Engine  # a second of imports, after the model is there

        self._engine = Engine(model)
        self.tell(Ready())

    def _tell_preparing(self, task: str, done: float) -> None:
        if done in (0.0, 1.0) or abs(done - self._last_told) >= 0.01:
            self._last_told = done
            self.tell(Preparing(task, done))

    def _transcribe(self, request: Transcribe) -> None:
        from pmvoice.transcription.engine import Engine

        if not isinstance(self._engine, Engine):
            raise UserError("The speech model is not loaded.")
        samples, _ = read_wav(Path(request.path))
        transcript = self._engine.transcribe(samples, lambda done: self.tell(Progressed(request.job, done)))
        self.tell(Transcribed(request.job, transcript))
