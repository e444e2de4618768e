"""Shards of pictures with known depth: rendered scenes, and the few measured pairs."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from diorama_training.photos import WORK


@dataclass(frozen=True)
class Stage:
    """A picture, its inverse depth (any scale, 0 is endless) and the alpha of its subject.

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
    """Inverse depth and where it is known, from a 16-bit PNG and the JSON beside it."""
    about = json.loads(path.with_name(path.name.replace(".depth.png", ".json")).read_text())
    raw = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    known = raw != about.get("invalid", 0)
    values = raw.astype(np.float32) * float(about.get("scale", 1.0))
    if about["kind"] == "depth":
        values = np.where(known & (values > 0), 1.0 / np.maximum(values, 1e-6), 0).astype(np.float32)
    return values, known


def pack_measured(source: Path, target: Path, size: tuple[int, int] = (288, 384)) -> int:
    """Packs measured pairs; small gaps are filled from their neighbours."""
    stages = []
    for path in sorted(source.glob("*.depth.png")):
        image = cv2.imread(str(path).replace(".depth.png", ".jpg"), cv2.IMREAD_COLOR_RGB)
        inverse, known = read_inverse(path)
        inverse = cv2.resize(inverse * known, size[::-1], interpolation=cv2.INTER_AREA)
        share = cv2.resize(known.astype(np.float32), size[::-1], interpolation=cv2.INTER_AREA)
        for _ in range(6):
            thick = cv2.blur(share, (9, 9))
            spread = cv2.blur(inverse, (9, 9))
            inverse = np.where(share > 0.3, inverse, spread)
            share = np.where(share > 0.3, share, thick)
        inverse = inverse / np.maximum(share, 0.05)
        image = cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA)
        stages.append(Stage(image, inverse.astype(np.float16), np.zeros(size, np.uint8), -1))
    write_shard(target / "measured.npz", stages)
    return len(stages)


def main() -> None:
    parser = argparse.ArgumentParser(description="Packs the measured pairs for training.")
    parser.add_argument("--source", type=Path, default=Path(__file__).parents[3] / "shared/eval/train")
    parser.add_argument("--target", type=Path, default=WORK / "measured")
    options = parser.parse_args()
    print(f"{pack_measured(options.source, options.target)} measured pairs packed")


if __name__ == "__main__":
    main()
