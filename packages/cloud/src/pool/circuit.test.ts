import { describe, expect, it } from 'vitest';
import { Circuit } from './circuit.ts';

const options = { pauseLeastMs: 100, pauseMostMs: 1000, random: () => 1 };

function fail(circuit: Circuit, times: number): boolean[] {
  return Array.from({ length: times }, () => circuit.noteFailure());
}

describe('a circuit', () => {
  it('opens at the third failure in a row, and not where an answer lies between', () => {
    const circuit = new Circuit(options);
    expect(fail(circuit, 2)).toEqual([false, false]);
    circuit.noteSuccess();
    expect(fail(circuit, 3)).toEqual([false, false, true]);
    expect(circuit.phase).toBe('open');
  });

  it('opens where more than half of the latest tries failed, however they are mixed', () => {
    const circuit = new Circuit(options);
    const opened: boolean[] = [];
    for (let n = 0; n < 6 && !opened.includes(true); n++) {
      opened.push(...fail(circuit, 2));
      circuit.noteSuccess();
    }
    expect(opened.includes(true)).toBe(true);
    expect(opened.length).toBeGreaterThan(4);
  });

  it('pauses twice as long after each trial that failed, up to the longest', () => {
    const circuit = new Circuit(options);
    fail(circuit, 3);
    const pauses = [circuit.pauseMs];
    for (let n = 0; n < 5; n++) {
      circuit.tryAgain();
      expect(circuit.phase).toBe('half-open');
      circuit.noteFailure();
      pauses.push(circuit.pauseMs);
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('forgets its pauses only after twenty answers without a failure', () => {
    const circuit = new Circuit(options);
    fail(circuit, 3);
    circuit.tryAgain();
    for (let n = 0; n < 19; n++) circuit.noteSuccess();
    fail(circuit, 3);
    expect(circuit.pauseMs).toBe(200);
    circuit.tryAgain();
    for (let n = 0; n < 20; n++) circuit.noteSuccess();
    fail(circuit, 3);
    expect(circuit.pauseMs).toBe(100);
  });

  it('begins to count anew once it closed', () => {
    const circuit = new Circuit(options);
    fail(circuit, 3);
    circuit.tryAgain();
    circuit.noteSuccess();
    expect(fail(circuit, 2)).toEqual([false, false]);
    expect(circuit.phase).toBe('closed');
  });
});
