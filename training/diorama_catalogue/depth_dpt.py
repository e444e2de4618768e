"""DPT-Large and DPT-Hybrid of MiDaS 3.0: a ViT (for the hybrid behind a ResNet-50) and the DPT
head, disparity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
import onnx
import torch
from transformers import BitConfig, DPTConfig, DPTForDepthEstimation
from transformers.models.dpt import modeling_dpt

from diorama_catalogue.depth_export import (
    SEED,
    CatalogueModel,
    OneTensor,
    export,
    final_operator,
    liven,
    parameters,
)
from diorama_catalogue.preprocess import cases, to_tensor

SIDE = 384
MEAN = [0.5, 0.5, 0.5]
STD = [0.5, 0.5, 0.5]


def large() -> DPTConfig:
    """ViT-L/16, tokens after layers 6, 12, 18 and 24."""
    return DPTConfig(
        hidden_size=1024,
        intermediate_size=4096,
        num_hidden_layers=24,
        num_attention_heads=16,
        image_size=SIDE,
        patch_size=16,
        layer_norm_eps=1e-12,
        backbone_out_indices=[5, 11, 17, 23],
        readout_type="project",
        reassemble_factors=[4, 2, 1, 0.5],
        neck_hidden_sizes=[256, 512, 1024, 1024],
        fusion_hidden_size=256,
        attn_implementation="eager",
    )


def hybrid() -> DPTConfig:
    """ViT-B on the third stage of a ResNet-50 with group norms; the head also takes the first
    two stages."""
    backbone = BitConfig(
        global_padding="same",
        layer_type="bottleneck",
        depths=[3, 4, 9],
        out_features=["stage1", "stage2", "stage3"],
        embedding_dynamic_padding=True,
    )
    return DPTConfig(
        is_hybrid=True,
        backbone_config=backbone,
        backbone_featmap_shape=[1, 1024, 24, 24],
        neck_ignore_stages=[0, 1],
        hidden_size=768,
        intermediate_size=3072,
        num_hidden_layers=12,
        num_attention_heads=12,
        image_size=SIDE,
        patch_size=16,
        layer_norm_eps=1e-12,
        backbone_out_indices=[2, 5, 8, 11],
        readout_type="project",
        reassemble_factors=[1, 1, 1, 0.5],
        neck_hidden_sizes=[256, 512, 768, 768],
        fusion_hidden_size=256,
        attn_implementation="eager",
    )


def network(config: DPTConfig) -> DPTForDepthEstimation:
    torch.manual_seed(SEED)
    model = DPTForDepthEstimation(config)
    liven(model, model.head.head[4])
    return model


@contextmanager
def grid_as_constant() -> Iterator[None]:
    """When the published files were made, the library took the side of the grid of tokens as a
    Python number, which tracing writes down as the constant 24. Today's library keeps it open."""
    kept = modeling_dpt.torch_int
    modeling_dpt.torch_int = int
    try:
        yield
    finally:
        modeling_dpt.torch_int = kept


def prepare(picture: np.ndarray) -> np.ndarray:
    """midas/transforms.py with `--square`: 384 x 384 whatever the photo's ratio, OpenCV's cubic."""
    image = cv2.resize(picture / 255.0, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return to_tensor(image, MEAN, STD)


def facts(model_id: str, published: dict, sources: list[str]) -> dict:
    """The facts that both share; `final` and `parameters` are filled in later."""
    return {
        "id": model_id,
        "readFrom": [
            "isl-org/MiDaS midas/model_loader.py: 384, minimal, multiple of 32, INTER_CUBIC, mean "
            "and std 0.5; run.py: `--square` takes 384 x 384, the answer is inverse depth",
            "isl-org/MiDaS midas/transforms.py: the arithmetic of sizes",
            *sources,
            "huggingface/optimum exporters/onnx: vision models are exported with pixel_values "
            "[batch_size, num_channels, height, width] and predicted_depth",
        ],
        "published": published,
        "input": {"name": "pixel_values", "shape": [1, 3, "height", "width"]},
        "size": {"policy": "fixed", "width": SIDE, "height": SIDE},
        "resample": "bicubic",
        "antialias": False,
        "channelOrder": "rgb",
        "mean": MEAN,
        "std": STD,
        "range": "byte",
        "outputs": [{"name": "predicted_depth", "meaning": "disparity"}],
        "final": "",
        "differences": [
            "The published graph declares height and width open, but its grid of tokens is that "
            "of 384 x 384 and it fails at any other size; so does this one.",
            "The authors keep the photo's ratio by default (`minimal` in a frame of 384 x 384, "
            "multiples of 32, no cap: a photo of 641 x 427 becomes 576 x 384), which the "
            "published graph does not take; the cases are their `--square`.",
            "The authors' bicubic is OpenCV's (a = -0.75, no wider filter when a photo is made "
            "smaller); the preprocessor beside the published file uses Pillow's (a = -0.5, wider "
            "filter).",
            "The published graph also leaves batch and channels open in its declaration; here "
            "they are 1 and 3.",
        ],
        "parameters": 0,
        "cases": [],
    }


def make(
    model_id: str, config: DPTConfig, published: dict, sources: list[str]
) -> tuple[onnx.ModelProto, dict]:
    """The graph, declared open but of 384 x 384 as the published file is, and its facts."""
    module = network(config)
    known = facts(model_id, published, sources)
    known["parameters"] = parameters(module)
    known["cases"] = cases(prepare)
    with grid_as_constant():
        model = export(OneTensor(module), SIDE, SIDE)
    known["final"] = final_operator(model)
    return model, known


def _xenova(name: str) -> dict:
    return {
        "url": f"https://huggingface.co/Xenova/{name}/resolve/main/onnx/model.onnx",
        "file": f"onnx/model.onnx of Xenova/{name}, float32",
    }


MODELS = [
    CatalogueModel(
        "dpt-hybrid",
        lambda: make(
            "dpt-hybrid",
            hybrid(),
            _xenova("dpt-hybrid-midas"),
            [
                "huggingface/transformers models/dpt/convert_dpt_hybrid_to_pytorch.py and "
                "configuration_dpt.py: the network's numbers",
                "public users of Xenova/dpt-hybrid-midas onnx/model.onnx (533 MB by one, 490 by "
                "another; folding writes standardised weights twice, so 533 is likely): position "
                "embeddings fixed at 24 x 24 patches, only 384 x 384 is accepted; mean and std 0.5",
            ],
        ),
    ),
    CatalogueModel(
        "dpt-large",
        lambda: make(
            "dpt-large",
            large(),
            _xenova("dpt-large"),
            [
                "huggingface/transformers models/dpt/convert_dpt_to_pytorch.py: the network's "
                "numbers",
                "a public user of Xenova/dpt-large onnx/model.onnx (about 1300 MB): 384, mean and "
                "std 0.5",
            ],
        ),
    ),
]
