"""The families of scenes. Each builds a world and sets its camera."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from diorama_training.scenes.props import animal, car, furniture, household, person, put, thin, tree
from diorama_training.scenes.shapes import box, ellipsoid, lathe, quad, terrain, tube
from diorama_training.scenes.world import PRESENT, UNKNOWN, Camera, World


def aim(world: World, height: float, pitch: float, yaw: float = 0.0) -> None:
    """A phone's field of view; sometimes a longer lens; hands hold it a little crooked."""
    random = world.random
    fov = random.uniform(0.75, 1.15) if random.random() < 0.75 else random.uniform(0.35, 0.75)
    world.camera = Camera((0.0, height, 0.0), yaw, pitch, random.normal(0, 0.05), fov)


def room(world: World) -> None:
    random = world.random
    w, d, h = random.uniform(2.4, 7), random.uniform(3, 10), random.uniform(2.2, 3.3)
    back = random.uniform(0.3, 1.5)
    side = random.uniform(-0.35, 0.35) * w
    left, right, near, far = -w / 2 + side, w / 2 + side, -back, d - back
    wall = world.material(3.0, float(random.choice([0, 0, 0.3, 0.8])))
    walls = [wall if random.random() < 0.7 else world.material(2.0) for _ in range(4)]
    world.add(quad((left, 0, near), (w, 0, 0), (0, 0, d)), world.material(1.5))
    world.add(quad((left, h, near), (w, 0, 0), (0, 0, d)), world.tinted((0.85, 0.84, 0.8), 0.03, 2, 0.15))
    world.add(quad((left, 0, near), (0, 0, d), (0, h, 0)), walls[0])
    world.add(quad((right, 0, near), (0, 0, d), (0, h, 0)), walls[1])
    world.add(quad((left, 0, far), (w, 0, 0), (0, h, 0)), walls[2])
    world.add(quad((left, 0, near), (w, 0, 0), (0, h, 0)), walls[3])
    for _ in range(random.integers(0, 6)):
        hang(world, (left, right, near, far, h))
    for _ in range(random.integers(2, 11)):
        z = random.uniform(1.0, max(far - 0.5, 1.2))
        x = random.choice([left + 0.5, right - 0.5]) if random.random() < 0.5 else random.uniform(left + 0.4, right - 0.4)
        put(world, furniture(world), x, 0, z, random.choice([0, np.pi / 2, np.pi, random.uniform(0, 6)]))
    for _ in range(random.integers(0, 3)):
        x, z, drop = random.uniform(left, right), random.uniform(1, max(far, 1.5)), random.uniform(0.3, 1.1)
        world.add(tube([(x, h, z), (x, h - drop, z)], 0.01, 5), world.material(0.2))
        world.add(lathe([-0.15, 0.1], [random.uniform(0.1, 0.35), 0.04]).moved(x, h - drop, z), world.material(0.3, 0.1, glow=float(random.choice([0, 0.6]))))
    world.indoor = True
    aim(world, random.uniform(0.5, 1.9), random.normal(-0.08, 0.18), random.normal(0, 0.45))


def hang(world: World, room_size: tuple[float, float, float, float, float]) -> None:
    """A picture, window, door or board on one of three walls."""
    random = world.random
    left, right, _, far, h = room_size
    w, tall = random.uniform(0.3, 1.8), random.uniform(0.3, 1.4)
    y = random.uniform(0.6, max(0.7, h - tall - 0.1))
    if random.random() < 0.2:
        w, tall, y = 0.9, 2.0, 0.0
    glow = float(random.choice([0, 0, 1.0]))
    material = world.material(w, float(random.choice([0.2, 1.0])), glow=glow)
    wall = random.integers(3)
    if wall == 0:
        world.add(box(w, tall, 0.05).moved(random.uniform(left + w / 2, max(left + w / 2 + 0.1, right - w / 2)), y, far), material)
    else:
        x = left if wall == 1 else right
        world.add(box(0.05, tall, w).moved(x, y, random.uniform(0.5, max(0.6, far - w / 2))), material)


