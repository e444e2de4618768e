"""Rendered scenes: exact depth, soft alpha, the same picture for the same seed."""

import numpy as np
import pytest

from diorama_training.scenes.families import FAMILIES
from diorama_training.scenes.generate import make_scene
from diorama_training.scenes.render import render
from diorama_training.scenes.shapes import quad
from diorama_training.scenes.world import PRESENT, World

PATCHES = np.random.default_rng(0).integers(0, 255, (4, 32, 32, 3), dtype=np.uint8)


def test_a_wall_facing_the_camera_has_one_depth() -> None:
    world = World(np.random.default_rng(1), len(PATCHES))
    world.add(quad((-50, -50, 4), (100, 0, 0), (0, 100, 0)), world.material())
    world.camera.position = (0, 0, 0)
    inverse = render(world, PATCHES, (48, 64)).inverse.astype(np.float32)
    assert np.abs(inverse - 0.25).max() < 1e-3


def test_the_floor_is_nearer_lower_down_and_the_sky_is_endless() -> None:
    world = World(np.random.default_rng(1), len(PATCHES))
    world.add(quad((-500, 0, -5), (1000, 0, 0), (0, 0, 1000)), world.material())
    inverse = render(world, PATCHES, (48, 64)).inverse.astype(np.float32)
    assert inverse[0].max() == 0
    assert (np.diff(inverse[30:].mean(1)) > 0).all()


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_family_renders_the_same_for_the_same_seed(family: str) -> None:
    one, two = (make_scene(family, np.random.default_rng(5), PATCHES, (48, 64)) for _ in range(2))
    assert (one.image == two.image).all() and (one.alpha == two.alpha).all()
    assert np.isfinite(one.inverse.astype(np.float32)).all()
    assert (one.alpha.max() > 0) == (one.subject == PRESENT)


def test_alpha_is_soft_at_the_outline() -> None:
    stage = make_scene("portrait", np.random.default_rng(9), PATCHES, (96, 128))
    soft = (stage.alpha > 0) & (stage.alpha < 255)
    assert 0.001 < soft.mean() < 0.2
