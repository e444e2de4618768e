"""BiRefNet for general use, large and small, as catalogue models."""

from __future__ import annotations

import onnx
import torch

from diorama_catalogue.matte_birefnet import BiRefNet
from diorama_catalogue.matte_deformable import name_operators
from diorama_catalogue.matte_export import SEED, MatteModel, count_parameters, export_graph
from diorama_catalogue.matte_facts import fixed, matte_facts
from diorama_catalogue.matte_nested_models import RELEASE
from diorama_catalogue.matte_prepare import IMAGENET_MEAN, IMAGENET_STD, prepare_birefnet
from diorama_catalogue.matte_swin import LARGE, TINY, SwinShape

OPSET = 17


def make_birefnet(
    id: str, shape: SwinShape, file: str, size: str, session: str, seed: int
) -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(seed)
    network = BiRefNet(shape)
    parameters = count_parameters(network)
    name_operators(OPSET)
    model = export_graph(network, "input_image", ["output_image"], (1024, 1024), OPSET)
    del network
    return model, matte_facts(
        model,
        id=id,
        read_from=[
            "ZhengPeng7/BiRefNet config.py, models/ (August 2024): the network, its configuration",
            "ZhengPeng7/BiRefNet tutorials/BiRefNet_pth2onnx.ipynb: names, size, opset 17, sigmoid"
            " outside the graph",
            "ZhengPeng7/BiRefNet tutorials/BiRefNet_inference.ipynb: resampling, mean, deviation",
            "masamitsu-murase/deform_conv2d_onnx_exporter: how deformable convolutions are written"
            " out",
            "huggingface.co/shozebDev/birefnet-lite-512-onnx: the same names and logits in a like"
            " export",
            f"danielgatis/rembg rembg/sessions/{session}.py: the file, its size, logits",
        ],
        url=f"{RELEASE}/{file}",
        file=f"{file}, {size} bytes, fp32",
        size=fixed(1024),
        resample="bilinear",
        antialias=True,
        mean=IMAGENET_MEAN,
        std=IMAGENET_STD,
        prepare=prepare_birefnet,
        output="output_image",
        meaning="alpha-logits",
        stretch=False,
        differences=[
            "Pillow resizes in whole bytes, so samples are off by up to half a byte.",
            "The authors turn alpha into bytes before they resize it, by Pillow's bicubic.",
            "rembg resizes by Lanczos, divides by the picture's own maximum and stretches the"
            " answer to 0..1; the authors do none of it.",
            "The published graph stores the places of its deformable convolutions, 10.6 million"
            " float32 numbers (42 MB); here they are ranges that are added when the graph is"
            " loaded.",
        ],
        parameters=parameters,
    )


MODELS = [
    MatteModel(
        "birefnet-lite",
        lambda: make_birefnet(
            "birefnet-lite",
            TINY,
            "BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx",
            "224005088",
            "birefnet_general_lite",
            SEED + 4,
        ),
    ),
    MatteModel(
        "birefnet-general",
        lambda: make_birefnet(
            "birefnet-general",
            LARGE,
            "BiRefNet-general-epoch_244.onnx",
            "972666916",
            "birefnet_general",
            SEED + 5,
        ),
    ),
]
