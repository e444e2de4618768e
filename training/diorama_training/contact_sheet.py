"""A contact sheet to look at: photo, depth, alpha, cut-out on a checkerboard.

    python -m diorama_training.contact_sheet --folder ../../shared/photos --out .work/contact.png
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from diorama_training.evaluate import Model
from diorama_training.export import EMBEDDED
from diorama_training.photos import resize_long

CELL = 200
CHECK = 10


def row(model: Model, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Four cells side by side, each CELL pixels square; the bar below shows the subject's probability."""
    depth, alpha, subject = model.answer(image, image.shape[:2])
    grey = cv2.applyColorMap((depth * 255).astype(np.uint8), cv2.COLORMAP_INFERNO)[..., ::-1]
    matte = np.repeat((alpha * 255).astype(np.uint8)[..., None], 3, 2)
    y, x = np.indices(alpha.shape) // CHECK
    board = np.where(((x + y) % 2)[..., None], 235, 180).astype(np.float32)
    cut = (image * alpha[..., None] + board * (1 - alpha[..., None])).astype(np.uint8)
    cells = []
    for part in (image, grey, matte, cut):
        cell = np.zeros((CELL, CELL, 3), np.uint8)
        cell[: part.shape[0], : part.shape[1]] = part
        cells.append(cell)
    strip = np.concatenate(cells, 1)
    strip[-4:] = 40
    strip[-4:, : int(subject * strip.shape[1])] = (40, 220, 90) if subject >= 0.5 else (230, 60, 60)
    return strip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=EMBEDDED)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--long-side", type=int, default=384)
    parser.add_argument("--columns", type=int, default=2)
    parser.add_argument("--most", type=int, default=48)
    options = parser.parse_args()
    model = Model(options.model, options.long_side)
    paths = [p for p in sorted(options.folder.iterdir()) if p.suffix in (".jpg", ".png") and p.name.count(".") == 1]
    paths = paths[:: max(1, len(paths) // options.most)][: options.most]
    rows = [row(model, resize_long(cv2.imread(str(p), cv2.IMREAD_COLOR_RGB), CELL)) for p in paths]
    rows += [np.zeros_like(rows[0])] * (-len(rows) % options.columns)
    lines = [np.concatenate(rows[i : i + options.columns], 1) for i in range(0, len(rows), options.columns)]
    cv2.imwrite(str(options.out), cv2.cvtColor(np.concatenate(lines), cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    main()
