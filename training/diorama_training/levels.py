"""Measures on the validation split which levels of alpha to count as clear and as opaque, and which
probability as a subject.

    python -m diorama_training.levels --checkpoint .work/runs/first/last.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from diorama_training.evaluate import read_photo
from diorama_training.export import load_network
from diorama_training.network import STRIDE, DioramaNet
from diorama_training.photos import WORK

# Mattes are compared at this long side: levels are about surfaces, not about edges.
COMPARED_SIDE = 160
CLEAR = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
OPAQUE = (1.0, 0.9, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5)


SUBJECT = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@torch.no_grad()
def read_answer(network: DioramaNet, image: np.ndarray, long_side: int) -> tuple[np.ndarray, float]:
    """Alpha at the network's size, and the subject's probability."""
    scale = long_side / max(image.shape[:2])
    height, width = (max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in image.shape[:2])
    fitted = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    feed = torch.from_numpy(fitted).permute(2, 0, 1)[None].float() / 255
    _, alpha, subject = network(feed)
    return torch.sigmoid(alpha)[0, 0].numpy(), float(torch.sigmoid(subject))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--side", type=int, default=384)
    options = parser.parse_args()
    network = load_network(options.checkpoint)
    folder = WORK / "validation" / "matte"
    pairs, with_subject = [], []
    for path in sorted(folder.glob("*.alpha.png")):
        truth = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        shrink = COMPARED_SIDE / max(truth.shape)
        size = (max(1, round(truth.shape[1] * shrink)), max(1, round(truth.shape[0] * shrink)))
        alpha, subject = read_answer(network, read_photo(folder, path.name.removesuffix(".alpha.png")), options.side)
        with_subject.append(subject)
        pairs.append((cv2.resize(alpha, size), cv2.resize(truth, size, interpolation=cv2.INTER_AREA) / 255))
    print(f"{len(pairs)} photos; clear, opaque, MAE, IoU at 0.5, share of neither")
    for clear in CLEAR:
        for opaque in OPAQUE:
            if opaque > clear:
                print(f"{clear:.2f} {opaque:.2f} " + " ".join(f"{value:.4f}" for value in figures(pairs, clear, opaque)))
    empty = sorted((WORK / "validation" / "nosubject").glob("*.png"))
    without = [read_answer(network, read_photo(path.parent, path.stem), options.side)[1] for path in empty]
    print(f"{len(with_subject)} photos with a subject, {len(without)} without; level, said so, refused")
    for level in SUBJECT:
        print(f"{level:.2f} {np.mean(np.array(without) < level):.3f} {np.mean(np.array(with_subject) < level):.3f}")


def figures(pairs: list[tuple[np.ndarray, np.ndarray]], clear: float, opaque: float) -> tuple[float, float, float]:
    errors, overlaps, mixed = [], [], []
    for alpha, truth in pairs:
        stretched = np.clip((alpha - clear) / (opaque - clear), 0, 1)
        inside, wanted = stretched >= 0.5, truth >= 0.5
        errors.append(np.abs(stretched - truth).mean())
        overlaps.append((inside & wanted).sum() / max(1, (inside | wanted).sum()))
        mixed.append(((stretched > 0) & (stretched < 1)).mean())
    return float(np.mean(errors)), float(np.mean(overlaps)), float(np.mean(mixed))


if __name__ == "__main__":
    main()
