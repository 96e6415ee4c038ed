"""Silero's voice activity detector, which comes with faster-whisper, fed bit by bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from faster_whisper.vad import get_vad_model

from pmvoice.sound_files import Samples

BLOCK = 512  # samples that one probability is for
CONTEXT = 64  # samples before a block that the detector sees again
STATE_SIZE = 128
MOST_BLOCKS = 1000  # taken at once: more need more memory and are no faster


class VoiceDetector:
    """Tells how likely a voice is; it remembers what it has heard, as the detector's network does."""

    def __init__(self) -> None:
        self._session = get_vad_model().session
        self.forget()

    def forget(self) -> None:
        """Begin anew, with the start of a recording."""
        self._hidden = np.zeros((1, 1, STATE_SIZE), dtype=np.float32)
        self._cell = np.zeros((1, 1, STATE_SIZE), dtype=np.float32)
        self._context = np.zeros(CONTEXT, dtype=np.float32)

    def probabilities(self, samples: Samples) -> npt.NDArray[np.float32]:
        """The probability of a voice for each block of what follows, shape (blocks,).

        ``samples``: float32, shape (blocks * 512,), at least one block, 16 kHz, speech near full level.
        """
        parts = np.split(samples, range(MOST_BLOCKS * BLOCK, len(samples), MOST_BLOCKS * BLOCK))
        return np.concatenate([self._of_blocks(part) for part in parts])

    def _of_blocks(self, samples: Samples) -> npt.NDArray[np.float32]:
        blocks = samples.reshape(-1, BLOCK)
        ends = blocks[:, -CONTEXT:]
        contexts = np.concatenate([self._context[np.newaxis], ends[:-1]])
        self._context = ends[-1].copy()
        output, self._hidden, self._cell = self._session.run(
            None,
            {"input": np.concatenate([contexts, blocks], axis=1), "h": self._hidden, "c": self._cell},
        )
        return np.asarray(output, dtype=np.float32).ravel()
