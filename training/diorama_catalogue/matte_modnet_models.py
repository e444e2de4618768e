"""MODNet as a catalogue model."""

from __future__ import annotations

import onnx
import torch

from diorama_catalogue.matte_export import SEED, MatteModel, count_parameters, export_graph
from diorama_catalogue.matte_facts import matte_facts
from diorama_catalogue.matte_modnet import MODNet
from diorama_catalogue.matte_prepare import HALF, prepare_modnet

SIZE = {
    "policy": "frame",
    "width": 512,
    "height": 512,
    "scale": "between",
    "multiple": 32,
    "rounding": "down",
}


def make_modnet() -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(SEED + 6)
    network = MODNet()
    sides = {2: "height", 3: "width"}
    model = export_graph(
        network,
        "input",
        ["output"],
        (512, 512),
        opset=11,
        dynamic={"input": sides, "output": sides},
    )
    return model, matte_facts(
        model,
        id="modnet",
        read_from=[
            "ZHKKKe/MODNet onnx/modnet_onnx.py, src/models/backbones/: the network",
            "ZHKKKe/MODNet onnx/export_onnx.py: input, output, batch_size, height, width",
            "ZHKKKe/MODNet onnx/inference_onnx.py: size, resampling, mean, deviation",
            "dennougorilla/glinfs, registry of cutout models: names, opset 11 and bytes of"
            " Xenova/modnet",
        ],
        url="https://huggingface.co/Xenova/modnet/resolve/main/onnx/model.onnx",
        file="onnx/model.onnx, 25888640 bytes, fp32; the authors'"
        " modnet_photographic_portrait_matting.onnx has the same names",
        size=SIZE,
        resample="area",
        antialias=True,
        mean=HALF,
        std=HALF,
        prepare=prepare_modnet,
        output="output",
        meaning="alpha",
        stretch=False,
        differences=[
            "The published file also leaves the number of pictures free (batch_size); here 1.",
            "The long side is cut to whole pixels before it is rounded down to a multiple of 32.",
            "A photo that has to grow is resized by areas too, which leaves steps.",
            "The authors cut alpha to bytes and resize it to the photo's size by areas.",
        ],
        parameters=count_parameters(network),
    )


MODELS = [MatteModel("modnet", make_modnet)]
