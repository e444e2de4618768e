"""Writes the tiny models that tests import, each below 2 kB and the same bytes every time.

    python packages/runtime/test/tiny-models/import_models.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent / "import"
OPSET = 18
OPEN = ("n", 3, "h", "w")
FLOAT = TensorProto.FLOAT


def tensor(name: str, shape: tuple, kind: int = FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(shape))


def plane(name: str, height: int | str = "oh", width: int | str = "ow") -> onnx.ValueInfoProto:
    return tensor(name, (1, 1, height, width))


def whole(name: str, *values: int) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, np.int64), name)


def real(name: str, *values: float) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, np.float32), name)


def node(kind: str, inputs: str, output: str, **how: object) -> onnx.NodeProto:
    return helper.make_node(kind, ["" if n == "-" else n for n in inputs.split()], [output], **how)


def model(name: str, inputs: list, nodes: list, outputs: list, constants: list) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    opsets = [helper.make_opsetid("", OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="")


def write(name: str, *parts: list) -> None:
    data = model(name, *parts).SerializeToString(deterministic=True)
    assert len(data) < 2048, f"{name} has {len(data)} bytes"
    (FOLDER / f"{name}.onnx").write_bytes(data)
    print(f"{name}: {len(data)} bytes")


RED = node("Gather", "image at0", "red", axis=1)
AT0 = whole("at0", 0)
MEAN = node("ReduceMean", "image channel", "mean", keepdims=1)
CHANNEL = whole("channel", 1)


def sizes() -> None:
    """What each takes is in its name; all answer the mean of channels, some of whole squares."""
    write(
        "fixed-64x48",
        [tensor("image", (1, 3, 48, 64))],
        [MEAN, node("Sigmoid", "mean", "matte")],
        [plane("matte", 48, 64)],
        [CHANNEL],
    )
    patches = node("AveragePool", "mean", "patches", kernel_shape=[14, 14], strides=[14, 14])
    # As exports of transformers name things: even the channels are left open.
    everything_open = tensor("image", ("batch_size", "num_channels", "height", "width"))
    write(
        "multiple-14",
        [everything_open],
        [
            MEAN,
            patches,
            node("Resize", "patches - scales", "wide"),
            node("Relu", "wide", "predicted_depth"),
        ],
        [plane("predicted_depth")],
        [CHANNEL, real("scales", 1, 1, 14, 14)],
    )
    write(
        "multiple-14-stretched",
        [tensor("image", OPEN)],
        [
            MEAN,
            patches,
            node("Shape", "mean", "size"),
            node("Resize", "patches - - size", "wide", mode="linear"),
            node("Exp", "wide", "answer"),
        ],
        [plane("answer")],
        [CHANNEL],
    )
    write(
        "multiple-32",
        [tensor("image", OPEN)],
        [
            MEAN,
            node("MaxPool", "mean", "small", kernel_shape=[32, 32], strides=[32, 32]),
            node("Resize", "small - scales", "wide"),
            node("Add", "mean wide", "sum"),
            node("Sigmoid", "sum", "alpha"),
        ],
        [plane("alpha")],
        [CHANNEL, real("scales", 1, 1, 32, 32)],
    )
    # As one whose embedding of places ends: what lies beyond cannot be looked up.
    write(
        "up-to-200",
        [tensor("image", OPEN)],
        [
            MEAN,
            node("Shape", "mean", "size"),
            node("ReduceMax", "size", "longest", keepdims=0),
            node("Expand", "zero count", "places"),
            node("Gather", "places longest", "place"),
            node("Add", "mean place", "sum"),
            node("Sigmoid", "sum", "alpha"),
        ],
        [plane("alpha")],
        [CHANNEL, real("zero", 0), whole("count", 200)],
    )
    write(
        "squares",
        [tensor("image", OPEN)],
        [
            MEAN,
            node("Transpose", "mean", "turned", perm=[0, 1, 3, 2]),
            node("Add", "mean turned", "disparity"),
        ],
        [plane("disparity")],
        [CHANNEL],
    )
    write(
        "fixed-64x64-declared-open",
        [tensor("image", OPEN)],
        [MEAN, node("Reshape", "mean shape", "rows"), node("Sigmoid", "rows", "alpha")],
        [plane("alpha")],
        [CHANNEL, whole("shape", 1, 1, 64, 64)],
    )


def answers() -> None:
    """Side answers as IS-Net and U2-Net have them, feature maps, and what cannot be used."""
    image = [tensor("image", (1, 3, 32, 32))]
    write(
        "side-outputs",
        image,
        [
            MEAN,
            RED,
            node("Sigmoid", "mean", "d0"),
            node("Sigmoid", "red", "d1"),
            node("Identity", "image", "features"),
            node("AveragePool", "d1", "d2", kernel_shape=[2, 2], strides=[2, 2]),
        ],
        [
            plane("d2", 16, 16),
            plane("d0", 32, 32),
            plane("d1", 32, 32),
            tensor("features", (1, 3, 32, 32)),
        ],
        [AT0, CHANNEL],
    )
    write(
        "three-planes",
        image,
        [node("Sigmoid", "image", "classes")],
        [tensor("classes", (1, 3, 32, 32))],
        [],
    )
    write(
        "not-a-number",
        image,
        [
            MEAN,
            node("Abs", "mean", "some"),
            node("Sub", "none some", "less"),
            node("Sqrt", "less", "alpha"),
        ],
        [plane("alpha", 32, 32)],
        [CHANNEL, real("none", -1)],
    )
    write(
        "throws",
        image,
        [node("Gather", "image at9", "alpha", axis=1)],
        [plane("alpha", 32, 32)],
        [whole("at9", 9)],
    )
    write(
        "flat",
        image,
        [MEAN, node("Mul", "mean none", "nothing"), node("Add", "nothing half", "alpha")],
        [plane("alpha", 32, 32)],
        [CHANNEL, real("none", 0), real("half", 0.5)],
    )


def inputs() -> None:
    """Inputs that no session fills."""
    mean_last = [node("ReduceMean", "image channel", "alpha", keepdims=1)]
    write(
        "nhwc",
        [tensor("image", (1, "h", "w", 3))],
        mean_last,
        [tensor("alpha", (1, "h", "w", 1))],
        [whole("channel", 3)],
    )
    for name, kind in (("float16", TensorProto.FLOAT16), ("uint8", TensorProto.UINT8)):
        cast = node("Cast", "image", "real", to=FLOAT)
        mean = node("ReduceMean", "real channel", "alpha", keepdims=1)
        write(name, [tensor("image", OPEN, kind)], [cast, mean], [plane("alpha")], [CHANNEL])
    write(
        "two-inputs",
        [tensor("image", OPEN), tensor("trimap", (1, 1, "h", "w"))],
        [MEAN, node("Add", "mean trimap", "alpha")],
        [plane("alpha")],
        [CHANNEL],
    )
    write(
        "four-channels",
        [tensor("image", (1, 4, "h", "w"))],
        [node("ReduceMean", "image channel", "alpha", keepdims=1)],
        [plane("alpha")],
        [CHANNEL],
    )
    write(
        "batch-of-2",
        [tensor("image", (2, 3, 32, 32))],
        [MEAN, node("Sigmoid", "mean", "alpha")],
        [tensor("alpha", (2, 1, 32, 32))],
        [CHANNEL],
    )
    weights = real("scale", 1)
    weights.ClearField("raw_data")
    weights.data_location = TensorProto.EXTERNAL
    weights.external_data.add(key="location", value="external.data")
    write(
        "external",
        [tensor("image", OPEN)],
        [MEAN, node("Mul", "mean scale", "alpha")],
        [plane("alpha")],
        [CHANNEL, weights],
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (sizes, answers, inputs):
        make()
