"""Renders shards of scenes, by number: each is seeded by its number, and finished ones are kept.

    python -m diorama_training.scenes.generate --shards 100 --workers 1
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from diorama_training.photos import WORK, PhotoShelf
from diorama_training.scenes.families import FAMILIES
from diorama_training.scenes.render import render
from diorama_training.scenes.world import PRESENT, World
from diorama_training.stages import Stage, write_shard

PER_SHARD = 24
SIZES = ((224, 288), (288, 224))
PATCH_SIDE = 160
PATCHES = 400


def cut_patches(folder: Path, random: np.random.Generator, prefix: str = "") -> NDArray[np.uint8]:
    """Square parts of training photos (those whose name begins so) without their subjects; noise where there are no photos."""
    if not (folder / "photos.json").exists():
        return random.integers(0, 255, (8, PATCH_SIDE, PATCH_SIDE, 3), dtype=np.uint8)
    shelf = PhotoShelf(folder, validation=False)
    numbers = [n for n, entry in enumerate(shelf.entries) if entry["name"].startswith(prefix)]
    patches = []
    for _ in range(PATCHES):
        plate = shelf.read(numbers[random.integers(len(numbers))]).plate
        side = int(random.uniform(0.25, 1.0) * min(plate.shape[:2]))
        y, x = (int(random.integers(plate.shape[i] - side + 1)) for i in (0, 1))
        patches.append(cv2.resize(plate[y : y + side, x : x + side], (PATCH_SIDE, PATCH_SIDE), interpolation=cv2.INTER_AREA))
    return np.stack(patches)


def make_scene(family: str, random: np.random.Generator, patches: NDArray[np.uint8], size: tuple[int, int]) -> Stage:
    """One scene; drawn again while the camera stands in a wall or the subject is out of sight."""
    while True:
        world = World(random, len(patches))
        FAMILIES[family][1](world)
        stage = render(world, patches, size)
        inverse = stage.inverse.astype(np.float32)
        coverage = float((stage.alpha > 127).mean())
        too_near = np.quantile(inverse, 0.97) > (12.0 if family in ("tabletop", "above", "clutter", "surface") else 5.0)
        dull = stage.image.std() < 12 or inverse.std() < 1e-4
        lost = stage.subject == PRESENT and not 0.02 < coverage < 0.8
        if not (too_near or dull or lost):
            return stage


def make_shard(number: int, photos: Path, target: Path) -> int:
    path = target / f"{number:05d}.npz"
    if path.exists():
        return 0
    cv2.setNumThreads(1)
    random = np.random.default_rng((7, number))
    patches = cut_patches(photos, random)
    names = list(FAMILIES)
    shares = np.array([FAMILIES[name][0] for name in names])
    families = random.choice(names, PER_SHARD, p=shares / shares.sum())
    write_shard(path, [make_scene(str(family), random, patches, SIZES[number % 2]) for family in families])
    return PER_SHARD


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--photos", type=Path, default=WORK / "photos")
    parser.add_argument("--target", type=Path, default=WORK / "scenes")
    options = parser.parse_args()
    start = time.monotonic()
    numbers = range(options.first, options.first + options.shards)
    with ProcessPoolExecutor(options.workers) as pool:
        jobs = [pool.submit(make_shard, number, options.photos, options.target) for number in numbers]
        made = 0
        for job in jobs:
            made += job.result()
            print(f"{made} scenes, {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
