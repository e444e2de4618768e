import {
  CAMERA_PATHS,
  type CameraPathKind,
  type CameraPose,
  cameraPath,
  distanceOf,
  PHOTO_POSE,
} from '@diorama/core/scene';

/** How a view moves by itself. */
export const PATH_NAMES = [...CAMERA_PATHS, 'none'] as const;
export type PathName = CameraPathKind | 'none';

/** Distance of a photo's farthest point, its nearest being at 1: as deep as the studio's stage is by itself. */
export const FARTHEST = 3.8;
/** One turn of a path at speed 1. */
const TURN_SECONDS = 6;
/** How fast the eye follows, 1/s. */
const FOLLOW_PER_SECOND = 9;
/** Closer than this to its aim, nothing on a screen would change. */
const STILL = 1e-3;

export interface MotionSettings {
  readonly path: PathName;
  /** 0..1 */
  readonly amount: number;
  readonly speed: number;
  /** The inverse depth that keeps its place, 0..1. */
  readonly focus: number;
}

/** What moves the eye: a path, a person, or both one after the other. No DOM: time is handed in. */
export class ViewMotion {
  #settings: MotionSettings = { path: 'sway', amount: 0.5, speed: 1, focus: 0.5 };
  #isPlaying = false;
  /** 0..1: how much of the path there is now. Fades, so that nothing jumps. */
  #weight = 0;
  #share = 0;
  #aim = { x: 0, y: 0 };
  #now = { x: 0, y: 0 };
  #isHeld = false;

  get settings(): MotionSettings {
    return this.#settings;
  }
  set settings(settings: MotionSettings) {
    this.#settings = settings;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  play(): void {
    this.#isPlaying = true;
    this.#isHeld = false;
    this.#aim = { x: 0, y: 0 };
  }

  pause(): void {
    this.#isPlaying = false;
  }

  get look(): { readonly x: number; readonly y: number } {
    return this.#aim;
  }

  /** A person looks from somewhere: -1 left or below, 1 right or above. The path waits meanwhile. */
  lookFrom(x: number, y: number): void {
    this.#aim = { x: clamp(x), y: clamp(y) };
    this.#isHeld = true;
  }

  /** Nobody holds it any more: it goes back to the middle, or to its path. */
  letGo(): void {
    this.#aim = { x: 0, y: 0 };
    this.#isHeld = false;
  }

  /** Goes on by some seconds; true while there is more to come. `isInstant`: without any easing. */
  advance(seconds: number, isInstant = false): boolean {
    const { path, speed } = this.#settings;
    const isOnPath = this.#isPlaying && !this.#isHeld && path !== 'none' && speed > 0;
    const follow = isInstant ? 1 : 1 - Math.exp(-FOLLOW_PER_SECOND * seconds);
    this.#weight += ((isOnPath ? 1 : 0) - this.#weight) * follow;
    this.#now.x += (this.#aim.x - this.#now.x) * follow;
    this.#now.y += (this.#aim.y - this.#now.y) * follow;
    if (isOnPath) this.#share = (this.#share + (seconds * speed) / TURN_SECONDS) % 1;
    const isOnWay =
      this.#weight > STILL ||
      Math.abs(this.#aim.x - this.#now.x) > STILL ||
      Math.abs(this.#aim.y - this.#now.y) > STILL;
    if (!isOnPath && !isOnWay) {
      this.#weight = 0;
      this.#now = { ...this.#aim };
    }
    return isOnPath || isOnWay;
  }

  get pose(): CameraPose {
    const { path, amount, focus } = this.#settings;
    const focusDistance = distanceOf(focus, FARTHEST);
    const turn =
      path === 'none' ? PHOTO_POSE : cameraPath(path, this.#share, { amount, focusDistance });
    const side = cameraPath('sway', 0.25, { amount }).x;
    return {
      x: side * this.#now.x + turn.x * this.#weight,
      y: side * this.#now.y + turn.y * this.#weight,
      z: turn.z * this.#weight,
      zoom: 1 + (turn.zoom - 1) * this.#weight,
    };
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
