"""The matte models of the catalogue: what is committed loads, runs, and holds what its authors' code says."""

import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import numpy_helper

from diorama_catalogue import matte_prepare
from diorama_catalogue.preprocess import cases

FOLDER = Path(__file__).parents[2] / "fixtures/models"

PREPARE = {
    "isnet-general": matte_prepare.prepare_isnet,
    "rmbg-1.4": matte_prepare.prepare_isnet,
    "u2net": matte_prepare.prepare_u2net,
    "u2netp": matte_prepare.prepare_u2net,
}

FACTS = {id: json.loads((FOLDER / id / "facts.json").read_text()) for id in PREPARE}


def graph_of(id: str) -> onnx.ModelProto:
    return onnx.load_from_string(gzip.decompress((FOLDER / id / "graph.onnx.gz").read_bytes()))


def filled(id: str) -> onnx.ModelProto:
    """The graph with random weights of the mean and deviation that are written down."""
    model = graph_of(id)
    random = np.random.default_rng(5)
    for weight in json.loads((FOLDER / id / "weights.json").read_text()):
        values = random.normal(weight["mean"], weight["deviation"], weight["dims"]).astype(np.float32)
        model.graph.initializer.append(numpy_helper.from_array(values, weight["name"]))
    return model


@pytest.mark.parametrize("id", PREPARE)
def test_the_graph_has_the_input_and_the_output_of_its_facts(id: str) -> None:
    facts = FACTS[id]
    graph = graph_of(id).graph
    assert [value.name for value in graph.input] == [facts["input"]["name"]]
    assert facts["outputs"][0]["name"] in [value.name for value in graph.output]
    assert (facts["final"] == "Sigmoid") == (facts["outputs"][0]["meaning"] == "alpha")


@pytest.mark.parametrize("id", PREPARE)
def test_the_cases_are_those_of_the_authors_preprocessing(id: str) -> None:
    for wanted, got in zip(FACTS[id]["cases"], cases(PREPARE[id]), strict=True):
        assert wanted["input"] == got["input"]
        np.testing.assert_allclose(
            [sample[3] for sample in got["samples"]], [sample[3] for sample in wanted["samples"]], atol=2e-6
        )


def test_isnet_has_the_operators_of_a_published_one() -> None:
    """Counted in IS-Net as @imgly/background-removal ships it."""
    counts = Counter(node.op_type for node in graph_of("isnet-general").graph.node)
    published = {"Conv": 119, "Relu": 112, "Resize": 39, "MaxPool": 33, "Concat": 89, "Add": 11, "Sigmoid": 6}
    assert {name: counts[name] for name in published} == published


@pytest.mark.parametrize("id", ["u2netp"])
def test_the_filled_graph_answers_with_a_map_of_the_inputs_size(id: str) -> None:
    facts = FACTS[id]
    session = onnxruntime.InferenceSession(filled(id).SerializeToString(), providers=["CPUExecutionProvider"])
    size = facts["cases"][0]["input"]
    image = np.random.default_rng(1).normal(size=(1, 3, size["height"], size["width"])).astype(np.float32)
    (answer,) = session.run([facts["outputs"][0]["name"]], {facts["input"]["name"]: image})
    assert answer.shape == (1, 1, size["height"], size["width"])
    assert np.isfinite(answer).all()
