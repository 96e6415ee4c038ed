"""How well pauses, fillers and words are found, measured against hand-made labels."""
