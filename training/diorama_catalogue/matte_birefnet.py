"""BiRefNet (Zheng et al. 2024): Swin at two scales, and a decoder that sees the picture again.

The configuration is that of the general models: features of the picture and of its half size side
by side, all of them pooled into the coarsest, decoder blocks with deformable convolutions, and at
every step pieces of the picture itself.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from diorama_catalogue.matte_deformable import DeformableConv
from diorama_catalogue.matte_swin import Swin, SwinShape

INNER = 64
"""Channels inside every decoder block."""


def resize_to(x: Tensor, like: Tensor) -> Tensor:
    """`x` on the grid of `like`, corners on corners."""
    return F.interpolate(x, size=like.shape[2:], mode="bilinear", align_corners=True)


class DeformableUnit(nn.Module):
    """Deformable convolution, batch normalisation, ReLU."""

    def __init__(self, inputs: int, outputs: int, size: int) -> None:
        super().__init__()
        self.conv = DeformableConv(inputs, outputs, size)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(x)))


class Surroundings(nn.Module):
    """The same features seen by kernels of 1, 1, 3 and 7 and as a whole, mixed again (ASPP)."""

    def __init__(self, channels: int, inner: int = 256) -> None:
        super().__init__()
        self.views = nn.ModuleList([DeformableUnit(channels, inner, k) for k in (1, 1, 3, 7)])
        self.whole = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, inner, 1, bias=False),
            nn.BatchNorm2d(inner),
            nn.ReLU(inplace=True),
        )
        self.mix = nn.Sequential(
            nn.Conv2d(5 * inner, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        views = [view(x) for view in self.views]
        return self.mix(torch.cat((*views, resize_to(self.whole(x), x)), 1))


class DecoderBlock(nn.Module):
    """Narrows, looks around, widens."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.enter = nn.Sequential(
            nn.Conv2d(inputs, INNER, 3, padding=1), nn.BatchNorm2d(INNER), nn.ReLU(inplace=True)
        )
        self.surroundings = Surroundings(INNER)
        self.leave = nn.Sequential(nn.Conv2d(INNER, outputs, 3, padding=1), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return self.leave(self.surroundings(self.enter(x)))


class EdgeGate(nn.Module):
    """Multiplies features by how much of an edge they see."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.Conv2d(channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(inplace=True)
        )
        self.attend = nn.Conv2d(16, 1, 1)
        # Training also asks for the edges themselves; no graph holds that convolution.
        self.edges = nn.Conv2d(16, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.sigmoid(self.attend(self.look(x)))


def pieces_of(picture: Tensor, like: Tensor) -> Tensor:
    """The picture cut to pieces of the grid of `like`, [1, 3 * pieces, h, w], column by column.

    By Split and Concat of up to 1024 pieces, as in the published graphs.
    """
    height, width = (int(side) for side in like.shape[2:])
    pieces: list[Tensor] = []
    for column in torch.split(picture, width, dim=-1):
        pieces += torch.split(column, height, dim=-2)
    return torch.cat(pieces, dim=1)


class Pieces(nn.Module):
    """Appends features of the picture's pieces."""

    def __init__(self, pieces: int, outputs: int) -> None:
        super().__init__()
        self.convs = nn.Sequential(
            nn.Conv2d(3 * pieces, 64, 3, padding=1), nn.Conv2d(64, outputs, 3, padding=1)
        )

    def forward(self, x: Tensor, picture: Tensor) -> Tensor:
        seen = self.convs(resize_to(pieces_of(picture, x), x))
        return torch.cat((x, seen), 1)


class BiRefNet(nn.Module):
    """[1, 3, 1024, 1024], normalised, to logits of alpha [1, 1, 1024, 1024]."""

    def __init__(self, shape: SwinShape) -> None:
        super().__init__()
        self.backbone = Swin(shape)
        fine, middle, coarse, coarsest = (2 * c for c in shape.stages)
        self.squeeze = DecoderBlock(fine + middle + coarse + coarsest, coarsest)
        seen = (coarsest // 8, coarsest // 8, coarse // 8, middle // 8, fine // 8)
        counts = (1024, 256, 64, 16, 1)
        self.pieces = nn.ModuleList([Pieces(n, c) for n, c in zip(counts, seen, strict=True)])
        before = (coarsest, coarse, middle, fine)
        after = (coarse, middle, fine, fine // 2)
        self.blocks = nn.ModuleList([DecoderBlock(before[i] + seen[i], after[i]) for i in range(4)])
        self.gates = nn.ModuleList([EdgeGate(after[i]) for i in range(3)])
        self.sides = nn.ModuleList([nn.Conv2d(before[i + 1], after[i], 1) for i in range(3)])
        # Answers of the coarser steps, for training alone.
        self.training_answers = nn.ModuleList([nn.Conv2d(after[i], 1, 1) for i in range(3)])
        self.answer = nn.Conv2d(fine // 2 + seen[4], 1, 1)

    def encode(self, picture: Tensor) -> list[Tensor]:
        """Features at strides 4 to 32 of the picture and of its half size, side by side."""
        half = F.interpolate(
            picture,
            size=(picture.shape[2] // 2, picture.shape[3] // 2),
            mode="bilinear",
            align_corners=True,
        )
        whole = self.backbone(picture)
        pairs = zip(whole, self.backbone(half), strict=True)
        return [torch.cat((x, resize_to(y, x)), 1) for x, y in pairs]

    def forward(self, picture: Tensor) -> Tensor:
        *finer, coarsest = self.encode(picture)
        x = torch.cat((*(resize_to(feature, coarsest) for feature in finer), coarsest), 1)
        x = self.squeeze(x)
        for index, block in enumerate(self.blocks):
            x = block(self.pieces[index](x, picture))
            if index < 3:
                side = finer[2 - index]
                x = resize_to(self.gates[index](x), side) + self.sides[index](side)
        x = resize_to(x, picture)
        return self.answer(self.pieces[4](x, picture))
