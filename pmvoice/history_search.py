"""What a person types to search the history, as a query of SQLite's full text search (FTS5)."""

from __future__ import annotations

_LITERAL = str.maketrans({'"': '""', "\0": " "})  # a quotation mark is doubled; SQLite would end at the null


def match_expression(phrase: str) -> str | None:
    """``phrase`` as it stands, its last word perhaps unfinished; ``None`` where it holds no word.

    In FTS5, between quotation marks nothing is syntax, several words are a phrase, and the star after them
    lets the last one go on.
    """
    if not any(sign.isalnum() for sign in phrase):
        return None
    writable = phrase.encode(errors="replace").decode()  # half a surrogate pair, which SQLite does not take
    return f'"{writable.translate(_LITERAL)}"*'
