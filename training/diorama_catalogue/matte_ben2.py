"""BEN2's base model: Swin over four quarters of the picture and the whole of it at half size.

The decoder is that of MVANet (Yu et al. 2024): first the whole looks at the quarters and the
quarters at the whole, then at every step each quarter looks at the part of the whole that it is.
A batch [5, C, H, W] holds the four quarters, row by row, and the whole as the last.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diorama_catalogue.matte_swin import BASE, Swin

CHANNELS = 128
"""Channels of the whole decoder."""


def quarters(x: Tensor) -> Tensor:
    """[1, C, 2h, 2w] to [4, C, h, w]."""
    _, channels, height, width = (int(side) for side in x.shape)
    x = x.reshape(1, channels, 2, height // 2, 2, width // 2)
    return x.permute(2, 4, 0, 1, 3, 5).reshape(4, channels, height // 2, width // 2)


def joined(x: Tensor) -> Tensor:
    """[4, C, h, w] to [1, C, 2h, 2w]."""
    _, channels, height, width = (int(side) for side in x.shape)
    x = x.reshape(2, 2, 1, channels, height, width)
    return x.permute(2, 3, 0, 4, 1, 5).reshape(1, channels, 2 * height, 2 * width)


def like(x: Tensor, other: Tensor, mode: str = "bilinear") -> Tensor:
    """`x` on the grid of `other`."""
    return F.interpolate(x, size=other.shape[-2:], mode=mode)


def unit(inputs: int, outputs: int) -> nn.Sequential:
    """Convolution, instance normalisation, GELU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1), nn.InstanceNorm2d(outputs), nn.GELU()
    )


