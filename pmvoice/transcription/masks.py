"""Yes or no for each 10 ms of a recording: the stretches of it, and gaps closed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The stretches of a mask that are true: first frame, and the one after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def without_gaps(mask: Mask, shortest: int) -> Mask:
    """The mask with gaps shorter than ``shortest`` frames filled in."""
    filled = mask.copy()
    for (_, end), (start, _) in pairwise(runs(mask)):
        if start - end < shortest:
            filled[end:start] = True
    return filled


def widened(mask: Mask, frames: int) -> Mask:
    """The mask with each stretch longer by ``frames`` at both ends."""
    wider = mask.copy()
    for start, end in runs(mask):
        wider[max(start - frames, 0) : end + frames] = True
    return wider
