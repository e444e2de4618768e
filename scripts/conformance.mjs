// npm run conformance -- URL: holds a running predictor to the contract of its container, one line for each check.
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';

const USAGE = `Usage: npm run conformance -- URL [options]

  --health PATH           default: AIP_HEALTH_ROUTE, or /health
  --predict PATH          default: AIP_PREDICT_ROUTE, or /predict
  --only ID,...           these checks alone
  --health-within-ms N    99 of 100 health answers must come within it, beside what an idle
                          server on this machine takes meanwhile; default 10
  --ready-within-ms N     how long it may say 503 before it is ready; default 60000
  --list                  says what is checked
  --json                  prints the outcomes as JSON

Exit codes: 0 all passed, 1 something failed, 64 not understood.`;

function usageError(line) {
  console.error(`${line}\n\n${USAGE}`);
  process.exit(64);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        health: { type: 'string', default: process.env.AIP_HEALTH_ROUTE ?? '/health' },
        predict: { type: 'string', default: process.env.AIP_PREDICT_ROUTE ?? '/predict' },
        only: { type: 'string' },
        'health-within-ms': { type: 'string' },
        'ready-within-ms': { type: 'string' },
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return usageError(error.message);
  }
}

function readNumber(values, name) {
  const value = Number(values[name]);
  if (values[name] === undefined) return undefined;
  return value > 0 ? value : usageError(`--${name} must be a number of milliseconds.`);
}

function printOutcome({ id, says, result, isSealed, note, elapsedMs }) {
  const mark = { passed: 'pass', failed: 'FAIL', skipped: 'skip' }[result];
  const why = note === undefined ? '' : result === 'failed' ? `: ${note}` : ` (${note})`;
  const how = isSealed ? ' (sealed)' : '';
  console.log(`${mark}  ${id.padEnd(18)} ${says}${how}${why}  ${Math.round(elapsedMs)} ms`);
}

const { values, positionals } = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
prepare();
const { CONFORMANCE_CHECKS, runConformance } = await import('@diorama/cloud/conformance');
if (values.list) {
  for (const { id, says } of CONFORMANCE_CHECKS) console.log(`${id.padEnd(18)} ${says}`);
  process.exit(0);
}
const [address, ...rest] = positionals;
if (address === undefined || rest.length > 0) usageError('Give the address of one predictor.');
if (!/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '')) {
  usageError('The address must be one of http or https, such as http://127.0.0.1:8080.');
}
const only = values.only?.split(',');
const unknown = only?.find((id) => !CONFORMANCE_CHECKS.some((check) => check.id === id));
if (unknown !== undefined) usageError(`There is no check ${unknown}; --list says which there are.`);
const outcomes = await runConformance({
  origin: new URL(address).origin,
  healthPath: values.health,
  predictPath: values.predict,
  only,
  healthWithinMs: readNumber(values, 'health-within-ms'),
  readyWithinMs: readNumber(values, 'ready-within-ms'),
  onOutcome: values.json ? undefined : printOutcome,
});
const count = (result) => outcomes.filter((outcome) => outcome.result === result).length;
if (values.json) console.log(JSON.stringify(outcomes, undefined, 2));
else {
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count);
  const sealed = outcomes.filter(({ isSealed }) => isSealed).length;
  const how = sealed > 0 ? ` ${sealed} sent their pictures sealed: it takes no others.` : '';
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped.${how}`);
}
process.exitCode = count('failed') > 0 ? 1 : 0;
