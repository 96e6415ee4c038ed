"""How right the analysis is: the whole of it over recordings whose truth is known. See ../README.md."""
