"""One recording's feedback against its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.accuracy.align import FILLED_PAUSES, PAUSE, Pair, align, edits, match_events
from benchmarks.accuracy.normalise import Token, normalise
from benchmarks.accuracy.timing import PauseErrors, compare_pauses, end_errors
from benchmarks.accuracy.truth import Label, Truth
from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.transcript import Span

REPETITION_SLACK_WORDS = 2


@dataclass(frozen=True, slots=True)
class Hits:
    """How many there are, how many were told, how many of these are right."""

    true: int = 0
    found: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Words in the truth, and edits from it to what was heard."""

    words: int
    errors: int
    edits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Word errors as spoken, and with filled pauses left out; ``plain``: faster-whisper alone."""

    spoken: WordErrors
    bare: WordErrors
    plain_spoken: WordErrors | None
    plain_bare: WordErrors | None


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, told beside true; ``inserted``: told minus true at starts and ends of the pauses put in."""

    speaking_true: float
    speaking_told: float
    pauses: PauseErrors
    delay_true: float | None
    delay_told: float | None
    pace_true: float | None
    pace_told: float | None
    inserted_starts: tuple[float, ...]
    inserted_ends: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """All that was measured of one case. ``missed`` and ``false`` describe each wrong filled pause."""

    name: str
    group: str
    half: str
    synthetic: bool
    seconds: float
    transcript: str
    plain_transcript: str | None
    filled_pauses: Hits
    found_filled_pauses: tuple[tuple[float, float, str], ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]
    phrases: Hits
    repetitions: Hits
    found_phrases: tuple[tuple[float, float, str], ...]
    found_repetitions: tuple[tuple[float, float, str], ...]
    heard_words: int
    words: Words | None
    timing: Timing | None
    cost_seconds: float
    plain_seconds: float | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """What was said beside what was heard, in tokens."""

    said: list[Token]
    heard: list[Token]
    pairs: list[Pair]

    def said_words(self, first: int, last: int) -> set[int]:
        """The words of the truth beside ``words[first : last + 1]`` of the transcript."""
        return {
            place
            for pair in self.pairs
            if pair.said is not None and pair.heard is not None
            if first <= self.heard[pair.heard].last and self.heard[pair.heard].first <= last
            for place in range(self.said[pair.said].first, self.said[pair.said].last + 1)
        }


def score_fillers(truth: Truth, feedback: Feedback) -> tuple[Hits, tuple[str, ...], tuple[str, ...]]:
    """Filled pauses: by time where all places are known, by order in the words where only these are known."""
    found = [filler for filler in feedback.fillers if filler.kind is FillerKind.FILLED_PAUSE]
    if truth.events is not None and (truth.events or truth.words is None):
        spans = [Span(filler.start_seconds, filler.end_seconds) for filler in found]
        pairs = match_events(truth.events, spans)
        matched_true, matched_found = {a for a, _ in pairs}, {b for _, b in pairs}
        missed = [f"{e.start_seconds:.2f} s" for n, e in enumerate(truth.events) if n not in matched_true]
        false = [_told(filler) for n, filler in enumerate(found) if n not in matched_found]
    else:
        aligned = aligned_words(truth, feedback)
        right = {
            aligned.heard[p.heard].first
            for p in aligned.pairs
            if _is_pause(aligned, p) and p.heard is not None
        }
        missed = [
            " ".join(token.text for token in aligned.said[max(pair.said - 2, 0) : pair.said + 3])
            for pair in aligned.pairs
            if pair.said is not None and pair.heard is None and aligned.said[pair.said].text == PAUSE
        ]
        false = [_told(filler) for filler in found if filler.first not in right]
    return Hits(truth.filled_pauses, len(found), len(found) - len(false)), tuple(missed), tuple(false)


def _is_pause(aligned: Aligned, pair: Pair) -> bool:
    return pair.said is not None and pair.heard is not None and aligned.said[pair.said].text == PAUSE


def _told(filler: Filler) -> str:
    return f"{filler.start_seconds:.2f} s '{filler.text}'"


def aligned_words(truth: Truth, feedback: Feedback) -> Aligned:
    """The truth's words beside the transcript's; a filled pause is what the program tells to be one."""
    pauses = {
        place
        for filler in feedback.fillers
        if filler.kind is FillerKind.FILLED_PAUSE
        for place in range(filler.first, filler.last + 1)
    }
    said = _marked(normalise(truth.words or ()))
    heard = [
        Token(PAUSE, token.first, token.last) if token.first in pauses else token
        for token in normalise([word.text for word in feedback.transcript.words])
    ]
    return Aligned(said, heard, align([t.text for t in said], [t.text for t in heard]))


def score_labels(labels: Sequence[Label], told: Sequence[Filler], aligned: Aligned, slack: int) -> Hits:
    """Labels found, each once, by a told filler whose words lie on its words or ``slack`` beside them."""
    left = list(labels)
    right = 0
    for filler in told:
        places = aligned.said_words(filler.first, filler.last)
        for label in left:
            if places & set(range(label.first - slack, label.last + 1 + slack)):
                left.remove(label)
                right += 1
                break
    return Hits(len(labels), len(told), right)


def score_words(words: Sequence[str], heard: Sequence[str]) -> tuple[WordErrors, WordErrors]:
    """Word errors as spoken, and without filled pauses."""
    said_tokens = [token.text for token in _marked(normalise(words))]
    heard_tokens = [token.text for token in _marked(normalise(heard))]
    results = []
    for kept in (lambda text: True, lambda text: text != PAUSE):
        said, told = [t for t in said_tokens if kept(t)], [t for t in heard_tokens if kept(t)]
        wrong = edits(said, told, align(said, told))
        results.append(WordErrors(len(said), len(wrong), tuple(wrong)))
    return results[0], results[1]


def _marked(tokens: Sequence[Token]) -> list[Token]:
    return [Token(PAUSE, t.first, t.last) if t.text in FILLED_PAUSES else t for t in tokens]


def score_timing(truth: Truth, feedback: Feedback) -> Timing | None:
    """Speaking time, pauses, delay and pace; ``None`` where the silences are not known."""
    speaking, told = truth.speaking_seconds, feedback.delivery
    if speaking is None:
        return None
    starts, ends = end_errors(truth.inserted, told.pauses)
    spoken = truth.spoken_words
    return Timing(
        speaking_true=speaking,
        speaking_told=told.speaking_seconds,
        pauses=compare_pauses(truth.inner_silences, told.pauses),
        delay_true=truth.delay_seconds,
        delay_told=told.response_delay_seconds,
        pace_true=60 * spoken / speaking if spoken and speaking else None,
        pace_told=told.words_per_minute,
        inserted_starts=starts,
        inserted_ends=ends,
    )


def places(fillers: Sequence[Filler], kind: FillerKind) -> tuple[tuple[float, float, str], ...]:
    return tuple((f.start_seconds, f.end_seconds, f.text) for f in fillers if f.kind is kind)
