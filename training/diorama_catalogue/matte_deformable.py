"""Deformable convolution (Dai et al. 2017, Zhu et al. 2019) of plain operators.

ONNX has an operator for it only from opset 19 on, and the published BiRefNet graphs (opset 17) have
it written out: places are gathered around every sample, weighed and convolved with a stride of the
kernel's size. This does the same, with the same large tensors [channels, kernel places, H, W], since
they are what BiRefNet needs its memory for. Two things differ: rows are taken by Gather with one
index where the published graphs have GatherND with two, and the grid of places is made of ranges
where they store it whole, in float32 (10.6 million numbers in BiRefNet). ONNX Runtime makes it when
it loads, so memory and speed are those of the stored grid; stored, it would be filled with random
numbers here, and gathering would jump about as it does in no real model.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class DeformableConv(nn.Module):
    """[1, C, H, W] to [1, outputs, H, W]; stride 1, padded by half the kernel, no bias."""

    def __init__(self, inputs: int, outputs: int, size: int) -> None:
        super().__init__()
        self.size = size
        self.offset = nn.Conv2d(inputs, 2 * size * size, size, padding=size // 2)
        self.strength = nn.Conv2d(inputs, size * size, size, padding=size // 2)
        self.weight = nn.Parameter(torch.empty(outputs, inputs, size, size))
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        for conv in (self.offset, self.strength):
            # Training starts them at zero; small numbers are nearer to what training makes of them.
            nn.init.normal_(conv.weight, std=0.01)
            nn.init.zeros_(conv.bias)

    def forward(self, x: Tensor) -> Tensor:
        _, channels, height, width = (int(side) for side in x.shape)
        size, count = self.size, self.size * self.size
        # One row more than the kernel reaches where it reaches none: places beyond it read zeros.
        border = size // 2 or 1
        strength = 2.0 * torch.sigmoid(self.strength(x))
        offset = self.offset(x).view(1, count, 2, height, width)
        places = base_places(x, size, border) + offset
        floor = places.floor()
        top, left = floor.long().unbind(2)
        bottom, right = top + 1, left + 1
        part = places - floor
        part_y, part_x = part[:, :, 0:1], part[:, :, 1:2]
        padded = F.pad(x, (border, border, border, border))
        last_y, last_x = height + 2 * border - 1, width + 2 * border - 1
        rows = padded.permute(0, 2, 3, 1).reshape(-1, channels)

        def gather(y: Tensor, x: Tensor) -> Tensor:
            """[1, C, K, H, W] of the padded picture at places [1, K, H, W]."""
            index = y.clamp(0, last_y) * (last_x + 1) + x.clamp(0, last_x)
            taken = rows[index.reshape(-1)].transpose(0, 1)
            return taken.reshape(1, channels, count, height, width)

        def weigh(values: Tensor, y: Tensor, x: Tensor) -> Tensor:
            return values * (y * x).view(1, 1, count, height, width)

        value = weigh(gather(top, left), 1 - part_y, 1 - part_x)
        value = value + weigh(gather(bottom, right), part_y, part_x)
        value = value + weigh(gather(bottom, left), part_y, 1 - part_x)
        value = value + weigh(gather(top, right), 1 - part_y, part_x)
        value = value * strength.view(1, 1, count, height, width)
        value = value.view(1, channels, size, size, height, width).permute(0, 1, 4, 2, 5, 3)
        value = value.reshape(1, channels, height * size, width * size)
        return F.conv2d(value, self.weight, stride=size)


def base_places(x: Tensor, size: int, border: int) -> Tensor:
    """[1, K, 2, H, W]: rows and columns of the padded picture that a plain kernel would read."""
    count = size * size
    # Ranges of the traced size stay ranges in the graph; ranges of numbers would become a constant.
    height, width = x.shape[2], x.shape[3]
    down = torch.arange(size).repeat_interleave(size).view(1, count, 1, 1, 1)
    across = torch.arange(size).repeat(size).view(1, count, 1, 1, 1)
    y = torch.arange(height).view(1, 1, 1, -1, 1) + (down + border - size // 2)
    x = torch.arange(width).view(1, 1, 1, 1, -1) + (across + border - size // 2)
    shape = (1, count, 1, height, width)
    return torch.cat((y.float().expand(shape), x.float().expand(shape)), 2)
