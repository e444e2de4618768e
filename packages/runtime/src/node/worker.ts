// What a worker of a pool needs, without what its owner needs: schemas and the folder of models, which take longer to load
// than all of this.

export { fitModelPicture } from '../shared/fit-model-picture.ts';
export { assertModelSize, fitModelSize } from '../shared/model-size.ts';
export type { Parcel } from '../shared/pool-messages.ts';
export type { TaskContext, WorkerHandlers } from '../shared/serve-tasks.ts';
export { serveWorker } from './serve-worker.ts';
