"""Figures against cases worked out by hand."""

import numpy as np
import pytest

from diorama_training.metrics import depth_figures, front_share, matte_figures


def test_matte_figures_by_hand() -> None:
    truth = np.zeros((4, 4), np.float32)
    truth[:2] = 1
    alpha = np.zeros((4, 4), np.float32)
    alpha[:, :2] = 1
    figures = matte_figures(alpha, truth, np.ones((4, 4), bool))
    assert figures["iou"] == pytest.approx(4 / 12)
    assert figures["mae"] == pytest.approx(0.5)


def test_ignored_pixels_do_not_count() -> None:
    truth = np.array([[1, 0.5]], np.float32)
    figures = matte_figures(np.array([[1, 0]], np.float32), truth, np.array([[True, False]]))
    assert figures == {"iou": 1.0, "mae": 0.0}


def test_two_empty_mattes_agree() -> None:
    nothing = np.zeros((3, 3), np.float32)
    assert matte_figures(nothing, nothing, np.ones((3, 3), bool))["iou"] == 1.0


def test_depth_is_right_up_to_scale_and_shift() -> None:
    inverse = np.random.default_rng(2).uniform(0.2, 2, (40, 50)).astype(np.float32)
    figures = depth_figures(inverse * 0.3 + 0.1, inverse, np.ones(inverse.shape, bool), np.random.default_rng(1))
    assert figures["ordinal"] == 1.0 and figures["ordinalSameRow"] == 1.0
    assert figures["delta1"] == 1.0 and figures["absRel"] < 1e-4


def test_a_ramp_knows_nothing_within_a_row() -> None:
    inverse = np.repeat(np.linspace(1, 2, 50, dtype=np.float32)[None], 40, 0)
    ramp = np.repeat(np.linspace(0, 1, 40, dtype=np.float32)[:, None], 50, 1)
    figures = depth_figures(ramp, inverse, np.ones(inverse.shape, bool), np.random.default_rng(1))
    assert figures["ordinal"] == pytest.approx(0.5, abs=0.02)


def test_front_share_tells_nearer_from_farther_subject() -> None:
    alpha = np.zeros((60, 60), np.float32)
    alpha[20:60, 20:40] = 1
    assert front_share(alpha, alpha, np.random.default_rng(1)) == 1.0
    assert front_share(1 - alpha, alpha, np.random.default_rng(1)) == 0.0
