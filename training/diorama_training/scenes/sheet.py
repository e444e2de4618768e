"""A contact sheet of every family for the docs: picture, inverse depth and alpha of fresh scenes.

    python -m diorama_training.scenes.sheet --out ../docs/pictures/scenes.jpg

Its textures come from the photos whose name begins with `--patches` alone (Kodak's, released for
unrestricted use), so that the sheet may stand in the repository.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from diorama_training.photos import WORK
from diorama_training.scenes.families import FAMILIES
from diorama_training.scenes.generate import cut_patches, make_scene
from diorama_training.stages import Stage

CELL = (150, 200)
SIZE = (288, 384)
SEED = 515


def draw(stage: Stage) -> NDArray[np.uint8]:
    """Picture, depth and alpha side by side; near is bright."""
    inverse = stage.inverse.astype(np.float32)
    low, high = np.percentile(inverse, (1, 99))
    grey = (np.clip((inverse - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8)
    depth = cv2.applyColorMap(grey, cv2.COLORMAP_INFERNO)[..., ::-1]
    alpha = cv2.cvtColor(stage.alpha, cv2.COLOR_GRAY2RGB)
    cells = [cv2.resize(part, CELL[::-1], interpolation=cv2.INTER_AREA) for part in (stage.image, depth, alpha)]
    return np.concatenate(cells, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--photos", type=Path, default=WORK / "photos")
    parser.add_argument("--patches", default="kodak__")
    options = parser.parse_args()
    random = np.random.default_rng(SEED)
    patches = cut_patches(options.photos, random, options.patches)
    lines = [np.concatenate([draw(make_scene(family, random, patches, SIZE)) for _ in range(2)], 1) for family in FAMILIES]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    picture = cv2.cvtColor(np.concatenate(lines), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(options.out), picture, [cv2.IMWRITE_JPEG_QUALITY, 82])


if __name__ == "__main__":
    main()
