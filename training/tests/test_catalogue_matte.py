"""The matte models of the catalogue: what is committed loads, runs, and says what authors do."""

import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
import torch.nn.functional as F
from onnx import numpy_helper

pytest.importorskip("skimage", reason="catalogue-requirements.txt is not installed")
pytest.importorskip("PIL", reason="catalogue-requirements.txt is not installed")

from diorama_catalogue import matte_prepare
from diorama_catalogue.matte_ben2 import joined, quarters
from diorama_catalogue.matte_birefnet import pieces_of
from diorama_catalogue.matte_deformable import DeformableConv
from diorama_catalogue.matte_swin import from_windows, relative_places, shift_mask, to_windows
from diorama_catalogue.preprocess import cases

FOLDER = Path(__file__).parents[2] / "fixtures/models"

PREPARE = {
    "isnet-general": matte_prepare.prepare_isnet,
    "rmbg-1.4": matte_prepare.prepare_isnet,
    "u2net": matte_prepare.prepare_u2net,
    "u2netp": matte_prepare.prepare_u2net,
    "birefnet-general": matte_prepare.prepare_birefnet,
    "birefnet-lite": matte_prepare.prepare_birefnet,
    "modnet": matte_prepare.prepare_modnet,
    "ben2-base": matte_prepare.prepare_ben2,
}

PUBLISHED_PARAMETERS = {"u2netp": 1.13e6, "u2net": 44.0e6, "isnet-general": 44.0e6, "modnet": 6.5e6}
PUBLISHED_PARAMETERS |= {"birefnet-lite": 44.4e6, "birefnet-general": 221e6, "ben2-base": 94.6e6}

FACTS = {id: json.loads((FOLDER / id / "facts.json").read_text()) for id in PREPARE}


def graph_of(id: str) -> onnx.ModelProto:
    return onnx.load_from_string(gzip.decompress((FOLDER / id / "graph.onnx.gz").read_bytes()))


def filled(id: str) -> onnx.ModelProto:
    """The graph with random weights of the mean and deviation that are written down."""
    model = graph_of(id)
    random = np.random.default_rng(5)
    for weight in json.loads((FOLDER / id / "weights.json").read_text()):
        values = random.normal(weight["mean"], weight["deviation"], weight["dims"])
        tensor = numpy_helper.from_array(values.astype(np.float32), weight["name"])
        model.graph.initializer.append(tensor)
    return model


@pytest.mark.parametrize("id", PREPARE)
def test_the_graph_has_the_input_and_the_output_of_its_facts(id: str) -> None:
    facts = FACTS[id]
    graph = graph_of(id).graph
    assert [value.name for value in graph.input] == [facts["input"]["name"]]
    assert facts["outputs"][0]["name"] == graph.output[0].name
    assert (facts["final"] == "Sigmoid") == (facts["outputs"][0]["meaning"] == "alpha")


@pytest.mark.parametrize("id", PUBLISHED_PARAMETERS)
def test_as_many_parameters_as_the_authors_say(id: str) -> None:
    # Some count the tables of relative places too, half a percent.
    assert FACTS[id]["parameters"] == pytest.approx(PUBLISHED_PARAMETERS[id], rel=0.006)


@pytest.mark.parametrize("id", PREPARE)
def test_the_cases_are_those_of_the_authors_preprocessing(id: str) -> None:
    for wanted, got in zip(FACTS[id]["cases"], cases(PREPARE[id]), strict=True):
        assert wanted["input"] == got["input"]
        assert [sample[3] for sample in got["samples"]] == pytest.approx(
            [sample[3] for sample in wanted["samples"]], abs=2e-6
        )


def test_isnet_has_the_operators_of_a_published_one() -> None:
    """Counted in IS-Net as @imgly/background-removal ships it."""
    counts = Counter(node.op_type for node in graph_of("isnet-general").graph.node)
    names = ("Conv", "Relu", "Resize", "MaxPool", "Concat", "Add", "Sigmoid")
    assert [counts[name] for name in names] == [119, 112, 39, 33, 89, 11, 6]


