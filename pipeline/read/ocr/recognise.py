"""Lines of print read from their pictures, each character with its place and its own confidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain

import cv2
import numpy as np

from patterns.fold import fold_character
from patterns.ocr_confusions import plausibility, plausibility_alone
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.models import Tensor, alphabet, recognition_model, run, thread_count

HEIGHT = 48
"""The recogniser takes lines of this height, in pixels."""

NARROWEST = 64
"""Narrower pictures are set in the middle of a white one of this width: the recogniser knows lines, no lone strokes."""

WIDEST = 3200
"""Wider pictures are squeezed to this: some 80 characters, more than any page has in a line."""

LARGEST_BATCH = 800
"""Pictures are read together up to this width in all; beyond it there is nothing to gain."""

ALIKE = 0.85
"""Pictures narrower than this share of the widest among them would be mostly white."""

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


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A picture at the recogniser's height: where in `plane` the print begins, and how wide it is."""

    plane: Tensor
    left: int
    width: int


def read_lines(pictures: Sequence[Pixels]) -> list[Reading]:
    """Reads gray pictures of one line each, in parallel.

    Pictures of about the same width are read together: every call of the model has a cost of its own, which for the
    short lines of table cells is a good part of the whole.
    """
    lines = [_prepare(picture) for picture in pictures]
    order = sorted(range(len(lines)), key=lambda index: -lines[index].plane.shape[1])
    batches = _batches([lines[index] for index in order])
    if thread_count() > 1 and len(batches) > 1:
        recognition_model(), alphabet()
        with ThreadPoolExecutor(thread_count()) as pool:
            read = list(pool.map(_read_batch, batches))
    else:
        read = [_read_batch(batch) for batch in batches]
    placed = dict(zip(order, chain.from_iterable(read), strict=True))
    return [placed[index] for index in range(len(pictures))]


def read_sign(pictures: Sequence[Pixels]) -> Reading:
    """What one lone sign is, from several pictures of it: what they and its plausibility make likeliest together."""
    rows = []
    for picture in pictures:
        plane = _prepare(picture).plane
        tensor = np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)))
        likelihoods = run(recognition_model(), tensor)[0]
        rows.append(likelihoods[int(likelihoods[:, 1:].max(axis=1).argmax())])
    together = np.mean(rows, axis=0) * _plausibilities(alone=True)
    together /= together.sum()
    chosen = int(together.argmax())
    return Reading(alphabet()[chosen], (0.5,), (_confidence(together, chosen),))


def _prepare(picture: Pixels) -> _Line:
    height, width = picture.shape
    target = min(max(math.ceil(HEIGHT * width / height), 1), WIDEST)
    resized = cv2.resize(picture, (target, HEIGHT), interpolation=cv2.INTER_LINEAR)
    left = max(0, NARROWEST - target) // 2
    return _Line(_widen(np.asarray(resized, dtype=np.float32) / 127.5 - 1.0, left, NARROWEST), left, target)


def _widen(plane: Tensor, left: int, width: int) -> Tensor:
    """With white around it so that it is at least `width` wide, `left` of it before the print."""
    right = max(width - left - plane.shape[1], 0)
    return np.pad(plane, ((0, 0), (left, right)), constant_values=1.0) if left or right else plane


def _batches(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines, the widest first, in groups of about the same width."""
    batches: list[list[_Line]] = []
    for line in lines:
        width = line.plane.shape[1]
        if batches:
            first = batches[-1][0].plane.shape[1]
            if width >= ALIKE * first and (len(batches[-1]) + 1) * first <= LARGEST_BATCH:
                batches[-1].append(line)
                continue
        batches.append([line])
    return batches


def _read_batch(lines: Sequence[_Line]) -> list[Reading]:
    width = lines[0].plane.shape[1]
    planes = np.stack([_widen(line.plane, 0, width) for line in lines])
    tensor = np.ascontiguousarray(np.broadcast_to(planes[:, None], (len(lines), 3, HEIGHT, width)))
    likelihoods = run(recognition_model(), tensor)
    return [_decode(likelihoods[index], line.left, line.width, width) for index, line in enumerate(lines)]


def _decode(likelihoods: Tensor, left: int, width: int, total: int) -> Reading:
    """The most likely text (CTC: the best class per column, repetitions and blanks dropped)."""
    best = likelihoods.argmax(axis=1)
    sureness = likelihoods[np.arange(len(best)), best]
    begins = np.flatnonzero((best != _NOTHING) & (np.diff(best, prepend=_NOTHING) != 0))
    columns = len(best)
    characters = alphabet()
    signs, centres, confidences = [], [], []
    for begin in begins.tolist():
        end = begin + 1
        while end < columns and best[end] == best[begin]:
            end += 1
        weights = sureness[begin:end]
        centre = float((np.arange(begin, end) + MIDDLE) @ weights / weights.sum()) / columns * total
        centres.append(min(max((centre - left) / width, 0.0), 1.0))
        row = likelihoods[begin + int(weights.argmax())]
        chosen = _choose(row, int(best[begin]))
        signs.append(characters[chosen])
        confidences.append(_confidence(row, chosen))
    return Reading("".join(signs), tuple(centres), tuple(confidences))


def _choose(likelihoods: Tensor, likeliest: int) -> int:
    """The likeliest character; when that is one that reports hardly ever use, plausibility counts as well."""
    weights = _plausibilities()
    if weights[likeliest] == 1.0:
        return likeliest
    return int((likelihoods * weights).argmax())


@cache
def _plausibilities(*, alone: bool = False) -> Tensor:
    """How plausible each class of the recogniser is; nothing is not, where there is something."""
    weigh = plausibility_alone if alone else plausibility
    return np.array([weigh(character) if character else 0.0 for character in alphabet()], dtype=np.float32)


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
