"""Depth Anything V2: DINOv2 and a DPT head, relative (disparity) and metric (metres)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import onnx
import torch
from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation, Dinov2Config
from transformers.models.depth_anything import modeling_depth_anything
from transformers.utils import torch_int

from diorama_catalogue.depth_export import (
    SEED,
    CatalogueModel,
    OneTensor,
    export,
    final_operator,
    liven,
    parameters,
)
from diorama_catalogue.depth_sizes import input_size
from diorama_catalogue.preprocess import cases, to_tensor

FRAME = (518, 518)
MULTIPLE = 14
MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]


@dataclass(frozen=True)
class Shape:
    """What differs between the sizes: README of DepthAnything/Depth-Anything-V2,
    `model_configs`."""

    hidden: int
    heads: int
    layers: int
    taken: list[int]
    """After which layers (from 1) the head takes the tokens."""
    neck: list[int]
    fusion: int


SMALL = Shape(384, 6, 12, [3, 6, 9, 12], [48, 96, 192, 384], 64)
BASE = Shape(768, 12, 12, [3, 6, 9, 12], [96, 192, 384, 768], 128)
LARGE = Shape(1024, 16, 24, [5, 12, 18, 24], [256, 512, 1024, 1024], 256)


def network(shape: Shape, max_depth_metres: int | None) -> DepthAnythingForDepthEstimation:
    """The network with random weights. Without `max_depth_metres` it answers disparity."""
    torch.manual_seed(SEED)
    backbone = Dinov2Config(
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        mlp_ratio=4,
        image_size=518,
        patch_size=14,
        layerscale_value=1.0,
        layer_norm_eps=1e-6,
        out_indices=shape.taken,
        apply_layernorm=True,
        reshape_hidden_states=False,
        attn_implementation="eager",
    )
    config = DepthAnythingConfig(
        backbone_config=backbone,
        reassemble_hidden_size=shape.hidden,
        patch_size=14,
        neck_hidden_sizes=shape.neck,
        fusion_hidden_size=shape.fusion,
        head_hidden_size=32,
        depth_estimation_type="metric" if max_depth_metres else "relative",
        max_depth=max_depth_metres or 1,
        attn_implementation="eager",
    )
    model = DepthAnythingForDepthEstimation(config)
    liven(model, model.head.conv3)
    return model


@contextmanager
def open_sizes() -> Iterator[None]:
    """The library's head turns the answer's size into a Python number, which tracing would write
    down as a constant; the published files answer at the input's size."""
    modeling_depth_anything.int = torch_int
    try:
        yield
    finally:
        del modeling_depth_anything.int


def prepare(picture: np.ndarray) -> np.ndarray:
    """depth_anything_v2/dpt.py `image2tensor`: divided by 255, OpenCV's cubic, then mean and
    deviation."""
    height, width = picture.shape[:2]
    size = input_size((width, height), FRAME, "lower_bound", MULTIPLE)
    image = cv2.resize(picture / 255.0, size, interpolation=cv2.INTER_CUBIC)
    return to_tensor(image, MEAN, STD)


def facts(model_id: str, published: dict, sources: list[str], meaning: str) -> dict:
    """The facts that all Depth Anything V2 models share; `final` and `parameters` are filled in
    later."""
    return {
        "id": model_id,
        "readFrom": [
            "DepthAnything/Depth-Anything-V2 depth_anything_v2/dpt.py: image2tensor and "
            "infer_image: 518, lower_bound, multiple of 14, INTER_CUBIC, mean and std",
            "DepthAnything/Depth-Anything-V2 depth_anything_v2/util/transform.py: the arithmetic "
            "of sizes",
            "DepthAnything/Depth-Anything-V2 README.md: model_configs, parameter counts",
            *sources,
        ],
        "published": published,
        "input": {"name": "pixel_values", "shape": [1, 3, "height", "width"]},
        "size": {
            "policy": "frame",
            "width": FRAME[0],
            "height": FRAME[1],
            "scale": "cover",
            "multiple": MULTIPLE,
            "rounding": "nearest",
        },
        "resample": "bicubic",
        "antialias": False,
        "channelOrder": "rgb",
        "mean": MEAN,
        "std": STD,
        "range": "byte",
        "outputs": [{"name": "predicted_depth", "meaning": meaning}],
        "final": "",
        "differences": [
            "The authors' bicubic is OpenCV's (a = -0.75, no wider filter when a photo is made "
            "smaller); the preprocessor of the exported checkpoints uses Pillow's (a = -0.5, "
            "wider filter).",
            "The authors' answer is brought back to the photo's size by bilinear with aligned "
            "corners.",
            "The authors do not cap the long side: a panorama 3:1 is 1568 wide.",
            "The published graph also leaves batch and channels open in its declaration; here "
            "they are 1 and 3.",
        ],
        "parameters": 0,
        "cases": [],
    }


