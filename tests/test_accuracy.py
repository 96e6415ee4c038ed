import msgspec
import pytest

from pmvoice.accuracy import Accuracy, explanation, load_accuracy

MEASURED = b"""{
    "measured_on": "2026-11-02", "model": "base",
    "filled_pauses": {"recall": 0.947, "precision": 0.97},
    "filler_phrases": {"recall": 0.9, "precision": 0.88},
    "repetitions": {"recall": 0.8, "precision": 1.0},
    "word_error_rate": 0.052, "speaking_time_error": 0.013,
    "false_filled_pauses_per_minute": 0.0, "recordings": "an hour of speech"
}"""


def told(model: str | None = "base", measured: bytes = MEASURED) -> dict[str, str]:
    return dict(explanation(msgspec.json.decode(measured, type=Accuracy), model))


def test_the_figures_come_with_the_program() -> None:
    assert load_accuracy().model == "base"


def test_each_number_is_told_with_how_true_it_is() -> None:
    parts = told()
    assert (
        "Finds about 95 of 100 filled pauses; of 100 marks, about 97 are right."
        in (parts["Um and uh (underlined)"])
    )
    assert "none is marked" in parts["Um and uh (underlined)"]
    assert "about 90 of 100 filler phrases; of 100 marks, about 88" in parts["Filler phrases (dotted)"]
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


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        told(measured=MEASURED.replace(b"0.947", b"94.7"))
