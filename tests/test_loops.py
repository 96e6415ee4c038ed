import numpy as np
import pytest

from pmvoice.transcription.loops import goes_in_circles, sound_length


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("we shipped it in May", "we shipped it in May"),
        ("did you, um, interact? The, the, the, the, the, the, the,", "did you, um, interact?"),
        ("So, it is a few, um, okay. So, it is a few, um, okay.", "So, it is a few, um, okay."),
        ("let me see, um, okay. So it is a few of you. So it is a few of you. So it is",
         "let me see, um, okay. So it is a few of you."),
        ("some more words, words, words, words, words", "some more words, words, words, words, words"),
        ("I like, I like, I like", "I like, I like, I like"),
        ("ha ha ha ha ha ha ha ha", ""),
    ],
)  # fmt: skip
def test_a_loop_at_the_end_is_cut_and_a_repetition_is_not(said: str, kept: str) -> None:
    words = said.split()
    assert " ".join(words[: sound_length(words)]) == kept


def test_what_the_unled_reading_has_twice_was_said_twice() -> None:
    said = ["we", "have", "to", "ship", "this,", "we", "have", "to", "ship", "this"]
    assert sound_length(said) == 5
    assert sound_length(said, said) == len(said)
    assert sound_length(["no"] * 7, ["no"] * 7) == 7


def test_nothing_is_no_loop() -> None:
    assert sound_length([]) == 0
    assert not goes_in_circles("", 0.0)


def test_more_words_than_anybody_can_say_are_made_up() -> None:
    letters = np.random.default_rng(1).choice(list("abcdefghijklmnopqrstuvwxyz"), (60, 5))
    said = " ".join("".join(word) for word in letters)
    assert goes_in_circles(said, 5.0)
    assert not goes_in_circles(said, 20.0)


def test_text_that_packs_too_well_is_made_up() -> None:
    assert goes_in_circles("You know, it was good, you know, it was. " * 6, 60.0)
