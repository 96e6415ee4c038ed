"""The child process that holds the Whisper model.

Requests come in on standard input and events go out on standard output, one JSON object a line. The
process lives as long as its parent keeps standard input open; a thread reads requests so that the
parent's end is noticed in the middle of a transcription. It is killed to cancel: it writes no files
but the model's, and those appear whole or not at all.

A recording is transcribed while it is written (``live``). Between two pieces of it the main thread looks
for requests; those about another recording wait until this one is done.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import queue
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from pmvoice import children
from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, WavReader
from pmvoice.transcript import Passage, Transcript

if TYPE_CHECKING:
    from pmvoice.transcription.live import GrowingTranscript

ROLE = "transcription"

ARENA_MAX = -8  # glibc's number for it

LOOK_SECONDS = 0.1  # how often a growing recording is looked at
MOST_SECONDS = 5.0  # of it are taken at once, so that a request is seen soon

_log = logging.getLogger(__name__)


class Load(msgspec.Struct, tag="load", frozen=True):
    """Have this model ready (``models`` is the folder of the app's own models)."""

    model: str
    models: str


class Transcribe(msgspec.Struct, tag="transcribe", frozen=True):
    """Transcribe the recording at ``path``; ``job`` comes back in the events about it.

    ``is_growing``: it is still being written; ``End`` or ``Drop`` must follow. ``has_captions``: tell what is
    being said before the words are final. ``passages``: what was told of it before.
    """

    job: int
    path: str
    is_growing: bool = False
    has_captions: bool = False
    passages: tuple[Passage, ...] = ()


class SetCaptions(msgspec.Struct, tag="set_captions", frozen=True):
    """Tell what is being said before the words are final, or do so no longer."""

    job: int
    has_captions: bool


class End(msgspec.Struct, tag="end", frozen=True):
    """The recording grows no more: transcribe what is left."""

    job: int


class Drop(msgspec.Struct, tag="drop", frozen=True):
    """The recording is not wanted: tell nothing more of it."""

    job: int


class Preparing(msgspec.Struct, tag="preparing", frozen=True):
    """The model is being fetched, checked or loaded; ``done`` is the share, 0 .. 1."""

    task: str
    done: float


class Ready(msgspec.Struct, tag="ready", frozen=True):
    """The model is loaded."""


class Heard(msgspec.Struct, tag="heard", frozen=True):
    """A passage of the recording is transcribed: its words are final."""

    job: int
    passage: Passage


class Guessed(msgspec.Struct, tag="guessed", frozen=True):
    """What seems to be said since the last passage; it is not final, and replaces what was guessed before."""

    job: int
    text: str


class Progressed(msgspec.Struct, tag="progressed", frozen=True):
    """The share of a recording that is transcribed, 0 .. 1. Told once it grows no more."""

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


Request = Load | Transcribe | SetCaptions | End | Drop
Event = Preparing | Ready | Heard | Guessed | Progressed | Transcribed | Failed

encode = msgspec.json.Encoder().encode
decode_event = msgspec.json.Decoder(Event).decode
_decode_request = msgspec.json.Decoder(Request).decode


def child_main() -> int:
    """Serve requests until standard input ends."""
    events = children.claim_stdout()
    _share_memory()
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    children.end_with_parent(sys.stdin, lambda line: requests.put(_decode_request(line)))
    worker = _Worker(events, requests)
    while True:
        worker.serve()


def _share_memory() -> None:
    """Have all threads take their memory from one place.

    Linux's C library otherwise keeps a store for each, which grew by some 60 MB and made nothing faster.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library, without this
            ctypes.CDLL(None).mallopt(ARENA_MAX, 1)


def _give_memory_back() -> None:
    """Give the system back what a piece took: else a long answer's pieces leave more and more behind."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


class _Worker:
    def __init__(self, events: TextIO, requests: queue.SimpleQueue[Request]) -> None:
        self._events = events
        self._requests = requests
        self._waiting: deque[Request] = deque()  # came while another recording was worked on
        self._engine: object = None
        self._last_told = -1.0

    def tell(self, event: Event) -> None:
        self._events.write(encode(event).decode() + "\n")

    def serve(self) -> None:
        request = self._waiting.popleft() if self._waiting else self._requests.get()
        try:
            if isinstance(request, Load):
                self._load(request)
            elif isinstance(request, Transcribe):
                self._transcribe(request)
        except UserError as error:
            self.tell(Failed(str(error), request.job if isinstance(request, Transcribe) else None))

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
        from pmvoice.transcription.live import GrowingTranscript

        if not isinstance(self._engine, Engine):
            raise UserError("The speech model is not loaded.")
        growing = GrowingTranscript(self._engine, request.passages)
        with WavReader(Path(request.path)) as recording:
            if self._follow(request, recording, growing):
                for passage in growing.finish():
                    self.tell(Heard(request.job, passage))
                self.tell(Transcribed(request.job, growing.transcript()))

    def _follow(self, request: Transcribe, recording: WavReader, growing: GrowingTranscript) -> bool:
        """Transcribe the recording up to its last closed piece; whether the rest is wanted."""
        job, is_growing, has_captions = request.job, request.is_growing, request.has_captions
        while True:
            match self._next_about(job):
                case End():
                    is_growing = False
                case Drop():
                    return False
                case SetCaptions(has_captions=has_captions):
                    pass
            samples = recording.read(MOST_SECONDS)
            for passage in growing.hear(samples):
                self.tell(Heard(job, passage))
                _give_memory_back()
                if growing.guessed and has_captions:
                    self.tell(Guessed(job, growing.guessed))
            if not is_growing:
                if not len(samples):
                    return True
                self.tell(Progressed(job, growing.known_seconds / recording.seconds))
            elif len(samples) < MOST_SECONDS * RATE:  # it has all there is
                if has_captions and growing.guess():
                    self.tell(Guessed(job, growing.guessed))
                self._wait(LOOK_SECONDS)

    def _next_about(self, job: int) -> Request | None:
        """The next request about a recording that is being transcribed, if there is one by now."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._waiting.append(self._requests.get_nowait())
        for request in self._waiting:
            if isinstance(request, SetCaptions | End | Drop) and request.job == job:
                self._waiting.remove(request)
                return request
        return None

    def _wait(self, seconds: float) -> None:
        """Wait for a request, but no longer than this."""
        with contextlib.suppress(queue.Empty):
            self._waiting.append(self._requests.get(timeout=seconds))
