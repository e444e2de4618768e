"""Checkpoint to one ONNX file: input `image`, outputs `depth`, `alpha`, `subject`.

    python -m diorama_training.export --checkpoint .work/runs/first/last.pt
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from diorama_training.network import Answer, Decoder, DioramaNet, NetworkShape

EMBEDDED = Path(__file__).parents[2] / "packages/runtime/models/embedded/diorama-s.onnx"
LIMIT_BYTES = 12_000_000
OPSET = 18


def fold_norms(module: nn.Module) -> None:
    """Folds each batch normalisation that directly follows a convolution into it, in place."""
    for child in module.children():
        fold_norms(child)
    if isinstance(module, nn.Sequential):
        for index in range(len(module) - 1):
            conv, norm = module[index], module[index + 1]
            if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                module[index] = fuse_conv_bn_eval(conv, norm)
                module[index + 1] = nn.Identity()
    for conv_name in ("conv", "spread"):
        conv, norm = getattr(module, conv_name, None), getattr(module, "norm", None)
        if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            setattr(module, conv_name, fuse_conv_bn_eval(conv, norm))
            module.norm = nn.Identity()


def fold_decoder(decoder: Decoder) -> None:
    """Folds the norms after the decoder's sums into both summands; resizing between is linear."""
    for index, norm in enumerate(decoder.norm):
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        lower, side = decoder.lower[index], decoder.lateral[index]
        lower.weight.data *= scale.detach().view(-1, 1, 1, 1)
        side.weight.data *= scale.detach().view(-1, 1, 1, 1)
        side.bias = nn.Parameter((norm.bias - norm.running_mean * scale).detach())
        decoder.norm[index] = nn.Identity()


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores large weights as fp16 behind a Cast, which the runtime folds away when it loads."""
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < 1024:
            continue
        values = numpy_helper.to_array(tensor).astype(np.float16)
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values, name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def export(network: DioramaNet, path: Path) -> int:
    """Writes the graph and returns its size in bytes."""
    answer = Answer(copy.deepcopy(network)).eval().float()
    fold_norms(answer)
    fold_decoder(answer.network.decoder)
    batch, height, width = (torch.export.Dim(n, min=1) for n in ("batch", "rows32", "columns32"))
    program = torch.onnx.export(
        answer,
        (torch.rand(2, 3, 96, 128),),
        input_names=["image"],
        output_names=["depth", "alpha", "subject"],
        dynamic_shapes=({0: batch, 2: 32 * height, 3: 32 * width},),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    model = program.model_proto
    name_sizes(model)
    if model.ByteSize() > LIMIT_BYTES:
        halve_weights(model)
    onnx.checker.check_model(model, full_check=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    return path.stat().st_size


def name_sizes(model: onnx.ModelProto) -> None:
    """Gives the free dimensions of inputs and outputs readable names, and drops build traces."""
    names = {"image": ["batch", None, "height", "width"]}
    names |= {output: ["batch", None, "height", "width"] for output in ("depth", "alpha")}
    names["subject"] = ["batch", None]
    for value in [*model.graph.input, *model.graph.output]:
        for dimension, name in zip(value.type.tensor_type.shape.dim, names[value.name], strict=True):
            if name:
                dimension.dim_param = name
        del value.metadata_props[:]
    for tensor in model.graph.initializer:
        del tensor.metadata_props[:]
    del model.graph.value_info[:]
    model.graph.name = "diorama-s"
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.metadata_props[:]


def load_network(checkpoint: Path) -> DioramaNet:
    """The averaged weights of a checkpoint, in a network of its own shape."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network = DioramaNet(NetworkShape(**state["shape"]))
    network.load_state_dict(state["average"])
    return network.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, help="without one, an untrained network is exported")
    parser.add_argument("--out", type=Path, default=EMBEDDED)
    options = parser.parse_args()
    torch.manual_seed(1)
    network = load_network(options.checkpoint) if options.checkpoint else DioramaNet().eval()
    print(f"{options.out.name}: {export(network, options.out)} bytes")


if __name__ == "__main__":
    main()
