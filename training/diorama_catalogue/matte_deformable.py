"""Deformable convolution (Dai et al. 2017, Zhu et al. 2019) of plain operators.

ONNX has an operator for it only from opset 19 on, and the published BiRefNet graphs (opset 17) have
it written out: places are gathered around every sample, weighed and convolved with a stride of the
kernel's size. This does the same with the same large tensors [channels, kernel places, H, W], since
they are what BiRefNet needs its memory for. One thing differs: the grid of places is made of ranges
where they store it whole, in float32 (10.6 million numbers in BiRefNet). ONNX Runtime makes it when
it loads, so memory and speed are those of the stored grid; stored, it would be filled with random
numbers here, and gathering would jump about as it does in no real model.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@torch.library.custom_op(
    "diorama::gather_places", mutates_args=(), schema="(Tensor picture, Tensor places) -> Tensor"
)
def gather_places(picture: Tensor, places: Tensor) -> Tensor:
    """Samples [1, 1, n, C] of a picture [1, 1, H, W, C] at places (y, x), int64 [1, 1, n, 2]."""
    y, x = places[0, 0].unbind(-1)
    return picture[0, 0][y, x][None, None]


@torch.library.custom_op(
    "diorama::add_four",
    mutates_args=(),
    schema="(Tensor a, Tensor b, Tensor c, Tensor d) -> Tensor",
)
def add_four(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    return a + b + c + d


def name_operators(opset: int) -> None:
    """How the two above are written: torch's own ways would become Gather and three additions.

    One Sum needs all four tensors at the same time, which a chain of additions does not.
    """
    torch.onnx.register_custom_op_symbolic(
        "diorama::gather_places",
        lambda g, picture, places: g.op("GatherND", picture, places, batch_dims_i=2),
        opset,
    )
    torch.onnx.register_custom_op_symbolic(
        "diorama::add_four", lambda g, *tensors: g.op("Sum", *tensors), opset
    )


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
        by_place = padded.view(1, 1, channels, last_y + 1, last_x + 1).permute(0, 1, 3, 4, 2)

        def gather(y: Tensor, x: Tensor) -> Tensor:
            """[1, C, K, H, W] of the padded picture at places [1, K, H, W]."""
            y, x = y.clamp(0, last_y), x.clamp(0, last_x)
            places = torch.cat((y.reshape(1, 1, -1, 1), x.reshape(1, 1, -1, 1)), 3)
            taken = gather_places(by_place, places).permute(0, 1, 3, 2)
            return taken.reshape(1, channels, count, height, width)

        def weigh(values: Tensor, y: Tensor, x: Tensor) -> Tensor:
            return values * (y * x).view(1, 1, count, height, width)

        corners = gather(top, left), gather(bottom, right), gather(bottom, left), gather(top, right)
        weighed = (
            weigh(corners[0], 1 - part_y, 1 - part_x),
            weigh(corners[1], part_y, part_x),
            weigh(corners[2], part_y, 1 - part_x),
            weigh(corners[3], 1 - part_y, part_x),
        )
        value = add_four(*weighed)
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