def street(world: World) -> None:
    random = world.random
    world.add(quad((-150, 0, -5), (300, 0, 0), (0, 0, 500)), world.tinted((0.35, 0.35, 0.36), 0.04, 3, 0.6))
    half = random.uniform(4, 14)
    world.add(box(3, 0.12, 400).moved(-half + 1.5, 0, 195), world.material(1.5))
    world.add(box(3, 0.12, 400).moved(half - 1.5, 0, 195), world.material(1.5))
    for side in (-1, 1):
        if random.random() < 0.15:
            continue
        z = random.uniform(-4, 6)
        while z < 140:
            width, deep = random.uniform(5, 22), random.uniform(6, 14)
            tall = random.uniform(3, 9) if random.random() < 0.5 else random.uniform(8, 32)
            gap = random.uniform(0, 2.5)
            facade = world.material(4.0, grid=float(random.choice([0, random.uniform(1.5, 4)], p=[0.2, 0.8])))
            world.add(box(deep, tall, width).moved(side * (half + deep / 2 + gap), 0, z + width / 2), facade)
            if random.random() < 0.3:
                world.add(lathe([0, random.uniform(1, 4)], [0.75 * width, 0], 5).turned(np.pi / 4).moved(side * (half + deep / 2 + gap), tall, z + width / 2), world.tinted((0.5, 0.25, 0.2)))
            z += width + (random.uniform(0, 8) if random.random() < 0.25 else 0)
    if random.random() < 0.4:
        z = random.uniform(30, 120)
        world.add(box(60, random.uniform(5, 30), 10).moved(0, 0, z), world.material(4.0, grid=3.0))
    for _ in range(random.integers(0, 8)):
        x = random.choice([-1, 1]) * random.uniform(0.3, 0.75) * half
        put(world, car(world), x, 0, random.uniform(5, 60), np.pi / 2 + random.normal(0, 0.1))
    for _ in range(random.integers(0, 7)):
        put(world, person(world, random.uniform(1.5, 1.9)), random.uniform(-half, half), 0, random.uniform(6, 40), random.uniform(0, 6))
    for _ in range(random.integers(0, 6)):
        put(world, tree(world, random.uniform(3, 9)), random.choice([-1, 1]) * (half - random.uniform(0.3, 2.5)), 0, random.uniform(5, 60))
    for z in np.arange(random.uniform(4, 12), 80, random.uniform(12, 30)):
        x = random.choice([-1, 1]) * (half - 2.8)
        world.add(tube([(x, 0, z), (x, 6, z), (x - np.sign(x) * 1.5, 6.2, z)], 0.07, 6), world.tinted((0.25, 0.25, 0.25)))
    world.haze_metres = float(np.exp(random.uniform(np.log(80), np.log(3000))))
    high = random.random() < 0.15
    aim(world, random.uniform(4, 15) if high else random.uniform(1.0, 2.0), random.normal(-0.25, 0.15) if high else random.normal(0.05, 0.15), random.normal(0, 0.35))
    if random.random() < 0.15:
        world.camera.pitch = random.uniform(0.3, 0.8)


def landscape(world: World) -> None:
    random = world.random
    deep = float(np.exp(random.uniform(np.log(60), np.log(1500))))
    rise = deep * random.uniform(0.005, 0.12)
    ground = terrain(deep * 2.2, deep, rise, random).moved(0, 0, -2)
    world.add(ground, world.tinted(((0.3, 0.4, 0.18), (0.55, 0.48, 0.33), (0.42, 0.38, 0.33), (0.85, 0.87, 0.9))[random.integers(4)], 0.05, deep / 25, 0.9))
    if random.random() < 0.45:
        level = random.uniform(-0.4, 0.25) * rise
        world.add(quad((-deep * 2, level, -5), (deep * 4, 0, 0), (0, 0, deep * 3)), world.tinted((0.22, 0.36, 0.45), 0.06, deep / 10, 0.3))
    for _ in range(random.integers(0, 4)):
        size = deep * random.uniform(0.15, 0.6)
        world.add(terrain(size * 3, size, size * 0.25, random, 40).moved(random.normal(0, deep), random.uniform(-0.1, 0.1) * size, deep * random.uniform(0.6, 1.1)), world.tinted((0.35, 0.38, 0.4), 0.05, deep / 8, 0.7))
    v = ground.vertices
    for _ in range(random.integers(0, 25)):
        spot = v[random.integers(len(v))]
        if spot[2] < 3 or abs(spot[0]) > spot[2] * 1.3:
            continue
        if random.random() < 0.7:
            put(world, tree(world, random.uniform(3, 12)), float(spot[0]), float(spot[1]) - 0.2, float(spot[2]))
        else:
            r = random.uniform(0.3, 2.5)
            world.add(ellipsoid(r, r * 0.6, r * random.uniform(0.6, 1.4), 9).moved(*(float(q) for q in spot)), world.tinted((0.45, 0.43, 0.4), 0.05, r, 0.8))
    world.haze_metres = deep * random.uniform(0.5, 8)
    near = v[(np.abs(v[:, 0]) < deep * 0.1) & (v[:, 2] < deep * 0.05)]
    base = float(near[:, 1].max()) if len(near) else 0.0
    world.floor = None
    aim(world, base + random.uniform(1.2, 2.0) + (rise * random.uniform(0.2, 2) if random.random() < 0.4 else 0), random.normal(-0.05, 0.12))


