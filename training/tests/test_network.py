"""The network's and the exported graph's shapes, ranges and agreement."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from diorama_training.export import EMBEDDED, LIMIT_BYTES, export, largest_difference, load_network
from diorama_training.network import Answer, DioramaNet


@pytest.fixture(scope="module")
def network() -> DioramaNet:
    torch.manual_seed(3)
    network = DioramaNet()
    network.train()
    with torch.no_grad():
        for _ in range(2):
            network(torch.rand(2, 3, 64, 96))
    return network.eval()


@pytest.fixture(scope="module")
def exported(network: DioramaNet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "small.onnx"
    export(network, path)
    return path


def test_the_file_is_one_piece_and_below_the_limit(exported: Path) -> None:
    assert exported.stat().st_size <= LIMIT_BYTES
    assert [p.name for p in exported.parent.iterdir()] == [exported.name]


@pytest.mark.parametrize("shape", [(1, 3, 64, 64), (1, 3, 96, 160), (3, 3, 224, 128)])
def test_graph_agrees_with_torch_at_any_size_and_batch(network: DioramaNet, exported: Path, shape: tuple[int, ...]) -> None:
    image = np.random.default_rng(1).random(shape, dtype=np.float32)
    session = onnxruntime.InferenceSession(str(exported), providers=["CPUExecutionProvider"])
    got = session.run(["depth", "alpha", "subject"], {"image": image})
    with torch.no_grad():
        wanted = Answer(network)(torch.from_numpy(image))
    assert [g.shape for g in got] == [(shape[0], 1, *shape[2:]), (shape[0], 1, *shape[2:]), (shape[0], 1)]
    for mine, theirs in zip(got, wanted, strict=True):
        assert mine.min() >= 0 and mine.max() <= 1
        # Weights are stored as fp16.
        assert np.abs(mine - theirs.numpy()).max() < 4e-3


def test_depth_needs_no_node_of_the_alpha_head(exported: Path) -> None:
    graph = onnx.load(exported).graph
    makers = {output: node for node in graph.node for output in node.output}

    def needed(name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            node = makers.get(waiting.pop())
            if node is not None and node.name not in found:
                found.add(node.name)
                waiting.extend(node.input)
        return found

    depth, alpha, subject = needed("depth"), needed("alpha"), needed("subject")
    assert len(alpha - depth) > 10 and len(depth - alpha) > 5
    assert len(alpha - subject) > 5 and len(depth - subject) > 5


def test_the_embedded_file_is_the_newest_master() -> None:
    master = max(Path(__file__).parents[1].glob("weights/diorama-s-*.pt"))
    assert largest_difference(load_network(master), EMBEDDED) < 0.5 / 255
