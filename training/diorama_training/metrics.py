"""Figures for mattes and depth. Alpha in 0..1; depth figures take inverse depth, larger is nearer."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
RATIO = 1.1
SAME_ROW = 0.03


def matte_figures(alpha: Floats, truth: Floats, known: Mask) -> dict[str, float]:
    """IoU at 0.5 and mean absolute error over known pixels; two empty mattes agree fully."""
    guess, real = alpha[known] > 0.5, truth[known] > 0.5
    union = float((guess | real).sum())
    iou = float((guess & real).sum()) / union if union else 1.0
    return {"iou": iou, "mae": float(np.abs(alpha[known] - truth[known]).mean())}


def order_share(depth: Floats, first: tuple[NDArray[np.int64], ...], second: tuple[NDArray[np.int64], ...], inverse: Floats) -> float | None:
    """Share of pairs in the right order, of those whose depths differ by more than RATIO; a tie counts half."""
    near, far = inverse[first], inverse[second]
    apart = np.maximum(near, far) > RATIO * np.minimum(near, far)
    if apart.sum() < 20:
        return None
    sign = np.sign(near - far)[apart]
    guess = (depth[first] - depth[second])[apart]
    return float(np.where(guess == 0, 0.5, np.sign(guess) == sign).mean())


def depth_figures(depth: Floats, inverse: Floats, known: Mask, random: Generator, pairs: int = 20000) -> dict[str, float]:
    """Ordinal figures over random pairs, and AbsRel and delta1 after a least-squares fit in inverse depth."""
    rows, columns = np.nonzero(known)
    height = depth.shape[0]
    if len(rows) < 100:
        return {}
    one, two = random.integers(len(rows), size=(2, pairs * 4))
    first, second = (rows[one], columns[one]), (rows[two], columns[two])
    figures: dict[str, float] = {}
    figures |= _named("ordinal", order_share(depth, first, second, inverse))
    level = np.abs(first[0] - second[0]) <= SAME_ROW * height
    near_rows = tuple(a[level] for a in first), tuple(a[level] for a in second)
    figures |= _named("ordinalSameRow", order_share(depth, *near_rows, inverse))
    guess, real = depth[known].astype(np.float64), inverse[known].astype(np.float64)
    design = np.stack([guess, np.ones_like(guess)], 1)
    scale, shift = np.linalg.lstsq(design, real, rcond=None)[0]
    fitted = np.clip(scale * guess + shift, real[real > 0].min(), real.max())
    ratio = np.maximum(fitted / real, real / fitted)
    figures["absRel"] = float((np.abs(1 / fitted - 1 / real) * real).mean())
    figures["delta1"] = float((ratio < 1.25).mean())
    return figures


def front_share(depth: Floats, alpha: Floats, random: Generator, pairs: int = 4000) -> float | None:
    """Share of pairs just inside and beside or above the matte where the subject is the nearer one."""
    rows, columns = np.nonzero(alpha > 0.95)
    if not len(rows):
        return None
    height, width = alpha.shape
    pick = random.integers(len(rows), size=pairs)
    r, c = rows[pick], columns[pick]
    r2 = r - random.integers(0, max(2, height // 10), pairs)
    c2 = c + random.integers(-(width // 6), width // 6 + 1, pairs)
    inside = (r2 >= 0) & (c2 >= 0) & (c2 < width)
    r, c, r2, c2 = r[inside], c[inside], r2[inside], c2[inside]
    outside = alpha[r2, c2] < 0.05
    if outside.sum() < 20:
        return None
    return float((depth[r, c] > depth[r2, c2])[outside].mean())


def _named(name: str, value: float | None) -> dict[str, float]:
    return {} if value is None else {name: value}
