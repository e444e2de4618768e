"""From a torch module to the ONNX graph that stands for a published file."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

SEED = 20240614
"""The random weights are the same at every run, so that a second build changes no file."""


@dataclass(frozen=True)
class CatalogueModel:
    """One model of the catalogue. `make` returns its graph with random weights and its facts."""

    id: str
    make: Callable[[], tuple[onnx.ModelProto, dict]]


class OneTensor(nn.Module):
    """A library's depth model with the bare depth [1, height, width] as its answer."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        return self.model(pixel_values=pixel_values).predicted_depth


def liven(module: nn.Module, last: nn.Conv2d) -> None:
    """Gives convolutions and products torch's own random weights, and the last one an offset.

    The libraries' weights are so small that the answer would be flat, or cut off at zero by a last
    Relu. Weights that are all alike (norms, zeros) are moved a little: the exporter writes equal
    ones only once, and a real file has none.
    """
    for child in module.modules():
        if isinstance(child, (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)):
            child.reset_parameters()
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.numel() > 1 and parameter.std() == 0:
                parameter += 0.02 * torch.randn_like(parameter)
        last.bias.fill_(1.0)


def parameters(module: nn.Module) -> int:
    """The number of learned samples."""
    return sum(p.numel() for p in module.parameters())


def export(
    module: nn.Module,
    width: int,
    height: int,
    input_name: str = "pixel_values",
    output_name: str = "predicted_depth",
    opset: int = 17,
    any_size: bool = True,
) -> onnx.ModelProto:
    """Exports a module float32 [1, 3, height, width] -> [1, height, width], traced at one size.

    `any_size` leaves height and width open in the declaration, and in the operators as far as the
    module's code does.
    """
    axes = {input_name: {2: "height", 3: "width"}, output_name: {1: "height", 2: "width"}}
    module.eval()
    with tempfile.TemporaryDirectory() as folder, torch.no_grad(), warnings.catch_warnings():
        # The tracer warns of every Python number that it takes as a constant; sizes are tested.
        warnings.simplefilter("ignore")
        path = Path(folder) / "model.onnx"
        torch.onnx.export(
            module,
            (torch.zeros(1, 3, height, width),),
            str(path),
            input_names=[input_name],
            output_names=[output_name],
            dynamic_axes=axes if any_size else None,
            opset_version=opset,
            do_constant_folding=True,
            dynamo=False,
        )
        model = onnx.load(path)
    drop_factors_of_one(model.graph)
    return model


def rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    """Renames a tensor. Names that are numbers, as old exporters gave, are refused by the one in
    use."""
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]
        node.output[:] = [new if name == old else name for name in node.output]
    for value in (*graph.input, *graph.output):
        if value.name == old:
            value.name = new


def drop_node_names(graph: onnx.GraphProto) -> None:
    """Names of nodes (not of tensors) only appear in messages; in a graph of many nodes they are
    a third of its size."""
    for node in graph.node:
        node.ClearField("name")


def drop_factors_of_one(graph: onnx.GraphProto) -> None:
    """Takes out products with 1, which the library writes and the published files have not."""
    ones = {t.name for t in graph.initializer if _is_one(t)}
    for node in graph.node:
        if node.op_type == "Constant" and _is_one(node.attribute[0].t):
            ones.add(node.output[0])
    outputs = {value.name for value in graph.output}
    renamed: dict[str, str] = {}
    kept = []
    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = renamed.get(name, name)
        factor = next((name for name in node.input if name in ones), None)
        if node.op_type == "Mul" and factor is not None and node.output[0] not in outputs:
            renamed[node.output[0]] = next(name for name in node.input if name != factor)
            continue
        kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)
    used = {name for node in graph.node for name in node.input}
    still = [n for n in graph.node if n.op_type != "Constant" or n.output[0] in used | outputs]
    del graph.node[:]
    graph.node.extend(still)


def _is_one(tensor: onnx.TensorProto) -> bool:
    """A single float32 sample 1."""
    if tensor.data_type != onnx.TensorProto.FLOAT or list(tensor.dims) not in ([], [1]):
        return False
    return float(numpy_helper.to_array(tensor).reshape(-1)[0]) == 1.0


def final_operator(model: onnx.ModelProto) -> str:
    """The operator that computes the output, seen through those that only change its shape."""
    made_by = {name: node for node in model.graph.node for name in node.output}
    node = made_by[model.graph.output[0].name]
    while node.op_type in ("Squeeze", "Unsqueeze", "Reshape", "Identity", "Cast"):
        node = made_by[node.input[0]]
    return node.op_type
