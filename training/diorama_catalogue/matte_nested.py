"""U2-Net and IS-Net: U-shaped networks whose blocks are U-shaped networks again.

Both come from the same authors (Qin et al. 2020 and 2022). U2-Net works on the full input grid and
fuses six side answers by one more convolution; IS-Net first halves the grid and takes its finest
side answer as it is. RMBG-1.4 is IS-Net with other weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def conv_unit(inputs: int, outputs: int, dilation: int = 1) -> nn.Sequential:
    """Convolution 3x3 that keeps the grid, batch normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def halve() -> nn.MaxPool2d:
    """Rounds odd sides up, so that no sample of a grid is left out."""
    return nn.MaxPool2d(2, stride=2, ceil_mode=True)


def grow_to(x: Tensor, like: Tensor) -> Tensor:
    """`x` on the grid of `like`."""
    return F.interpolate(x, size=like.shape[2:], mode="bilinear", align_corners=False)


class PyramidBlock(nn.Module):
    """A residual U of `height` levels: all but two halve the grid, the lowest looks wider."""

    def __init__(self, height: int, inputs: int, middle: int, outputs: int) -> None:
        super().__init__()
        self.enter = conv_unit(inputs, outputs)
        self.down = nn.ModuleList(
            [conv_unit(outputs if level == 0 else middle, middle) for level in range(height - 1)]
        )
        self.pools = nn.ModuleList([halve() for _ in range(height - 2)])
        self.bottom = conv_unit(middle, middle, dilation=2)
        self.up = nn.ModuleList(
            [
                conv_unit(2 * middle, outputs if level == 0 else middle)
                for level in range(height - 1)
            ]
        )

    def forward(self, x: Tensor) -> Tensor:
        entered = self.enter(x)
        kept = []
        x = entered
        for level, unit in enumerate(self.down):
            x = unit(x if level == 0 else self.pools[level - 1](x))
            kept.append(x)
        x = self.bottom(x)
        for level in reversed(range(len(self.up))):
            x = self.up[level](torch.cat((x, kept[level]), 1))
            if level > 0:
                x = grow_to(x, kept[level - 1])
        return x + entered


class DilatedBlock(nn.Module):
    """The same U where the grid is too coarse for pools: dilations 1, 2, 4, 8 instead."""

    def __init__(self, inputs: int, middle: int, outputs: int) -> None:
        super().__init__()
        self.enter = conv_unit(inputs, outputs)
        self.down = nn.ModuleList(
            [conv_unit(outputs if step == 0 else middle, middle, 2**step) for step in range(4)]
        )
        self.up = nn.ModuleList(
            [conv_unit(2 * middle, outputs if step == 0 else middle, 2**step) for step in range(3)]
        )

    def forward(self, x: Tensor) -> Tensor:
        entered = self.enter(x)
        kept = []
        x = entered
        for unit in self.down:
            x = unit(x)
            kept.append(x)
        for step in reversed(range(3)):
            x = self.up[step](torch.cat((x, kept[step]), 1))
        return x + entered


@dataclass(frozen=True)
class NestedShape:
    """Channels inside and after the six stages down and the five up, finest first."""

    down_middle: tuple[int, ...]
    down: tuple[int, ...]
    up_middle: tuple[int, ...]
    up: tuple[int, ...]


LARGE = NestedShape(
    (32, 32, 64, 128, 256, 256),
    (64, 128, 256, 512, 512, 512),
    (16, 32, 64, 128, 256),
    (64, 64, 128, 256, 512),
)
SMALL = NestedShape((16,) * 6, (64,) * 6, (16,) * 5, (64,) * 5)

HEIGHTS = (7, 6, 5, 4)
"""Levels of the blocks of the four finest stages; the coarser ones are dilated."""


def stage(index: int, inputs: int, middle: int, outputs: int) -> nn.Module:
    """The block of stage `index`, counted from the finest."""
    if index < len(HEIGHTS):
        return PyramidBlock(HEIGHTS[index], inputs, middle, outputs)
    return DilatedBlock(inputs, middle, outputs)


class NestedPyramid(nn.Module):
    """Six stages down and five up. Answers the features [finest, ..., coarsest], six of them."""

    def __init__(self, inputs: int, shape: NestedShape) -> None:
        super().__init__()
        before = (inputs, *shape.down[:5])
        self.down = nn.ModuleList(
            [stage(i, before[i], shape.down_middle[i], shape.down[i]) for i in range(6)]
        )
        self.pools = nn.ModuleList([halve() for _ in range(5)])
        below = (*shape.up[1:], shape.down[5])
        self.up = nn.ModuleList(
            [stage(i, below[i] + shape.down[i], shape.up_middle[i], shape.up[i]) for i in range(5)]
        )
        self.channels = (*shape.up, shape.down[5])

    def forward(self, x: Tensor) -> list[Tensor]:
        kept = []
        for index, block in enumerate(self.down):
            x = block(x if index == 0 else self.pools[index - 1](x))
            kept.append(x)
        features = [x]
        for index in reversed(range(5)):
            x = self.up[index](torch.cat((grow_to(x, kept[index]), kept[index]), 1))
            features.insert(0, x)
        return features


def side_answers(channels: tuple[int, ...]) -> nn.ModuleList:
    return nn.ModuleList([nn.Conv2d(c, 1, 3, padding=1) for c in channels])


class U2Net(nn.Module):
    """[1, 3, H, W] to seven maps [1, 1, H, W] in 0..1: the fused one, then the six side answers."""

    def __init__(self, shape: NestedShape) -> None:
        super().__init__()
        self.pyramid = NestedPyramid(3, shape)
        self.sides = side_answers(self.pyramid.channels)
        self.fuse = nn.Conv2d(6, 1, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        answers = [side(feature) for side, feature in zip(self.sides, self.pyramid(x), strict=True)]
        answers = [answers[0]] + [grow_to(answer, answers[0]) for answer in answers[1:]]
        fused = self.fuse(torch.cat(answers, 1))
        return tuple(torch.sigmoid(answer) for answer in (fused, *answers))


class IsNet(nn.Module):
    """[1, 3, H, W] to six maps [1, 1, H, W] in 0..1, finest first.

    With `features`, the six features that the maps are made of come after them.
    """

    def __init__(self, features: bool) -> None:
        super().__init__()
        self.features = features
        self.enter = nn.Conv2d(3, 64, 3, stride=2, padding=1)
        self.pyramid = NestedPyramid(64, LARGE)
        self.sides = side_answers(self.pyramid.channels)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        features = self.pyramid(self.enter(x))
        maps = [
            torch.sigmoid(grow_to(side(feature), x))
            for side, feature in zip(self.sides, features, strict=True)
        ]
        return (*maps, *features) if self.features else tuple(maps)
