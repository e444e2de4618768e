/** What is done with layers: scenes, cameras, effects, strokes, shapes, and the files of them. No photo's way to its layers needs it. */
export {
  CAMERA_PATHS,
  type CameraPathKind,
  type CameraPathOptions,
  cameraPath,
  poseAtSide,
  WIDEST_SIDE,
} from '../camera/camera-path.ts';
export { type CameraPose, PHOTO_POSE } from '../camera/camera-pose.ts';
export { type Lens, lensOf } from '../camera/lens.ts';
export { type ColourDepthOptions, colourDepth } from '../colour-map/colour-depth.ts';
export { COLOUR_MAP_NAMES, type ColourMapName, colourTable } from '../colour-map/colour-map.ts';
export {
  applyBackground,
  type BackgroundFill,
  type BackgroundOptions,
  backgroundSteps,
} from '../effects/background.ts';
export { applyCinemagraph } from '../effects/cinemagraph.ts';
export type { CinemagraphOptions } from '../effects/cinemagraph-options.ts';
export { applyColourPop, type ColourPopOptions } from '../effects/colour-pop.ts';
export { applyHaze, type HazeOptions } from '../effects/haze.ts';
export {
  applyLensBlur,
  depthSeenAt,
  type LensBlurOptions,
  lensBlurSteps,
} from '../effects/lens-blur.ts';
export { applyLightFalloff, type LightFalloffOptions } from '../effects/light-falloff.ts';
export { applyParticles } from '../effects/particles.ts';
export type {
  LoopMoment,
  ParticleBuffers,
  ParticlesMoment,
  ParticlesOptions,
} from '../effects/particles-options.ts';
export type { ParticleKind } from '../effects/particles-traits.ts';
export { applyRelight, type RelightOptions } from '../effects/relight.ts';
export { extendSubjectDepth } from '../effects/subject-depth.ts';
export { type DepthMesh, type DepthMeshOptions, depthMesh } from '../mesh/depth-mesh.ts';
export { type DepthGrid, type DepthGridOptions, depthGrid } from '../mesh/depth-mesh-grid.ts';
export { type PointCloud, pointCloud } from '../mesh/point-cloud.ts';
export type { ShapeOptions } from '../mesh/shape-options.ts';
export { type Voxels, voxels } from '../mesh/voxels.ts';
export { type GlbMesh, type GlbScene, writeGlb } from '../mesh/write-glb.ts';
export { type ColouredPoints, writePly } from '../mesh/write-ply.ts';
export { type PngShape, pngChunk, pngEnd, pngStart } from '../picture-file/png-chunks.ts';
export { isWordRaster, type PngBand, pngRows } from '../picture-file/png-rows.ts';
export { spreadColours } from '../picture-file/spread-colours.ts';
export { webpWithAlpha } from '../picture-file/webp-alpha.ts';
export { keepOldColour } from '../retouch/decontaminate.ts';
export { type DepthPlanes, type DepthStrokeShape, retouchDepth } from '../retouch/depth-retouch.ts';
export { type MatteEdge, type MatteStrokeShape, retouchMatte } from '../retouch/matte-retouch.ts';
export { type CleanPlate, cleanPlate, type PlateDepths } from './clean-plate.ts';
export { DEFAULT_FOV_RADIANS, distanceOf, inverseOf } from './distance.ts';
export { flattenScene } from './flatten-scene.ts';
export {
  DEFAULT_FARTHEST,
  type LayeredScene,
  type LoopShare,
  type SceneLayer,
} from './layered-scene.ts';
export { settlePlate } from './settle-plate.ts';
export { type PartedLayer, takeApart } from './take-apart.ts';
