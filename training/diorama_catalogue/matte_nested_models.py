"""IS-Net, RMBG-1.4 and both U2-Nets as catalogue models."""

from __future__ import annotations

import onnx
import torch

from diorama_catalogue.matte_export import SEED, MatteModel, count_parameters, export_graph
from diorama_catalogue.matte_facts import fixed, matte_facts
from diorama_catalogue.matte_nested import LARGE, SMALL, IsNet, NestedShape, U2Net
from diorama_catalogue.matte_prepare import (
    HALF,
    IMAGENET_MEAN,
    IMAGENET_STD,
    ONE,
    prepare_isnet,
    prepare_u2net,
)

RELEASE = "https://github.com/danielgatis/rembg/releases/download/v0.0.0"

ISNET_DIFFERENCES = (
    "After resizing the authors cut the samples to whole bytes (downwards) before they divide by"
    " 255.",
    "The authors resize the answer to the photo's size first and stretch it to 0..1 there.",
)


def make_isnet() -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(SEED)
    network = IsNet(features=True)
    # Of the twelve answers users name only the first; the names of the others are this project's.
    names = [
        "output_image",
        *(f"side_{i}" for i in range(2, 7)),
        *(f"feature_{i}" for i in range(1, 7)),
    ]
    model = export_graph(network, "input_image", names, (1024, 1024), opset=11)
    return model, matte_facts(
        model,
        id="isnet-general",
        read_from=[
            "xuebinqin/DIS IS-Net/models/isnet.py: the network",
            "xuebinqin/DIS IS-Net/Inference.py: size, resampling, mean, deviation, stretching",
            "danielgatis/rembg rembg/sessions/dis_general_use.py: the file, its size and which"
            " output is used",
            "dennougorilla/glinfs, registry of cutout models: input_image, output_image, twelve"
            " outputs, bytes",
        ],
        url=f"{RELEASE}/isnet-general-use.onnx",
        file="isnet-general-use.onnx, 178648008 bytes, fp32",
        size=fixed(1024),
        resample="bilinear",
        antialias=False,
        mean=HALF,
        std=ONE,
        prepare=prepare_isnet,
        output="output_image",
        meaning="alpha",
        stretch=True,
        differences=[
            *ISNET_DIFFERENCES,
            "rembg resizes by Lanczos and divides by the picture's own maximum; the authors do"
            " neither.",
        ],
        parameters=count_parameters(network),
    )


def make_rmbg() -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(SEED + 1)
    network = IsNet(features=True)
    names = ["output", *(f"side_{i}" for i in range(2, 7)), *(f"feature_{i}" for i in range(1, 7))]
    model = export_graph(network, "input", names, (1024, 1024), opset=15)
    return model, matte_facts(
        model,
        id="rmbg-1.4",
        read_from=[
            "xuebinqin/DIS IS-Net/models/isnet.py: the network, which the authors of RMBG say is"
            " theirs too",
            "briaai/RMBG-1.4 utilities.py: resampling, bytes, mean, deviation, stretching",
            "briaai/RMBG-1.4 preprocessor_config.json: size, mean, deviation",
            "users' scripts for transformers.js: input, output",
        ],
        url="https://huggingface.co/briaai/RMBG-1.4/resolve/main/onnx/model.onnx",
        file="onnx/model.onnx, 176153355 bytes, fp32",
        size=fixed(1024),
        resample="bilinear",
        antialias=False,
        mean=HALF,
        std=ONE,
        prepare=prepare_isnet,
        output="output",
        meaning="alpha",
        stretch=True,
        differences=[
            *ISNET_DIFFERENCES,
            "Whether the published file has the eleven other answers of IS-Net is not known.",
        ],
        parameters=count_parameters(network),
    )


def make_u2net(id: str, shape: NestedShape, size: str, seed: int) -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(seed)
    network = U2Net(shape)
    names = [str(1959 + index) for index in range(7)]
    model = export_graph(network, "input.1", names, (320, 320), opset=11)
    return model, matte_facts(
        model,
        id=id,
        read_from=[
            "xuebinqin/U-2-Net model/u2net.py: the network",
            "xuebinqin/U-2-Net data_loader.py, u2net_test.py: size, resampling, own maximum, mean,"
            " stretching",
            "xuebinqin/U-2-Net requirements.txt: scikit-image 0.14, which does not smooth before it"
            " makes smaller",
            f"danielgatis/rembg rembg/sessions/{id}.py: the file, its size and which output is"
            " used",
            "huggingface.co/Skydata001/Skydata config.json: input.1, 1959 to 1965 of u2netp",
            "huggingface.co/ipsilondev/u2net-ort: input.1, 1959 to 1965 of u2net",
        ],
        url=f"{RELEASE}/{id}.onnx",
        file=f"{id}.onnx, {size} bytes, fp32",
        size=fixed(320),
        resample="bilinear",
        antialias=False,
        mean=IMAGENET_MEAN,
        std=IMAGENET_STD,
        range="own-maximum",
        prepare=prepare_u2net,
        output="1959",
        meaning="alpha",
        stretch=True,
        differences=[
            "The largest sample is taken after resizing, over all three channels.",
            "With scikit-image 0.15 or later the same code smooths by a Gaussian before it makes a"
            " photo smaller.",
            "The authors stretch the answer before they resize it to the photo's size, as whole"
            " bytes.",
        ],
        parameters=count_parameters(network),
    )


MODELS = [
    MatteModel("isnet-general", make_isnet),
    MatteModel("rmbg-1.4", make_rmbg),
    MatteModel("u2netp", lambda: make_u2net("u2netp", SMALL, "4574861", SEED + 2)),
    MatteModel("u2net", lambda: make_u2net("u2net", LARGE, "175997641", SEED + 3)),
]