def wave_places(height: int, width: int, channels: int = CHANNELS) -> Tensor:
    """[height * width, 1, channels]: sines and cosines of the place, rows first, then columns."""
    half = channels // 2
    periods = 10000 ** (2 * (torch.arange(half) // 2) / half)

    def waves(side: int) -> Tensor:
        angle = 2 * math.pi * (torch.arange(side) + 0.5)[:, None] / side / periods
        return torch.stack((angle[:, 0::2].sin(), angle[:, 1::2].cos()), 2).flatten(1)

    rows = waves(height)[:, None].expand(height, width, half)
    columns = waves(width)[None].expand(height, width, half)
    return torch.cat((rows, columns), 2).reshape(height * width, 1, channels)


def rows_of(x: Tensor) -> Tensor:
    """[B, C, H, W] to [H * W, B, C], as attention takes it."""
    return x.flatten(2).permute(2, 0, 1)


def attention() -> nn.MultiheadAttention:
    return nn.MultiheadAttention(CHANNELS, 1)


class Feed(nn.Module):
    """Two linear layers beside their input."""

    def __init__(self) -> None:
        super().__init__()
        self.widen = nn.Linear(CHANNELS, 2 * CHANNELS)
        self.narrow = nn.Linear(2 * CHANNELS, CHANNELS)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.narrow(F.gelu(self.widen(x)))


class MutualLook(nn.Module):
    """The whole looks at the quarters, in three sizes; then each quarter at its part of it."""

    POOLS = (1, 4, 8)

    def __init__(self) -> None:
        super().__init__()
        self.whole_looks = attention()
        self.quarter_looks = nn.ModuleList([attention() for _ in range(4)])
        self.feed_whole = Feed()
        self.feed_quarters = Feed()
        self.looked = nn.LayerNorm(CHANNELS)
        self.fed = nn.LayerNorm(CHANNELS)

    def forward(self, parts: Tensor, whole: Tensor) -> Tensor:
        """[4, C, h, w] and [1, C, h, w] to [5, C, h, w]."""
        height, width = (int(side) for side in parts.shape[2:])
        together = joined(parts)
        sizes = [(height // pool, width // pool) for pool in self.POOLS]
        seen = torch.cat([rows_of(F.adaptive_avg_pool2d(together, size)) for size in sizes])
        places = torch.cat([wave_places(*size) for size in sizes])

        w = rows_of(whole)
        w = w + self.whole_looks(w + wave_places(height, width), seen + places, seen)[0]
        w = self.fed(self.feed_whole(self.looked(w)))

        p = rows_of(parts)
        own = rows_of(quarters(w.permute(1, 2, 0).reshape(1, CHANNELS, height, width)))
        pairs = zip(self.quarter_looks, p.chunk(4, dim=1), own.chunk(4, dim=1), strict=True)
        p = p + torch.cat([look(q, k, k)[0] for look, q, k in pairs], 1)
        p = self.fed(self.feed_quarters(self.looked(p)))
        return torch.cat((p, w), 1).permute(1, 2, 0).reshape(5, CHANNELS, height, width)


class Refine(nn.Module):
    """Each quarter, gated by what the whole finds there, looks at its part of the whole."""

    POOLS = (2, 4, 8)

    def __init__(self) -> None:
        super().__init__()
        self.quarter_looks = nn.ModuleList([attention() for _ in range(4)])
        self.feed = Feed()
        self.looked = nn.LayerNorm(CHANNELS)
        self.fed = nn.LayerNorm(CHANNELS)
        self.gate = nn.Conv2d(CHANNELS, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """[5, C, h, w] to [5, C, h, w]."""
        height, width = (int(side) for side in x.shape[2:])
        parts, whole = x.split([4, 1])
        gate = torch.sigmoid(self.gate(whole))
        gate = F.interpolate(gate, size=(2 * height, 2 * width), mode="nearest")
        parts = parts * quarters(gate)
        own = quarters(whole)
        pooled = [
            F.adaptive_avg_pool2d(own, (height // pool, width // pool)).flatten(2)
            for pool in self.POOLS
        ]
        seen = torch.cat(pooled, 2).permute(0, 2, 1).unsqueeze(2)
        asked = parts.flatten(2).permute(0, 2, 1).unsqueeze(2)
        found = [look(asked[i], seen[i], seen[i])[0] for i, look in enumerate(self.quarter_looks)]
        p = parts.view(4, CHANNELS, -1).permute(2, 0, 1) + torch.cat(found, 1)
        p = self.fed(self.feed(self.looked(p)))
        parts = p.permute(1, 2, 0).reshape(4, CHANNELS, height, width)
        return torch.cat((parts, whole + like(joined(parts), whole, "nearest")), 0)


class BEN2(nn.Module):
    """[1, 3, 1024, 1024] to alpha [1, 1, 1024, 1024] in 0..1."""

    def __init__(self) -> None:
        super().__init__()
        c = CHANNELS
        self.backbone = Swin(BASE, first=True)
        # Finest first: the patches before the blocks, then strides 4 to 32.
        inputs = (BASE.channels, *BASE.stages)
        self.narrow = nn.ModuleList([unit(channels, c) for channels in inputs])
        self.mutual = MutualLook()
        self.refine = nn.ModuleList([Refine() for _ in range(4)])
        self.after = nn.ModuleList([unit(c, c) for _ in range(4)])
        # Answers of the five steps, for training alone.
        self.training_answers = nn.ModuleList([nn.Conv2d(c, 1, 3, padding=1) for _ in range(5)])
        self.head = nn.Sequential(unit(c, 384), unit(384, 384), nn.Conv2d(384, c, 3, padding=1))
        self.shallow = nn.Conv2d(3, c, 3, padding=1)
        self.grow_first = unit(c, c)
        self.grow_second = unit(c, c)
        self.answer = nn.Conv2d(c, 1, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:
        shallow = self.shallow(picture)
        half = F.interpolate(picture, scale_factor=0.5, mode="bilinear")
        features = self.backbone(torch.cat((quarters(picture), half), 0))
        narrow = [unit(x) for unit, x in zip(self.narrow, features, strict=True)]
        x = self.mutual(*narrow[4].split([4, 1]))
        for level in (3, 2, 1, 0):
            x = self.after[level](self.refine[level](narrow[level] + like(x, narrow[level])))
        parts, whole = x.split([4, 1])
        parts = joined(parts)
        x = self.head(parts + like(whole, parts))
        x = x + like(shallow, x)
        x = self.grow_first(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        x = F.interpolate(x + like(shallow, x), scale_factor=2.0, mode="nearest")
        return torch.sigmoid(self.answer(self.grow_second(x)))
