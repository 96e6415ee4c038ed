"""What the person does to the marks, each as the list of corrections that it leads to.

The window keeps the list and analyses anew; undoing is keeping the list from before.
"""

from __future__ import annotations

from pmvoice.analysis.corrections import UNHEARD, Correction, Verdict
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import Filler, FillerKind, plain

PAUSE_SECONDS = 0.3  # the place given to an 'um' that was not written down
SHORTEST_SECONDS = 0.05  # what is left of it where there is no room between two words

Corrections = tuple[Correction, ...]


def toggled(feedback: Feedback, filler: Filler) -> Corrections:
    """A mark that stands is rejected; one that was rejected stands again."""
    return restored(feedback, filler) if filler in feedback.rejected else rejected(feedback, filler)


def rejected(feedback: Feedback, filler: Filler) -> Corrections:
    """'That was no filler.' A mark of the person's own is taken away, and what it lay upon rejected."""
    if not filler.by_person:
        return (*feedback.corrections, _verdict_on(filler))
    left = tuple(each for each in feedback.corrections if not _made(each, filler))
    standing = {_place(each) for each in feedback.fillers if each != filler}
    come_to_light = [
        each for each in analyse(feedback.recognised, left).fillers if _place(each) not in standing
    ]
    return (*left, *(_verdict_on(each) for each in come_to_light))


def restored(feedback: Feedback, filler: Filler) -> Corrections:
    """Take back that a filler is none."""
    taken_back = [each.correction for each in feedback.rejections if each.filler == filler]
    return tuple(each for each in feedback.corrections if each not in taken_back)


def marked(feedback: Feedback, kind: FillerKind, first: int, last: int) -> Corrections:
    """'These words are a filler of this kind.' It takes the place of any mark that they bear.

    A word of the person's own goes with its mark, unless it is all that is marked.
    """
    for filler in feedback.rejected:
        if (filler.kind, filler.first, filler.last) == (kind, first, last):
            return restored(feedback, filler)
    left = feedback.corrections
    for filler in feedback.fillers:
        if (filler.kind, filler.first, filler.last) == (kind, first, last):
            return feedback.corrections
        if filler.by_person and filler.first <= last and filler.last >= first:
            left = tuple(each for each in left if not _made(each, filler))
    words = feedback.transcript.words[first : last + 1]
    heard = {id(word) for word in feedback.recognised.words}
    words = tuple(word for word in words if id(word) in heard) or words
    text = " ".join(filter(None, (plain(word.text) for word in words)))
    start, end = words[0].start_seconds, words[-1].end_seconds
    return _with(left, Correction(Verdict.ADDED, kind, start, end, text))


def with_pause_after(feedback: Feedback, place: int) -> Corrections:
    """'After this word I said um', which was not written down."""
    words = feedback.transcript.words
    duration = feedback.delivery.duration_seconds
    start, room_ends = min(words[place].end_seconds, duration - SHORTEST_SECONDS), duration
    if place + 1 < len(words):
        room_ends = min(words[place + 1].start_seconds, duration)
        start = min(start, room_ends)
    start = max(start, words[place].start_seconds + 0.001)  # after the word, also where that takes no time
    room_ends = min(max(room_ends, start + SHORTEST_SECONDS), duration)
    return _with_pause(feedback, start, min(start + PAUSE_SECONDS, room_ends))


def with_pause_at(feedback: Feedback, seconds: float) -> Corrections:
    """'Here I said um', which was not written down; at the very end it lies just before that."""
    seconds = min(max(seconds, 0.0), feedback.delivery.duration_seconds)
    for filler in (*feedback.fillers, *feedback.rejected):
        if filler.kind is FillerKind.FILLED_PAUSE and filler.start_seconds <= seconds <= filler.end_seconds:
            return restored(feedback, filler) if filler in feedback.rejected else feedback.corrections
    start = max(seconds - PAUSE_SECONDS / 2, 0.0)
    return _with_pause(feedback, start, min(start + PAUSE_SECONDS, feedback.delivery.duration_seconds))


def _with_pause(feedback: Feedback, start: float, end: float) -> Corrections:
    """The place is kept clear of the filled pauses beside it, which are marks of their own."""
    middle = (start + end) / 2
    for filler in (*feedback.fillers, *feedback.rejected):
        if filler.kind is not FillerKind.FILLED_PAUSE:
            continue
        if (filler.start_seconds + filler.end_seconds) / 2 <= middle:
            start = max(start, filler.end_seconds)
        else:
            end = min(end, filler.start_seconds)
    end = max(end, start)
    return _with(
        feedback.corrections, Correction(Verdict.ADDED, FillerKind.FILLED_PAUSE, start, end, UNHEARD)
    )


def _with(corrections: Corrections, correction: Correction) -> Corrections:
    return corrections if correction in corrections else (*corrections, correction)


def _verdict_on(filler: Filler) -> Correction:
    return Correction(Verdict.REJECTED, filler.kind, filler.start_seconds, filler.end_seconds, filler.text)


def _made(correction: Correction, filler: Filler) -> bool:
    """Whether this mark of the person's came of this correction."""
    return correction.verdict is Verdict.ADDED and _place(correction) == _place(filler)


def _place(mark: Correction | Filler) -> tuple[FillerKind, float, float]:
    return mark.kind, mark.start_seconds, mark.end_seconds
