import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type MeasuredWork, receiptHeaders, receiptOf } from './cost.ts';

const timingsMs = { decode: 100, queue: 5000, predict: 200, refine: 300, encode: 400 };

function work(provider: string, batchSize?: number): MeasuredWork {
  const model = { id: 'm', version: '1', sha256: '', licence: '', provider };
  return { timingsMs, model, ...(batchSize === undefined ? {} : { batchSize }) };
}

const shares = { photoWorkers: 2, sessions: 2 };

describe('receiptOf', () => {
  it('says what a photo took without a price, and that waiting took nothing', () => {
    expect(receiptOf(work('cpu'), shares)).toEqual({
      computeMs: 1000,
      predictMs: 200,
      batchSize: 1,
    });
  });

  it('charges the share of the machine that one of its photo workers is', () => {
    const { usd } = receiptOf(work('cpu'), { ...shares, machineUsdPerHour: 7.2 });
    expect(usd).toBeCloseTo(0.001, 12); // 7.2 / 3600 for a second, half of it for one of two workers
  });

  it('charges the share of the GPU that a picture of a batch has, beside the machine', () => {
    const prices = { machineUsdPerHour: 7.2, gpuUsdPerHour: 36 };
    const { usd } = receiptOf(work('cuda', 4), { ...shares, ...prices });
    expect(usd).toBeCloseTo(0.001 + (0.01 * 0.2) / 2 / 4, 12);
  });

  it('charges no GPU for a network that ran on the processor', () => {
    expect(receiptOf(work('cpu'), { ...shares, gpuUsdPerHour: 36 }).usd).toBe(0);
  });

  it('charges as much for an hour of full load as the hour costs', () => {
    const { usd = 0 } = receiptOf(work('cpu'), { ...shares, machineUsdPerHour: 0.5 });
    const photosInAnHour = shares.photoWorkers * 3600;
    expect(usd * photosInAnHour).toBeCloseTo(0.5, 9);
  });
});

describe('receiptHeaders', () => {
  it('has no dollars without a price', () => {
    const headers = receiptHeaders(receiptOf(work('cpu'), shares));
    expect(headers).toEqual({ 'x-cost': 'compute-ms=1000.0, predict-ms=200.0, batch=1' });
  });

  it('writes numbers as structured fields allow, however small', () => {
    const basis = { ...shares, machineUsdPerHour: 0.000001 };
    const headers = receiptHeaders(receiptOf(work('cuda', 8), basis));
    expect(headers['x-cost-usd']).toBe('0.000000000');
    expect(headers['x-cost']).toMatch(/^([a-z-]+=\d{1,12}(\.\d{1,3})?(, |$)){4}/);
  });
});

describe('the example in docs/http.md', () => {
  it('is what the formula gives', () => {
    const page = readFileSync(new URL('../../../docs/http.md', import.meta.url), 'utf8');
    const given = (pattern: RegExp) => Number(pattern.exec(page)?.[1]);
    const example: MeasuredWork = {
      ...work('cuda', given(/batch=(\d+)/)),
      timingsMs: {
        refine: given(/compute-ms=([\d.]+)/) - given(/predict-ms=([\d.]+)/),
        predict: given(/predict-ms=([\d.]+)/),
      },
    };
    const receipt = receiptOf(example, {
      machineUsdPerHour: given(/DIORAMA_PRICE_PER_HOUR=([\d.]+)/),
      gpuUsdPerHour: given(/DIORAMA_GPU_PRICE_PER_HOUR=([\d.]+)/),
      photoWorkers: given(/(\d+) photo workers/),
      sessions: given(/(\d+) sessions/),
    });
    const [, cost] = /^X-Cost: (.+)$/m.exec(page) ?? [];
    const [, usd] = /^X-Cost-Usd: (.+)$/m.exec(page) ?? [];
    expect(receiptHeaders(receipt)).toEqual({ 'x-cost': cost, 'x-cost-usd': usd });
  });
});
