import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

import benchmarks
from benchmarks.accuracy.__main__ import accuracy, main
from benchmarks.accuracy.cases import EMPTY, REAL, SYNTHETIC
from benchmarks.accuracy.corpus import REPORT
from benchmarks.accuracy.score import Hits, Score, Timing, WordErrors, Words
from benchmarks.accuracy.timing import PauseErrors
from pmvoice.accuracy import Accuracy, MarkAccuracy, explanation, load_accuracy
from pmvoice.errors import UserError

MEASURED = b"""{
    "measured_on": "2026-11-02", "model": "base",
    "filled_pauses": {"spoken": 18, "marked": 17, "right": 17},
    "filler_phrases": {"spoken": 8, "marked": 9, "right": 8},
    "repetitions": {"spoken": 3, "marked": 3, "right": 3},
    "word_error_rate": 0.052, "speaking_time_error": 0.013,
    "false_filled_pauses_per_minute": 0.0, "recordings": "an hour of speech"
}"""


def told(model: str | None = "base", measured: bytes = MEASURED) -> dict[str, str]:
    return dict(explanation(msgspec.json.decode(measured, type=Accuracy), model))


def test_the_figures_come_with_the_program() -> None:
    assert load_accuracy().model == "base"


def published(group: str) -> list[list[int]]:
    """Of the table of the half that was kept apart: spoken, marked and right, of each kind of mark."""
    readme = Path(benchmarks.__file__).parent / "README.md"
    _, held_back = readme.read_text(encoding="utf-8").split("#### Half 'report'")
    row = next(line for line in held_back.splitlines() if line.startswith(f"| {group} "))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    spoken, marked, precision = int(cells[3]), int(cells[4]), float(cells[5])
    numbers = [[int(number) for number in re.findall(r"\d+", cell)] for cell in cells[-2:]]
    others = [[spoken, marked, right] for right, marked, spoken in numbers]
    return [[spoken, marked, round(precision * marked)], *others]


def test_the_figures_that_come_with_the_program_are_the_published_ones() -> None:
    told = load_accuracy()
    both = np.add(published(REAL), published(SYNTHETIC)).tolist()
    for mark, counts in zip((told.filled_pauses, told.filler_phrases, told.repetitions), both, strict=True):
        assert [mark.spoken, mark.marked, mark.right] == counts


def test_each_number_is_told_with_how_true_it_is() -> None:
    parts = told()
    assert (
        "Finds about 90 of 100 filled pauses (when measured, 17 of 18); of 100 marks, about 95 are right "
        "(17 of 17)." in (parts["Um and uh (underlined)"])
    )
    assert "none is marked" in parts["Um and uh (underlined)"]
    assert (
        "about 90 of 100 filler phrases (when measured, 8 of 8); of 100 marks, about 82"
        in parts["Filler phrases (dotted)"]
    )
    assert "about 80 of 100 repetitions" in parts["Repetitions (dashed)"]
    assert "about 5 are misheard" in parts["Words a minute"]
    assert "off by about 1 in 100" in parts["Speaking"]
    assert parts[""].startswith("Measured on 2 November 2026 with the model base (an hour of speech).")


@pytest.mark.parametrize(("model", "is_told"), [("base", False), (None, False), ("small", True)])
def test_another_model_is_told(model: str | None, is_told: bool) -> None:
    text = told(model)[""]
    assert (f"made with the model {model}; the figures were measured with base" in text) is is_told


def test_marks_where_there_were_none_are_told() -> None:
    text = told(measured=MEASURED.replace(b'per_minute": 0.0', b'per_minute": 0.24'))
    assert "about 0.2 are marked" in text["Um and uh (underlined)"]


@pytest.mark.parametrize("wrong", [b"-1", b"19", b'"many"'])
def test_figures_that_cannot_be_are_refused(wrong: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        told(measured=MEASURED.replace(b'"right": 17', b'"right": ' + wrong))


def test_few_that_are_all_right_promise_less_than_many() -> None:
    few, many = MarkAccuracy(spoken=3, marked=3, right=3), MarkAccuracy(spoken=98, marked=98, right=98)
    assert few.recall == few.precision == 0.8
    assert many.recall == many.precision == 0.99


def test_a_small_error_of_the_speaking_time_is_not_told_as_none() -> None:
    assert "less than 1 in 100" in told(measured=MEASURED.replace(b"0.013", b"0.004"))["Speaking"]


def score(group: str, filled_pauses: int) -> Score:
    """A recording of which everything is right."""
    pauses, none = Hits(filled_pauses, filled_pauses, filled_pauses), WordErrors(10, 0, ())
    return Score(
        name="made",
        group=group,
        half=REPORT,
        synthetic=group != REAL,
        seconds=30.0,
        transcript="",
        plain_transcript=None,
        filled_pauses=pauses,
        found_filled_pauses=(),
        missed=(),
        false=(),
        phrases=Hits(1, 1, 1),
        repetitions=Hits(1, 1, 1),
        found_phrases=(),
        found_repetitions=(),
        heard_words=10,
        words=Words(none, none, None, None),
        timing=Timing(9.0, 9.0, PauseErrors(0, 0, 0, 0, (), ()), None, None, None, None, (), ()),
        cost_seconds=1.0,
        plain_seconds=None,
    )


MEASURED_SCORES = [score(REAL, 3), score(REAL, 1), score(SYNTHETIC, 13), score(EMPTY, 0)]


def test_what_was_measured_with_is_told() -> None:
    written = json.dumps(accuracy(MEASURED_SCORES)).encode()
    assert msgspec.json.decode(written, type=Accuracy).recordings == (
        "2 short recordings of real speech (4 filled pauses) and 1 synthetic answer (13), "
        "none of which the program was fitted to"
    )


@pytest.mark.parametrize(
    ("measured", "what"),
    [
        (MEASURED_SCORES[:3], "false filled pauses per minute"),
        ([replace(each, timing=None) for each in MEASURED_SCORES], "speaking time error"),
        ([replace(each, repetitions=Hits(0, 1, 0)) for each in MEASURED_SCORES], "repetitions"),
        ([], "filled pauses"),
    ],
)
def test_figures_that_were_not_measured_are_not_written(
    measured: list[Score], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match=what):
        accuracy(measured)
    scores, target = tmp_path / "scores.json", tmp_path / "accuracy.json"
    scores.write_text(json.dumps([asdict(each) for each in measured]))
    assert main(["--from-json", str(scores), "--write-accuracy", str(target)]) == 2
    assert not target.exists()
    assert what in capsys.readouterr().err
