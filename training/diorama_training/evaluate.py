"""Measures an exported model on a folder, with the trivial baselines beside it.

    python -m diorama_training.evaluate --folder .work/validation
    python -m diorama_training.evaluate --folder ../../shared/eval/test    (final figures only)

Layout: matte/NAME.jpg with NAME.alpha.png, depth/NAME.jpg with NAME.depth.png and NAME.json,
nosubject/NAME.jpg.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from diorama_training.export import EMBEDDED
from diorama_training.metrics import depth_figures, front_share, matte_figures
from diorama_training.network import STRIDE
from diorama_training.stages import read_inverse

Floats = NDArray[np.float32]
Rows = dict[str, list[dict[str, float]]]


class Model:
    """An exported model on the CPU; pictures are resized to a long side and to multiples of 32."""

    def __init__(self, path: Path, long_side: int, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.long_side = long_side

    def answer(self, image: NDArray[np.uint8], size: tuple[int, int]) -> tuple[Floats, Floats, float]:
        """Depth and alpha resized to `size` (height, width), and the subject's probability."""
        scale = self.long_side / max(image.shape[:2])
        height, width = (max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in image.shape[:2])
        fitted = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        feed = fitted.astype(np.float32).transpose(2, 0, 1)[None] / 255
        depth, alpha, subject = self.session.run(["depth", "alpha", "subject"], {"image": feed})
        depth, alpha = (cv2.resize(map_[0, 0], size[::-1], interpolation=cv2.INTER_LINEAR) for map_ in (depth, alpha))
        return depth, alpha, float(subject[0, 0])


def read_photo(folder: Path, name: str) -> NDArray[np.uint8]:
    path = next(p for p in (folder / f"{name}{ending}" for ending in (".jpg", ".png", ".jpeg")) if p.exists())
    return cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)


def measure_mattes(model: Model, folder: Path, threshold: float) -> Rows:
    rows: Rows = defaultdict(list)
    for path in sorted(folder.glob("*.alpha.png")):
        name = path.name.removesuffix(".alpha.png")
        raw = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        about = folder / f"{name}.json"
        ignore = json.loads(about.read_text()).get("ignore") if about.exists() else None
        known = raw != ignore if ignore is not None else np.ones(raw.shape, bool)
        truth = raw.astype(np.float32) / 255
        depth, alpha, subject = model.answer(read_photo(folder, name), raw.shape)
        row = matte_figures(alpha, truth, known)
        gated = alpha if subject >= threshold else np.zeros_like(alpha)
        row |= {f"gated {key}": value for key, value in matte_figures(gated, truth, known).items()}
        row |= {f"nothing {key}": value for key, value in matte_figures(np.zeros_like(alpha), truth, known).items()}
        row["refused"] = float(subject < threshold)
        front = front_share(depth, truth * known, np.random.default_rng(1))
        if front is not None:
            row["front"] = front
        rows[name.split("__")[0]].append(row)
    return rows


def measure_depths(model: Model, folder: Path) -> Rows:
    rows: Rows = defaultdict(list)
    for path in sorted(folder.glob("*.depth.png")):
        name = path.name.removesuffix(".depth.png")
        about = json.loads((folder / f"{name}.json").read_text())
        inverse, known = read_inverse(path)
        known &= inverse > 0
        depth, _, _ = model.answer(read_photo(folder, name), inverse.shape)
        ramp = np.repeat(np.linspace(0, 1, inverse.shape[0], dtype=np.float32)[:, None], inverse.shape[1], 1)
        row = depth_figures(depth, inverse, known, np.random.default_rng(1))
        row |= {f"ramp {key}": v for key, v in depth_figures(ramp, inverse, known, np.random.default_rng(1)).items()}
        if about.get("weak"):
            row = {key: value for key, value in row.items() if "ordinal" in key}
        rows[name.split("__")[0]].append(row)
    return rows


def measure_empty(model: Model, folder: Path, threshold: float) -> Rows:
    rows: Rows = defaultdict(list)
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".jpg", ".png", ".jpeg")):
        image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
        _, alpha, subject = model.answer(image, image.shape[:2])
        row = {"said so": float(subject < threshold), "alpha below 2 %": float((alpha > 0.5).mean() < 0.02)}
        rows[path.name.split("__")[0]].append(row)
    return rows


def averages(rows: list[dict[str, float]]) -> dict[str, float]:
    keys = sorted({key for row in rows for key in row})
    return {key: float(np.mean([row[key] for row in rows if key in row])) for key in keys}


def report(title: str, rows: Rows, by_source: bool) -> dict[str, object]:
    """Prints one line per source and one for all: the mean over pictures, or over sources."""
    sources = {source: averages(entries) for source, entries in rows.items()}
    every = [entry for entries in rows.values() for entry in entries]
    total = averages(list(sources.values())) if by_source else averages(every)
    print(f"\n{title}: {len(every)} pictures, mean over {'sources' if by_source else 'pictures'}")
    for source, figures in [*sources.items(), ("ALL", total)]:
        count = len(rows[source]) if source in rows else len(every)
        print(f"  {source:16} {count:4}  " + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    return {"n": len(every), "all": total, "sources": sources}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=EMBEDDED)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--long-side", type=int, default=384)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model = Model(options.model, options.long_side)
    result: dict[str, object] = {}
    if (options.folder / "matte").exists():
        result["matte"] = report("matte", measure_mattes(model, options.folder / "matte", options.threshold), by_source=False)
    if (options.folder / "nosubject").exists():
        result["nosubject"] = report("no subject", measure_empty(model, options.folder / "nosubject", options.threshold), by_source=False)
    if (options.folder / "depth").exists():
        result["depth"] = report("depth", measure_depths(model, options.folder / "depth"), by_source=True)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
