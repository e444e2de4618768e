"""Writes the tiny models that the runtime's tests run, each below 2 kB and the same bytes every time.

    python training/tiny_models.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parents[1] / "packages/runtime/test/tiny-models"
OPSET = 18
IMAGE = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, "h", "w"])


def picture(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 1, "h", "w"])


def number(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 1])


def whole(name: str, *values: int) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, np.int64), name)


def real(name: str, value: float) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(value, np.float32), name)


def channel(index: int, out: str) -> onnx.NodeProto:
    return helper.make_node("Gather", ["image", f"at{index}"], [out], axis=1)


def write(name: str, nodes: list, outputs: list, constants: list) -> None:
    graph = helper.make_graph(nodes, name, [IMAGE], outputs, constants)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name=""
    )
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString(deterministic=True)
    assert len(data) < 2048, f"{name} has {len(data)} bytes"
    (FOLDER / f"{name}.onnx").write_bytes(data)
    print(f"{name}: {len(data)} bytes")


def channels() -> None:
    """depth is red, alpha is green, subject is the mean of blue."""
    write(
        "channels",
        [
            channel(0, "depth"),
            channel(1, "alpha"),
            channel(2, "blue"),
            helper.make_node("ReduceMean", ["blue", "sides"], ["mean"], keepdims=1),
            helper.make_node("Flatten", ["mean"], ["subject"]),
        ],
        [picture("depth"), picture("alpha"), number("subject")],
        [whole("at0", 0), whole("at1", 1), whole("at2", 2), whole("sides", 2, 3)],
    )


def metric() -> None:
    """metres is ten times red, logits is eight times green less four."""
    write(
        "metric",
        [
            channel(0, "red"),
            channel(1, "green"),
            helper.make_node("Mul", ["red", "ten"], ["metres"]),
            helper.make_node("Mul", ["green", "eight"], ["wide"]),
            helper.make_node("Sub", ["wide", "four"], ["logits"]),
        ],
        [picture("metres"), picture("logits")],
        [whole("at0", 0), whole("at1", 1), real("ten", 10), real("eight", 8), real("four", 4)],
    )


def broken() -> None:
    """depth and alpha are nothing but NaN: the square root of less than nothing."""
    write(
        "broken",
        [
            channel(0, "red"),
            helper.make_node("Sub", ["red", "two"], ["below"]),
            helper.make_node("Sqrt", ["below"], ["depth"]),
            helper.make_node("Identity", ["depth"], ["alpha"]),
        ],
        [picture("depth"), picture("alpha")],
        [whole("at0", 0), real("two", 2)],
    )


def brittle() -> None:
    """depth is red for a picture of 32x32; any other size fails inside the run."""
    write(
        "brittle",
        [
            channel(0, "red"),
            helper.make_node("Reshape", ["red", "shape"], ["rows"]),
            helper.make_node("Identity", ["rows"], ["depth"]),
        ],
        [helper.make_tensor_value_info("depth", TensorProto.FLOAT, ["n", 1, "h", "w"])],
        [whole("at0", 0), whole("shape", 1, 1, 32, 32)],
    )


def slow() -> None:
    """depth is red after many rounds of a loop that does nothing to it; alpha is green at once."""
    rounds = 400
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["go_on"]),
            helper.make_node("Sin", ["x"], ["wave"]),
            helper.make_node("Exp", ["wave"], ["grown"]),
            helper.make_node("Mul", ["grown", "nothing"], ["none"]),
            helper.make_node("Add", ["x", "none"], ["x_next"]),
        ],
        "round",
        [
            helper.make_tensor_value_info("n", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x_next", TensorProto.FLOAT, None),
        ],
    )
    write(
        "slow",
        [
            channel(0, "red"),
            channel(1, "alpha"),
            helper.make_node("Loop", ["rounds", "", "red"], ["depth"], body=body),
        ],
        [picture("depth"), picture("alpha")],
        [
            whole("at0", 0),
            whole("at1", 1),
            numpy_helper.from_array(np.array(rounds, np.int64), "rounds"),
            real("nothing", 0),
        ],
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for make in (channels, metric, broken, brittle, slow):
        make()