def tabletop(world: World) -> None:
    random = world.random
    w, d = random.uniform(0.6, 1.6), random.uniform(0.5, 1.2)
    distance = random.uniform(0.35, 0.9)
    pitch = -random.uniform(0.08, 0.95)
    height = distance * np.tan(-pitch) * random.uniform(0.85, 1.1) + 0.08
    top = world.material(0.6)
    world.add(box(w * 1.5, 0.04, d * 2).moved(0, -0.04, distance), top)
    back = distance + random.uniform(0.5, 4)
    world.add(quad((-8, -2, back), (16, 0, 0), (0, 7, 0)), world.material(2.0))
    world.add(quad((-8, -0.75, -3), (16, 0, 0), (0, 0, 12)), world.material(1.0))
    for _ in range(random.integers(0, 5)):
        put(world, furniture(world), random.uniform(-2.5, 2.5), -0.75, back - random.uniform(0.3, 1.0), random.uniform(0, 6))
    clear = random.random() < 0.6
    scale = distance * random.uniform(0.25, 0.5)
    if clear:
        put(world, household(world, scale), random.normal(0, 0.04), 0, distance, random.uniform(0, 6), True)
        world.subject = PRESENT
        world.focus_metres = distance if random.random() < 0.6 else 0.0
    else:
        world.subject = UNKNOWN
    for _ in range(random.integers(0, 4) if clear else random.integers(3, 14)):
        x, z = random.uniform(-0.45, 0.45) * w, distance + random.uniform(-0.3, 0.6) * d
        if not clear or abs(x) > scale * 0.6:
            put(world, household(world, scale * random.uniform(0.3, 0.9)), x, 0, z, random.uniform(0, 6))
    world.indoor = random.random() < 0.8
    world.floor = None
    aim(world, height, pitch)
    world.camera.fov = random.uniform(0.5, 1.0)


def clutter(world: World) -> None:
    """Objects at every distance and height, so that height in the picture tells nothing."""
    random = world.random
    far = float(np.exp(random.uniform(np.log(1.5), np.log(40))))
    if random.random() < 0.75:
        tilt = random.normal(0, 0.35)
        wall = quad((-far * 4, -far * 4, 0), (far * 8, 0, 0), (0, far * 8, 0)).turned(tilt, random.normal(0, 0.35))
        world.add(wall.moved(0, 0, far * 1.2), world.material(far / 3))
    for _ in range(random.integers(6, 45)):
        z = float(np.exp(random.uniform(np.log(far * 0.12), np.log(far))))
        size = z * random.uniform(0.08, 0.5)
        put(world, [(m.turned(random.uniform(0, 6), random.uniform(0, 6)), k) for m, k in household(world, size)], random.uniform(-0.7, 0.7) * z, random.uniform(-0.6, 0.6) * z, z)
    world.subject, world.floor = UNKNOWN, None
    world.indoor = random.random() < 0.5
    aim(world, 0.0, 0.0)


def surface(world: World) -> None:
    """One plane at any slant: facades, walls, floors from above, shelves, with flat things on it."""
    random = world.random
    z = float(np.exp(random.uniform(np.log(0.5), np.log(15))))
    yaw, pitch = random.normal(0, 0.5), random.normal(0, 0.4)
    grid = float(random.choice([0, z * random.uniform(0.1, 0.4)]))
    plane = quad((-z * 12, -z * 12, 0), (z * 24, 0, 0), (0, z * 24, 0)).turned(yaw, pitch)
    world.add(plane.moved(0, 0, z), world.material(z, grid=grid))
    for _ in range(random.integers(0, 12)):
        size = z * random.uniform(0.05, 0.4)
        thing = box(size * random.uniform(0.5, 2), size * random.uniform(0.5, 2), size * random.uniform(0.1, 0.8))
        x, y = random.uniform(-0.7, 0.7, 2) * z
        world.add(thing.moved(x, y, 0).turned(yaw, pitch).moved(0, 0, z), world.material(size))
    world.subject, world.floor = UNKNOWN, None
    world.indoor = random.random() < 0.5
    aim(world, 0.0, 0.0)


