"""How MiDaS, and those who took it over from there, chooses the size of a model's input.

Written from isl-org/MiDaS midas/transforms.py (`Resize.get_size`). Sizes are (width, height) in
pixels.
"""

from __future__ import annotations

import math


def input_size(
    photo: tuple[int, int], frame: tuple[int, int], scale: str, multiple: int
) -> tuple[int, int]:
    """The input's size of a photo, its ratio kept but for the rounding to multiples.

    `scale` has MiDaS's words: `lower_bound` covers the frame, `upper_bound` lies inside it,
    `minimal` takes the side that changes the photo's size least. Nothing caps a panorama's long
    side.
    """
    width, height = photo
    across, down = frame[0] / width, frame[1] / height
    if scale == "lower_bound":
        factor = max(across, down)
        return tuple(_at_least(factor * s, f, multiple) for s, f in zip(photo, frame, strict=True))
    if scale == "upper_bound":
        factor = min(across, down)
        return tuple(_at_most(factor * s, f, multiple) for s, f in zip(photo, frame, strict=True))
    if scale == "minimal":
        factor = across if abs(1 - across) < abs(1 - down) else down
        return tuple(_nearest(factor * s, multiple) for s in photo)
    raise ValueError(f"no such scale: {scale}")


def _nearest(side: float, multiple: int) -> int:
    """numpy's `round` goes to the even neighbour at halves, as Python's does."""
    return round(side / multiple) * multiple


def _at_least(side: float, bound: int, multiple: int) -> int:
    nearest = _nearest(side, multiple)
    return nearest if nearest >= bound else math.ceil(side / multiple) * multiple


def _at_most(side: float, bound: int, multiple: int) -> int:
    nearest = _nearest(side, multiple)
    return nearest if nearest <= bound else math.floor(side / multiple) * multiple
