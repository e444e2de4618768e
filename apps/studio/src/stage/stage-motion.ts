import { type CameraPose, PHOTO_POSE, poseAtSide } from '@diorama/core/scene';
import { Spring } from './spring.ts';
import {
  farthestOf,
  focusDistanceOf,
  STANDARD_STAGE,
  type StageSettings,
  stagePose,
} from './stage-settings.ts';

/** How fast a jump between two ways of the camera fades, 1/s. */
const FADE = 7;
const FADED = 1e-4;

/** The loop of a recipe. */
export interface StageLoop {
  /** How long one turn takes. */
  readonly seconds: number;
  /** Whether effects move in it, so that it goes on where the camera stands still. */
  readonly isAlive: boolean;
}

/** Moves the camera: along its path, after the pointer, and softly from one to the other. Time is handed in. */
export class StageMotion {
  #settings: StageSettings = STANDARD_STAGE;
  #loop: StageLoop = { seconds: 6, isAlive: false };
  #share = 0;
  /** Until it first plays, the camera is where the photo was taken, wherever the path begins. */
  #hasBegun = false;
  readonly #right = new Spring();
  readonly #up = new Spring();
  readonly #stillness = new Spring(1);
  /** What is left of the pose before a change, on its way to nothing. */
  #carry: CameraPose = { ...PHOTO_POSE, zoom: 0 };

  /** Where in the loop it is, 0..1. */
  get share(): number {
    return this.#share;
  }

  /** 1 without a path, 0 on one, and softly from one to the other. */
  get stillness(): number {
    return this.#stillness.value;
  }

  get isOnPath(): boolean {
    return this.#settings.isPlaying && this.#settings.path !== 'still';
  }

  get pose(): CameraPose {
    const at = this.#aimedPose;
    const carry = this.#carry;
    return {
      x: at.x + carry.x,
      y: at.y + carry.y,
      z: at.z + carry.z,
      zoom: at.zoom + carry.zoom,
    };
  }

  /** Takes other settings on; the camera goes over to them without a jump. */
  set(settings: StageSettings, loop: StageLoop): void {
    const before = this.pose;
    this.#settings = settings;
    this.#hasBegun ||= this.isOnPath;
    this.#stillness.aim = this.isOnPath ? 0 : 1;
    this.#loop = loop;
    const after = this.#aimedPose;
    this.#carry = {
      x: before.x - after.x,
      y: before.y - after.y,
      z: before.z - after.z,
      zoom: before.zoom - after.zoom,
    };
  }

  /** Goes to a moment of the loop at once. */
  seek(share: number): void {
    this.#share = share - Math.floor(share);
  }

  /** Where the person wants the camera: -1..1 to the right and up. Says whether that is somewhere else. */
  lookFrom(right: number, up: number): boolean {
    const before = this.aim;
    this.#right.aim = Math.min(1, Math.max(-1, right));
    this.#up.aim = Math.min(1, Math.max(-1, up));
    return this.#right.aim !== before.right || this.#up.aim !== before.up;
  }

  get aim(): { readonly right: number; readonly up: number } {
    return { right: this.#right.aim, up: this.#up.aim };
  }

  /** Goes on by some seconds; whether there is more to come. */
  advance(seconds: number): boolean {
    const isRunning = this.#settings.isPlaying && (this.isOnPath || this.#loop.isAlive);
    if (isRunning) this.seek(this.#share + seconds / this.#loop.seconds);
    this.#right.advance(seconds);
    this.#up.advance(seconds);
    this.#stillness.advance(seconds);
    const { x, y, z, zoom } = this.#carry;
    const rest = Math.exp(-FADE * seconds);
    const isFaded = Math.max(Math.abs(x), Math.abs(y), Math.abs(z), Math.abs(zoom)) < FADED;
    const left = isFaded ? 0 : rest;
    this.#carry = { x: x * left, y: y * left, z: z * left, zoom: zoom * left };
    const springs = [this.#right, this.#up, this.#stillness];
    return isRunning || !isFaded || springs.some(({ isResting }) => !isResting);
  }

  get #aimedPose(): CameraPose {
    const settings = this.#settings;
    const path = this.#hasBegun ? stagePose(settings, this.#share) : PHOTO_POSE;
    const side = poseAtSide(this.#right.value, this.#up.value, {
      amount: settings.amount,
      focusDistance: focusDistanceOf(settings.look),
      farthest: farthestOf(settings.look),
    });
    return {
      x: path.x + side.x,
      y: path.y + side.y,
      z: path.z,
      zoom: path.zoom * side.zoom,
    };
  }
}
