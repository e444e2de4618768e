"""Writes the held-out part of the training photos, and scenes of their own seeds, as a folder to measure on.

    python -m diorama_training.validation
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import cv2
import numpy as np

from diorama_training.photos import WORK, PhotoShelf
from diorama_training.scenes.families import FAMILIES
from diorama_training.scenes.generate import SIZES, cut_patches, make_scene
from diorama_training.stages import Stage, is_held_out

SEED = 990_001


def write_photos(shelf: PhotoShelf, target: Path) -> None:
    for number in range(len(shelf)):
        photo = shelf.read(number)
        folder = target / ("matte" if photo.box else "nosubject")
        folder.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(folder / f"{photo.name}.png"), cv2.cvtColor(photo.photo, cv2.COLOR_RGB2BGR))
        if photo.box:
            cv2.imwrite(str(folder / f"{photo.name}.alpha.png"), photo.alpha)


def write_scene(stage: Stage, name: str, folder: Path) -> None:
    """Inverse depth in 16 bits; 0 stays for the sky, which has none to measure."""
    folder.mkdir(parents=True, exist_ok=True)
    inverse = stage.inverse.astype(np.float32)
    scale = float(inverse.max()) / 65535
    cv2.imwrite(str(folder / f"{name}.png"), cv2.cvtColor(stage.image, cv2.COLOR_RGB2BGR))
    cv2.imwrite(str(folder / f"{name}.depth.png"), (inverse / scale).round().astype(np.uint16))
    (folder / f"{name}.json").write_text(json.dumps({"kind": "inverse", "unit": "1/m", "scale": scale, "invalid": 0}))


def copy_measured(source: Path, folder: Path) -> None:
    """The held-out sources of measured pairs, as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.depth.png")):
        if is_held_out(path.name):
            for part in (path, Path(str(path).replace(".depth.png", ".jpg"))):
                shutil.copyfile(part, folder / part.name)
            about = folder / path.name.replace(".depth.png", ".json")
            about.write_text(json.dumps({"kind": "inverse", "unit": "relative", "scale": 1, "invalid": 0}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=WORK / "photos")
    parser.add_argument("--target", type=Path, default=WORK / "validation")
    parser.add_argument("--found", type=Path, help="a folder with depth/ to take the held-out sources from")
    parser.add_argument("--scenes", type=int, default=4, help="per family")
    options = parser.parse_args()
    write_photos(PhotoShelf(options.photos, validation=True), options.target)
    if options.found:
        copy_measured(options.found / "depth", options.target / "depth")
    random = np.random.default_rng(SEED)
    patches = cut_patches(options.photos, random)
    for family in FAMILIES:
        for number in range(options.scenes):
            write_scene(make_scene(family, random, patches, SIZES[number % 2]), f"{family}__{number}", options.target / "depth")


if __name__ == "__main__":
    main()
