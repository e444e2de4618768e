"""The committed graphs of public depth models, filled with random weights, and the authors'
sizes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper, numpy_helper

pytest.importorskip("cv2", reason="catalogue-requirements.txt is not installed")
pytest.importorskip("skimage", reason="catalogue-requirements.txt is not installed")

from diorama_catalogue.depth_sizes import input_size
from diorama_catalogue.preprocess import PHOTOS, picture, positions

FOLDER = Path(__file__).parents[2] / "fixtures/models"
DEPTH_MEANINGS = {"disparity", "distance", "depth-metres"}


def facts_of(model_id: str) -> dict:
    return json.loads((FOLDER / model_id / "facts.json").read_text())


def depth_ids() -> list[str]:
    ids = sorted(path.parent.name for path in FOLDER.glob("*/facts.json"))
    return [i for i in ids if facts_of(i)["outputs"][0]["meaning"] in DEPTH_MEANINGS]


def filled(model_id: str) -> onnx.ModelProto:
    """The whole graph again: every weight normal with the mean and deviation that were written
    down."""
    folder = FOLDER / model_id
    model = onnx.ModelProto.FromString(gzip.decompress((folder / "graph.onnx.gz").read_bytes()))
    random = np.random.default_rng(5)
    for weight in json.loads((folder / "weights.json").read_text()):
        values = random.standard_normal(weight["dims"], dtype=np.float32)
        values = values * np.float32(weight["deviation"]) + np.float32(weight["mean"])
        model.graph.initializer.append(numpy_helper.from_array(values, weight["name"]))
    return model


def sizes(facts: dict) -> list[tuple[int, int]]:
    """Widths and heights that the graph must take: its own, or some odd ones where it is open."""
    if facts["size"]["policy"] == "fixed":
        return [(facts["size"]["width"], facts["size"]["height"])]
    multiple = facts["size"]["multiple"]
    return [(multiple * across, multiple * down) for across, down in ((8, 8), (11, 7), (7, 13))]


@pytest.mark.parametrize(
    "model_id",
    ["depth-anything-v2-small", "depth-anything-v2-metric-indoor-small", "midas-v21-small"],
)
def test_a_filled_graph_answers_at_every_size_it_takes(model_id: str) -> None:
    if not (FOLDER / model_id).exists():
        pytest.skip("not in the catalogue yet")
    facts = facts_of(model_id)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(filled(model_id).SerializeToString(), options)
    for width, height in sizes(facts):
        image = np.random.default_rng(1).random((1, 3, height, width), dtype=np.float32)
        (answer,) = session.run([facts["outputs"][0]["name"]], {facts["input"]["name"]: image})
        assert answer.shape == (1, height, width)
        assert np.isfinite(answer).all()
        assert answer.max() > 1.001 * answer.min()


@pytest.mark.parametrize("model_id", depth_ids())
def test_a_graph_says_what_its_facts_say(model_id: str) -> None:
    facts = facts_of(model_id)
    packed = (FOLDER / model_id / "graph.onnx.gz").read_bytes()
    graph = onnx.ModelProto.FromString(gzip.decompress(packed)).graph
    assert facts["id"] == model_id
    assert len(packed) < 300_000
    assert [value.name for value in graph.output] == [o["name"] for o in facts["outputs"]]
    initialized = {t.name for t in graph.initializer}
    (image,) = [value for value in graph.input if value.name not in initialized]
    assert image.name == facts["input"]["name"]
    dims = [d.dim_param or d.dim_value for d in image.type.tensor_type.shape.dim]
    assert dims == facts["input"]["shape"]


@pytest.mark.parametrize("model_id", depth_ids())
def test_the_weights_make_up_the_parameters(model_id: str) -> None:
    weights = json.loads((FOLDER / model_id / "weights.json").read_text())
    samples = sum(int(np.prod(weight["dims"])) for weight in weights)
    # Above: folding writes some weights twice (DPT-Hybrid, as in the published file).
    # Below: what no output uses.
    assert 0.75 < samples / facts_of(model_id)["parameters"] < 1.1


@pytest.mark.parametrize("model_id", depth_ids())
def test_the_cases_hold_finite_samples_of_four_photos(model_id: str) -> None:
    cases = facts_of(model_id)["cases"]
    assert [(c["photo"]["width"], c["photo"]["height"]) for c in cases] == PHOTOS
    for case in cases:
        places = positions(case["input"]["width"], case["input"]["height"])
        assert [tuple(sample[:3]) for sample in case["samples"]] == places
        assert np.isfinite([sample[3] for sample in case["samples"]]).all()


def test_the_picture_is_the_formula() -> None:
    drawn = picture(641, 427)
    assert drawn.shape == (427, 641, 3)
    x, y, c = 200, 100, 2
    waves = 90 * np.sin(2 * np.pi * (x / 641 * (2 + c) + y / 427))
    value = np.floor(127.5 + waves + 37 * np.cos(2 * np.pi * 3 * y / 427) + 0.5)
    assert drawn[y, x, c] == value


@pytest.mark.parametrize(
    ("photo", "frame", "scale", "multiple", "expected"),
    [
        ((641, 427), (518, 518), "lower_bound", 14, (784, 518)),
        ((1201, 397), (518, 518), "lower_bound", 14, (1568, 518)),
        ((203, 151), (518, 518), "lower_bound", 14, (700, 518)),
        ((641, 427), (256, 256), "upper_bound", 32, (256, 160)),
        ((1201, 397), (384, 384), "minimal", 32, (1152, 384)),
    ],
)
def test_sizes_are_those_of_the_authors(
    photo: tuple[int, int],
    frame: tuple[int, int],
    scale: str,
    multiple: int,
    expected: tuple[int, int],
) -> None:
    assert input_size(photo, frame, scale, multiple) == expected


def test_a_product_with_one_is_taken_out() -> None:
    from diorama_catalogue.depth_export import drop_factors_of_one, final_operator

    one = numpy_helper.from_array(np.float32(1).reshape(1), "one")
    nodes = [
        helper.make_node("Relu", ["x"], ["a"]),
        helper.make_node("Mul", ["a", "one"], ["b"]),
        helper.make_node("Squeeze", ["b"], ["y"]),
    ]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "g",
        [value("x", onnx.TensorProto.FLOAT, [1, 2])],
        [value("y", onnx.TensorProto.FLOAT, [2])],
        [one],
    )
    drop_factors_of_one(graph)
    assert [node.op_type for node in graph.node] == ["Relu", "Squeeze"]
    assert final_operator(helper.make_model(graph)) == "Relu"
