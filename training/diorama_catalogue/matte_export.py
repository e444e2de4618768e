"""From a torch network to the ONNX graph that a published file of it looks like."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import onnx
import torch
from torch import nn

SEED = 20220720
"""The random weights are the same at every run, so that a second build changes no file."""


@dataclass(frozen=True)
class MatteModel:
    """One model of the catalogue. `make` returns its graph with random weights and its facts."""

    id: str
    make: Callable[[], tuple[onnx.ModelProto, dict]]


def export_graph(
    network: nn.Module,
    input_name: str,
    output_names: Sequence[str],
    size: tuple[int, int],
    opset: int,
    dynamic: dict[str, dict[int, str]] | None = None,
) -> onnx.ModelProto:
    """Traces `network` with an input [1, 3, height, width] of `size`; names in `dynamic` stay free.

    The published files were all made by tracing (TorchScript), so this does the same: what tracing
    leaves in a graph (shape arithmetic, masks built of constants) is part of what is measured.
    """
    file = io.BytesIO()
    # The tracer numbers its own values and takes no number as a name: those are put in later.
    named = {f"answer_{name}" if name[0].isdigit() else name: name for name in output_names}
    with warnings.catch_warnings(), torch.no_grad():
        # Tracing warns of every size that becomes a constant, which is wanted here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (torch.zeros(1, 3, *size),),
            file,
            dynamo=False,
            opset_version=opset,
            do_constant_folding=True,
            input_names=[input_name],
            output_names=list(named),
            dynamic_axes=dynamic or {},
        )
    model = onnx.load_from_string(file.getvalue())
    file.close()
    rename_values(model.graph, named)
    for node in model.graph.node:
        # They say again what the names of values say, and are a third of a graph's size.
        node.ClearField("name")
    return model


def rename_values(graph: onnx.GraphProto, names: dict[str, str]) -> None:
    """Gives values of a graph other names, wherever they stand."""
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    for value in graph.output:
        value.name = names.get(value.name, value.name)


def final_operator(model: onnx.ModelProto, output: str) -> str:
    """The operator that makes the values of `output`, before any that only rearrange them."""
    makers = {name: node for node in model.graph.node for name in node.output}
    node = makers[output]
    while node.op_type in ("Squeeze", "Unsqueeze", "Reshape", "Identity", "Cast"):
        node = makers[node.input[0]]
    return node.op_type


def count_parameters(network: nn.Module) -> int:
    """Learned numbers; the running means of batch normalisation are not among them."""
    return sum(parameter.numel() for parameter in network.parameters())


def shape_of(value: onnx.ValueInfoProto) -> list[int | str]:
    """The declared shape, free sides by their names."""
    return [side.dim_param or side.dim_value for side in value.type.tensor_type.shape.dim]
