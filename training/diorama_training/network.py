"""The network: one encoder, a light decoder, and heads for depth, alpha and subject.

Only plain and depthwise convolutions, ReLU, sigmoid, bilinear resize, depth-to-space and global
pooling, so that the graph runs on ONNX Runtime's CPU, WASM and WebGPU providers. Both sides of the
input must be multiples of STRIDE. All arithmetic stands at stride 4 or coarser: on CPUs, dense
convolutions there train and run several times faster than narrow ones on the full grid; the heads
reach the full grid by depth-to-space (Shi et al. 2016).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

STRIDE = 32
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class NetworkShape:
    """Channels at strides 4, 8, 16 and 32, how many residual blocks stand at each, and the decoder's channels."""

    channels: tuple[int, int, int, int] = (32, 72, 160, 256)
    blocks: tuple[int, int, int, int] = (1, 2, 2, 1)
    wide_blocks: int = 3
    decoder: tuple[int, int, int] = (112, 72, 40)
    fine: int = 32

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def conv_unit(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def patch_unit(outputs: int) -> nn.Sequential:
    """From the picture to stride 4 in one step; each place sees 8x8 pixels."""
    return nn.Sequential(nn.Conv2d(3, outputs, 8, 4, 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class ResidualBlock(nn.Module):
    """Two dense 3x3 convolutions: on CPUs in bf16 these train far faster than depthwise ones."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = conv_unit(channels, channels)
        self.conv = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.norm.weight)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.norm(self.conv(self.first(x))))


class WideBlock(nn.Module):
    """A 7x7 depthwise convolution and two pointwise ones: a wide view at the coarsest grid."""

    def __init__(self, channels: int, expansion: int = 3) -> None:
        super().__init__()
        self.spread = nn.Conv2d(channels, channels, 7, 1, 3, groups=channels, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.widen = nn.Conv2d(channels, channels * expansion, 1)
        self.narrow = nn.Conv2d(channels * expansion, channels, 1)
        nn.init.normal_(self.narrow.weight, std=0.005)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.narrow(F.relu(self.widen(self.norm(self.spread(x)))))


class GlobalContext(nn.Module):
    """Adds to every place what the whole picture holds."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(nn.Conv2d(channels, channels, 1), nn.ReLU(inplace=True), nn.Conv2d(channels, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(F.adaptive_avg_pool2d(x, 1))


class Encoder(nn.Module):
    """Features at strides 4, 8, 16 and 32."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        c, b = shape.channels, shape.blocks
        stages: list[nn.Module] = []
        for index in range(4):
            parts: list[nn.Module] = [patch_unit(c[0]) if index == 0 else conv_unit(c[index - 1], c[index], 3, 2)]
            parts += [ResidualBlock(c[index]) for _ in range(b[index])]
            stages.append(nn.Sequential(*parts))
        stages[3].extend([WideBlock(c[3]) for _ in range(shape.wide_blocks)])
        stages[3].append(GlobalContext(c[3]))
        self.stages = nn.ModuleList(stages)

    def forward(self, x: Tensor) -> list[Tensor]:
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return features


def double(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


class Decoder(nn.Module):
    """Coarse to fine, down to stride 4; shared by both heads, so that they agree."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        c, d = shape.channels, shape.decoder
        sides = (c[2], c[1], c[0])
        above = (c[3], d[0], d[1])
        self.lateral = nn.ModuleList([nn.Conv2d(sides[i], d[i], 1, bias=False) for i in range(3)])
        self.lower = nn.ModuleList([nn.Conv2d(above[i], d[i], 1, bias=False) for i in range(3)])
        self.norm = nn.ModuleList([nn.BatchNorm2d(d[i]) for i in range(3)])
        self.smooth = nn.ModuleList([conv_unit(d[i], d[i]) for i in range(3)])

    def forward(self, features: list[Tensor]) -> Tensor:
        x = features[3]
        for index, side in enumerate((features[2], features[1], features[0])):
            joined = double(self.lower[index](x)) + self.lateral[index](side)
            x = self.smooth[index](F.relu(self.norm[index](joined)))
        return x


class DepthHead(nn.Module):
    """Inverse depth as a logit at stride 2, resized to the input."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.coarse = conv_unit(inputs, 32)
        self.out = nn.Conv2d(32, 4, 3, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return double(F.pixel_shuffle(self.out(self.coarse(x)), 2))


class AlphaHead(nn.Module):
    """Alpha as a logit on the full grid: what the decoder knows, and the picture's own patches for the edges."""

    def __init__(self, inputs: int, fine: int) -> None:
        super().__init__()
        self.patches = patch_unit(fine)
        self.join = conv_unit(inputs + fine, fine)
        self.out = nn.Conv2d(fine, 16, 3, 1, 1)

    def forward(self, x: Tensor, picture: Tensor) -> Tensor:
        return F.pixel_shuffle(self.out(self.join(torch.cat([x, self.patches(picture)], 1))), 4)


class SubjectHead(nn.Module):
    """One logit from what the coarsest and the finest features hold on average: is there a subject at all?"""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.classify = nn.Sequential(nn.Linear(coarse + fine, 64), nn.ReLU(inplace=True), nn.Linear(64, 1))

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        pooled = [F.adaptive_avg_pool2d(x, 1).flatten(1) for x in (coarse, fine)]
        return self.classify(torch.cat(pooled, 1))


class DioramaNet(nn.Module):
    """RGB in 0..1, [N,3,H,W], to logits of depth [N,1,H,W], alpha [N,1,H,W] and subject [N,1]."""

    def __init__(self, shape: NetworkShape | None = None) -> None:
        super().__init__()
        self.shape = shape or NetworkShape()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("scale", 1.0 / torch.tensor(STD).view(1, 3, 1, 1), persistent=False)
        self.encoder = Encoder(self.shape)
        self.decoder = Decoder(self.shape)
        fine = self.shape.decoder[2]
        self.depth = DepthHead(fine)
        self.alpha = AlphaHead(fine, self.shape.fine)
        self.subject = SubjectHead(self.shape.channels[3], fine)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        picture = (image - self.mean) * self.scale
        features = self.encoder(picture)
        x = self.decoder(features)
        return self.depth(x), self.alpha(x, picture), self.subject(features[3], x)


# A network short of training hedges: its alpha is rarely near 0 or 1. What lies beyond these levels counts as sure.
# Chosen on the validation split by mean absolute error (`python -m diorama_training.levels`).
ALPHA_LEVELS = (0.35, 0.8)
# From this probability of its own on, the network means that there is a subject; exported as 0.5.
SUBJECT_LEVEL = 0.7


class Answer(nn.Module):
    """The exported form: depth and subject as probabilities, alpha stretched between its levels, all in 0..1."""

    def __init__(self, network: DioramaNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        depth, alpha, subject = self.network(image)
        clear, opaque = ALPHA_LEVELS
        alpha = ((torch.sigmoid(alpha) - clear) / (opaque - clear)).clamp(0.0, 1.0)
        return torch.sigmoid(depth), alpha, torch.sigmoid(subject - math.log(SUBJECT_LEVEL / (1 - SUBJECT_LEVEL)))
