"""Cut-outs over other pictures: exact alpha, and where the stage has depth, exact depth."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from diorama_training.framing import Size, random_frame, stand_frame, warp
from diorama_training.photos import Photo

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


def cut_out(photo: Photo, size: Size, random: Generator) -> tuple[Bytes, Bytes]:
    """The subject's colours and alpha, moved to where it will stand."""
    assert photo.box is not None
    matrix = stand_frame(photo.alpha.shape, size, photo.box, random)
    colours = warp(photo.subject, matrix, size, cv2.BORDER_REPLICATE)
    alpha = warp(photo.alpha, matrix, size, cv2.BORDER_CONSTANT)
    return colours, alpha


def match_light(colours: Bytes, alpha: Bytes, stage: Bytes, random: Generator) -> Bytes:
    """Moves the cut-out's mean and spread part of the way to the stage's."""
    inside = colours[::3, ::3][alpha[::3, ::3] > 127].astype(np.float32)
    if not len(inside):
        return colours
    share = random.uniform(0, 0.8)
    mean, spread = inside.mean(0), inside.std() + 4
    stage_pixels = stage[::5, ::5].reshape(-1, 3).astype(np.float32)
    gain = float(np.clip((stage_pixels.std() + 4) / spread, 0.7, 1.4)) ** share
    shift = np.clip(stage_pixels.mean(0) - mean, -60, 60) * share * 0.6
    table = (np.arange(256)[:, None] - mean) * gain + mean + shift
    return cv2.LUT(colours, np.clip(table, 0, 255).astype(np.uint8)[None])


def blend(colours: Bytes, alpha: Bytes, stage: Bytes) -> Bytes:
    share = alpha.astype(np.uint16)[..., None]
    return ((colours * share + stage * (255 - share) + 127) // 255).astype(np.uint8)


def empty_part(photo: Photo, size: Size, random: Generator) -> Bytes | None:
    """The largest part of a photo beside its subject, framed to the wanted size."""
    height, width = photo.alpha.shape
    if photo.box is None:
        return warp(photo.photo, random_frame((height, width), size, None, random), size)
    left, top, right, bottom = photo.box
    parts = [(0, 0, left, height), (right, 0, width, height), (0, 0, width, top), (0, bottom, width, height)]
    parts = [p for p in parts if min(p[2] - p[0], p[3] - p[1]) > 100 and not photo.alpha[p[1] : p[3], p[0] : p[2]].max() > 100]
    if not parts:
        return None
    x0, y0, x1, y1 = parts[random.integers(len(parts))]
    part = np.ascontiguousarray(photo.photo[y0:y1, x0:x1])
    return warp(part, random_frame(part.shape[:2], size, None, random, 1.3), size)


def filled_stage(photo: Photo, size: Size, random: Generator) -> Bytes:
    """A whole photo with its subject's place filled, often softened as a lens would."""
    stage = warp(photo.plate, random_frame(photo.alpha.shape, size, None, random, 1.6), size)
    if random.random() < 0.4:
        stage = cv2.GaussianBlur(stage, (0, 0), random.uniform(0.8, 5.0))
    return stage


def stand_in_depth(inverse: Floats, alpha: Bytes, random: Generator) -> Floats | None:
    """Adds the cut-out to a stage's inverse depth: at its foot's distance, in front of all it hides."""
    solid = alpha > 127
    rows = np.flatnonzero(solid.any(1))
    if rows.size == 0:
        return None
    foot = int(rows[-1])
    hidden = inverse[solid]
    at_foot = float(np.median(inverse[foot][solid[foot]]))
    most_hidden = float(np.quantile(hidden, 0.98))
    level = max(at_foot, most_hidden * random.uniform(1.02, 1.6), float(inverse.max()) * 0.04)
    if level > 3.0 * float(inverse.max()) + 1e-6:
        return None
    # A cut-out is no cardboard: thickness by distance from its outline, a few per cent of its distance.
    inner = cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 3)
    bulge = np.sqrt(np.clip(inner / (inner.max() + 1e-6), 0, 1)) * random.uniform(0.0, 0.1)
    return np.where(alpha > 100, level * (1 + bulge), inverse).astype(np.float32)
