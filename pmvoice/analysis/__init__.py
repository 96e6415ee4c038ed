"""Numbers from words: pure functions, each result traceable to a place in the recording."""
