"""Swin (Liu et al. 2021) as a backbone of pictures of any size, the way BiRefNet and BEN2 use it.

Written out instead of taken from a library because the published graphs show this very data flow:
windows cut by reshape and transpose, a mask that is built inside the graph, a bias looked up per
block (and folded to a table [1, heads, N, N] by the export), attention as two products.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class SwinShape:
    """Channels of the first stage, blocks and heads of the four stages, the window's side."""

    channels: int
    blocks: tuple[int, int, int, int]
    heads: tuple[int, int, int, int]
    window: int

    @property
    def stages(self) -> tuple[int, int, int, int]:
        """Channels of the features at strides 4, 8, 16 and 32."""
        c = self.channels
        return c, 2 * c, 4 * c, 8 * c


TINY = SwinShape(96, (2, 2, 6, 2), (3, 6, 12, 24), 7)
BASE = SwinShape(128, (2, 2, 18, 2), (4, 8, 16, 32), 12)
LARGE = SwinShape(192, (2, 2, 18, 2), (6, 12, 24, 48), 12)


def to_windows(x: Tensor, window: int) -> Tensor:
    """[B, H, W, C] to [windows, window, window, C]; sides are multiples of the window."""
    batch, height, width, channels = x.shape
    x = x.view(batch, height // window, window, width // window, window, channels)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, window, window, channels)


def from_windows(x: Tensor, window: int, height: int, width: int) -> Tensor:
    """The way back to [B, height, width, C]."""
    channels = x.shape[-1]
    x = x.view(-1, height // window, width // window, window, window, channels)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, height, width, channels)


def round_up(side: int, window: int) -> int:
    return -(-side // window) * window


def shift_mask(height: int, width: int, window: int) -> Tensor:
    """[windows, N, N]: -100 between places of a shifted window that the picture does not join."""
    padded_height, padded_width = round_up(height, window), round_up(width, window)
    regions = torch.zeros((1, padded_height, padded_width, 1))
    cuts = (slice(0, -window), slice(-window, -(window // 2)), slice(-(window // 2), None))
    number = 0
    for rows in cuts:
        for columns in cuts:
            regions[:, rows, columns, :] = number
            number += 1
    flat = to_windows(regions, window).view(-1, window * window)
    apart = flat.unsqueeze(1) - flat.unsqueeze(2)
    return apart.masked_fill(apart != 0, -100.0).masked_fill(apart == 0, 0.0)


def relative_places(window: int) -> Tensor:
    """int64 [N, N]: which entry of the bias table belongs to a pair of places of a window."""
    rows, columns = torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")
    rows, columns = rows.flatten(), columns.flatten()
    down = rows[:, None] - rows[None, :] + window - 1
    across = columns[:, None] - columns[None, :] + window - 1
    return down * (2 * window - 1) + across


class WindowAttention(nn.Module):
    """Attention inside windows [windows, N, C], with a learned bias per head and pair of places."""

    def __init__(self, channels: int, window: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.scale = (channels // heads) ** -0.5
        self.table = nn.Parameter(torch.empty((2 * window - 1) ** 2, heads))
        nn.init.trunc_normal_(self.table, std=0.02)
        self.register_buffer("places", relative_places(window), persistent=False)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        windows, places, channels = x.shape
        qkv = self.qkv(x).reshape(windows, places, 3, self.heads, channels // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        weights = (q * self.scale) @ k.transpose(-2, -1)
        bias = self.table[self.places.view(-1)].view(places, places, -1)
        weights = weights + bias.permute(2, 0, 1).contiguous().unsqueeze(0)
        if mask is not None:
            count = mask.shape[0]
            weights = weights.view(windows // count, count, self.heads, places, places)
            weights = weights + mask.unsqueeze(1).unsqueeze(0)
            weights = weights.view(-1, self.heads, places, places)
        x = (weights.softmax(-1) @ v).transpose(1, 2).reshape(windows, places, channels)
        return self.out(x)


class SwinBlock(nn.Module):
    """Attention in windows, in every second block shifted by half, then two linear layers."""

    def __init__(self, channels: int, window: int, heads: int, shift: int) -> None:
        super().__init__()
        self.window = window
        self.shift = shift
        self.before = nn.LayerNorm(channels)
        self.attention = WindowAttention(channels, window, heads)
        self.between = nn.LayerNorm(channels)
        self.widen = nn.Linear(channels, 4 * channels)
        self.narrow = nn.Linear(4 * channels, channels)

    def forward(self, x: Tensor, height: int, width: int, mask: Tensor) -> Tensor:
        batch, _, channels = x.shape
        y = self.before(x).view(batch, height, width, channels)
        below = round_up(height, self.window) - height
        right = round_up(width, self.window) - width
        y = F.pad(y, (0, 0, 0, right, 0, below))
        if self.shift:
            y = torch.roll(y, shifts=(-self.shift, -self.shift), dims=(1, 2))
        windows = to_windows(y, self.window).view(-1, self.window * self.window, channels)
        windows = self.attention(windows, mask if self.shift else None)
        windows = windows.view(-1, self.window, self.window, channels)
        y = from_windows(windows, self.window, height + below, width + right)
        if self.shift:
            y = torch.roll(y, shifts=(self.shift, self.shift), dims=(1, 2))
        if below or right:
            y = y[:, :height, :width, :].contiguous()
        x = x + y.view(batch, height * width, channels)
        return x + self.narrow(F.gelu(self.widen(self.between(x))))


class Merge(nn.Module):
    """Four neighbours become one place of twice the channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(4 * channels)
        self.reduce = nn.Linear(4 * channels, 2 * channels, bias=False)

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        batch, _, channels = x.shape
        x = x.view(batch, height, width, channels)
        if height % 2 or width % 2:
            x = F.pad(x, (0, 0, 0, width % 2, 0, height % 2))
        corners = [x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]]
        return self.reduce(self.norm(torch.cat(corners, -1).view(batch, -1, 4 * channels)))


class Stage(nn.Module):
    """The blocks of one stride. All share one mask, which is made once a pass."""

    def __init__(self, channels: int, blocks: int, window: int, heads: int, merge: bool) -> None:
        super().__init__()
        self.window = window
        self.blocks = nn.ModuleList(
            [SwinBlock(channels, window, heads, i % 2 * (window // 2)) for i in range(blocks)]
        )
        self.merge = Merge(channels) if merge else None

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        mask = shift_mask(height, width, self.window)
        for block in self.blocks:
            x = block(x, height, width, mask)
        return x


class Swin(nn.Module):
    """[B, 3, H, W] to features at strides 4 to 32; with `first`, the bare patches before them."""

    def __init__(self, shape: SwinShape, first: bool = False) -> None:
        super().__init__()
        self.first = first
        self.patches = nn.Conv2d(3, shape.channels, 4, stride=4)
        self.patch_norm = nn.LayerNorm(shape.channels)
        self.stages = nn.ModuleList(
            [
                Stage(c, shape.blocks[i], shape.window, shape.heads[i], merge=i < 3)
                for i, c in enumerate(shape.stages)
            ]
        )
        self.norms = nn.ModuleList([nn.LayerNorm(c) for c in shape.stages])

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.patches(x)
        batch, channels, height, width = (int(side) for side in x.shape)
        x = self.patch_norm(x.flatten(2).transpose(1, 2))
        x = x.transpose(1, 2).view(batch, channels, height, width)
        features = [x.contiguous()] if self.first else []
        x = x.flatten(2).transpose(1, 2)
        for stage, norm in zip(self.stages, self.norms, strict=True):
            x = stage(x, height, width)
            picture = norm(x).view(batch, height, width, -1).permute(0, 3, 1, 2).contiguous()
            features.append(picture)
            if stage.merge is not None:
                x = stage.merge(x, height, width)
                height, width = (height + 1) // 2, (width + 1) // 2
        return features
