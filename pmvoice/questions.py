"""The question bank: loading a pack and checking it before anything uses it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from pmvoice.errors import UserError
from pmvoice.paths import resource

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_-]*$")]

LARGEST_PACK_BYTES = 4_000_000


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the fields that an interview covers."""

    id: Identifier
    name: Label
    listens_for: Text


class KeyPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a strong answer says, and phrases by which a listener notices it."""

    point: Label
    cues: Annotated[tuple[Label, ...], msgspec.Meta(min_length=1)]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and everything that helps to answer it well."""

    id: Annotated[int, msgspec.Meta(ge=1)]
    area: Identifier
    question: Text
    model_answer: Text
    key_points: Annotated[tuple[KeyPoint, ...], msgspec.Meta(min_length=1)]
    tip: Text
    target_seconds: Annotated[int, msgspec.Meta(ge=10, le=600)]
    follow_ups: Annotated[tuple[Text, ...], msgspec.Meta(min_length=2, max_length=2)]


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pack of questions, sorted into areas."""

    format: Literal[1]
    title: Label
    areas: Annotated[tuple[Area, ...], msgspec.Meta(min_length=1)]
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]

    def area(self, area_id: str) -> Area:
        return next(area for area in self.areas if area.id == area_id)

    def in_area(self, area_id: str | None) -> tuple[Question, ...]:
        """The questions of one area, or all of them for ``None``."""
        return tuple(q for q in self.questions if area_id is None or q.area == area_id)

    def question(self, question_id: int) -> Question:
        """The question with this number; ``UserError`` where there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        numbers = [question.id for question in self.questions]
        raise UserError(
            f"There is no question {question_id}. Choose one from {min(numbers)} to {max(numbers)}."
        )


def load_bank(path: Path | None = None) -> Bank:
    """Load a pack (the built-in one for ``None``) and check all of it.

    Raises ``UserError`` that names the file, the place in it and what was expected there.
    """
    path = path or resource("questions.json")
    try:
        if path.stat().st_size > LARGEST_PACK_BYTES:
            raise UserError(f"{path}: too large for a question pack (at most 4 MB are expected).")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        bank = msgspec.json.decode(data, type=Bank)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        raise UserError(f"{path}: at {place.strip('`') or 'the top'}: {what}.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UserError(f"{path}: not valid JSON ({error}).") from error
    _check_references(bank, path)
    return bank


def _check_references(bank: Bank, path: Path) -> None:
    area_ids = [area.id for area in bank.areas]
    _refuse_repeats(area_ids, "$.areas[{}].id", path)
    _refuse_repeats([question.id for question in bank.questions], "$.questions[{}].id", path)
    for place, question in enumerate(bank.questions):
        if question.area not in area_ids:
            expected = ", ".join(area_ids)
            raise UserError(
                f"{path}: at $.questions[{place}].area: expected one of {expected}, got {question.area}."
            )


def _refuse_repeats(ids: Iterable[object], place: str, path: Path) -> None:
    seen: set[object] = set()
    for index, each in enumerate(ids):
        if each in seen:
            where = place.format(index)
            raise UserError(f"{path}: at {where}: expected an id used once, got {each} again.")
        seen.add(each)
