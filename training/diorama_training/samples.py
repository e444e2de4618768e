"""The endless stream of training batches: photos, composites, scenes, and pictures without a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from diorama_training import composites
from diorama_training.damage import damage
from diorama_training.framing import Size, random_frame, warp
from diorama_training.photos import PhotoShelf
from diorama_training.stages import Stage, StageShelf

Floats = NDArray[np.float32]
KINDS = ("photo", "over_photo", "over_stage", "stage", "empty", "measured")
SHARES = (0.43, 0.12, 0.08, 0.16, 0.11, 0.10)


@dataclass
class Sample:
    """One training picture; weights of 0 mean that the truth is not known."""

    image: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    alpha_weight: float = 1.0
    subject: float = 0.0
    subject_weight: float = 1.0
    depth: Floats | None = None
    floor: float = 0.0
    front_weight: float = 0.0
    clean: NDArray[np.uint8] | None = None


def scale_depth(inverse: Floats) -> tuple[Floats, float]:
    """Inverse depth to 0..1 by its outer percentiles, and what its 0 stands for in that unit; -1 where it is unknown."""
    known = inverse >= 0
    values = inverse[::3, ::3][known[::3, ::3]]
    if not len(values):
        return np.full_like(inverse, -1), 0.0
    low, high = np.percentile(values, (0.5, 99.0))
    if high - low < 1e-6:
        return np.where(known, np.float32(0), np.float32(-1)), 1.0
    scaled = np.clip((inverse - low) / (high - low), 0, 1)
    return np.where(known, scaled, -1).astype(np.float32), float(low / (high - low))


class SampleStream(IterableDataset[dict[str, Tensor]]):
    """Batches of one size each; sizes have the same area and different sides."""

    def __init__(self, photos: Path, stages: Path, measured: Path, batch: int, side: int, seed: int) -> None:
        self.photo_folder, self.stage_folder, self.measured_folder = photos, stages, measured
        self.batch, self.side, self.seed = batch, side, seed

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        cv2.setNumThreads(0)
        worker = torch.utils.data.get_worker_info()
        random = np.random.default_rng((self.seed, worker.id if worker else 0))
        self.photos = PhotoShelf(self.photo_folder, validation=False)
        self.full = [n for n, entry in enumerate(self.photos.entries) if entry["box"]]
        self.bare = [n for n, entry in enumerate(self.photos.entries) if not entry["box"]]
        self.stages = StageShelf(self.stage_folder)
        self.measured = StageShelf(self.measured_folder)
        while True:
            size = self.pick_size(random)
            self.stages.refresh()
            yield collate([self.draw(size, random) for _ in range(self.batch)])

    def pick_size(self, random: Generator) -> Size:
        # Three shapes only: each new one costs the compiled kernels of the CPU library anew.
        ratio = (1.0, 0.72, 1.39)[random.integers(3)]
        height = round(self.side / np.sqrt(ratio) / 32) * 32
        width = round(self.side * np.sqrt(ratio) / 32) * 32
        return height, width

    def draw(self, size: Size, random: Generator) -> Sample:
        kind = KINDS[random.choice(len(KINDS), p=SHARES)]
        if kind in ("over_stage", "stage") and not len(self.stages):
            kind = "photo"
        if kind == "measured" and not len(self.measured):
            kind = "photo"
        sample = getattr(self, f"draw_{kind}")(size, random)
        sample.clean = np.ascontiguousarray(sample.image)
        sample.image = damage(sample.clean, random)
        return sample

    def any_subject(self, random: Generator) -> int:
        return self.full[random.integers(len(self.full))]

    def draw_photo(self, size: Size, random: Generator) -> Sample:
        photo = self.photos.read(self.any_subject(random))
        whole = float((photo.alpha[::2, ::2] > 127).mean())
        for attempt in range(4):
            zoom = (2.2, 1.7, 1.3, 1.05)[attempt]
            matrix = random_frame(photo.alpha.shape, size, photo.box, random, zoom)
            alpha = warp(photo.alpha, matrix, size)
            seen = float((alpha[::2, ::2] > 127).mean())
            if 0.35 * whole < seen < 0.85 and seen > 0.01:
                break
        return Sample(warp(photo.photo, matrix, size), alpha, subject=1.0, subject_weight=float(seen > 0.01), front_weight=1.0)

    def draw_over_photo(self, size: Size, random: Generator) -> Sample:
        colours, alpha = composites.cut_out(self.photos.read(self.any_subject(random)), size, random)
        other = self.photos.read(int(random.integers(len(self.photos))))
        stage = composites.empty_part(other, size, random) if random.random() < 0.6 else None
        if stage is None:
            stage = composites.filled_stage(other, size, random)
        image = composites.blend(composites.match_light(colours, alpha, stage, random), alpha, stage)
        seen = float((alpha[::2, ::2] > 127).mean())
        return Sample(image, alpha, subject=1.0, subject_weight=float(seen > 0.01), front_weight=1.0)

    def draw_over_stage(self, size: Size, random: Generator) -> Sample:
        stage = self.frame_stage(self.stages.read(random, bare=True), size, random)
        colours, alpha = composites.cut_out(self.photos.read(self.any_subject(random)), size, random)
        assert stage.depth is not None
        depth = composites.stand_in_depth(stage.depth, alpha, random)
        image = composites.blend(composites.match_light(colours, alpha, stage.image, random), alpha, stage.image)
        seen = float((alpha[::2, ::2] > 127).mean())
        known, floor = scale_depth(depth) if depth is not None else (None, 0.0)
        return Sample(image, alpha, subject=1.0, subject_weight=float(seen > 0.01), depth=known, floor=floor, front_weight=1.0)

    def draw_stage(self, size: Size, random: Generator) -> Sample:
        sample = self.frame_stage(self.stages.read(random), size, random)
        assert sample.depth is not None
        sample.depth, sample.floor = scale_depth(sample.depth)
        return sample

    def draw_measured(self, size: Size, random: Generator) -> Sample:
        sample = self.frame_stage(self.measured.read(random), size, random)
        assert sample.depth is not None
        sample.depth, sample.floor = scale_depth(sample.depth)
        return sample

    def frame_stage(self, stage: Stage, size: Size, random: Generator) -> Sample:
        matrix = random_frame(stage.alpha.shape, size, None, random, 1.5)
        inverse = stage.inverse.astype(np.float32)
        # Where parts are unknown (below 0), nothing may be mixed with them.
        near = cv2.INTER_NEAREST if inverse.min() < 0 else cv2.INTER_LINEAR
        depth = warp(inverse, matrix, size, interpolation=near)
        alpha = warp(stage.alpha, matrix, size)
        seen = float((alpha[::2, ::2] > 127).mean())
        clear = {-1: 0.0, 0: 0.5, 1: 0.5 * (seen > 0.015)}[stage.subject]
        return Sample(warp(stage.image, matrix, size), alpha, clear, float(stage.subject == 1), clear, depth)

    def draw_empty(self, size: Size, random: Generator) -> Sample:
        image = None
        if self.bare and random.random() < 0.6:
            photo = self.photos.read(self.bare[random.integers(len(self.bare))])
            image = warp(photo.photo, random_frame(photo.alpha.shape, size, None, random, 1.8), size)
        while image is None:
            image = composites.empty_part(self.photos.read(int(random.integers(len(self.photos)))), size, random)
        return Sample(image, np.zeros(size, np.uint8))


def collate(samples: list[Sample]) -> dict[str, Tensor]:
    """Stacks samples; pictures stay bytes until the training step. `clean` are the undamaged ones whose depth nobody told."""
    blank = np.zeros(samples[0].alpha.shape, np.float32)
    depths = [blank if s.depth is None else s.depth for s in samples]

    untold = [i for i, s in enumerate(samples) if s.depth is None]

    def weights(values: list[float]) -> Tensor:
        return torch.tensor(values, dtype=torch.float32)

    return {
        "image": torch.from_numpy(np.stack([s.image for s in samples])).permute(0, 3, 1, 2),
        "clean": torch.from_numpy(np.stack([samples[i].clean for i in untold or [0]])).permute(0, 3, 1, 2),
        "untold": torch.tensor(untold or [0]),
        "alpha": torch.from_numpy(np.stack([s.alpha for s in samples]))[:, None],
        "depth": torch.from_numpy(np.stack(depths))[:, None],
        "alpha_weight": weights([s.alpha_weight for s in samples]),
        "subject": weights([s.subject for s in samples]),
        "subject_weight": weights([s.subject_weight for s in samples]),
        "floor": weights([s.floor for s in samples]),
        "depth_weight": weights([float(s.depth is not None) for s in samples]),
        "front_weight": weights([s.front_weight for s in samples]),
    }
