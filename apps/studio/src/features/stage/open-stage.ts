import type { Size } from '@diorama/core';
import { isMoving } from '@diorama/engine/recipe';
import type { StudioState } from '../../engine/state.ts';
import type { Studio } from '../../engine/studio.ts';
import { listenToHands } from '../../stage/stage-input.ts';
import { arrowOf, turnByKey } from '../../stage/stage-keys.ts';
import { StagePlayer } from '../../stage/stage-player.ts';
import type { StageLook } from '../../stage/stage-settings.ts';
import { StageSource } from '../../stage/stage-source.ts';
import { listenToTilt } from '../../stage/tilt.ts';
import { groundOf } from './ground-of.ts';

/** How far an arrow key looks to the side, of all that it may. */
const KEY_STEP = 0.25;

/** A stage that is open in the page. */
export interface StageHandle {
  /** Does what a key means; whether it meant something. */
  press(event: KeyboardEvent): boolean;
  dispose(): void;
}

/**
 * Opens a stage in an element, which it fills: a canvas of its own, the studio's layers and settings, and all hands.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` where there is no WebGL
 */
export function openStage(
  element: HTMLElement,
  studio: Studio,
  onLost: (isLost: boolean) => void,
): StageHandle {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'The photo on the stage');
  // A canvas has one context for good: another stage gets another canvas.
  const player = new StagePlayer(canvas, onLost);
  element.append(canvas);
  let photo: Size = { width: 1, height: 1 };
  const settings = () => studio.store.get().stage;
  const isTurned = () => settings().look.kind !== 'parallax';

  const lay = () => {
    const room = { width: element.clientWidth, height: element.clientHeight };
    const size = isTurned() ? room : fitted(photo, room);
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    player.setSize(size, devicePixelRatio);
  };
  const source = new StageSource(studio, {
    onLayers: (layers, size) => {
      photo = size;
      player.setLayers(layers, size);
      lay();
    },
    share: () => player.motion.share,
  });
  const setLook = (change: Partial<StageLook>) =>
    studio.setStage({ look: { ...settings().look, ...change } });

  let tilt: (() => void) | undefined;
  let shown: Pick<StudioState, 'stage' | 'recipe'> | undefined;
  const follow = () => {
    const { stage, recipe } = studio.store.get();
    if (shown?.stage === stage && shown.recipe === recipe) return;
    shown = { stage, recipe };
    player.set(stage, { seconds: recipe.loopSeconds, isAlive: recipe.effects.some(isMoving) });
    lay();
    if (stage.isTilted) tilt ??= listenToTilt((right, up) => player.lookFrom(right, up));
    else if (tilt) {
      tilt = void tilt();
      player.lookFrom(0, 0);
    }
  };
  const unsubscribe = studio.store.subscribe(follow);
  follow();

  const stopHands = listenToHands(canvas, {
    isTurned,
    isHovered: () => !player.motion.isOnPath,
    onLook: (right, up) => player.lookFrom(right, up),
    onTurn: (change) => setLook({ turn: change(settings().look.turn) }),
  });
  const room = new ResizeObserver(lay);
  room.observe(element);
  const paint = () => player.setGround(groundOf(element));
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', paint);
  paint();

  return {
    press: ({ key, shiftKey, ctrlKey, metaKey, altKey }) => {
      if (ctrlKey || metaKey || altKey) return false;
      if (key === ' ') {
        studio.setStage({ isPlaying: !settings().isPlaying });
        return true;
      }
      if (isTurned()) {
        const turn = turnByKey(settings().look.turn, key, shiftKey);
        if (turn) setLook({ turn });
        return turn !== undefined;
      }
      const arrow = arrowOf(key);
      if (key !== '0' && !arrow) return false;
      const { right, up } = player.motion.aim;
      const [byRight, byUp] = arrow ?? [-right / KEY_STEP, -up / KEY_STEP];
      player.lookFrom(right + byRight * KEY_STEP, up + byUp * KEY_STEP);
      return true;
    },
    dispose: () => {
      scheme.removeEventListener('change', paint);
      room.disconnect();
      stopHands();
      tilt?.();
      unsubscribe();
      source.dispose();
      player.dispose();
      canvas.remove();
    },
  };
}

/** As large as it fits, whole pixels. */
function fitted(photo: Size, room: Size): Size {
  const scale = Math.min(room.width / photo.width, room.height / photo.height);
  return {
    width: Math.max(1, Math.round(photo.width * scale)),
    height: Math.max(1, Math.round(photo.height * scale)),
  };
}