def make(
    model_id: str, shape: Shape, max_depth_metres: int | None, published: dict, sources: list[str]
) -> tuple[onnx.ModelProto, dict]:
    """The graph, traced at a size that is neither square nor the model's own, and its facts."""
    module = network(shape, max_depth_metres)
    with open_sizes():
        model = export(OneTensor(module), 14 * 15, 14 * 11)
    known = facts(model_id, published, sources, "depth-metres" if max_depth_metres else "disparity")
    known["final"] = final_operator(model)
    known["parameters"] = parameters(module)
    known["cases"] = cases(prepare)
    return model, known


def _community(size: str) -> dict:
    repository = f"onnx-community/depth-anything-v2-{size}"
    return {
        "url": f"https://huggingface.co/{repository}/resolve/main/onnx/model.onnx",
        "file": f"onnx/model.onnx of {repository}, float32",
    }


TRANSFORMERS = (
    "huggingface/transformers models/depth_anything (library 5.23): the network, and that "
    "DINOv2's tokens are taken after layers 3, 6, 9, 12 (large: 5, 12, 18, 24) with its last norm "
    "applied, as depth_anything_v2/dpt.py `intermediate_layer_idx` says counted from 0"
)
NAMES = (
    "public users of onnx-community/depth-anything-v2-small onnx/model.onnx (99,060,839 bytes): "
    "input pixel_values [1, 3, height, width], multiples of 14, output predicted_depth [1, "
    "height, width], read off the file by them"
)

LARGER_NAMES = (
    "public users of onnx-community/depth-anything-v2-{size} onnx/model.onnx (about {megabytes} "
    "MB) feed it as the small one; no one was found who read the names off this very file"
)
METRIC = [
    "DepthAnything/Depth-Anything-V2 metric_depth/depth_anything_v2/dpt.py and "
    "metric_depth/README.md: sigmoid times max_depth, 20 metres indoors",
    "not published as ONNX by the authors or by onnx-community; names chosen, those that exports "
    "of the transformers checkpoint get (as the relative models)",
]
METRIC_CHECKPOINT = {
    "url": "https://huggingface.co/depth-anything/Depth-Anything-V2-Metric-Indoor-Small-hf",
    "file": "the checkpoint; there is no ONNX file of its publishers",
}
METRIC_DIFFERENCES = [
    "An ONNX file by others exists (fabio-sim/Depth-Anything-ONNX v2.0.0, "
    "depth_anything_v2_vits_indoor_dynamic.onnx, about 99 MB, input image, output depth). The "
    "code of that repository multiplies a Relu by 20 where the authors multiply a Sigmoid, so its "
    "metres need not be the authors'. Its file was not seen.",
]


def _larger(size: str, shape: Shape, megabytes: int) -> CatalogueModel:
    model_id = f"depth-anything-v2-{size}"
    names = LARGER_NAMES.format(size=size, megabytes=megabytes)
    return CatalogueModel(
        model_id,
        lambda: make(model_id, shape, None, _community(size), [TRANSFORMERS, NAMES, names]),
    )


def _metric() -> tuple[onnx.ModelProto, dict]:
    """Metres up to 20 indoors. No ONNX declaration to compare with, so that remark is left out."""
    model_id = "depth-anything-v2-metric-indoor-small"
    model, known = make(model_id, SMALL, 20, METRIC_CHECKPOINT, [TRANSFORMERS, *METRIC])
    kept = [text for text in known["differences"] if not text.startswith("The published graph")]
    known["differences"] = kept + METRIC_DIFFERENCES
    return model, known


MODELS = [
    CatalogueModel(
        "depth-anything-v2-small",
        lambda: make(
            "depth-anything-v2-small", SMALL, None, _community("small"), [TRANSFORMERS, NAMES]
        ),
    ),
    _larger("base", BASE, 390),
    _larger("large", LARGE, 1300),
    CatalogueModel("depth-anything-v2-metric-indoor-small", _metric),
]
