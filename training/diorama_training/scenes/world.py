"""What a scene holds: meshes with materials, a camera and light."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from diorama_training.scenes.shapes import Mesh

Floats = NDArray[np.float32]
UNKNOWN, ABSENT, PRESENT = -1, 0, 1


@dataclass(frozen=True)
class Material:
    """Colour, texture patch (-1 for none) and its size in metres, window grid, and own light."""

    colour: tuple[float, float, float]
    patch: int = -1
    patch_metres: float = 1.0
    patch_share: float = 0.0
    grid: float = 0.0
    glow: float = 0.0


@dataclass
class Camera:
    """Where it stands and looks; angles in radians, pitch up, vertical field of view."""

    position: tuple[float, float, float] = (0.0, 1.5, 0.0)
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    fov: float = 0.9


@dataclass
class World:
    """A scene under construction."""

    random: Generator
    patches: int
    camera: Camera = field(default_factory=Camera)
    meshes: list[Mesh] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    mesh_material: list[int] = field(default_factory=list)
    mesh_subject: list[bool] = field(default_factory=list)
    subject: int = ABSENT
    indoor: bool = False
    haze_metres: float = 1e6
    floor: float | None = 0.0
    focus_metres: float = 0.0

    def add(self, mesh: Mesh, material: int, is_subject: bool = False) -> None:
        self.meshes.append(mesh)
        self.mesh_material.append(material)
        self.mesh_subject.append(is_subject)

    def material(self, metres: float = 1.0, patch_share: float | None = None, **more: float) -> int:
        """A new random material; most carry a patch of a photo as texture."""
        random = self.random
        share = patch_share if patch_share is not None else float(random.choice([0, 0.3, 0.6, 1.0], p=[0.25, 0.2, 0.25, 0.3]))
        grey = random.uniform(0.05, 0.95)
        colour = np.clip(grey + random.normal(0, random.choice([0.03, 0.12, 0.3]), 3), 0.02, 0.98)
        size = metres * float(np.exp(random.normal(0, 0.6)))
        patch = int(random.integers(self.patches)) if share > 0 and self.patches else -1
        self.materials.append(Material(tuple(float(c) for c in colour), patch, size, share, **more))
        return len(self.materials) - 1

    def tinted(self, colour: tuple[float, float, float], spread: float = 0.08, metres: float = 1.0, share: float = 0.4) -> int:
        number = self.material(metres, share)
        shade = np.clip(np.array(colour) * np.exp(self.random.normal(0, 0.25)) + self.random.normal(0, spread, 3), 0.02, 0.98)
        old = self.materials[number]
        self.materials[number] = Material(tuple(float(c) for c in shade), old.patch, old.patch_metres, share * float(self.random.random()))
        return number
