"""MODNet (Ke et al. 2022): portrait mattes by a semantic, a detail and a fusion branch.

The form that the authors export: without the answers of the first two branches, which only training
reads. Everything follows the size of the input, whose sides are multiples of 32.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

HIGH = 32
"""Channels of the detail branch."""

SETTINGS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
"""MobileNetV2: expansion, channels, blocks, stride of the first block."""

FEATURES = {1: 16, 3: 24, 18: 1280}
"""Layers of MobileNetV2 whose answers are used, at strides 2, 4 and 32, and their channels."""


def grow(x: Tensor, factor: float = 2.0) -> Tensor:
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)


def conv6(inputs: int, outputs: int, size: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU cut at 6."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )


class Bottleneck(nn.Module):
    """Widens, filters each channel alone, narrows; adds its input where it has the same shape."""

    def __init__(self, inputs: int, outputs: int, expansion: int, stride: int) -> None:
        super().__init__()
        inner = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        layers = [conv6(inputs, inner, 1)] if expansion > 1 else []
        layers.append(conv6(inner, inner, 3, stride, groups=inner))
        layers.append(nn.Conv2d(inner, outputs, 1, bias=False))
        layers.append(nn.BatchNorm2d(outputs))
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.residual else self.layers(x)


class MobileNet(nn.Module):
    """MobileNetV2 without its classifier; answers the features named in FEATURES."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [conv6(3, 32, 3, 2)]
        channels = 32
        for expansion, outputs, blocks, stride in SETTINGS:
            for block in range(blocks):
                first = block == 0
                layers.append(Bottleneck(channels, outputs, expansion, stride if first else 1))
                channels = outputs
        layers.append(conv6(channels, 1280, 1))
        self.layers = nn.ModuleList(layers)

    def forward(self, x: Tensor) -> list[Tensor]:
        features = []
        for index, layer in enumerate(self.layers):
            x = layer(x)
            if index in FEATURES:
                features.append(x)
        return features


class HalfNorm(nn.Module):
    """Batch normalisation of the first half of the channels, instance normalisation of the rest."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = channels // 2
        self.batch = nn.BatchNorm2d(self.first)
        self.instance = nn.InstanceNorm2d(channels - self.first, affine=False)

    def forward(self, x: Tensor) -> Tensor:
        batch = self.batch(x[:, : self.first].contiguous())
        return torch.cat((batch, self.instance(x[:, self.first :].contiguous())), 1)


def unit(inputs: int, outputs: int, size: int, stride: int = 1) -> nn.Sequential:
    """Convolution, half batch and half instance normalisation, ReLU."""
    conv = nn.Conv2d(inputs, outputs, size, stride, size // 2)
    return nn.Sequential(conv, HalfNorm(outputs), nn.ReLU(inplace=True))


class ChannelGate(nn.Module):
    """Weighs every channel by what all of them hold on average."""

    def __init__(self, channels: int, reduction: int = 4) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.weights = nn.Sequential(
            nn.Linear(channels, channels // reduction, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(channels // reduction, channels, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, x: Tensor) -> Tensor:
        batch, channels = x.shape[:2]
        weights = self.weights(self.pool(x).view(batch, channels))
        return x * weights.view(batch, channels, 1, 1).expand_as(x)


class Semantics(nn.Module):
    """Where the person is: features at stride 8, and those of the backbone at strides 2 and 4."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone = MobileNet()
        self.gate = ChannelGate(1280)
        self.to_16 = unit(1280, 96, 5)
        self.to_8 = unit(96, 32, 5)
        # The answer at stride 16, for training alone.
        self.training_answer = nn.Conv2d(32, 1, 3, 2, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        at_2, at_4, at_32 = self.backbone(x)
        at_16 = self.to_16(grow(self.gate(at_32)))
        return self.to_8(grow(at_16)), at_2, at_4


class Details(nn.Module):
    """The outline: features at stride 2."""

    def __init__(self) -> None:
        super().__init__()
        c = HIGH
        self.from_2 = unit(16, c, 1)
        self.join_2 = unit(c + 3, c, 3, 2)
        self.from_4 = unit(24, c, 1)
        self.join_4 = unit(2 * c, 2 * c, 3)
        self.at_4 = nn.Sequential(
            unit(3 * c + 3, 2 * c, 3), unit(2 * c, 2 * c, 3), unit(2 * c, c, 3)
        )
        self.at_2 = nn.Sequential(
            unit(2 * c, 2 * c, 3), unit(2 * c, c, 3), unit(c, c, 3), unit(c, c, 3)
        )
        # The answer at full size, for training alone.
        self.training_answer = nn.Sequential(unit(c + 3, c, 3), nn.Conv2d(c, 1, 1))

    def forward(self, image: Tensor, at_2: Tensor, at_4: Tensor, semantics: Tensor) -> Tensor:
        half, quarter = grow(image, 0.5), grow(image, 0.25)
        at_2 = self.from_2(at_2)
        x = self.join_2(torch.cat((half, at_2), 1))
        x = self.join_4(torch.cat((x, self.from_4(at_4)), 1))
        x = self.at_4(torch.cat((x, grow(semantics), quarter), 1))
        return self.at_2(torch.cat((grow(x), at_2), 1))


class MODNet(nn.Module):
    """[1, 3, H, W] in -1..1 to alpha [1, 1, H, W] in 0..1."""

    def __init__(self) -> None:
        super().__init__()
        self.semantics = Semantics()
        self.details = Details()
        self.to_4 = unit(32, HIGH, 5)
        self.join = unit(2 * HIGH, HIGH, 3)
        self.answer = nn.Sequential(unit(HIGH + 3, HIGH // 2, 3), nn.Conv2d(HIGH // 2, 1, 1))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_uniform_(module.weight, nonlinearity="relu")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, image: Tensor) -> Tensor:
        semantics, at_2, at_4 = self.semantics(image)
        details = self.details(image, at_2, at_4, semantics)
        coarse = grow(self.to_4(grow(semantics)))
        x = grow(self.join(torch.cat((coarse, details), 1)))
        return torch.sigmoid(self.answer(torch.cat((x, image), 1)))
