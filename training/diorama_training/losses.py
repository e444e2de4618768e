"""Losses. Logits and targets are [N,1,H,W]; a weight per sample says how far its truth is known."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def mean_by_weight(values: Tensor, weight: Tensor) -> Tensor:
    """Mean over the samples of a batch whose weight is not zero."""
    return (values.flatten(1).mean(1) * weight).sum() / weight.sum().clamp(min=1.0)


def alpha_loss(logit: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Cross-entropy, absolute difference, overlap, and Laplacian bands for the edge."""
    alpha = torch.sigmoid(logit)
    entropy = F.binary_cross_entropy_with_logits(logit, target, reduction="none")
    loss = mean_by_weight(entropy, weight) + mean_by_weight((alpha - target).abs(), weight)
    overlap = (alpha * target).flatten(1).sum(1)
    union = (alpha + target - alpha * target).flatten(1).sum(1)
    has_subject = (target.flatten(1).mean(1) > 0.002).float()
    loss = loss + 0.5 * mean_by_weight((1 - overlap / union.clamp(min=1.0))[:, None], weight * has_subject)
    fine, fine_target = alpha, target
    for _ in range(3):
        coarse, coarse_target = F.avg_pool2d(fine, 2), F.avg_pool2d(fine_target, 2)
        band = fine - F.interpolate(coarse, scale_factor=2.0, mode="bilinear", align_corners=False)
        band_target = fine_target - F.interpolate(coarse_target, scale_factor=2.0, mode="bilinear", align_corners=False)
        loss = loss + mean_by_weight((band - band_target).abs(), weight)
        fine, fine_target = coarse, coarse_target
    return loss


def subject_loss(logit: Tensor, present: Tensor, weight: Tensor) -> Tensor:
    return mean_by_weight(F.binary_cross_entropy_with_logits(logit, present[:, None], reduction="none"), weight)


def standardise(depth: Tensor) -> Tensor:
    """Median to 0 and mean absolute deviation to 1, per picture (Ranftl et al. 2020, eq. 5)."""
    flat = depth.flatten(1)
    middle = flat.median(1, keepdim=True).values
    spread = (flat - middle).abs().mean(1, keepdim=True).clamp(min=0.03)
    return ((flat - middle) / spread).view_as(depth)


def depth_loss(logit: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Scale-and-shift-invariant difference, multi-scale gradients, and a pull to the 0..1 range."""
    depth = torch.sigmoid(logit)
    difference = standardise(depth) - standardise(target)
    loss = mean_by_weight(difference.abs().clamp(max=4.0), weight)
    loss = loss + 0.7 * mean_by_weight((depth - target).abs(), weight)
    for _ in range(4):
        across = (difference[..., :, 1:] - difference[..., :, :-1]).abs().clamp(max=2.0)
        down = (difference[..., 1:, :] - difference[..., :-1, :]).abs().clamp(max=2.0)
        loss = loss + 0.25 * (mean_by_weight(across, weight) + mean_by_weight(down, weight))
        difference = F.avg_pool2d(difference, 2)
    return loss + 0.4 * pair_loss(logit, target, weight)


def pair_loss(logit: Tensor, target: Tensor, weight: Tensor, pairs: int = 2048) -> Tensor:
    """Order of random pairs of points; half of them lie in nearly the same row."""
    count, _, height, width = logit.shape
    rows = torch.randint(height, (2, pairs))
    rows[1, : pairs // 2] = (rows[0, : pairs // 2] + torch.randint(-4, 5, (pairs // 2,))).clamp(0, height - 1)
    places = rows * width + torch.randint(width, (2, pairs))
    guess, truth = logit.flatten(1)[:, places], target.flatten(1)[:, places]
    near, far = truth.amax(1), truth.amin(1)
    apart = (near - far > 0.02 + 0.08 * near).float()
    sign = torch.sign(truth[:, 0] - truth[:, 1])
    cost = F.softplus(-sign * (guess[:, 0] - guess[:, 1])) * apart
    return mean_by_weight((cost.sum(1) / apart.sum(1).clamp(min=1.0))[:, None], weight)


def front_loss(logit: Tensor, alpha: Tensor, weight: Tensor) -> Tensor:
    """The subject stands in front of what is beside and above it; below it the ground is nearer.

    Offsets are drawn anew each step; only pairs just inside and just outside the matte count.
    """
    height, width = alpha.shape[-2:]
    loss = logit.new_zeros(())
    reach = max(4, width // 8)
    for _ in range(4):
        x = int(torch.randint(-reach, reach + 1, ()).item())
        y = int(torch.randint(0, reach // 2 + 1, ()).item())
        # inside at (r + y, c), outside at (r, c + x): the outside point is never lower.
        inside = (slice(None), slice(None), slice(y, None), slice(max(0, -x), width - max(0, x)))
        outside = (slice(None), slice(None), slice(0, height - y), slice(max(0, x), width + min(0, x)))
        counts = ((alpha[inside] > 0.95) & (alpha[outside] < 0.05)).float()
        cost = F.softplus(0.4 - (logit[inside] - logit[outside])) * counts
        share = cost.flatten(1).sum(1) / counts.flatten(1).sum(1).clamp(min=1.0)
        known = weight * (counts.flatten(1).sum(1) > 8).float()
        loss = loss + (share * known).sum() / known.sum().clamp(min=1.0)
    return loss / 4
