"""Packs the training photos once, so that no JPEG is decoded while training.

    python -m diorama_training.photos --source ../../shared/train

Each photo becomes rows of one flat uint8 file: the photo (3), its alpha (1), its subject's own
colours (3) and its background with the subject's place filled (3), planes one after another.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WORK = Path(__file__).parents[1] / ".work"
LONG_SIDE = 448
VALIDATION_SHARE = 0.058
EMPTY_COVERAGE = 0.004

Bytes = NDArray[np.uint8]


def is_validation(name: str, share: float = VALIDATION_SHARE) -> bool:
    """A fixed held-out part: the hash of the name decides, so more photos never move it."""
    return int(hashlib.sha1(name.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


@dataclass(frozen=True)
class Photo:
    """One packed photo; `box` is the subject's left, top, right, bottom, or None without one."""

    name: str
    photo: Bytes
    alpha: Bytes
    subject: Bytes
    plate: Bytes
    box: tuple[int, int, int, int] | None


def resize_long(image: Bytes, side: int) -> Bytes:
    scale = side / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def subject_colours(photo: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Subject colours without the old background, by two passes of blurred means (Forte 2021)."""
    colours, background = photo, photo
    for radius in (91, 7):
        weight = cv2.blur(alpha, (radius, radius))[..., None]
        near = cv2.blur(colours * alpha[..., None], (radius, radius)) / (weight + 1e-4)
        far_weight = 1.0 - weight
        far = cv2.blur(background * (1 - alpha[..., None]), (radius, radius)) / (far_weight + 1e-4)
        residue = photo - alpha[..., None] * near - (1 - alpha[..., None]) * far
        colours = np.clip(near + alpha[..., None] * residue, 0, 1)
        background = far
    return colours


def fill_plate(photo: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fills the subject's place from coarse means of what surrounds it (push-pull)."""
    covered = cv2.dilate((alpha > 0.03).astype(np.uint8), np.ones((9, 9), np.uint8))
    weights = [1.0 - covered.astype(np.float32)]
    colours = [photo * weights[0][..., None]]
    while min(weights[-1].shape) > 2:
        size = ((weights[-1].shape[1] + 1) // 2, (weights[-1].shape[0] + 1) // 2)
        weights.append(cv2.resize(weights[-1], size, interpolation=cv2.INTER_AREA))
        colours.append(cv2.resize(colours[-1], size, interpolation=cv2.INTER_AREA))
    filled = colours[-1] / (weights[-1][..., None] + 1e-3)
    for colour, weight in zip(reversed(colours[:-1]), reversed(weights[:-1]), strict=True):
        raised = cv2.resize(filled, (weight.shape[1], weight.shape[0]), interpolation=cv2.INTER_LINEAR)
        share = np.clip(weight, 0, 1)[..., None]
        filled = colour + (1 - share) * raised
    return np.clip(filled, 0, 1)


def subject_box(alpha: Bytes) -> tuple[int, int, int, int] | None:
    solid = alpha > 127
    if solid.mean() < EMPTY_COVERAGE:
        return None
    columns, rows = np.flatnonzero(solid.any(0)), np.flatnonzero(solid.any(1))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def list_manifest(source: Path) -> list[tuple[str, Path, Path | None]]:
    """Name, photo and matte of a folder with manifest.tsv, photos/ and mattes/."""
    with (source / "manifest.tsv").open() as file:
        known = {row["name"] for row in csv.DictReader(file, delimiter="\t")}
    pairs = [(path.stem, path, source / "mattes" / f"{path.stem}.png") for path in sorted((source / "photos").iterdir())]
    return [(name, photo, matte) for name, photo, matte in pairs if name in known and matte.exists()]


def list_found(source: Path) -> list[tuple[str, Path, Path | None]]:
    """Name, photo and matte of a folder with matte/NAME.jpg and NAME.alpha.png, and nosubject/NAME.jpg."""
    pairs: list[tuple[str, Path, Path | None]] = []
    for path in sorted((source / "matte").glob("*.jpg")):
        pairs.append((path.stem, path, path.with_name(f"{path.stem}.alpha.png")))
    pairs += [(path.stem, path, None) for path in sorted((source / "nosubject").glob("*.jpg"))]
    return pairs


def pack(pairs: list[tuple[str, Path, Path | None]], target: Path) -> int:
    """Writes beside, then renames, so that a reader of the old file keeps it."""
    target.mkdir(parents=True, exist_ok=True)
    index = []
    offset = 0
    with (target / "photos.part").open("wb") as out:
        for name, photo_path, matte_path in pairs:
            photo = cv2.imread(str(photo_path), cv2.IMREAD_COLOR_RGB)
            if photo is None:
                continue
            photo = resize_long(photo, LONG_SIDE)
            matte = np.zeros(photo.shape[:2], np.uint8) if matte_path is None else cv2.imread(str(matte_path), cv2.IMREAD_GRAYSCALE)
            alpha = cv2.resize(matte, (photo.shape[1], photo.shape[0]), interpolation=cv2.INTER_AREA)
            box = subject_box(alpha)
            unit, soft = photo.astype(np.float32) / 255, alpha.astype(np.float32) / 255
            subject = (subject_colours(unit, soft) * 255).round().astype(np.uint8) if box else photo
            plate = (fill_plate(unit, soft) * 255).round().astype(np.uint8) if box else photo
            for plane in (photo, alpha, subject, plate):
                out.write(plane.tobytes())
            height, width = alpha.shape
            index.append({"name": name, "offset": offset, "height": height, "width": width, "box": box})
            offset += height * width * 10
    (target / "photos.part").rename(target / "photos.bin")
    (target / "photos.json").write_text(json.dumps(index))
    return len(index)


class PhotoShelf:
    """Reads packed photos by number from the mapped file."""

    def __init__(self, folder: Path, validation: bool) -> None:
        entries = json.loads((folder / "photos.json").read_text())
        self.entries = [entry for entry in entries if is_validation(entry["name"]) == validation]
        self.bytes = np.memmap(folder / "photos.bin", dtype=np.uint8, mode="r")

    def __len__(self) -> int:
        return len(self.entries)

    def read(self, number: int) -> Photo:
        entry = self.entries[number]
        height, width = entry["height"], entry["width"]
        area = height * width
        planes = []
        start = entry["offset"]
        for channels in (3, 1, 3, 3):
            plane = self.bytes[start : start + area * channels]
            planes.append(plane.reshape((height, width) if channels == 1 else (height, width, channels)))
            start += area * channels
        box = tuple(entry["box"]) if entry["box"] else None
        return Photo(entry["name"], planes[0], planes[1], planes[2], planes[3], box)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=Path(__file__).parents[3] / "shared/train")
    parser.add_argument("--found", type=Path, help="a folder with matte/ and nosubject/ to add")
    parser.add_argument("--target", type=Path, default=WORK / "photos")
    options = parser.parse_args()
    pairs = list_manifest(options.source) + (list_found(options.found) if options.found else [])
    print(f"{pack(pairs, options.target)} photos packed")


if __name__ == "__main__":
    main()
