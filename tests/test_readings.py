"""One reading of several, whatever each of them is worth."""

import numpy as np

from pmvoice.sound_files import RATE
from pmvoice.transcription.engine import one_of
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.whisper import Reading

SAMPLES = np.zeros(10 * RATE, dtype=np.float32)
LOOP = "You know, it was good, you know, it was. " * 12


def reading(text: str, log_probability: float = -0.2, no_speech: float = 0.1) -> Reading:
    words = tuple(HeardWord(word, n * 0.3, n * 0.3 + 0.3, 0.9) for n, word in enumerate(text.split()))
    return Reading(text, words, log_probability, no_speech)


def text_of(readings: list[Reading]) -> str:
    return " ".join(word.text for word in one_of(readings, SAMPLES))


def test_readings_that_agree_are_one() -> None:
    led, unled = reading("So, um, we left."), reading("So, we left.")
    assert text_of([led, led, led, unled]) == "So, um, we left."


def test_a_reading_that_goes_in_circles_does_not_count() -> None:
    led, unled = reading("So, um, we left."), reading("So, we left.")
    assert text_of([reading(LOOP), led, led, unled]) == "So, um, we left."
    assert text_of([led, led, reading(LOOP), unled]) == "So, um, we left."


def test_no_led_reading_takes_the_place_of_an_unled_one_that_goes_in_circles() -> None:
    led = reading("So I, um, uh, went home today.")
    assert text_of([led, led, led, reading(LOOP)]) == "So I, um, uh, went home today."


def test_where_all_go_in_circles_nothing_is_heard() -> None:
    assert one_of([reading(LOOP)] * 4, SAMPLES) == []


def test_silence_has_no_words() -> None:
    led, unled = reading("Um, thank you."), reading("Thank you.", log_probability=-1.5, no_speech=0.9)
    assert one_of([led, led, led, unled], SAMPLES) == []


def test_what_only_led_readings_hear_is_a_lone_hesitation_at_most() -> None:
    nothing = reading("...", no_speech=0.4)
    nothing = Reading(nothing.text, (), nothing.log_probability, nothing.no_speech_probability)
    um, ums = reading("Um,"), reading("Um, um, um, um,")
    assert text_of([um, um, um, nothing]) == "Um,"
    assert text_of([ums, ums, ums, nothing]) == ""
