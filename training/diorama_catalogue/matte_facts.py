"""What is written down of a matte model beside its graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import onnx

from diorama_catalogue.matte_export import final_operator, shape_of
from diorama_catalogue.preprocess import cases


def fixed(side: int) -> dict:
    """The size policy of a model that takes one square size: the photo is stretched to it."""
    return {"policy": "fixed", "width": side, "height": side}


def matte_facts(
    model: onnx.ModelProto,
    *,
    id: str,
    read_from: Sequence[str],
    url: str | None,
    file: str,
    size: dict,
    resample: str,
    antialias: bool,
    mean: Sequence[float],
    std: Sequence[float],
    prepare: Callable[[np.ndarray], np.ndarray],
    output: str,
    meaning: str,
    stretch: bool,
    differences: Sequence[str],
    parameters: int,
    range: str = "byte",
) -> dict:
    """The facts of facts.json. `prepare`, the authors' own way to the input, makes the cases."""
    taken = model.graph.input[0]
    return {
        "id": id,
        "readFrom": list(read_from),
        "published": {"url": url, "file": file},
        "input": {"name": taken.name, "shape": shape_of(taken)},
        "size": size,
        "resample": resample,
        "antialias": antialias,
        "channelOrder": "rgb",
        "mean": list(mean),
        "std": list(std),
        "range": range,
        "outputs": [{"name": output, "meaning": meaning, "stretch": stretch}],
        "final": final_operator(model, output),
        "differences": list(differences),
        "parameters": parameters,
        "cases": cases(prepare),
    }
