from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.passes import combined, with_terms


def heard(text: str, start: float = 0.0, pace: float = 0.3, probability: float = 0.9) -> list[HeardWord]:
    """A reading whose words last ``pace`` seconds each; '_' is such a time without a word."""
    words = []
    for place, word in enumerate(text.split()):
        if word != "_":
            words.append(HeardWord(word, start + place * pace, start + (place + 1) * pace, probability))
    return words


def text_of(words: list[HeardWord]) -> str:
    return " ".join(word.text for word in words)


def steady(start: float, end: float) -> float:
    return 0.5


def moving(start: float, end: float) -> float:
    return 0.0


def test_a_hesitation_that_only_the_second_reading_has_is_put_in() -> None:
    first, second = heard("we launched in _ September"), heard("we launched in uh, September")
    unled = heard("we launched in _ September")
    assert text_of(combined(first, [second], unled, moving)) == "we launched in September"
    words = combined(first, [second], unled, lambda start, end: 0.05)
    assert text_of(words) == "we launched in uh, September"
    assert [word.start_seconds for word in words] == sorted(word.start_seconds for word in words)


def test_one_hesitation_that_both_have_is_one_even_if_their_times_differ() -> None:
    first, second = heard("so um, we left", 0.0), heard("so um, we left", 0.2)
    assert text_of(combined(first, [second], heard("so _ we left"), moving)) == "so um, we left"


def test_where_the_others_hear_a_word_the_sound_decides() -> None:
    first, second = heard("the group. Uh, Ebenezer"), heard("the group. Oh, Ebenezer")
    unled = heard("the group. Oh, Ebenezer")
    assert text_of(combined(first, [second], unled, moving)) == "the group. Ebenezer"
    assert text_of(combined(first, [second], unled, steady)) == "the group. Uh, Ebenezer"


def test_a_hesitation_in_place_of_a_word_has_to_sound_like_one() -> None:
    first, second = heard("random stuff that I see"), heard("random stuff uh, I see")
    unled = heard("random stuff that I see")
    assert text_of(combined(first, [second], unled, moving)) == "random stuff that I see"
    assert "uh," in text_of(combined(first, [second], unled, steady))


def test_a_clause_that_was_lost_is_put_back() -> None:
    first = heard("_ _ _ _ _ _ So um, what I do")
    unled = heard("Drop off went from 41 percent. So _ what I do")
    words = combined(first, [first], unled, moving)
    assert text_of(words) == "Drop off went from 41 percent. So um, what I do"


def test_a_clause_of_which_the_model_is_not_sure_stays_out() -> None:
    first = heard("_ _ _ _ So um, what I do")
    unled = heard("Thank you for watching. So _ what I do", probability=0.2)
    assert text_of(combined(first, [first], unled, moving)) == "So um, what I do"


def test_repetitions_that_only_the_led_reading_has_stay() -> None:
    first, unled = heard("and the, uh, the engineers said"), heard("and _ _ the engineers said")
    assert text_of(combined(first, [first], unled, moving)) == "and the, uh, the engineers said"


def test_hesitations_of_the_unled_reading_are_no_lost_clause() -> None:
    words = heard("So I, um, uh, went home today.")
    assert text_of(combined(words, [words], words, steady)) == "So I, um, uh, went home today."


def test_times_never_run_backwards() -> None:
    first, second = heard("we um, left early", 0.0), heard("so we um, um, left early", 0.1, 0.25)
    words = combined(first, [second], heard("we left early", 0.3), steady)
    edges = [edge for word in words for edge in (word.start_seconds, word.end_seconds)]
    assert edges == sorted(edges)


def test_terms_come_from_the_reading_that_was_led_to_them() -> None:
    words = heard("we ran a conno survey, um, from end to end")
    for_terms = heard("we ran a Kano survey, um, from N to N")
    assert text_of(with_terms(words, for_terms, words)) == "we ran a Kano survey, um, from end to end"


def test_a_term_heard_in_ordinary_words_is_none() -> None:
    for said, misheard in (
        ("the key people were ready", "the KPI people were ready"),
        ("and okay, are you sure", "and OKR, you sure"),
        ("it got cheaper every month", "it got Jira every month"),
    ):
        words = heard(said)
        assert text_of(with_terms(words, heard(misheard), words)) == said


def test_what_the_other_readings_do_not_agree_on_may_be_a_term() -> None:
    words, for_terms = heard("but see sat after calls"), heard("but CSAT after calls")
    assert text_of(with_terms(words, for_terms, heard("but seats at after calls"))) == "but CSAT after calls"


def test_the_spelling_of_a_term_is_taken_over() -> None:
    assert (
        text_of(with_terms(heard("a rice score"), heard("a RICE score"), heard("a rice score")))
        == "a RICE score"
    )


def test_a_reading_without_words_changes_nothing() -> None:
    words = heard("we um, left")
    assert combined(words, [[]], [], moving) == words
    assert with_terms(words, [], []) == words
    assert combined([], [], [], moving) == []
