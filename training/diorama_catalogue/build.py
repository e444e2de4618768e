"""Writes the catalogue's graphs: all, or those named.

    python -m diorama_catalogue.build [ID ...]

`depth_models.py` and `matte_models.py` each hold a list `MODELS` of things with an `id` and a
function `make()` that returns the graph with random weights and its facts. One model is made at a
time: the large ones take gigabytes.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import json
from math import prod
from pathlib import Path

from diorama_catalogue.skeleton import write_skeleton

FOLDER = Path(__file__).parents[2] / "fixtures/models"


def models() -> dict:
    """Every model by its id. Imported only here: the lists need libraries training does not."""
    found = {}
    for name in ("diorama_catalogue.depth_models", "diorama_catalogue.matte_models"):
        if importlib.util.find_spec(name) is None:
            continue
        for model in importlib.import_module(name).MODELS:
            found[model.id] = model
    return found


def summary(folder: Path) -> str:
    """How large what was written is, and how large the whole file will be."""
    graph_bytes = (folder / "graph.onnx.gz").stat().st_size
    weights = json.loads((folder / "weights.json").read_text())
    samples = sum(prod(weight["dims"]) for weight in weights)
    facts = json.loads((folder / "facts.json").read_text())
    return (
        f"{folder.name}: graph {graph_bytes / 1000:.0f} kB, "
        f"{len(weights)} weights of {samples * 4 / 1e6:.1f} MB, "
        f"{facts['parameters'] / 1e6:.2f} M parameters, final {facts['final']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("ids", nargs="*", metavar="ID")
    ids = parser.parse_args().ids
    known = models()
    unknown = [name for name in ids if name not in known]
    if unknown:
        parser.error(f"no such model: {', '.join(unknown)}; there are {', '.join(known)}")
    for name in ids or known:
        graph, facts = known[name].make()
        write_skeleton(graph, facts, FOLDER / name)
        del graph
        gc.collect()
        print(summary(FOLDER / name), flush=True)


if __name__ == "__main__":
    main()
