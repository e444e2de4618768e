"""ZoeDepth NYU and KITTI: BEiT-L, the DPT decoder and bins of depth in metres."""

from __future__ import annotations

import cv2
import numpy as np
import onnx
import torch
from torch.nn import functional
from transformers import BeitConfig, ZoeDepthConfig, ZoeDepthForDepthEstimation

from diorama_catalogue.depth_export import (
    SEED,
    CatalogueModel,
    OneTensor,
    drop_node_names,
    export,
    final_operator,
    liven,
    parameters,
)
from diorama_catalogue.depth_sizes import input_size
from diorama_catalogue.preprocess import PHOTOS, cases, picture, positions, to_tensor

FRAME = (512, 384)
MULTIPLE = 32
MEAN = [0.5, 0.5, 0.5]
STD = [0.5, 0.5, 0.5]


def network() -> ZoeDepthForDepthEstimation:
    """The network with random weights."""
    torch.manual_seed(SEED)
    backbone = BeitConfig(
        image_size=384,
        patch_size=16,
        hidden_size=1024,
        intermediate_size=4096,
        num_hidden_layers=24,
        num_attention_heads=16,
        use_relative_position_bias=True,
        reshape_hidden_states=False,
        out_features=["stage6", "stage12", "stage18", "stage24"],
        attn_implementation="eager",
    )
    config = ZoeDepthConfig(
        backbone_config=backbone,
        neck_hidden_sizes=[256, 512, 1024, 1024],
        bin_centers_type="softplus",
        bin_configurations=[
            {"name": "nyu", "n_bins": 64, "min_depth": 1e-3, "max_depth": 10.0},
            {"name": "kitti", "n_bins": 64, "min_depth": 1e-3, "max_depth": 80.0},
        ],
        num_patch_transformer_layers=4,
        patch_transformer_hidden_size=128,
        patch_transformer_intermediate_size=1024,
        patch_transformer_num_attention_heads=4,
        attn_implementation="eager",
    )
    model = ZoeDepthForDepthEstimation(config)
    liven(model, model.relative_head.conv3)
    with torch.no_grad():
        for regressor in model.metric_head.seed_bin_regressors.values():
            # Random features are nearly flat; the depths of the bins should not be.
            regressor.conv2.weight *= 100
    return model


def prepare(picture: np.ndarray) -> np.ndarray:
    """zoedepth/models/base_models/midas.py `PrepForMidas`, without the padding that goes before
    it."""
    height, width = picture.shape[:2]
    across, down = input_size((width, height), FRAME, "minimal", MULTIPLE)
    image = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    image = functional.interpolate(image, (down, across), mode="bilinear", align_corners=True)
    return to_tensor(image[0].permute(1, 2, 0).numpy(), MEAN, STD)


FACTS = {
    "id": "zoedepth-nyu-kitti",
    "readFrom": [
        "isl-org/ZoeDepth zoedepth/models/zoedepth_nk/config_zoedepth_nk.json: 384 x 512 (height "
        "x width), ratio kept when inferring, bins of both domains; "
        "zoedepth/models/base_models/midas.py: minimal, multiple of 32, bilinear with aligned "
        "corners, mean and std 0.5; zoedepth/models/depth_model.py: padding and the mirrored "
        "picture; README: metres",
        "huggingface/transformers models/zoedepth/convert_zoedepth_to_hf.py and the library 5.23: "
        "the network's numbers",
        "HeliosophLLC/Heliosoph scripts/export-zoedepth.ps1 and its model card: pixel_values "
        "[batch, 3, height, width], multiples of 32, predicted_depth [batch, height, width], "
        "traced at 384 x 512, opset 17, 1.37 GB",
    ],
    "published": {
        "url": "https://huggingface.co/Heliosoph/zoedepth-nyu-kitti-onnx/resolve/main/model.onnx",
        "file": "model.onnx of Heliosoph/zoedepth-nyu-kitti-onnx, float32: not the authors' export",
    },
    "input": {"name": "pixel_values", "shape": [1, 3, "height", "width"]},
    "size": {
        "policy": "frame",
        "width": FRAME[0],
        "height": FRAME[1],
        "scale": "nearest",
        "multiple": MULTIPLE,
        "rounding": "nearest",
    },
    "resample": "bilinear",
    "antialias": False,
    "channelOrder": "rgb",
    "mean": MEAN,
    "std": STD,
    "range": "byte",
    "outputs": [{"name": "predicted_depth", "meaning": "depth-metres"}],
    "final": "",
    "differences": [
        "Before all else the authors pad the photo by reflection, int(3 * sqrt(side / 2)) pixels "
        "at each end, and cut the answer back; the size is chosen of the padded photo (641 x 427 "
        "becomes 747 x 513 and then 544 x 384). The cases are without padding.",
        "The authors average the answer with that of the mirrored photo.",
        "The authors' bilinear has aligned corners (the outermost samples of both grids "
        "coincide); the cases are so too. A filter with half-pixel centres gives other values: by "
        "up to {shift:.3f} in these cases.",
        "The network chooses between its indoor and outdoor bins for each photo. A traced graph, "
        "this one and any made with the same exporter, holds only the branch that the example "
        "took.",
        "Nothing caps a panorama's long side.",
        "The published graph also leaves the batch open in its declaration; here it is 1.",
    ],
    "parameters": 0,
    "cases": [],
}


def largest_shift() -> float:
    """How far the cases lie, in samples of the tensor, from a bilinear filter with half-pixel
    centres."""
    largest = 0.0
    for photo in PHOTOS:
        drawn = picture(*photo)
        size = input_size(photo, FRAME, "minimal", MULTIPLE)
        resized = cv2.resize(drawn / 255.0, size, interpolation=cv2.INTER_LINEAR)
        centred = to_tensor(resized, MEAN, STD)
        places = tuple(np.array(positions(*size)).T)
        largest = max(largest, float(np.abs(prepare(drawn) - centred)[places].max()))
    return largest


def make() -> tuple[onnx.ModelProto, dict]:
    """The graph, traced at the model's own size, and its facts."""
    module = network()
    shift = f"{largest_shift():.3f}"
    differences = [text.replace("{shift:.3f}", shift) for text in FACTS["differences"]]
    facts = {
        **FACTS,
        "differences": differences,
        "parameters": parameters(module),
        "cases": cases(prepare),
    }
    model = export(OneTensor(module), *FRAME)
    drop_node_names(model.graph)
    facts["final"] = final_operator(model)
    return model, facts


MODELS = [CatalogueModel("zoedepth-nyu-kitti", make)]
