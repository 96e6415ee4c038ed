"""Reports of answers: the JSON that ``pmvoice analyze`` and ``pmvoice history`` print, and plain text.

The JSON keys are a contract with other programs; see the README.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import FillerKind
from pmvoice.history import Attempt
from pmvoice.phrasing import clock
from pmvoice.questions import Question
from pmvoice.wording import KIND_NAMES, summary

PAGE_COLUMNS = 88


def feedback_json(file: str, question: Question | None, feedback: Feedback) -> dict[str, Any]:
    """One answer as JSON values. Times are seconds from the start of the recording."""
    transcript, delivery = feedback.transcript, feedback.delivery
    kinds = ["word"] * len(transcript.words)
    for filler in feedback.fillers:
        for place in range(filler.first, filler.last + 1):
            kinds[place] = filler.kind.value
    return {
        "file": file,
        "question": question.id if question else None,
        "model": transcript.model,
        "duration_seconds": _rounded(delivery.duration_seconds),
        "speaking_seconds": _rounded(delivery.speaking_seconds),
        "response_delay_seconds": _rounded(delivery.response_delay_seconds),
        "words_per_minute": _rounded(delivery.words_per_minute, 1),
        "transcript": transcript.text,
        "words": [
            {
                "text": word.text,
                "start_seconds": _rounded(word.start_seconds),
                "end_seconds": _rounded(word.end_seconds),
                "kind": kind,
            }
            for word, kind in zip(transcript.words, kinds, strict=True)
        ],
        "fillers": {
            "count": len(feedback.fillers),
            "per_minute": _rounded(feedback.fillers_per_minute, 2),
            "items": [
                {
                    "text": filler.text,
                    "start_seconds": _rounded(filler.start_seconds),
                    "end_seconds": _rounded(filler.end_seconds),
                    "kind": filler.kind.value,
                }
                for filler in feedback.fillers
            ],
        },
        "pauses": [
            {"start_seconds": _rounded(pause.start_seconds), "end_seconds": _rounded(pause.end_seconds)}
            for pause in delivery.pauses
        ],
    }


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    """One line of the history as JSON values."""
    return {
        "id": attempt.id,
        "session": attempt.session_id,
        "question": attempt.question_id,
        "area": attempt.area,
        "question_text": attempt.question,
        "recorded_at": attempt.recorded_at.isoformat(),
        "recording": str(attempt.recording),
        "duration_seconds": _rounded(attempt.duration_seconds),
        "transcribed": attempt.is_transcribed,
        "speaking_seconds": _rounded(attempt.speaking_seconds),
        "words_per_minute": _rounded(attempt.words_per_minute, 1),
        "filler_count": attempt.filler_count,
        "fillers_per_minute": _rounded(attempt.fillers_per_minute, 2),
    }


def feedback_text(question: Question | None, feedback: Feedback) -> str:
    """One answer as a page of plain text."""
    parts = [] if question is None else [_heading("Question"), _wrapped(question.question)]
    parts += [_heading("You said"), _wrapped(feedback.transcript.text or "(no words were heard)")]
    if question is not None:
        parts += [_heading("A model answer"), _wrapped(question.model_answer)]
    parts += [_heading("Numbers"), *(f"  {part}" for part in summary(feedback))]
    if feedback.fillers:
        parts += [_heading("Fillers"), *_filler_places(feedback)]
    return "\n".join(parts) + "\n"


def _filler_places(feedback: Feedback) -> list[str]:
    """A paragraph for each kind that there is: 'Filled pauses: um 0:03, uh 0:12'."""
    paragraphs = []
    for kind in FillerKind:
        places = [
            f"{each.text} {clock(each.start_seconds)}" for each in feedback.fillers if each.kind is kind
        ]
        if places:
            paragraphs.append(_wrapped(f"{KIND_NAMES[kind]}s: {', '.join(places)}"))
    return paragraphs


def history_text(attempts: Sequence[Attempt]) -> str:
    """The history as a table of plain text."""
    if not attempts:
        return "There are no answers yet. Begin with 'pmvoice' or 'pmvoice rehearse'.\n"
    lines = [f"{'when':16}  {'length':>6}  {'wpm':>4}  {'fillers/min':>11}  question"]
    for attempt in attempts:
        when = attempt.recorded_at.astimezone().strftime("%Y-%m-%d %H:%M")
        wpm = "-" if attempt.words_per_minute is None else f"{attempt.words_per_minute:.0f}"
        rate = "-" if attempt.fillers_per_minute is None else f"{attempt.fillers_per_minute:.1f}"
        length = clock(attempt.duration_seconds)
        lines.append(f"{when:16}  {length:>6}  {wpm:>4}  {rate:>11}  {attempt.question or '(no question)'}")
    return "\n".join(lines) + "\n"


def _heading(text: str) -> str:
    return f"\n{text}\n{'-' * len(text)}"


def _wrapped(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(textwrap.fill(paragraph, PAGE_COLUMNS) for paragraph in paragraphs)


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)
