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


def masked_mean(values: Tensor, known: Tensor) -> Tensor:
    """Mean over the known points of each sample, [N,1]; `known` is 1 or 0 per point."""
    return (values * known).flatten(1).sum(1, keepdim=True) / known.flatten(1).sum(1, keepdim=True).clamp(min=1.0)


def standardise(depth: Tensor, known: Tensor) -> Tensor:
    """Mean to 0 and mean absolute deviation to 1 per sample (after Ranftl et al. 2020, eq. 5, with means for medians)."""
    middle = masked_mean(depth, known)[..., None, None]
    spread = masked_mean((depth - middle).abs(), known)[..., None, None].clamp(min=0.03)
    return (depth - middle) / spread


def fit_to(guess: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    """The guess after the least-squares scale and shift towards the truth, per sample; the scale is never negative."""
    guess_mean, truth_mean = (masked_mean(x, known)[..., None, None] for x in (guess, truth))
    shared = masked_mean((guess - guess_mean) * (truth - truth_mean), known)[..., None, None]
    spread = masked_mean((guess - guess_mean).square(), known)[..., None, None]
    return (shared / (spread + 1e-4)).clamp(min=0.0) * (guess - guess_mean) + truth_mean


def depth_loss(logit: Tensor, target: Tensor, floor: Tensor, weight: Tensor) -> Tensor:
    """Inverse depth in 0..1 against the target, below 0 where it is unknown.

    `floor` [N] is the inverse depth that the target's 0 stands for, in the target's unit, so that
    (target + floor) is inverse depth up to scale alone. Terms: difference, difference after the
    best scale and shift as a ratio of distances, multi-scale gradients, order of pairs.
    """
    known = (target >= 0).float()
    truth = target.clamp(min=0.0)
    base = floor.view(-1, 1, 1, 1)
    depth = torch.sigmoid(logit)
    loss = per_sample(masked_mean((depth - truth).abs(), known), weight)
    ratio = (fit_to(depth, truth, known) + base).clamp(min=0.02).log() - (truth + base).clamp(min=0.02).log()
    loss = loss + 0.5 * per_sample(masked_mean(ratio.abs().clamp(max=1.0), known), weight)
    difference = (standardise(depth, known) - standardise(truth, known)) * known
    loss = loss + 0.5 * per_sample(masked_mean(difference.abs().clamp(max=4.0), known), weight)
    for _ in range(4):
        for step in ((..., slice(None), slice(1, None)), (..., slice(1, None), slice(None))):
            back = tuple(slice(None, -1) if part == slice(1, None) else part for part in step)
            both = known[step] * known[back]
            loss = loss + 0.25 * per_sample(masked_mean((difference[step] - difference[back]).abs().clamp(max=2.0), both), weight)
        difference, known = F.avg_pool2d(difference, 2), (F.avg_pool2d(known, 2) > 0.99).float()
    return loss + 0.6 * pair_loss(logit, target, floor, weight)


def per_sample(values: Tensor, weight: Tensor) -> Tensor:
    """Mean of one value per sample, [N,1], over the samples whose weight is not zero."""
    return (values[:, 0] * weight).sum() / weight.sum().clamp(min=1.0)


def pair_loss(logit: Tensor, target: Tensor, floor: Tensor, weight: Tensor, pairs: int = 3072) -> Tensor:
    """Order of random pairs whose distances differ by a tenth; half of them lie in nearly the same row."""
    _, _, height, width = logit.shape
    rows = torch.randint(height, (2, pairs))
    reach = max(1, round(0.03 * height))
    rows[1, : pairs // 2] = (rows[0, : pairs // 2] + torch.randint(-reach, reach + 1, (pairs // 2,))).clamp(0, height - 1)
    places = rows * width + torch.randint(width, (2, pairs))
    guess, truth = logit.flatten(1)[:, places], target.flatten(1)[:, places]
    near, far = truth.amax(1), truth.amin(1)
    apart = ((far >= 0) & (near - far > 0.1 * (far + floor[:, None]).clamp(min=0.0) + 0.004)).float()
    sign = torch.sign(truth[:, 0] - truth[:, 1])
    cost = F.softplus(-sign * (guess[:, 0] - guess[:, 1])) * apart
    return per_sample(cost.sum(1, keepdim=True) / apart.sum(1, keepdim=True).clamp(min=1.0), weight)


def front_loss(logit: Tensor, alpha: Tensor, weight: Tensor) -> Tensor:
    """The subject stands in front of what is beside and above it; below it the ground is nearer.

    Offsets are drawn anew each step, half of them short, so that depth steps where alpha does; only
    pairs inside and outside the matte count.
    """
    height, width = alpha.shape[-2:]
    loss = logit.new_zeros(())
    for reach in (max(4, width // 8), max(4, width // 8), max(3, width // 28), max(3, width // 28)):
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
