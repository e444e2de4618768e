"""Affine frames: which part of a picture a training sample shows, and where a cut-out stands."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Size = tuple[int, int]  # height, width
Box = tuple[int, int, int, int]
Matrix = NDArray[np.float64]


def warp(
    image: NDArray[np.generic], matrix: Matrix, size: Size, border: int = cv2.BORDER_REFLECT_101, interpolation: int = cv2.INTER_LINEAR
) -> NDArray[np.generic]:
    """Resamples; where the frame shrinks a picture it is halved first, by area, against aliasing."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    while scale < 0.7 and image.dtype == np.uint8 and min(image.shape[:2]) > 8:
        height, width = image.shape[:2]
        image = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.array([[width / image.shape[1], 0, 0], [0, height / image.shape[0], 0], [0, 0, 1]])
        scale *= 2
    return cv2.warpAffine(image, matrix, (size[1], size[0]), flags=interpolation, borderMode=border)


def place(source: tuple[float, float], target: tuple[float, float], scale: tuple[float, float], turn: float) -> Matrix:
    """Scale, turn (radians), then move the source point onto the target point."""
    cos, sin = np.cos(turn), np.sin(turn)
    linear = np.array([[cos, -sin], [sin, cos]]) @ np.diag(scale)
    return np.concatenate([linear, (np.array(target) - linear @ np.array(source))[:, None]], axis=1)


def random_frame(shape: Size, size: Size, box: Box | None, random: Generator, zoom_most: float = 2.2) -> Matrix:
    """A crop with flip, slight turn and stretch; it tends to hold the subject's box when there is one."""
    height, width = shape
    cover = max(size[0] / height, size[1] / width)
    fit = min(size[0] / height, size[1] / width)
    zoom = float(np.exp(random.uniform(np.log(max(fit / cover, 0.8)), np.log(zoom_most)) * random.random()))
    stretch = float(np.exp(random.normal(0, 0.07)))
    scale = cover * zoom
    flip = -1.0 if random.random() < 0.5 else 1.0
    turn = random.normal(0, 0.09) if random.random() < 0.35 else 0.0
    half_width, half_height = size[1] / scale / 2, size[0] / scale / 2
    if box is not None and random.random() < 0.8:
        centre_x, centre_y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
    else:
        centre_x, centre_y = random.uniform(0, width), random.uniform(0, height)
    centre_x = np.clip(centre_x, min(half_width, width / 2), max(width - half_width, width / 2))
    centre_y = np.clip(centre_y, min(half_height, height / 2), max(height - half_height, height / 2))
    return place((centre_x, centre_y), (size[1] / 2, size[0] / 2), (flip * scale * stretch, scale / stretch), turn)


def stand_frame(shape: Size, size: Size, box: Box, random: Generator) -> Matrix:
    """Where a cut-out stands: free when the photo held it whole, else still cut by the same sides."""
    height, width = shape
    edge = 4
    touches = (box[0] < edge, box[1] < edge, box[2] > width - edge, box[3] > height - edge)
    flip = random.random() < 0.5
    box_width, box_height = box[2] - box[0], box[3] - box[1]
    share = np.sqrt(random.uniform(0.06, 0.75))
    scale = min(size[1] / box_width, size[0] / box_height) * share * 1.15
    if touches[0] and touches[2]:
        scale = max(scale, size[1] / box_width * 1.02)
    if touches[1] and touches[3]:
        scale = max(scale, size[0] / box_height * 1.02)
    drawn_width, drawn_height = box_width * scale, box_height * scale
    left_cut, right_cut = (touches[2], touches[0]) if flip else (touches[0], touches[2])
    left = side_position(left_cut, right_cut, drawn_width, size[1], random)
    top = side_position(touches[1], touches[3], drawn_height, size[0], random)
    source = (box[2] if flip else box[0], box[1])
    return place((float(source[0]), float(source[1])), (left, top), (-scale if flip else scale, scale), 0.0)


def side_position(start_cut: bool, end_cut: bool, length: float, room: int, random: Generator) -> float:
    """The start of a span in the frame, so that a side that was cut stays at or beyond the border."""
    if start_cut and end_cut:
        return float(random.uniform(min(room - length, 0.0), 0.0))
    if start_cut:
        return float(-random.uniform(0, 0.08) * length)
    if end_cut:
        return float(room - length + random.uniform(0, 0.15) * length)
    return float(random.uniform(-0.05 * length, room - 0.95 * length) if length < room else (room - length) / 2)
