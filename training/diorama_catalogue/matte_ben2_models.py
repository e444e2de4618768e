"""BEN2 base as a catalogue model."""

from __future__ import annotations

import onnx
import torch

from diorama_catalogue.matte_ben2 import BEN2
from diorama_catalogue.matte_export import SEED, MatteModel, count_parameters, export_graph
from diorama_catalogue.matte_facts import fixed, matte_facts
from diorama_catalogue.matte_prepare import ONE, ZERO, prepare_ben2


def make_ben2() -> tuple[onnx.ModelProto, dict]:
    torch.manual_seed(SEED + 7)
    network = BEN2()
    parameters = count_parameters(network)
    # Opset 16: the published graph holds 68 squares, which are layer normalisations written out.
    model = export_graph(network, "input.1", ["17728"], (1024, 1024), opset=16)
    del network
    return model, matte_facts(
        model,
        id="ben2-base",
        read_from=[
            "PramaLLC/BEN2 BEN2.py: the network",
            "PramaLLC/BEN2 onnx_run.py (beside the weights): size, resampling, bytes by 255,"
            " stretching",
            "dennougorilla/glinfs, registry of cutout models: input.1, 17728, a sigmoid at the"
            " end, 68 squares, bytes",
        ],
        url="https://huggingface.co/PramaLLC/BEN2/resolve/main/BEN2_Base.onnx",
        file="BEN2_Base.onnx, 222932053 bytes, fp16 with fp32 tables",
        size=fixed(1024),
        resample="bilinear",
        antialias=True,
        mean=ZERO,
        std=ONE,
        prepare=prepare_ben2,
        output="17728",
        meaning="alpha",
        stretch=True,
        differences=[
            "The published file is mixed: its matrices are fp16 and so is its answer; this graph"
            " is float32 throughout, so its file is about twice as large.",
            "The authors' torch code resizes by Lanczos and normalises by ImageNet's mean and"
            " deviation; their script for the ONNX file does neither.",
            "Pillow resizes in whole bytes, so samples are off by up to half a byte.",
            "The authors resize the answer to the photo's size first and stretch it there.",
        ],
        parameters=parameters,
    )


MODELS = [MatteModel("ben2-base", make_ben2)]
