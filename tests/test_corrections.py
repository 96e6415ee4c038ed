"""The person's word on the marks: rejected, added, restored, and standing in another transcription."""

import random

import pytest

from pmvoice.analysis.corrections import Correction, Verdict, correct
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.analysis.marking import marked, rejected, restored, toggled, with_pause_after, with_pause_at
from pmvoice.transcript import Span, Transcript, Word
from tests.fakes import transcript_of

PAUSE, PHRASE, REPETITION = FillerKind.FILLED_PAUSE, FillerKind.FILLER_PHRASE, FillerKind.REPETITION
TEXT = "So, um, it was, you know, fine"  # each word takes 0.4 s


def spoken(*words: tuple[str, float, float]) -> Transcript:
    """A transcript of words at given times, in 60 seconds of speech."""
    return Transcript(tuple(Word(*word) for word in words), (Span(0.0, 60.0),), 60.0, "fake")


def marks(feedback: Feedback) -> list[tuple[str, str]]:
    return [(filler.kind.value, filler.text) for filler in feedback.fillers]


def again(feedback: Feedback, corrections: tuple[Correction, ...]) -> Feedback:
    return analyse(feedback.recognised, corrections)


def check_marks(feedback: Feedback) -> None:
    """Each mark lies on the words it names, and no word belongs to two."""
    taken: list[int] = []
    for filler in feedback.fillers:
        taken += range(filler.first, filler.last + 1)
    assert len(taken) == len(set(taken))
    assert taken == sorted(taken)
    assert all(0 <= place < len(feedback.transcript.words) for place in taken)
    starts = [word.start_seconds for word in feedback.transcript.words]
    assert starts == sorted(starts)


def test_without_corrections_nothing_changes() -> None:
    feedback = analyse(transcript_of(TEXT))
    assert feedback.transcript is feedback.recognised
    assert marks(feedback) == [("filled_pause", "um"), ("filler_phrase", "you know")]
    assert feedback.rejected == ()


def test_a_rejected_um_is_a_word_like_any_other() -> None:
    found = analyse(transcript_of(TEXT))
    um = found.fillers[0]
    feedback = again(found, rejected(found, um))
    assert marks(feedback) == [("filler_phrase", "you know")]
    assert feedback.rejected == (um,)
    assert feedback.fillers_per_minute == pytest.approx(60 / 2.8)
    assert found.delivery.words_per_minute == pytest.approx(60 * 6 / 2.8)
    assert feedback.delivery.words_per_minute == pytest.approx(60 * 7 / 2.8)
    back = again(feedback, restored(feedback, um))
    assert back == found


def test_a_word_that_is_marked_as_um_is_no_word_any_more() -> None:
    found = analyse(transcript_of("So and we shipped"))
    feedback = again(found, marked(found, PAUSE, 1, 1))
    assert marks(feedback) == [("filled_pause", "and")]
    assert feedback.fillers[0].by_person
    assert feedback.delivery.words_per_minute == pytest.approx(60 * 3 / 1.6)
    assert feedback.transcript == found.transcript
    assert again(feedback, toggled(feedback, feedback.fillers[0])) == found


def test_phrases_and_repetitions_are_marked_over_several_words() -> None:
    found = analyse(transcript_of("We were at the at the end of the day done"))
    feedback = again(found, marked(found, REPETITION, 2, 3))
    feedback = again(feedback, marked(feedback, PHRASE, 5, 9))
    assert marks(feedback) == [("repetition", "at the"), ("filler_phrase", "the end of the day")]
    assert feedback.count(REPETITION) == 1
    assert (
        feedback.delivery.words_per_minute == found.delivery.words_per_minute
    )  # they are words all the same
    check_marks(feedback)


def test_marking_takes_the_place_of_the_mark_that_was_there() -> None:
    found = analyse(transcript_of(TEXT))
    feedback = again(found, marked(found, REPETITION, 4, 5))
    assert marks(feedback) == [("filled_pause", "um"), ("repetition", "you know")]
    other = again(feedback, marked(feedback, PHRASE, 3, 5))
    assert marks(other) == [("filled_pause", "um"), ("filler_phrase", "was you know")]
    assert len(other.corrections) == 1
    none = again(other, rejected(other, other.fillers[1]))  # nor does what lay below it come back
    assert marks(none) == [("filled_pause", "um")]


def test_marking_what_is_marked_changes_nothing_and_what_was_rejected_restores_it() -> None:
    found = analyse(transcript_of(TEXT))
    assert marked(found, PAUSE, 1, 1) == ()
    feedback = again(found, rejected(found, found.fillers[0]))
    assert marked(feedback, PAUSE, 1, 1) == ()


