"""How soon the review is there, what that costs, and how steady the program is meanwhile."""
