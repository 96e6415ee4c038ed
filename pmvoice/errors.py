"""What can go wrong and be said to the person.

A ``UserError`` carries one or two sentences that say what happened and what to do. It is caught in one
place per surface (``__main__.main`` in the terminal, ``MainWindow.show_message`` in the window) and shown.
Anything else that is raised is a bug and goes to the log with its traceback.
"""


class UserError(Exception):
    """A problem that the person can act on; ``str(error)`` is the text to show."""