def test_ben2_writes_out_as_many_layer_normalisations_as_the_published_one() -> None:
    assert sum(node.op_type == "Pow" for node in graph_of("ben2-base").graph.node) == 68


def test_birefnet_gathers_as_the_published_ones() -> None:
    """Five decoder blocks of four deformable convolutions of four corners; pieces up to 1024."""
    nodes = graph_of("birefnet-lite").graph.node
    assert sum(node.op_type == "GatherND" for node in nodes) == 80
    assert max(len(node.input) for node in nodes if node.op_type == "Concat") == 1024


@pytest.mark.parametrize("id", ["u2netp", "modnet"])
def test_the_filled_graph_answers_with_a_map_of_the_inputs_size(id: str) -> None:
    facts = FACTS[id]
    session = onnxruntime.InferenceSession(
        filled(id).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    random = np.random.default_rng(1)
    for size in (case["input"] for case in facts["cases"][:2]):
        shape = (1, 3, size["height"], size["width"])
        image = random.normal(size=shape).astype(np.float32)
        names = [facts["outputs"][0]["name"]]
        (answer,) = session.run(names, {facts["input"]["name"]: image})
        assert answer.shape == (1, 1, *shape[2:])
        assert np.isfinite(answer).all()


@pytest.mark.parametrize("size", [1, 3, 7])
def test_deformable_convolution_agrees_with_sampling_at_its_places(size: int) -> None:
    torch.manual_seed(4)
    conv = DeformableConv(3, 5, size)
    torch.nn.init.normal_(conv.offset.weight, std=1 / size)
    image = torch.randn(1, 3, 12, 17)
    count = size * size
    offset = conv.offset(image).view(count, 2, 12, 17)
    strength = 2 * torch.sigmoid(conv.strength(image))
    wanted = torch.zeros(1, 5, 12, 17)
    for k in range(count):
        y = torch.arange(12)[:, None] + k // size - size // 2 + offset[k, 0]
        x = torch.arange(17)[None] + k % size - size // 2 + offset[k, 1]
        places = torch.stack((2 * x / 16 - 1, 2 * y / 11 - 1), -1)[None]
        sampled = F.grid_sample(image, places, align_corners=True) * strength[:, k : k + 1]
        weight = conv.weight[:, :, k // size, k % size]
        wanted += torch.einsum("oc,bchw->bohw", weight, sampled)
    torch.testing.assert_close(conv(image), wanted, atol=1e-4, rtol=1e-4)


def test_windows_and_quarters_go_back_to_the_picture() -> None:
    image = torch.arange(2 * 12 * 8 * 3.0).view(2, 12, 8, 3)
    assert torch.equal(from_windows(to_windows(image, 4), 4, 12, 8), image)
    picture = torch.arange(3 * 8 * 12.0).view(1, 3, 8, 12)
    assert torch.equal(joined(quarters(picture)), picture)
    assert torch.equal(quarters(picture)[1], picture[0, :, :4, 6:])
    pieces = pieces_of(picture, torch.zeros(1, 1, 4, 4))
    assert pieces.shape == (1, 18, 4, 4)
    assert torch.equal(pieces[0, 3:6], picture[0, :, 4:, :4])


def test_shifted_windows_keep_apart_what_is_no_neighbour() -> None:
    mask = shift_mask(8, 8, 4)
    assert mask.shape == (4, 16, 16)
    assert torch.equal(mask[0], torch.zeros(16, 16))
    # In the last window rows 0 and 3 come from opposite borders of the picture.
    assert mask[3, 0, 15] == -100
    assert relative_places(4)[0, 0] == 3 * 7 + 3


@pytest.mark.parametrize(
    ("photo", "wanted"),
    [
        ((641, 427), (640, 416)),
        ((4000, 3000), (672, 512)),
        ((3000, 4000), (512, 672)),
        ((203, 151), (672, 512)),
        ((512, 512), (512, 512)),
    ],
)
def test_modnets_sides(photo: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert matte_prepare.modnet_sides(*photo) == wanted
