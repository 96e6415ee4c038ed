"""The figures as tables in Markdown, and every error in words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from benchmarks.accuracy import figures
from benchmarks.accuracy.cases import EMPTY, GROUPS
from benchmarks.accuracy.score import Hits, Score


def report(scores: Sequence[Score], half: str) -> str:
    """All tables of one half."""
    groups = [(group, [score for score in scores if score.group == group]) for group in GROUPS]
    groups = [(group, members) for group, members in groups if members]
    parts = (
        _fillers(groups),
        _words(groups),
        _timing(groups),
        _inserted(groups),
        _empty(scores),
        _targets(scores),
    )
    return "\n\n".join([f"### Half '{half}'", *(part for part in parts if part)])


Groups = Sequence[tuple[str, Sequence[Score]]]


def _fillers(groups: Groups) -> str:
    head = (
        *("filled pauses, phrases, repetitions", "recordings", "minutes", "true", "told", "precision"),
        *("recall", "F1", "told - true a minute", "without sign", "told a minute where none is"),
        *("phrases: right of told, of true", "repetitions: right of told, of true"),
    )
    return _table(
        head,
        (
            (
                *(group, str(len(members)), _n(figures.minutes(members), 1)),
                *(str(hits.true), str(hits.found), _n(figures.precision(hits)), _n(figures.recall(hits))),
                _n(figures.f1(hits)),
                _n(figures.count_error(members, absolute=False)),
                _n(figures.count_error(members, absolute=True)),
                _n(figures.false_a_minute(members)),
                _share(figures.summed([score.phrases for score in members])),
                _share(figures.summed([score.repetitions for score in members])),
            )
            for group, members in groups
            for hits in [figures.filled(members)]
        ),
    )


def _share(hits: Hits) -> str:
    return f"{hits.right} of {hits.found}, of {hits.true}" if hits.true or hits.found else ""


def _words(groups: Groups) -> str:
    head = (
        *("word error rate, %", "as spoken", "without filled pauses", "plain, as spoken"),
        *("plain, without filled pauses", "seconds of work a second", "median", "against plain"),
    )
    return _table(
        head,
        (
            (
                group,
                _percent(figures.word_error_rate(members, lambda words: words.spoken)),
                _percent(figures.word_error_rate(members, lambda words: words.bare)),
                _percent(figures.word_error_rate(members, lambda words: words.plain_spoken)),
                _percent(figures.word_error_rate(members, lambda words: words.plain_bare)),
                _n(figures.cost(members)),
                _n(figures.cost_median(members)),
                _n(figures.cost_ratio(members)),
            )
            for group, members in [*groups, ("all", [score for _, members in groups for score in members])]
        ),
    )


def _timing(groups: Groups) -> str:
    head = (
        *("timing, by the silences in the signal", "speaking time: error, %", "with sign"),
        *(
            "pauses ≥ 1 s",
            "told",
            "within 0.15 s",
            "invented",
            "delay: worst error, s",
            "words a minute: error, %",
        ),
    )
    rows = []
    for group, members in groups:
        pauses = [timing.pauses for timing in figures.timings(members)]
        if not pauses:
            continue
        delays = [abs(error) for error in figures.delay_errors(members)]
        rows.append(
            (
                *(group, _percent(figures.speaking_error(members)), _percent(figures.speaking_bias(members))),
                *(str(sum(p.true for p in pauses)), str(sum(p.told for p in pauses))),
                *(str(sum(p.near for p in pauses)), str(sum(p.invented for p in pauses))),
                *(_n(max(delays, default=None)), _percent(figures.pace_error(members))),
            )
        )
    return _table(head, rows) if rows else ""


def _inserted(groups: Groups) -> str:
    """Told minus true at both ends of a pause: against the signal's silences, and against what was put in."""
    head = (
        *("ends of pauses, told - true, s", "pauses", "start: median", "worst", "end: median", "worst"),
        *("put in", "start: median", "worst", "end: median", "worst"),
    )
    rows = []
    for group, members in groups:
        known = figures.timings(members)
        columns = (
            [error for timing in known for error in timing.pauses.starts],
            [error for timing in known for error in timing.pauses.ends],
            [error for timing in known for error in timing.inserted_starts],
            [error for timing in known for error in timing.inserted_ends],
        )
        if any(columns):
            a, b, c, d = (_middle_and_worst(column) for column in columns)
            rows.append((group, str(len(columns[0])), *a, *b, str(len(columns[2])), *c, *d))
    return _table(head, rows) if rows else ""


def _middle_and_worst(errors: Sequence[float]) -> tuple[str, str]:
    if not errors:
        return "", ""
    return f"{statistics.median(errors):+.2f}", f"{max(errors, key=abs):+.2f}"


def _empty(scores: Sequence[Score]) -> str:
    rows = [
        (
            *(score.name, str(score.heard_words), str(score.filled_pauses.found)),
            _n(score.timing.speaking_told) if score.timing else "",
        )
        for score in scores
        if score.group == EMPTY
    ]
    return _table(("nobody speaks", "words", "filled pauses", "seconds of speech"), rows) if rows else ""


def _targets(scores: Sequence[Score]) -> str:
    verdicts = {True: "reached", False: "not reached", None: "not measured"}
    rows = ((t.what, t.wanted, t.got, verdicts[t.reached]) for t in figures.targets(scores))
    return _table(("target", "wanted", "got", ""), rows)


def errors(score: Score) -> Iterator[str]:
    """Each wrong filled pause and each word error of one recording."""
    yield f"{score.name}: {score.transcript}"
    yield from (f"  missed: {text}" for text in score.missed)
    yield from (f"  false: {text}" for text in score.false)
    if score.words is not None and score.words.bare.edits:
        changes = (f"{said or '+'} > {heard or '-'}" for said, heard in score.words.bare.edits)
        yield "  words: " + "; ".join(changes)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]] | Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _n(value: float | None, digits: int = 2) -> str:
    return figures.shown(value, digits)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"
