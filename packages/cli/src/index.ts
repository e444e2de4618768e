export type { CommandContext, Output } from './context.ts';
export { runDiorama } from './run-diorama.ts';
