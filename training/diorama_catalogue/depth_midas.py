"""MiDaS v2.1 small: EfficientNet-Lite3 and four fusion blocks of growing width, disparity.

Written from the numbers of the public description: EfficientNet-Lite with width 1.2 and depth 1.4,
its features taken at a quarter, an eighth, a sixteenth and a thirty-second of the side; fusion
blocks of 64, 128, 256 and 512 channels.
"""

from __future__ import annotations

import cv2
import numpy as np
import onnx
import torch
from torch import nn
from torch.nn import functional

from diorama_catalogue.depth_export import (
    SEED,
    CatalogueModel,
    export,
    final_operator,
    liven,
    parameters,
    rename,
)
from diorama_catalogue.preprocess import cases, to_tensor

SIDE = 256
MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]

STAGES = [
    # kernel, stride, expansion, channels, blocks
    (3, 1, 1, 24, 1),
    (3, 2, 6, 32, 3),
    (5, 2, 6, 48, 3),
    (3, 2, 6, 96, 5),
    (5, 1, 6, 136, 5),
    (5, 2, 6, 232, 6),
    (3, 1, 6, 384, 1),
]
TAKEN = {1: 32, 2: 48, 4: 136, 6: 384}
"""After which stages the decoder takes features, and their channels."""


class ConvNorm(nn.Module):
    """Convolution, batch norm and, but for a block's last, ReLU6. Padded as TensorFlow's SAME
    does."""

    def __init__(
        self,
        before: int,
        after: int,
        kernel: int,
        stride: int = 1,
        groups: int = 1,
        act: bool = True,
    ) -> None:
        super().__init__()
        # With stride 2 and an even side SAME pads one more behind than in front.
        around = (kernel - 1) // 2
        self.pad = (around - 1, around, around - 1, around) if stride == 2 and kernel > 1 else None
        padding = 0 if self.pad else around
        self.conv = nn.Conv2d(before, after, kernel, stride, padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(after, eps=1e-3)
        self.act = act

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.pad:
            x = functional.pad(x, self.pad)
        x = self.norm(self.conv(x))
        return functional.relu6(x) if self.act else x


class Block(nn.Module):
    """Widen, filter each channel, narrow; a shortcut where the shape stays. Lite: no squeeze and
    excitation."""

    def __init__(self, before: int, after: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = before * expansion
        widen = [ConvNorm(before, wide, 1)] if expansion > 1 else []
        self.way = nn.Sequential(
            *widen,
            ConvNorm(wide, wide, kernel, stride, groups=wide),
            ConvNorm(wide, after, 1, act=False),
        )
        self.short = stride == 1 and before == after

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.way(x) if self.short else self.way(x)


class Encoder(nn.Module):
    """[1, 3, H, W] to four maps at H/4, H/8, H/16 and H/32."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvNorm(3, 32, 3, 2)
        self.stages = nn.ModuleList()
        channels = 32
        for kernel, stride, expansion, after, count in STAGES:
            blocks = []
            for _ in range(count):
                blocks.append(Block(channels, after, kernel, stride, expansion))
                channels, stride = after, 1
            self.stages.append(nn.Sequential(*blocks))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        x = self.stem(x)
        taken = []
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index in TAKEN:
                taken.append(x)
        return taken


class Unit(nn.Module):
    """Two convolutions, each behind a ReLU, beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.first(functional.relu(x))
        return self.second(functional.relu(y)) + x


class Fusion(nn.Module):
    """Adds what comes from the side, refines, doubles the sides and narrows to `after` channels."""

    def __init__(self, channels: int, after: int) -> None:
        super().__init__()
        self.side = Unit(channels)
        self.both = Unit(channels)
        self.out = nn.Conv2d(channels, after, 1)

    def forward(self, x: torch.Tensor, side: torch.Tensor | None = None) -> torch.Tensor:
        if side is not None:
            x = x + self.side(side)
        return self.out(_doubled(self.both(x)))


def _doubled(x: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class MidasSmall(nn.Module):
    """RGB 0..1 [1, 3, H, W], sides multiples of 32, to disparity [1, H, W]. Mean and deviation
    are inside."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1))
        self.encoder = Encoder()
        widths = [64, 128, 256, 512]
        self.sides = nn.ModuleList(
            nn.Conv2d(before, after, 3, padding=1, bias=False)
            for before, after in zip(TAKEN.values(), widths, strict=True)
        )
        afters = [64, 64, 128, 256]
        self.fusions = nn.ModuleList(
            Fusion(width, after) for width, after in zip(widths, afters, strict=True)
        )
        self.narrow = nn.Conv2d(64, 32, 3, padding=1)
        self.refine = nn.Conv2d(32, 32, 3, padding=1)
        self.last = nn.Conv2d(32, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        maps = self.encoder((x - self.mean) / self.std)
        sides = [conv(taken) for conv, taken in zip(self.sides, maps, strict=True)]
        y = self.fusions[3](sides[3])
        for index in (2, 1, 0):
            y = self.fusions[index](y, sides[index])
        y = functional.relu(self.refine(_doubled(self.narrow(y))))
        return functional.relu(self.last(y)).squeeze(1)


def network() -> MidasSmall:
    torch.manual_seed(SEED)
    model = MidasSmall()
    liven(model, model.last)
    for child in model.modules():
        if isinstance(child, nn.BatchNorm2d):
            child.running_mean.normal_(0, 0.02)
            child.running_var.uniform_(0.2, 0.5)
    return model


def prepare(picture: np.ndarray) -> np.ndarray:
    """tf/run_onnx.py: divided by 255, 256 x 256 whatever the ratio, OpenCV's cubic, no mean or
    deviation."""
    image = cv2.resize(picture / 255.0, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return to_tensor(image, [0.0, 0.0, 0.0], [1.0, 1.0, 1.0])


FACTS = {
    "id": "midas-v21-small",
    "readFrom": [
        "isl-org/MiDaS tf/run_onnx.py and tf/utils.py: model-small.onnx is run on 256 x 256 RGB "
        "0..1, ratio not kept, INTER_CUBIC, and without mean and std",
        "isl-org/MiDaS tf/make_onnx_model.py: mean and std are inside the graph, resizing without "
        "aligned corners, opset 9 (the script as published makes the larger model-f6b98070.onnx; "
        "that the small one was made alike is inferred from its name `0` for the input, its size, "
        "and users who found the normalisation inside)",
        "isl-org/MiDaS midas/midas_net_custom.py, midas/blocks.py: channels of the decoder; "
        "README: inverse depth",
        "public users of model-small.onnx (66,764,249 bytes): input 0 [1, 3, 256, 256], output "
        "797 [1, 256, 256]",
        "the EfficientNet and EfficientNet-Lite papers' tables: kernels, strides, widths, depths",
    ],
    "published": {
        "url": "https://github.com/isl-org/MiDaS/releases/download/v2_1/model-small.onnx",
        "file": "model-small.onnx of release v2_1, float32",
    },
    "input": {"name": "0", "shape": [1, 3, SIDE, SIDE]},
    "size": {"policy": "fixed", "width": SIDE, "height": SIDE},
    "resample": "bicubic",
    "antialias": False,
    "channelOrder": "rgb",
    "mean": [0.0, 0.0, 0.0],
    "std": [1.0, 1.0, 1.0],
    "range": "byte",
    "outputs": [{"name": "797", "meaning": "disparity"}],
    "final": "",
    "differences": [
        "Opset 9's Upsample has neither aligned corners, as the PyTorch model, nor centres of "
        "pixels: its answers are shifted against that model's by part of a pixel.",
        "ImageNet's mean and std are inside the graph: a card that gives them again is wrong, and "
        "many users do.",
        "The PyTorch model keeps the photo's ratio (`upper_bound` in 256 x 256, multiples of 32: "
        "a photo of 641 x 427 becomes 256 x 160) and takes mean and std outside; the ONNX file "
        "does neither.",
        "The authors' bicubic is OpenCV's (a = -0.75, no wider filter when a photo is made "
        "smaller).",
        "The checkpoint has 21.3 million parameters (81.8 MiB); the file has 16.6 million (63.7 "
        "MiB), because one unit of the deepest fusion block is never used and batch norms are "
        "folded.",
    ],
    "parameters": 0,
    "cases": [],
}


def make() -> tuple[onnx.ModelProto, dict]:
    """The graph of opset 9, as the published file's, and its facts."""
    module = network()
    model = export(module, SIDE, SIDE, "image", "depth", opset=9, any_size=False)
    rename(model.graph, "image", FACTS["input"]["name"])
    rename(model.graph, "depth", FACTS["outputs"][0]["name"])
    facts = {
        **FACTS,
        "final": final_operator(model),
        "parameters": parameters(module),
        "cases": cases(prepare),
    }
    return model, facts


MODELS = [CatalogueModel("midas-v21-small", make)]