def test_an_um_that_was_not_written_down_is_put_in() -> None:
    found = analyse(transcript_of("So we shipped it"))
    feedback = again(found, with_pause_after(found, 1))
    assert feedback.transcript.text == "So we um shipped it"
    assert feedback.recognised.text == "So we shipped it"
    assert marks(feedback) == [("filled_pause", "um")]
    assert feedback.delivery.words_per_minute == found.delivery.words_per_minute
    assert again(feedback, rejected(feedback, feedback.fillers[0])) == found
    last = again(found, with_pause_after(found, 3))
    assert last.transcript.text == "So we shipped it um"
    at = again(
        found, with_pause_at(found, 0.75)
    )  # while 'we' sounds: the um comes after what began before it
    assert at.transcript.text == "So we um shipped it"
    assert again(found, with_pause_at(found, 0.0)).transcript.text == "um So we shipped it"


def test_an_um_beside_an_um_is_one_of_its_own() -> None:
    found = analyse(transcript_of("So, um, we shipped"))
    for corrections in (with_pause_after(found, 1), with_pause_after(found, 0), with_pause_at(found, 0.85)):
        feedback = again(found, corrections)
        assert marks(feedback) == [("filled_pause", "um")] * 2
        assert sum(filler.by_person for filler in feedback.fillers) == 1
        check_marks(feedback)
    assert with_pause_at(found, 0.5) == ()  # in the midst of the one that is marked
    without = again(found, rejected(found, found.fillers[0]))
    assert with_pause_at(without, 0.5) == ()  # which restores it
    assert marks(again(without, with_pause_at(without, 0.85))) == [("filled_pause", "um")]


@pytest.mark.parametrize("seconds", [tenth / 10 for tenth in range(33)])
def test_an_um_can_be_put_in_anywhere(seconds: float) -> None:
    """Also in the midst of a phrase or of a repetition, whose words stay together."""
    found = analyse(transcript_of("So, um, you know, at the at the end"))
    with_repetition = again(found, marked(found, REPETITION, 4, 5))
    feedback = again(found, with_pause_at(with_repetition, seconds))
    check_marks(feedback)
    ums = 1 if 0.4 <= seconds <= 0.8 else 2
    assert sorted(marks(feedback)) == sorted(
        [("filled_pause", "um")] * ums + [("filler_phrase", "you know"), ("repetition", "at the")]
    )


def test_an_um_within_a_rejected_phrase_is_not_of_it() -> None:
    found = analyse(transcript_of("So, you know, fine"))
    without = again(found, rejected(found, found.fillers[0]))
    feedback = again(found, with_pause_at(without, 0.7))
    assert feedback.transcript.text == "So, you know, um fine"
    assert [(each.first, each.last) for each in (*feedback.rejected, *feedback.fillers)] == [(1, 2), (3, 3)]


def test_an_own_um_goes_with_its_mark_when_words_round_it_are_marked() -> None:
    found = analyse(transcript_of("We went to the shop"))
    with_um = again(found, with_pause_after(found, 2))
    feedback = again(with_um, marked(with_um, PHRASE, 2, 4))
    assert feedback.transcript.text == "We went to the shop"
    assert marks(feedback) == [("filler_phrase", "to the")]


@pytest.mark.parametrize("seed", range(150))
def test_whatever_is_done_to_the_marks_they_stay_in_order(seed: int) -> None:
    chance = random.Random(seed)
    vocabulary = [
        "so",
        "um,",
        "uh",
        "you",
        "know,",
        "the",
        "we",
        "like",
        "basically",
        "it",
        "shipped",
        "i",
        "mean",
    ]

    def heard() -> Transcript:
        return transcript_of(" ".join(chance.choices(vocabulary, k=chance.randint(1, 12))), 0.2)

    feedback = analyse(heard())
    for _ in range(8):
        shown, place = (
            (*feedback.fillers, *feedback.rejected),
            chance.randrange(len(feedback.transcript.words)),
        )
        last = min(place + chance.randint(0, 2), len(feedback.transcript.words) - 1)
        corrections = chance.choice(
            [
                toggled(feedback, chance.choice(shown)) if shown else (),
                marked(feedback, chance.choice(list(FillerKind)), place, last),
                with_pause_after(feedback, place),
                with_pause_at(feedback, chance.uniform(0, feedback.delivery.duration_seconds)),
            ]
        )
        feedback = analyse(feedback.recognised, corrections)
        for each in (feedback, analyse(heard(), corrections)):
            check_marks(each)
            recognised = {id(word) for word in each.recognised.words}
            kept = [word for word in each.transcript.words if id(word) in recognised]
            assert kept == list(each.recognised.words)
            added = sum(correction.verdict is Verdict.ADDED for correction in corrections)
            assert sum(filler.by_person for filler in each.fillers) == added  # the person's word stands


