"""A graph without its weights.

What is committed of a catalogue model is its graph as it is exported, and for every weight its shape and how its samples
are distributed. `@diorama/fixtures` makes a whole ONNX file of that again, with random samples of the same mean and
deviation: loading, shapes, memory and speed are those of the real file, the answers are not.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

LEAST_SAMPLES = 256
"""Weights of fewer samples stay in the graph: shapes, scales and axes are among them, and they are small."""


def write_skeleton(model: onnx.ModelProto, facts: dict, folder: Path) -> None:
    """Writes `graph.onnx.gz`, `weights.json` and `facts.json` into `folder`, which is named after the model."""
    folder.mkdir(parents=True, exist_ok=True)
    model = onnx.ModelProto.FromString(model.SerializeToString())
    _constants_to_initializers(model.graph)
    weights = []
    kept = []
    for tensor in model.graph.initializer:
        samples = int(np.prod(tensor.dims)) if tensor.dims else 1
        if tensor.data_type != onnx.TensorProto.FLOAT or samples < LEAST_SAMPLES:
            kept.append(tensor)
            continue
        values = numpy_helper.to_array(tensor)
        weights.append(
            {
                "name": tensor.name,
                "dims": list(tensor.dims),
                "mean": float(f"{values.mean():.4g}"),
                "deviation": float(f"{values.std():.4g}"),
            }
        )
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    model.graph.ClearField("value_info")
    model.ClearField("metadata_props")
    for node in model.graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    graph = model.SerializeToString(deterministic=True)
    (folder / "graph.onnx.gz").write_bytes(gzip.compress(graph, compresslevel=9, mtime=0))
    lines = ",\n".join(json.dumps(weight, separators=(",", ":")) for weight in weights)
    (folder / "weights.json").write_text(f"[\n{lines}\n]\n")
    (folder / "facts.json").write_text(json.dumps(facts, indent=2) + "\n")


def _constants_to_initializers(graph: onnx.GraphProto) -> None:
    """Large tensors inside Constant nodes become initializers, so that they are treated as weights."""
    nodes = []
    for node in graph.node:
        value = next((a.t for a in node.attribute if a.name == "value"), None)
        is_large = value is not None and int(np.prod(value.dims or [1])) >= LEAST_SAMPLES
        if node.op_type != "Constant" or not is_large:
            nodes.append(node)
            continue
        tensor = onnx.TensorProto()
        tensor.CopyFrom(value)
        tensor.name = node.output[0]
        graph.initializer.append(tensor)
    del graph.node[:]
    graph.node.extend(nodes)
