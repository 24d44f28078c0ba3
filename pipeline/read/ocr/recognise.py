"""Lines of print read from their pictures, each character with its place and its own confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np

from patterns.fold import fold_character
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.models import Tensor, alphabet, recognition_model, run, thread_count

HEIGHT = 48
"""The recogniser takes lines of this height, in pixels."""

NARROWEST = 64
"""Narrower pictures are set in the middle of a white one of this width: the recogniser knows lines, no lone strokes."""

WIDEST = 3200
"""Wider pictures are squeezed to this: some 80 characters, more than any page has in a line."""

_NOTHING = 0

MIDDLE = 0.22
"""Where in its column a character stands, measured on pages whose characters are known: the recogniser answers late."""

CONTESTED = 0.95
"""Below this likelihood a character is looked at for others that mean the same."""

RIVALS = 4
"""So many of the likeliest characters are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture of a line says. `centres` tells where each character stands, as a share of the picture's width
    from its left; `confidences` how sure the recogniser is of it, from 0 to 1."""

    text: str
    centres: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over the characters; 0 for nothing read."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0

    @property
    def least(self) -> float:
        """That of the most doubtful character; 0 for nothing read."""
        return min(self.confidences, default=0.0)


def read_lines(pictures: Sequence[Pixels]) -> list[Reading]:
    """Reads gray pictures of one line each, in parallel."""
    if len(pictures) < 2 or thread_count() == 1:
        return [read_line(picture) for picture in pictures]
    # The widest first, so that no thread is left alone with a long line at the end.
    order = sorted(range(len(pictures)), key=lambda index: -pictures[index].shape[1] / pictures[index].shape[0])
    recognition_model(), alphabet()
    with ThreadPoolExecutor(thread_count()) as pool:
        readings = list(pool.map(read_line, [pictures[index] for index in order]))
    placed = dict(zip(order, readings, strict=True))
    return [placed[index] for index in range(len(pictures))]


def read_line(picture: Pixels) -> Reading:
    """Reads one gray picture of one line."""
    tensor, left, width = _prepare(picture)
    likelihoods = run(recognition_model(), tensor)[0]
    return _decode(likelihoods, left, width, tensor.shape[3])


def _prepare(picture: Pixels) -> tuple[Tensor, int, int]:
    """The recogniser's input, and where in it the picture begins and how wide it is."""
    height, width = picture.shape
    target = min(max(math.ceil(HEIGHT * width / height), 1), WIDEST)
    resized = cv2.resize(picture, (target, HEIGHT), interpolation=cv2.INTER_LINEAR)
    left = max(0, NARROWEST - target) // 2
    right = max(0, NARROWEST - target - left)
    if left or right:
        resized = cv2.copyMakeBorder(resized, 0, 0, left, right, cv2.BORDER_CONSTANT, value=(255.0, 255.0, 255.0))
    plane = np.asarray(resized, dtype=np.float32) / 127.5 - 1.0
    return np.broadcast_to(plane, (1, 3, *plane.shape)).copy(), left, target


def _decode(likelihoods: Tensor, left: int, width: int, total: int) -> Reading:
    """The most likely text (CTC: the best class per column, repetitions and blanks dropped)."""
    best = likelihoods.argmax(axis=1)
    sureness = likelihoods[np.arange(len(best)), best]
    begins = np.flatnonzero((best != _NOTHING) & (np.diff(best, prepend=_NOTHING) != 0))
    columns = len(best)
    characters = alphabet()
    centres, confidences = [], []
    for begin in begins.tolist():
        end = begin + 1
        while end < columns and best[end] == best[begin]:
            end += 1
        weights = sureness[begin:end]
        centre = float((np.arange(begin, end) + MIDDLE) @ weights / weights.sum()) / columns * total
        centres.append(min(max((centre - left) / width, 0.0), 1.0))
        surest = begin + int(weights.argmax())
        confidences.append(_confidence(likelihoods[surest], int(best[begin])))
    return Reading("".join(characters[best[begin]] for begin in begins), tuple(centres), tuple(confidences))


def _confidence(likelihoods: Tensor, chosen: int) -> float:
    """How likely a character is, together with those that differ from it in width only: （ and (, ： and :."""
    likelihood = float(likelihoods[chosen])
    if likelihood >= CONTESTED:
        return likelihood
    characters = alphabet()
    folded = fold_character(characters[chosen])
    rivals = np.argpartition(likelihoods, -RIVALS)[-RIVALS:].tolist()
    same = (
        rival for rival in rivals if rival not in (chosen, _NOTHING) and fold_character(characters[rival]) == folded
    )
    return min(likelihood + sum(float(likelihoods[rival]) for rival in same), 1.0)
