"""Triangle meshes of simple solids. Metres; x right, y up, z away from the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Mesh:
    """Vertices, triangles, and a normal per vertex."""

    vertices: Floats
    faces: NDArray[np.int32]
    normals: Floats

    def moved(self, x: float, y: float, z: float) -> Mesh:
        return Mesh(self.vertices + np.array([x, y, z], np.float32), self.faces, self.normals)

    def turned(self, yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Mesh:
        matrix = rotation(yaw, pitch, roll)
        return Mesh(self.vertices @ matrix.T, self.faces, self.normals @ matrix.T)


def rotation(yaw: float, pitch: float, roll: float) -> Floats:
    """Yaw about y, after pitch about x (positive looks up), after roll about z."""
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return (about_y @ about_x @ about_z).astype(np.float32)


def join(meshes: list[Mesh]) -> Mesh:
    starts = np.cumsum([0, *[len(m.vertices) for m in meshes[:-1]]])
    faces = [m.faces + start for m, start in zip(meshes, starts, strict=True)]
    return Mesh(np.concatenate([m.vertices for m in meshes]), np.concatenate(faces), np.concatenate([m.normals for m in meshes]))


def quad(corner: ArrayLike, first: ArrayLike, second: ArrayLike) -> Mesh:
    """A parallelogram from a corner and two sides."""
    o, a, b = (np.asarray(v, np.float32) for v in (corner, first, second))
    normal = np.cross(a, b)
    normal = normal / (np.linalg.norm(normal) + 1e-9)
    vertices = np.stack([o, o + a, o + a + b, o + b])
    return Mesh(vertices, np.array([[0, 1, 2], [0, 2, 3]], np.int32), np.repeat(normal[None], 4, 0).astype(np.float32))


def box(width: float, height: float, depth: float) -> Mesh:
    """Stands on y = 0, centred in x and z."""
    x, z = width / 2, depth / 2
    sides = [
        quad((-x, 0, -z), (width, 0, 0), (0, height, 0)),
        quad((-x, 0, z), (width, 0, 0), (0, height, 0)),
        quad((-x, 0, -z), (0, 0, depth), (0, height, 0)),
        quad((x, 0, -z), (0, 0, depth), (0, height, 0)),
        quad((-x, 0, -z), (width, 0, 0), (0, 0, depth)),
        quad((-x, height, -z), (width, 0, 0), (0, 0, depth)),
    ]
    return join(sides)


def grid_faces(rows: int, columns: int) -> NDArray[np.int32]:
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (r * columns + c).ravel()
    return np.concatenate([np.stack([a, a + 1, a + columns], 1), np.stack([a + 1, a + columns + 1, a + columns], 1)]).astype(np.int32)


def lathe(heights: ArrayLike, radii: ArrayLike, segments: int = 20) -> Mesh:
    """A profile turned about the y axis."""
    y, r = np.asarray(heights, np.float32), np.asarray(radii, np.float32)
    angle = np.linspace(0, 2 * np.pi, segments, dtype=np.float32)
    slope = np.gradient(r, y + np.arange(len(y)) * 1e-6)
    vertices = np.stack([r[:, None] * np.cos(angle), np.repeat(y[:, None], segments, 1), r[:, None] * np.sin(angle)], -1)
    normals = np.stack([np.repeat(np.cos(angle)[None], len(y), 0), np.repeat(-slope[:, None], segments, 1), np.repeat(np.sin(angle)[None], len(y), 0)], -1)
    normals = normals / (np.linalg.norm(normals, axis=-1, keepdims=True) + 1e-9)
    return Mesh(vertices.reshape(-1, 3).astype(np.float32), grid_faces(len(y), segments), normals.reshape(-1, 3).astype(np.float32))


def ellipsoid(rx: float, ry: float, rz: float, segments: int = 18) -> Mesh:
    """Centred at the origin."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 2)
    ball = lathe(np.sin(angle), np.cos(angle), segments)
    radii = np.array([rx, ry, rz], np.float32)
    normals = ball.vertices / radii
    normals = normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9)
    return Mesh(ball.vertices * radii, ball.faces, normals.astype(np.float32))


def tube(points: ArrayLike, radii: ArrayLike, segments: int = 8) -> Mesh:
    """Round links along a line of points, with balls at the joints of thick ones."""
    p, r = np.asarray(points, np.float32), np.broadcast_to(np.asarray(radii, np.float32), (len(np.asarray(points)),))
    angle = np.linspace(0, 2 * np.pi, segments + 1, dtype=np.float32)
    parts = []
    for a, b, ra, rb in zip(p[:-1], p[1:], r[:-1], r[1:], strict=True):
        axis = (b - a) / (np.linalg.norm(b - a) + 1e-9)
        side = np.cross(axis, [0.0, 0.0, 1.0] if abs(axis[2]) < 0.9 else [1.0, 0.0, 0.0])
        side = side / np.linalg.norm(side)
        other = np.cross(axis, side)
        ring = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * other
        vertices = np.concatenate([a + ring * ra, b + ring * rb]).astype(np.float32)
        parts.append(Mesh(vertices, grid_faces(2, segments + 1), np.concatenate([ring, ring]).astype(np.float32)))
    if r.max() > 0.02:
        parts += [ellipsoid(q, q, q, 10).moved(*c) for c, q in zip(p, r, strict=True)]
    return join(parts)


def smooth_noise(rows: int, columns: int, random: Generator, octaves: int = 4, coarse: int = 3) -> Floats:
    """Sum of smoothed random grids, about -1..1."""
    import cv2

    total = np.zeros((rows, columns), np.float32)
    for octave in range(octaves):
        cells = min(coarse * 2**octave, max(rows, columns))
        total += cv2.resize(random.normal(0, 0.5**octave, (cells, cells)).astype(np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC)
    return total * 0.6


def terrain(width: float, depth: float, height: float, random: Generator, cells: int = 90) -> Mesh:
    """Hills around y = 0, from z = 0 to z = depth."""
    heights = smooth_noise(cells, cells, random) * height
    x = np.linspace(-width / 2, width / 2, cells, dtype=np.float32)
    z = (np.linspace(0, 1, cells, dtype=np.float32) ** 1.7) * depth
    vertices = np.stack([np.repeat(x[None], cells, 0), heights, np.repeat(z[:, None], cells, 1)], -1)
    along_z, along_x = np.gradient(heights, z + np.arange(cells) * 1e-5, x)
    normals = np.stack([-along_x, np.ones_like(heights), -along_z], -1)
    normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
    return Mesh(vertices.reshape(-1, 3), grid_faces(cells, cells), normals.reshape(-1, 3).astype(np.float32))