def test_several_ums_can_be_put_in_one_place() -> None:
    feedback = analyse(transcript_of("So we shipped it"))
    for _ in range(3):
        feedback = again(feedback, with_pause_after(feedback, 1))
        check_marks(feedback)
    assert feedback.transcript.text.count("um") == len(feedback.fillers)
    assert len(feedback.fillers) >= 1


def test_the_persons_word_stands_for_another_transcription() -> None:
    first = analyse(
        spoken(("So,", 0, 0.3), ("um,", 1, 1.4), ("we", 2, 2.2), ("like", 2.3, 2.6), ("it", 3, 3.2))
    )
    kept = rejected(first, first.fillers[0])
    kept = marked(again(first, kept), PHRASE, 3, 3)
    kept = with_pause_at(again(first, kept), 4.5)
    second = analyse(
        spoken(("So", 0, 0.4), ("uh,", 1.2, 1.6), ("we", 2, 2.3), ("like", 2.7, 2.9), ("it.", 3.1, 3.3)), kept
    )
    assert marks(second) == [("filler_phrase", "like"), ("filled_pause", "um")]
    assert [filler.text for filler in second.rejected] == ["uh"]
    assert second.transcript.text == "So uh, we like it. um"
    check_marks(second)


@pytest.mark.parametrize(
    ("words", "is_rejected"),
    [
        ([("So", 0, 0.4), ("um,", 1.5, 1.7), ("we", 2, 2.2)], False),
        ([("So", 0, 0.4), ("um,", 1.34, 1.6), ("we", 2, 2.2)], True),
        ([("So", 0, 1.1), ("um,", 1.25, 1.5), ("we", 2, 2.2)], True),  # 'So' is stretched over it
        ([("So", 0, 0.4), ("um,", 0.7, 0.9), ("we", 1.1, 2.2)], True),
        ([("So", 0, 0.4), ("we", 1.05, 1.2), ("um,", 1.3, 1.5)], False),
        ([("So", 0, 0.4), ("we", 1.21, 1.29), ("um,", 1.3, 1.5)], False),
        ([("um,", 0.7, 0.9), ("so", 0.92, 0.98), ("we", 2, 2.2)], False),
    ],
)
def test_a_rejection_does_not_move_to_another_um(
    words: list[tuple[str, float, float]], is_rejected: bool
) -> None:
    first = analyse(spoken(("So", 0, 0.4), ("um,", 1.0, 1.2), ("we", 2, 2.2)))
    second = analyse(spoken(*words), rejected(first, first.fillers[0]))
    assert [filler.text for filler in second.rejected] == ["um"] * is_rejected
    assert marks(second) == [("filled_pause", "um")] * (not is_rejected)


@pytest.mark.parametrize(
    ("after", "following", "place"),
    [
        (("we", 2, 2.2), ("it", 4, 4.2), (2.2, 2.5)),
        (("we", 2, 2.2), ("it", 2.3, 2.5), (2.2, 2.3)),
        (("we", 2, 2.2), ("it", 2.2, 2.5), (2.2, 2.25)),
        (("we", 2, 2.2), ("it", 2.1, 2.5), (2.1, 2.15)),
        (("we", 59, 59.4), ("it", 59.4, 60), (59.4, 59.45)),
        (("we", 59, 59.4), ("it", 60, 60), (59.4, 59.7)),
        (("we", 59, 59.98), ("it", 60, 60), (59.95, 60)),
        (("it", 59, 59.4), None, (59.4, 59.7)),
        (("it", 59, 59.9), None, (59.9, 60)),
        (("it", 59, 60), None, (59.95, 60)),
        (("it", 59, 60.3), None, (59.95, 60)),
    ],
)
def test_an_um_after_a_word_lies_before_the_next_one_and_before_the_end(
    after: tuple[str, float, float],
    following: tuple[str, float, float] | None,
    place: tuple[float, float],
) -> None:
    found = analyse(spoken(("So", 0, 0.4), after, *([following] if following else [])))
    (added,) = with_pause_after(found, 1)
    assert (added.start_seconds, added.end_seconds) == pytest.approx(place)
    feedback = again(found, (added,))
    assert [word.text for word in feedback.transcript.words[:3]] == ["So", after[0], "um"]


