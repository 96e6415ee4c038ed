"""The window: thin widgets over the parts that run without Qt."""
