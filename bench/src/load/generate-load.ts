import { runChild } from '../child-process.ts';
import type { LoadAnswer, LoadPlan } from './load-plan.ts';

const START_AND_END_MS = 180_000;

/** Sends a load from a process of its own, so that sending it costs the server's process nothing. */
export async function generateLoad(plan: LoadPlan): Promise<readonly LoadAnswer[]> {
  const input = new TextEncoder().encode(JSON.stringify(plan));
  const { value } = await runChild('load', input, plan.durationMs + START_AND_END_MS);
  return value as LoadAnswer[]; // what children/load.ts prints
}
