"""What phones, light and files do to a picture: colour, blur, noise and JPEG damage."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


def shift_colours(image: Bytes, random: Generator) -> Bytes:
    """Exposure, contrast, gamma, white balance and saturation in one table and one mix."""
    levels = np.linspace(0, 1, 256, dtype=np.float32)
    gain = np.exp(random.normal(0, 0.18)) * np.exp(random.normal(0, 0.06, 3))
    gamma = np.exp(random.normal(0, 0.2))
    contrast = np.exp(random.normal(0, 0.15))
    middle = random.uniform(0.35, 0.6)
    table = np.stack([(levels**gamma * gain[c] - middle) * contrast + middle for c in range(3)], axis=1)
    shifted = cv2.LUT(image, np.clip(table * 255, 0, 255).astype(np.uint8)[None])
    saturation = 0.0 if random.random() < 0.08 else float(np.exp(random.normal(0, 0.25)))
    grey = cv2.cvtColor(cv2.cvtColor(shifted, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return cv2.addWeighted(shifted, saturation, grey, 1 - saturation, 0)


def damage(image: Bytes, random: Generator) -> Bytes:
    """A random chain of losses; the geometry stays as it was."""
    if random.random() < 0.85:
        image = shift_colours(image, random)
    if random.random() < 0.15:
        image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.4, 1.6))
    elif random.random() < 0.3:
        # Phones sharpen, and so do the windowed resizes that photos go through.
        share = random.uniform(0.2, 1.2)
        soft = cv2.GaussianBlur(image, (0, 0), random.uniform(0.6, 1.2))
        image = cv2.addWeighted(image, 1 + share, soft, -share, 0)
    if random.random() < 0.1:
        height, width = image.shape[:2]
        scale = random.uniform(0.4, 0.8)
        small = cv2.resize(image, (int(width * scale), int(height * scale)), interpolation=cv2.INTER_AREA)
        image = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    if random.random() < 0.25:
        noise = random.standard_normal(image.shape, np.float32) * np.float32(random.uniform(1, 12))
        image = cv2.add(image, noise, dtype=cv2.CV_8U)
    if random.random() < 0.35:
        quality = int(random.uniform(25, 92))
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return image
