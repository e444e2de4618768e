"""Shards of pictures with known depth: rendered scenes, and measured pairs.

    python -m diorama_training.stages --source ../../shared/eval/train --source .work/found/depth
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from diorama_training.photos import WORK, is_validation

MEASURED_SIZE = (288, 384)
PER_SHARD = 24
SOURCE_SHARE = 0.2


@dataclass(frozen=True)
class Stage:
    """A picture, its inverse depth (any scale, 0 is endless, below 0 unknown) and the alpha of its subject.

    `subject` is 1 with one, 0 without, and -1 where even a person could not say.
    """

    image: NDArray[np.uint8]
    inverse: NDArray[np.float16]
    alpha: NDArray[np.uint8]
    subject: int


class StageShelf:
    """All shards of a folder; new ones are noticed while a renderer is still writing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()
        self.stages: list[Stage] = []
        self.bare: list[int] = []
        self.calls = 0
        self.refresh()

    def __len__(self) -> int:
        return len(self.stages)

    def refresh(self) -> None:
        self.calls += 1
        if self.calls > 1 and self.calls % 50:
            return
        for path in sorted(self.folder.glob("*.npz")):
            if path.name in self.seen:
                continue
            self.seen.add(path.name)
            with np.load(path) as shard:
                parts = zip(shard["image"], shard["inverse"], shard["alpha"], shard["subject"], strict=True)
                for image, inverse, alpha, subject in parts:
                    if subject == 0:
                        self.bare.append(len(self.stages))
                    self.stages.append(Stage(image, inverse, alpha, int(subject)))

    def read(self, random: Generator, bare: bool = False) -> Stage:
        if bare and self.bare:
            return self.stages[self.bare[random.integers(len(self.bare))]]
        return self.stages[random.integers(len(self.stages))]


def write_shard(path: Path, stages: list[Stage]) -> None:
    """Writes beside, then renames: a reader never sees half a shard."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        np.savez(
            file,
            image=np.stack([s.image for s in stages]),
            inverse=np.stack([s.inverse for s in stages]),
            alpha=np.stack([s.alpha for s in stages]),
            subject=np.array([s.subject for s in stages], np.int8),
        )
    beside.rename(path)


def read_inverse(path: Path) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Inverse depth and where it is known, from a 16-bit PNG; without a JSON beside it, 0 is unknown."""
    beside = path.with_name(path.name.replace(".depth.png", ".json"))
    about = json.loads(beside.read_text()) if beside.exists() else {"kind": "inverse"}
    raw = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    known = raw != about.get("invalid", 0)
    values = raw.astype(np.float32) * float(about.get("scale", 1.0))
    if about["kind"] == "depth":
        values = np.where(known & (values > 0), 1.0 / np.maximum(values, 1e-6), 0).astype(np.float32)
    return values, known


def is_held_out(name: str) -> bool:
    """Whole sources (the name before `__`) are kept for validation: their pictures resemble each other."""
    return is_validation(name.split("__")[0], SOURCE_SHARE)


def read_pair(path: Path) -> Stage:
    """A measured pair at packing size, upright or lying; depth by nearest points, since gaps must not be mixed in."""
    image = cv2.imread(str(path).replace(".depth.png", ".jpg"), cv2.IMREAD_COLOR_RGB)
    inverse, known = read_inverse(path)
    size = MEASURED_SIZE if image.shape[1] >= image.shape[0] else MEASURED_SIZE[::-1]
    # The nearest distance becomes about 1, whatever the unit, so that half precision holds the farthest.
    scale = 1.0 / max(float(np.quantile(inverse[known], 0.98)), 1e-9)
    depth = np.where(known, inverse * scale, -1).astype(np.float32)
    depth = cv2.resize(depth, size[::-1], interpolation=cv2.INTER_NEAREST)
    image = cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA)
    return Stage(image, np.clip(depth, -1, 6e4).astype(np.float16), np.zeros(size, np.uint8), -1)


def pack_measured(sources: list[Path], target: Path) -> int:
    """Packs measured pairs into shards of one size each, without the held-out sources."""
    paths = [p for source in sources for p in sorted(source.glob("*.depth.png")) if not is_held_out(p.name)]
    stages = [read_pair(path) for path in paths]
    for size in (MEASURED_SIZE, MEASURED_SIZE[::-1]):
        same = [stage for stage in stages if stage.inverse.shape == size]
        for number, first in enumerate(range(0, len(same), PER_SHARD)):
            write_shard(target / f"{size[1]}x{size[0]}-{number:03d}.npz", same[first : first + PER_SHARD])
    return len(stages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, action="append", help="folders of NAME.jpg with NAME.depth.png")
    parser.add_argument("--target", type=Path, default=WORK / "measured")
    options = parser.parse_args()
    sources = options.source or [Path(__file__).parents[3] / "shared/eval/train"]
    print(f"{pack_measured(sources, options.target)} measured pairs packed")


if __name__ == "__main__":
    main()
