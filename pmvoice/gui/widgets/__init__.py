"""Widgets that more than one page could use; they know nothing of history or files."""
