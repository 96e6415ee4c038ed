"""Recording -> words: finding the model, running it, and the child process it runs in."""
