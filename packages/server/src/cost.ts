import type { LayersDocument } from '@diorama/contract';

/** What the machine costs, and among how many photos its time is shared. */
export interface CostBasis {
  /** US dollars; no costs in dollars without it and `gpuUsdPerHour`. */
  readonly machineUsdPerHour?: number | undefined;
  /** US dollars, where the GPU is paid for besides. */
  readonly gpuUsdPerHour?: number | undefined;
  /** Photos that the machine works on at once, at least 1. */
  readonly photoWorkers: number;
  /** Sessions that share the GPU, at least 1. */
  readonly sessions: number;
}

/** What one photo took, as far as it was measured. */
export type MeasuredWork = Pick<LayersDocument, 'timingsMs' | 'model' | 'batchSize'>;

/** What one photo took, and what that costs where prices are known. */
export interface Receipt {
  /** Decoding, predicting, refining and encoding; waiting costs nothing. */
  readonly computeMs: number;
  readonly predictMs: number;
  /** Pictures that the network ran together with this one, itself included. */
  readonly batchSize: number;
  readonly usd?: number;
}

const MS_PER_HOUR = 3_600_000;

/**
 * The receipt of one photo: the machine's price for its share of the photo workers, and the GPU's price for its share of a
 * batch and of the sessions side by side. Time that nobody used is in no receipt.
 */
export function receiptOf(
  { timingsMs, model, batchSize = 1 }: MeasuredWork,
  { machineUsdPerHour, gpuUsdPerHour, photoWorkers, sessions }: CostBasis,
): Receipt {
  const { decode = 0, predict = 0, refine = 0, encode = 0 } = timingsMs;
  const computeMs = decode + predict + refine + encode;
  const receipt = { computeMs, predictMs: predict, batchSize };
  if (machineUsdPerHour === undefined && gpuUsdPerHour === undefined) return receipt;
  const machineUsd = ((machineUsdPerHour ?? 0) / MS_PER_HOUR) * (computeMs / photoWorkers);
  const gpuMs = model.provider === 'cpu' ? 0 : predict / sessions / batchSize;
  return { ...receipt, usd: machineUsd + ((gpuUsdPerHour ?? 0) / MS_PER_HOUR) * gpuMs };
}

/** The receipt as headers: `X-Cost` is a dictionary of RFC 9651, whose numbers have three digits after the point. */
export function receiptHeaders(receipt: Receipt): Readonly<Record<string, string>> {
  const { computeMs, predictMs, batchSize, usd } = receipt;
  const cost = [
    `compute-ms=${computeMs.toFixed(1)}`,
    `predict-ms=${predictMs.toFixed(1)}`,
    `batch=${batchSize}`,
  ];
  if (usd === undefined) return { 'x-cost': cost.join(', ') };
  const micros = (usd * 1e6).toFixed(3);
  return { 'x-cost': [...cost, `usd-micros=${micros}`].join(', '), 'x-cost-usd': usd.toFixed(9) };
}
