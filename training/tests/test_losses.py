"""Losses are small for right answers, large for wrong ones, and blind to what is not known."""

import torch

from diorama_training.losses import alpha_loss, depth_loss, fit_to, front_loss, pair_loss

ONE = torch.ones(2)
NONE = torch.zeros(2)


def ramp() -> torch.Tensor:
    return torch.linspace(0.05, 0.95, 64).view(1, 1, 1, 64).expand(2, 1, 64, 64).contiguous()


def test_alpha_loss_prefers_the_truth_and_ignores_weight_zero() -> None:
    truth = torch.zeros(2, 1, 64, 64)
    truth[:, :, 16:48, 16:48] = 1
    right, wrong = (truth * 2 - 1) * 8, (1 - truth * 2) * 8
    assert alpha_loss(right, truth, ONE) < 0.1 < alpha_loss(wrong, truth, ONE)
    assert alpha_loss(wrong, truth, ONE * 0) == 0


def test_depth_loss_is_smaller_for_a_stretched_answer_than_for_a_mirrored_one() -> None:
    truth = ramp()
    assert depth_loss(torch.logit(truth * 0.5 + 0.2), truth, NONE, ONE) < depth_loss(torch.logit(1 - truth), truth, NONE, ONE) * 0.3


def test_depth_loss_of_a_flat_picture_is_finite() -> None:
    logit = torch.zeros(2, 1, 64, 64, requires_grad=True)
    loss = depth_loss(logit, torch.zeros(2, 1, 64, 64), NONE, ONE)
    loss.backward()
    assert torch.isfinite(loss) and logit.grad is not None and torch.isfinite(logit.grad).all()


def test_pairs_and_front_know_the_order() -> None:
    truth = ramp()
    assert pair_loss(truth * 20, truth, NONE, ONE) < pair_loss(-truth * 20, truth, NONE, ONE)
    alpha = torch.zeros(2, 1, 64, 64)
    alpha[:, :, 24:, 20:44] = 1
    assert front_loss(alpha * 6, alpha, ONE) < 0.1 < front_loss(-alpha * 6, alpha, ONE)


def test_depth_loss_is_blind_to_unknown_points() -> None:
    truth = ramp()
    truth[..., :20] = -1
    one, two = torch.logit(ramp()), torch.logit(ramp())
    two[..., :20] = 5
    torch.manual_seed(1)
    first = depth_loss(one, truth, NONE, ONE)
    torch.manual_seed(1)
    assert torch.isclose(first, depth_loss(two, truth, NONE, ONE), atol=1e-5)


def test_the_fit_undoes_scale_and_shift_but_never_turns_the_order_round() -> None:
    truth = ramp()
    known = torch.ones_like(truth)
    assert torch.allclose(fit_to(truth * 0.3 + 0.4, truth, known), truth, atol=2e-2)
    assert torch.allclose(fit_to(1 - truth, truth, known), truth.mean().expand_as(truth), atol=1e-4)