def above(world: World) -> None:
    """Looking steeply down: floors, desks, streets from a window, valleys."""
    random = world.random
    [room, street, tabletop, landscape][random.integers(4)](world)
    world.camera.pitch = -random.uniform(0.5, 1.4)
    x, y, z = world.camera.position
    world.camera.position = (x, y * random.uniform(1.0, 1.4) if not world.indoor else y, z)
    if world.subject == PRESENT:
        world.subject = UNKNOWN


def through(world: World) -> None:
    """Thin structures, leaves or a frame before a scene."""
    random = world.random
    random.choice(np.array([room, street, landscape], dtype=object))(world)
    x, y, z = world.camera.position
    distance = random.uniform(0.5, 3)
    size = distance * random.uniform(1.2, 2.4)
    put(world, thin(world, size, size * random.uniform(0.5, 1.2)), x + random.normal(0, 0.2) * size, y - size * random.uniform(0.2, 0.8), z + distance, random.normal(0, 0.4))
    world.subject = UNKNOWN


def with_subject(world: World, parts_kind: str) -> None:
    """A room, street or landscape with one or more people, an animal, a vehicle or a plant in front."""
    random = world.random
    random.choice(np.array([room, street, landscape], dtype=object))(world)
    base = world.camera.position
    ground = base[1] - random.uniform(1.0, 1.8) if world.floor is None else world.floor
    camera_height = base[1] - ground
    if parts_kind == "portrait":
        distance = random.uniform(0.6, 1.5)
        put(world, person(world), random.normal(0, 0.08), ground + camera_height - random.uniform(1.3, 1.6), distance, np.pi + random.normal(0, 0.5), True)
    elif parts_kind == "people":
        distance = random.uniform(2.0, 5.0)
        for _ in range(1 if random.random() < 0.65 else random.integers(2, 5)):
            put(world, person(world, random.uniform(1.2, 1.9)), random.normal(0, 0.12 * distance), ground, distance * random.uniform(0.9, 1.15), random.uniform(0, 6), True)
    elif parts_kind == "animal":
        distance = random.uniform(1.0, 3.0)
        put(world, animal(world, distance * random.uniform(0.35, 0.6)), random.normal(0, 0.1), ground, distance, random.uniform(0, 6), True)
    elif parts_kind == "vehicle":
        distance = random.uniform(5.0, 10.0)
        put(world, car(world), random.normal(0, 0.5), ground, distance, random.uniform(0, 6), True)
    else:
        distance = random.uniform(0.8, 3.0)
        put(world, household(world, distance * random.uniform(0.4, 0.8)), random.normal(0, 0.1), ground + camera_height - distance * random.uniform(0.1, 0.4), distance, 0, True)
        put(world, [(box(0.5 * distance, 3, 0.5 * distance).moved(0, -3, 0), world.material(0.5))], 0, ground + camera_height - distance * 0.4, distance)
    world.subject = PRESENT
    world.camera.yaw *= 0.3
    world.camera.pitch = float(np.clip(world.camera.pitch, -0.3, 0.15)) * 0.6
    world.camera.pitch -= float(np.arctan2(camera_height - 0.8, distance)) * random.uniform(0.5, 1.0) if parts_kind in ("people", "animal", "vehicle") else 0.0
    world.focus_metres = distance if random.random() < 0.45 else 0.0


def subject_family(kind: str) -> Callable[[World], None]:
    return lambda world: with_subject(world, kind)


FAMILIES: dict[str, tuple[float, Callable[[World], None]]] = {
    "room": (0.19, room),
    "street": (0.12, street),
    "landscape": (0.10, landscape),
    "tabletop": (0.10, tabletop),
    "clutter": (0.08, clutter),
    "surface": (0.06, surface),
    "above": (0.07, above),
    "through": (0.05, through),
    "portrait": (0.06, subject_family("portrait")),
    "people": (0.06, subject_family("people")),
    "animal": (0.04, subject_family("animal")),
    "vehicle": (0.04, subject_family("vehicle")),
    "object": (0.03, subject_family("object")),
}