@pytest.mark.parametrize("seconds", [59.9, 60.0, 60.2, 75.0])
def test_an_um_at_the_end_lies_before_it(seconds: float) -> None:
    found = analyse(spoken(("So", 0, 0.4)))
    (added,) = with_pause_at(found, seconds)
    assert 59.7 <= added.start_seconds < added.end_seconds <= 60


def test_a_phrase_that_is_found_now_is_not_put_in_beside_itself() -> None:
    first = analyse(spoken(("we", 2, 2.2), ("like", 2.3, 2.6), ("it", 3, 3.2)))
    kept = marked(first, PHRASE, 1, 1)
    beside = analyse(spoken(("we", 2, 2.3), ("like", 2.7, 2.9), ("it", 3.1, 3.3)), kept)
    assert beside.transcript.text == "we like it"
    assert [(filler.text, filler.by_person) for filler in beside.fillers] == [("like", True)]
    far = analyse(spoken(("we", 2, 2.3), ("like", 2.8, 2.9), ("it", 3.1, 3.3)), kept)
    assert [filler.by_person for filler in far.fillers] == [True, False]  # this one may be another


def test_an_added_um_that_is_found_now_is_counted_once() -> None:
    first = analyse(spoken(("So", 0, 0.3), ("we", 2, 2.2)))
    kept = with_pause_at(first, 1.0)
    second = analyse(spoken(("So", 0, 0.3), ("um,", 0.9, 1.3), ("we", 2, 2.2)), kept)
    assert marks(second) == [("filled_pause", "um")]
    assert second.fillers[0].by_person
    assert len(second.transcript.words) == 3
    assert (
        marks(again(second, rejected(second, second.fillers[0]))) == []
    )  # and goes with one word of the person


def test_an_um_that_is_now_heard_as_a_word_stays_a_mark_on_that_word() -> None:
    first = analyse(transcript_of("So and we shipped"))
    kept = marked(first, PAUSE, 1, 1)
    second = analyse(transcript_of("So on we shipped"), kept)
    assert marks(second) == [("filled_pause", "on")]
    third = analyse(spoken(("So", 0, 0.4), ("we", 0.8, 1.2), ("shipped", 1.2, 1.6)), kept)
    assert marks(third) == [("filled_pause", "um")]
    assert third.transcript.text == "So um we shipped"


def test_an_added_um_never_takes_an_ordinary_word() -> None:
    first = analyse(spoken(("So", 0, 0.3), ("we", 2, 2.2)))
    kept = with_pause_at(first, 1.0)
    second = analyse(spoken(("So", 0, 1.4), ("we", 1.4, 2.2)), kept)  # stretched over it
    assert second.transcript.text == "So um we"
    assert marks(second) == [("filled_pause", "um")]


def test_a_rejected_sound_is_no_filler_of_another_kind_but_its_neighbour_may_be() -> None:
    words = spoken(("the,", 0, 0.3), ("uh,", 0.35, 0.6), ("the", 0.7, 0.9), ("engineers", 0.9, 1.5))
    repetition = Filler(REPETITION, "the", 0, 0.3, 0, 0)
    pause = Filler(PAUSE, "uh", 0.35, 0.6, 1, 1)
    no_um = Correction(Verdict.REJECTED, PAUSE, 0.0, 0.28, "um")
    assert correct(words, (repetition,), [no_um]).fillers == ()
    both = correct(words, (repetition, pause), [no_um])
    assert both.fillers == (repetition,)  # one to one, its own kind before another
    no_repetition = Correction(Verdict.REJECTED, REPETITION, 0.0, 0.3, "the")
    assert correct(words, (repetition, pause), [no_repetition]).fillers == (pause,)


def test_of_two_ums_side_by_side_the_rejected_one_goes() -> None:
    found = analyse(transcript_of("So um uh we shipped", 0.3))
    for place, left in ((0, "uh"), (1, "um")):
        feedback = again(found, rejected(found, found.fillers[place]))
        assert [filler.text for filler in feedback.fillers] == [left]


def test_a_correction_far_from_everything_does_no_harm() -> None:
    far = Correction(Verdict.REJECTED, PAUSE, 30.0, 30.3, "um")
    found = analyse(transcript_of(TEXT))
    assert marks(analyse(found.recognised, (far,))) == marks(found)
    empty = analyse(transcript_of(""), (far, Correction(Verdict.ADDED, PAUSE, 0.2, 0.5, "um")))
    assert empty.transcript.text == "um"
    assert empty.fillers_per_minute is None  # nothing was heard, so there is no time to count over


def test_millimetres_are_words() -> None:
    assert analyse(transcript_of("about 5 mm")).delivery.words_per_minute == pytest.approx(60 * 3 / 1.2)
