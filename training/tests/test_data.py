"""Split, cut-outs, composites and batches."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from diorama_training.composites import blend, stand_in_depth
from diorama_training.damage import damage
from diorama_training.framing import random_frame, stand_frame, warp
from diorama_training.photos import PhotoShelf, WORK, fill_plate, is_validation, subject_colours
from diorama_training.samples import SampleStream, scale_depth
from diorama_training.stages import MEASURED_SIZE, is_held_out, read_pair


def test_the_split_is_fixed_and_small() -> None:
    held = [is_validation(f"imagenet__{number}") for number in range(4000)]
    assert 0.045 < np.mean(held) < 0.07
    assert held == [is_validation(f"imagenet__{number}") for number in range(4000)]


def test_subject_colours_lose_the_old_background() -> None:
    alpha = np.zeros((80, 80), np.float32)
    alpha[:, 40:] = 1
    alpha[:, 38:42] = 0.5
    red, green = np.array([1, 0, 0], np.float32), np.array([0, 1, 0], np.float32)
    photo = alpha[..., None] * red + (1 - alpha[..., None]) * green
    colours = subject_colours(photo, alpha)
    assert np.abs(colours[:, 39:] - red).max() < 0.1


def test_the_plate_shows_nothing_of_the_subject() -> None:
    alpha = np.zeros((64, 64), np.float32)
    alpha[20:40, 20:40] = 1
    photo = np.where(alpha[..., None] > 0, 1.0, 0.25).astype(np.float32).repeat(3, -1)
    assert np.abs(fill_plate(photo, alpha) - 0.25).max() < 0.01


@pytest.mark.parametrize("seed", range(8))
def test_a_subject_cut_by_the_border_stays_at_the_border(seed: int) -> None:
    alpha = np.zeros((100, 80), np.uint8)
    alpha[40:, 20:60] = 255
    random = np.random.default_rng(seed)
    moved = warp(alpha, stand_frame(alpha.shape, (96, 96), (20, 40, 60, 100), random), (96, 96), 0)
    assert moved[-2].max() > 200


def test_a_frame_keeps_the_whole_picture_covered() -> None:
    for seed in range(20):
        matrix = random_frame((120, 90), (64, 64), (20, 30, 60, 90), np.random.default_rng(seed))
        assert warp(np.full((120, 90), 200, np.uint8), matrix, (64, 64)).min() > 190


def test_a_shrinking_frame_moves_nothing() -> None:
    image = np.zeros((400, 320), np.uint8)
    image[200:, 160:] = 255
    matrix = np.array([[0.2, 0, 0], [0, 0.2, 0]])
    small = warp(image, matrix, (80, 64)).astype(float)
    assert small[:39].max() < 3 and small[:, :31].max() < 3 and small[42:, 34:].min() > 252


def test_damage_keeps_shape_and_type() -> None:
    image = np.random.default_rng(1).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    for seed in range(30):
        out = damage(image, np.random.default_rng(seed))
        assert out.shape == image.shape and out.dtype == np.uint8


def test_a_cut_out_stands_in_front_of_what_it_hides() -> None:
    inverse = np.linspace(0, 1, 60, dtype=np.float32)[:, None].repeat(40, 1)
    alpha = np.zeros((60, 40), np.uint8)
    alpha[20:50, 10:30] = 255
    depth = stand_in_depth(inverse, alpha, np.random.default_rng(1))
    assert depth is not None
    assert (depth[alpha > 0] > inverse[alpha > 0]).all() and (depth[alpha == 0] == inverse[alpha == 0]).all()


def test_blend_and_flat_depth() -> None:
    stage, colours = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 200, np.uint8)
    assert (blend(colours, np.full((4, 4), 255, np.uint8), stage) == 200).all()
    assert (scale_depth(np.full((30, 30), 2.0, np.float32))[0] == 0).all()


def test_depth_is_scaled_over_what_is_known_alone() -> None:
    inverse = np.linspace(2, 6, 900, dtype=np.float32).reshape(30, 30)
    inverse[:3] = -1
    scaled, floor = scale_depth(inverse)
    known = inverse >= 0
    assert (scaled[~known] == -1).all() and scaled[known].min() >= 0 and scaled[known].max() <= 1
    # With the floor added back, ratios of distances are those of the picture.
    assert (scaled[20, 5] + floor) / (scaled[8, 5] + floor) == pytest.approx(inverse[20, 5] / inverse[8, 5], rel=1e-4)


def test_whole_sources_are_held_out() -> None:
    sources = [f"source{number}" for number in range(300)]
    held = [s for s in sources if is_held_out(f"{s}__a")]
    assert 0.1 < len(held) / len(sources) < 0.3
    assert all(is_held_out(f"{s}__{name}") for s in held for name in ("b", "c"))


def test_a_measured_pair_keeps_its_gaps(tmp_path: Path) -> None:
    raw = np.full((60, 80), 30000, np.uint16)
    raw[:, :40] = 0
    cv2.imwrite(str(tmp_path / "camera__1.depth.png"), raw)
    cv2.imwrite(str(tmp_path / "camera__1.jpg"), np.zeros((60, 80, 3), np.uint8))
    stage = read_pair(tmp_path / "camera__1.depth.png")
    assert stage.inverse.shape == MEASURED_SIZE and stage.subject == -1
    assert (stage.inverse[:, :190] == -1).all() and (stage.inverse[:, 194:] > 0).all()


def test_a_packed_batch_has_matching_shapes() -> None:
    if not (WORK / "photos/photos.json").exists():
        pytest.skip("no packed photos here: run python -m diorama_training.photos first")
    assert len(PhotoShelf(WORK / "photos", validation=True)) > 50
    batch = next(iter(SampleStream(WORK / "photos", WORK / "none", WORK / "none", 4, 96, 1)))
    assert batch["image"].shape[0] == 4 and batch["image"].shape[2:] == batch["alpha"].shape[2:]
    assert set(batch["subject"].tolist()) <= {0.0, 1.0}
