"""Figures in words, the same in the window and in the terminal."""

from __future__ import annotations

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.analysis.so_far import SoFar
from pmvoice.phrasing import clock, moment, plural

KIND_NAMES = {
    FillerKind.FILLED_PAUSE: "Filled pause",
    FillerKind.FILLER_PHRASE: "Filler phrase",
    FillerKind.REPETITION: "Repetition",
}


def summary(feedback: Feedback) -> list[str]:
    """The numbers in words, the most telling first: '0:47 long', '0:40 speaking', '148 words a minute'."""
    delivery = feedback.delivery
    parts = [f"{clock(delivery.duration_seconds)} long", f"{clock(delivery.speaking_seconds)} speaking"]
    if delivery.words_per_minute is not None:
        parts.append(f"{delivery.words_per_minute:.0f} words a minute")
    if delivery.response_delay_seconds is not None:
        parts.append(f"first word after {delivery.response_delay_seconds:.1f} s")
    parts.append(filler_count_text(feedback))
    parts.append(plural(len(delivery.pauses), "pause"))
    return parts


def so_far_text(so_far: SoFar) -> str:
    """The numbers that are told while the person speaks: '2 fillers', '148 words a minute', a line each."""
    pace = so_far.words_per_minute
    parts = [plural(so_far.filler_count, "filler")]
    if pace is not None:
        parts.append(f"{pace:.0f} words a minute")
    return "\n".join(parts)


def filler_count_text(feedback: Feedback) -> str:
    """'5 fillers (3 um/uh, 2 phrases)'."""
    total = plural(len(feedback.fillers), "filler")
    return f"{total} ({filler_kinds_text(feedback)})" if feedback.fillers else total


def filler_kinds_text(feedback: Feedback) -> str:
    """'3 um/uh, 2 phrases', and the repetitions where there are any."""
    counts = {kind: feedback.count(kind) for kind in FillerKind}
    return ", ".join(
        kind_count_text(kind, count)
        for kind, count in counts.items()
        if count or kind is not FillerKind.REPETITION
    )


def kind_count_text(kind: FillerKind, count: int) -> str:
    """'3 um/uh', '1 phrase', '2 repetitions'."""
    if kind is FillerKind.FILLED_PAUSE:
        return f"{count} um/uh"
    return plural(count, "phrase" if kind is FillerKind.FILLER_PHRASE else "repetition")


def mark_text(filler: Filler, *, is_rejected: bool = False) -> str:
    """When a mark is and how long: 'Filled pause · 0:12.3 · 0.4 s long'."""
    seconds = filler.end_seconds - filler.start_seconds
    parts = [KIND_NAMES[filler.kind], moment(filler.start_seconds), f"{seconds:.1f} s long"]
    if is_rejected:
        parts.insert(0, "You said this is no filler")
    elif filler.by_person:
        parts.append("marked by you")
    return " · ".join(parts)
