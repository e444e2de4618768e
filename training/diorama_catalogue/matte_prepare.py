"""How the authors of the matte models make the input of a photo.

Every `prepare_` takes uint8 [height, width, 3] in RGB and gives float32 [3, H, W].
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from diorama_catalogue.preprocess import to_tensor

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
HALF = (0.5, 0.5, 0.5)
ONE = (1.0, 1.0, 1.0)
ZERO = (0.0, 0.0, 0.0)


def by_samples(picture: np.ndarray, side: int, kind: torch.dtype) -> np.ndarray:
    """Bilinear from the four nearest samples, whatever the scale: no sample between them counts."""
    image = torch.from_numpy(picture).permute(2, 0, 1)[None].to(kind)
    resized = F.interpolate(image, size=(side, side), mode="bilinear", align_corners=False)
    return resized[0].permute(1, 2, 0).numpy()


def by_pillow(picture: np.ndarray, side: int) -> np.ndarray:
    """Pillow's bilinear, which averages over all samples when it makes a picture smaller; uint8."""
    return np.asarray(Image.fromarray(picture).resize((side, side), Image.Resampling.BILINEAR))


def prepare_isnet(picture: np.ndarray) -> np.ndarray:
    """IS-Net and RMBG-1.4: torch's bilinear, cut to whole bytes, 0..1, minus 0.5."""
    return to_tensor(by_samples(picture, 1024, torch.float32).astype(np.uint8) / 255.0, HALF, ONE)


def prepare_u2net(picture: np.ndarray) -> np.ndarray:
    """U2-Net: divided by its own largest sample after it was resized.

    The authors resize by scikit-image 0.14: the four nearest samples, with torch's half pixels.
    """
    image = by_samples(picture, 320, torch.float64)
    return to_tensor(image / image.max(), IMAGENET_MEAN, IMAGENET_STD)


def prepare_birefnet(picture: np.ndarray) -> np.ndarray:
    """BiRefNet: torchvision's Resize on a Pillow picture is Pillow's."""
    return to_tensor(by_pillow(picture, 1024) / 255.0, IMAGENET_MEAN, IMAGENET_STD)


def prepare_ben2(picture: np.ndarray) -> np.ndarray:
    """BEN2's ONNX file: bytes divided by 255 and nothing else."""
    return to_tensor(by_pillow(picture, 1024) / 255.0, ZERO, ONE)


def modnet_sides(width: int, height: int, short: int = 512, multiple: int = 32) -> tuple[int, int]:
    """Width and height of MODNet's input, both multiples of 32.

    Sides on either side of 512 stay; otherwise the short one becomes 512.
    """
    if max(width, height) < short or min(width, height) > short:
        if width >= height:
            width, height = int(width / height * short), short
        else:
            width, height = short, int(height / width * short)
    return width - width % multiple, height - height % multiple


def prepare_modnet(picture: np.ndarray) -> np.ndarray:
    """MODNet: -1..1 first, then resized by areas, also where it grows."""
    height, width = picture.shape[:2]
    sides = modnet_sides(width, height)
    image = cv2.resize((picture - 127.5) / 127.5, sides, interpolation=cv2.INTER_AREA)
    return to_tensor(image, ZERO, ONE)
