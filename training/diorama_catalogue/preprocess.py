"""The test pictures, and what is written down of the tensors that models are fed of them.

A model's module holds its authors' preprocessing as a function `prepare(picture) -> tensor`:
`picture` is uint8 [height, width, 3] in RGB, `tensor` float32 [3, height, width] of the model's
input. `cases` runs it on pictures of odd sizes and keeps samples; a test of the runtime draws the
same pictures again and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

PHOTOS: list[tuple[int, int]] = [(641, 427), (413, 617), (1201, 397), (203, 151)]
"""Width and height in pixels: landscape, portrait, panorama, smaller than any model's input."""

BORDER = 0.03
"""Samples keep this part of a side away from the border, where filters rightly differ."""

SAMPLES = 24


def picture(width: int, height: int) -> np.ndarray:
    """The smooth test picture, uint8 [height, width, 3] in RGB, by a formula others draw too."""
    x = np.arange(width, dtype=np.float64)[None, :, None]
    y = np.arange(height, dtype=np.float64)[:, None, None]
    c = np.arange(3, dtype=np.float64)[None, None, :]
    waves = 90 * np.sin(2 * np.pi * (x / width * (2 + c) + y / height))
    bands = 37 * np.cos(2 * np.pi * 3 * y / height)
    return np.clip(np.floor(127.5 + waves + bands + 0.5), 0, 255).astype(np.uint8)


def positions(width: int, height: int, count: int = SAMPLES) -> list[tuple[int, int, int]]:
    """`count` places (plane, y, x) spread over the inside of a tensor [3, height, width], the
    same at every run."""
    places = []
    for index in range(count):
        # Two irrational steps fill the square evenly without rows or columns.
        across = (0.5 + index * 0.7548776662466927) % 1
        down = (0.5 + index * 0.5698402909980532) % 1
        x = _inside(across, width)
        y = _inside(down, height)
        places.append((index % 3, y, x))
    return places


def _inside(part: float, side: int) -> int:
    """The pixel at `part` (0..1) of the inside of a side."""
    first = int(np.ceil(BORDER * side))
    last = side - 1 - first
    return int(round(first + part * (last - first)))


def case(photo: tuple[int, int], tensor: np.ndarray) -> dict:
    """What is written down of a tensor float32 [3, height, width] of the picture sized `photo`."""
    planes, height, width = tensor.shape
    if planes != 3 or tensor.dtype != np.float32:
        raise ValueError(f"expected float32 [3, height, width], got {tensor.dtype} {tensor.shape}")
    samples = [
        [plane, y, x, float(f"{tensor[plane, y, x]:.7g}")]
        for plane, y, x in positions(width, height)
    ]
    return {
        "photo": {"width": photo[0], "height": photo[1]},
        "input": {"width": width, "height": height},
        "samples": samples,
    }


def cases(
    prepare: Callable[[np.ndarray], np.ndarray], photos: Sequence[tuple[int, int]] = tuple(PHOTOS)
) -> list[dict]:
    """The `cases` of facts.json: `prepare` run on the picture of every size."""
    return [case(photo, prepare(picture(*photo))) for photo in photos]


def to_tensor(image: np.ndarray, mean: Sequence[float], std: Sequence[float]) -> np.ndarray:
    """Samples 0..1 [height, width, 3] to the normalised float32 [3, height, width]."""
    normal = (image - np.asarray(mean)) / np.asarray(std)
    return np.ascontiguousarray(np.transpose(normal, (2, 0, 1))).astype(np.float32)
