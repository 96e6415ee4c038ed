"""The benchmark's own parts: what it calls an error must be one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy import degrade
from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.align import PAUSE, align, edits, match_events
from benchmarks.accuracy.cases import all_cases
from benchmarks.accuracy.corpus import REPORT, SHIPPED, TUNE, chance_of, half_of, read_corpus
from benchmarks.accuracy.normalise import normalise, normalised
from benchmarks.accuracy.score import (
    Hits,
    aligned_words,
    score_fillers,
    score_labels,
    score_timing,
    score_words,
)
from benchmarks.accuracy.timing import compare_pauses, silences
from benchmarks.accuracy.truth import Label, Truth
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span, Transcript, Word


def heard(text: str, speech: tuple[Span, ...] = (), seconds: float = 60.0) -> Feedback:
    """The feedback on words that follow each other every half second."""
    words = tuple(Word(word, n / 2, n / 2 + 0.4) for n, word in enumerate(text.split()))
    return analyse(Transcript(words, speech, seconds, "base"))


def split(text: str) -> list[str]:
    return text.split()


def tone(seconds: float, level: float = -20.0) -> Samples:
    time = np.arange(int(seconds * RATE)) / RATE
    return degrade.at_level(np.sin(2 * np.pi * 440 * time).astype(np.float32), level)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sixty four percent", "64%"),
        ("twenty six per cent", "26 percent"),
        ("the thirtieth of May,", "the 30th of May"),
        ("ninety minutes", "90 minutes"),
        ("a one page case", "a 1-page case"),
        ("two thousand", "2,000"),
        ("Y'know, okay", "you know ok"),
        ("yknow", "You know"),
        ("custom colours", "custom colors"),
        ("any more drop-off", "anymore dropoff"),
        ("it’s trade-off", "it's trade off"),  # noqa: RUF001
    ],
)
def test_two_spellings_of_the_same_are_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_other_words_stay_other_words() -> None:
    assert normalised("So, um, it's five, six") == "so um it's 5 6"
    assert normalised("five") != normalised("fifty")
    assert normalised("from forty one to twenty six percent") == "from 41 to 26 percent"


def test_a_token_knows_of_which_words_it_was_made() -> None:
    tokens = normalise(["by", "twenty", "six", "y'know,"])
    assert [(token.text, token.first, token.last) for token in tokens] == [
        *(("by", 0, 0), ("26", 1, 2), ("you", 3, 3), ("know", 3, 3)),
    ]


def test_a_filled_pause_never_stands_beside_a_word() -> None:
    said, told = ["so", PAUSE, "i", "had"], ["so", "and", "i", "had"]
    assert sorted(edits(said, told, align(said, told))) == [("", "and"), (PAUSE, "")]


def test_the_alignment_keeps_equal_words_together() -> None:
    said, told = split("i put the nine stories on a wall"), split("i put nine stories on the wall")
    assert edits(said, told, align(said, told)) == [("the", ""), ("a", "the")]
    assert align([], ["a"])[0].heard == 0
    assert align([], []) == []


def test_any_sound_of_hesitation_counts_as_any_other() -> None:
    spoken, bare = score_words(split("so um it was"), split("So, uh, it was"))
    assert (spoken.errors, bare.errors, bare.words) == (0, 0, 3)
    spoken, bare = score_words(split("so um it was"), split("So it was"))
    assert (spoken.errors, bare.errors) == (1, 0)


def test_events_match_one_to_one_within_the_tolerance() -> None:
    true = [Span(1.0, 1.4), Span(2.0, 2.3), Span(9.0, 9.2)]
    assert match_events(true, [Span(1.75, 1.9)]) == [(0, 0)]
    assert match_events(true, [Span(1.3, 2.1)]) == [(0, 0)]  # one found event is one event
    assert match_events(true, [Span(1.7, 1.8), Span(1.9, 2.0)]) == [(0, 0), (1, 1)]
    assert match_events(true, [Span(8.5, 8.59)]) == []
    assert match_events([], true) == []


def test_filled_pauses_are_scored_by_place_where_it_is_known() -> None:
    truth = Truth(60.0, 1, ("so", "um", "yes"), events=(Span(30.0, 30.5),))
    hits, missed, false = score_fillers(truth, heard("So, um, yes"))
    assert hits == Hits(true=1, found=1, right=0)
    assert missed == ("30.00 s",)
    assert false == ("0.50 s 'um'",)


def test_filled_pauses_are_scored_by_order_where_only_the_words_are_known() -> None:
    truth = Truth(60.0, 2, tuple(split("So, um, it was, uh, hard to say")))
    hits, missed, false = score_fillers(truth, heard("So, uh, it was hard to, um, say"))
    assert hits == Hits(true=2, found=2, right=1)
    assert missed == ("it was <filled pause> hard to",)
    assert false == ("3.00 s 'um'",)


def test_all_filled_pauses_are_false_where_there_is_none() -> None:
    assert score_fillers(Truth(60.0, 0), heard("Um, uh"))[0] == Hits(true=0, found=2, right=0)


def test_a_phrase_is_right_where_the_label_is() -> None:
    words = tuple(split("do you know it was, you know, hard"))
    truth = Truth(60.0, 0, words, phrases=(Label(5, 6),))
    feedback = heard("Do you know, um, it was, you know, hard")
    hits = score_labels(truth.phrases, feedback.fillers, aligned_words(truth, feedback), 0)
    assert (hits.true, hits.right) == (1, 1)


def test_silence_is_told_from_the_level() -> None:
    quiet = degrade.at_level(degrade.white(RATE, np.random.default_rng(1)), -68)
    signal = np.concatenate([quiet, tone(2), quiet[: RATE // 5], tone(1), quiet, quiet[: RATE // 2], tone(1)])
    assert [(round(s.start_seconds, 2), round(s.end_seconds, 2)) for s in silences(signal)] == [
        *((0.0, 1.0), (4.2, 5.7)),
    ]


def test_pauses_count_only_where_both_ends_are_near() -> None:
    true = [Span(1.0, 3.0), Span(10.0, 12.0), Span(20.0, 20.9), Span(30.0, 30.5)]
    told = [Span(1.1, 2.9), Span(10.3, 12.0), Span(19.9, 20.9), Span(29.9, 31.0)]
    errors = compare_pauses(true, told)
    assert (errors.true, errors.told, errors.near, errors.invented) == (2, 4, 1, 1)
    assert errors.starts == (0.1, 0.3)


def test_timing_is_scored_against_the_silences() -> None:
    truth = Truth(10.0, 1, ("um", "we", "went", "on"), silences=(Span(0.0, 2.0), Span(5.0, 7.0)))
    timing = score_timing(truth, heard("Um, we went on", (Span(2.1, 5.1), Span(7.0, 10.0)), 10.0))
    assert timing is not None
    assert timing.speaking_true == pytest.approx(6.0)
    assert timing.delay_true == pytest.approx(2.0)
    assert timing.pauses.near == 1
    assert timing.pace_true == pytest.approx(30.0)
    assert timing.pace_told == pytest.approx(30.0)


@pytest.mark.parametrize("ratio", [20.0, 10.0])
def test_noise_is_as_loud_as_asked_for(ratio: float) -> None:
    clean = tone(3)
    chance = np.random.default_rng(2)
    for noise in (
        degrade.white(len(clean), chance),
        degrade.pink(len(clean), chance),
        degrade.babble(clean, chance),
    ):
        added = degrade.with_noise(clean, noise, ratio) - clean
        power = 10 * np.log10(np.mean(np.square(clean)) / np.mean(np.square(added)))
        assert power == pytest.approx(ratio, abs=0.2)


def test_pauses_do_not_lower_the_level_of_speech() -> None:
    assert degrade.speech_level(np.concatenate([tone(2), np.zeros(4 * RATE, np.float32)])) == pytest.approx(
        -20, abs=0.1
    )


def test_worse_copies_keep_their_length_and_their_times() -> None:
    quiet = np.zeros(RATE, dtype=np.float32)
    clean = np.concatenate([quiet, tone(1), quiet])
    chance = np.random.default_rng(3)
    copies = {
        "room": degrade.in_room(clean, chance),
        "quiet": degrade.quieter(clean),
        "clipped": degrade.clipped(clean),
        "bluetooth": degrade.bluetooth(clean),
        "pitch": degrade.at_pitch(clean, 3),
    }
    for name, copy in copies.items():
        assert (len(copy), copy.dtype) == (len(clean), np.float32), name
        loud = np.flatnonzero(degrade.frame_levels(copy) > degrade.speech_level(copy) - 10) / 100
        assert loud[0] == pytest.approx(1.0, abs=0.05), name
        if name != "room":
            assert loud[-1] == pytest.approx(2.0, abs=0.05), name
    assert degrade.speech_level(copies["quiet"]) == pytest.approx(-56, abs=0.5)
    assert np.abs(copies["clipped"]).max() <= 1
    assert len(degrade.at_speed(clean, 1.25)) == round(len(clean) / 1.25)


def test_the_shipped_answers_make_cases_with_a_whole_truth() -> None:
    cases = all_cases(read_corpus(SHIPPED))
    assert len({case.name for case in cases}) == len(cases)
    assert {case.half for case in cases} == {TUNE, REPORT}
    chosen = [case for case in cases if case.name in ("answer-05", "answer-05+speed-0.9", "long-report-300s")]
    assert len(chosen) == 3
    for case in chosen:
        samples, truth = case.make()
        assert len(samples) / RATE == pytest.approx(truth.seconds)
        assert truth.silences
        assert truth.delay_seconds is not None
        again, _ = case.make()
        assert np.array_equal(samples, again)
        for pause in truth.inserted:  # each lies in one silence, but for some hundredths at its end
            inside = [s for s in truth.silences if s.start_seconds <= pause.start_seconds + 0.01]
            assert inside[-1].end_seconds >= pause.end_seconds - 0.05


def test_a_recording_and_what_is_made_of_it_are_in_the_same_half() -> None:
    for case in all_cases(read_corpus(SHIPPED)):
        if case.name.startswith("answer"):
            assert case.half == half_of(case.name.split("+")[0])
    assert half_of("another") == half_of("another")
    assert chance_of("a").random() == chance_of("a").random()


def test_a_missing_folder_or_a_wrong_manifest_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--corpus", str(tmp_path / "none")]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert main(["--corpus", str(tmp_path)]) == 2
    manifest = tmp_path / "manifest.json"
    manifest.write_text("[{}]")
    with pytest.raises(UserError, match="no manifest"):
        read_corpus(tmp_path)
    manifest.write_text(json.dumps([{"file": "gone.flac", "filled_pauses": 0}]))
    with pytest.raises(UserError, match="no such file"):
        read_corpus(tmp_path)
    (tmp_path / "gone.flac").write_bytes(b"")
    manifest.write_text(json.dumps([{"file": "gone.flac", "filled_pauses": 2, "text": "so um yes"}]))
    with pytest.raises(UserError, match="says 2 filled pauses"):
        read_corpus(tmp_path)
