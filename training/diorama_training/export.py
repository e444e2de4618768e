"""Checkpoint to one ONNX file: input `image`, outputs `depth`, `alpha`, `subject`.

    python -m diorama_training.export --checkpoint .work/runs/fourth/last.pt --master weights/diorama-s-0.2.0.pt

The master holds the averaged weights in full precision: the same file can be exported from it again
(`--checkpoint weights/diorama-s-0.2.0.pt`), and training can go on from it (`train --start`).
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
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


def save_master(network: DioramaNet, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": network.state_dict(), "shape": network.shape.to_dict()}, path)


@torch.no_grad()
def largest_difference(network: DioramaNet, path: Path) -> float:
    """Between the network in full precision and the exported file, over all outputs, on a seeded smooth picture."""
    random = np.random.default_rng(1)
    coarse = random.random((12, 16, 3)).astype(np.float32)
    image = cv2.resize(coarse, (256, 192), interpolation=cv2.INTER_CUBIC).clip(0, 1).transpose(2, 0, 1)[None]
    exact = Answer(copy.deepcopy(network)).eval()(torch.from_numpy(image))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    answers = session.run(["depth", "alpha", "subject"], {"image": image})
    return max(float(np.abs(a.numpy() - b).max()) for a, b in zip(exact, answers, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, help="without one, an untrained network is exported")
    parser.add_argument("--out", type=Path, default=EMBEDDED)
    parser.add_argument("--master", type=Path, help="where to keep the weights in full precision")
    options = parser.parse_args()
    torch.manual_seed(1)
    network = load_network(options.checkpoint) if options.checkpoint else DioramaNet().eval()
    print(f"{options.out.name}: {export(network, options.out)} bytes")
    print(f"largest difference to full precision: {largest_difference(network, options.out) * 255:.2f}/255")
    if options.master:
        save_master(network, options.master)


if __name__ == "__main__":
    main()
