import type { Diorama } from '@diorama/engine';
import type { ServerConfig } from './config.ts';
import { type MeasuredWork, type Receipt, receiptOf } from './cost.ts';

/** What photos cost on this server: by the prices of its settings, and the workers and sessions that its engine has. */
export function openReceipts(
  { pricePerHour, gpuPricePerHour }: Pick<ServerConfig, 'pricePerHour' | 'gpuPricePerHour'>,
  engine: () => Diorama | undefined,
): (work: MeasuredWork) => Receipt {
  return (work) => {
    const stats = engine()?.stats();
    return receiptOf(work, {
      machineUsdPerHour: pricePerHour,
      gpuUsdPerHour: gpuPricePerHour,
      photoWorkers: stats?.photos.size ?? 1,
      sessions: stats?.sessions[work.model.id]?.size ?? 1,
    });
  };
}
