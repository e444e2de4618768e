import { json } from 'node:stream/consumers';
import { generateClosedLoad } from '../load/closed-load.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { generateOpenLoad } from '../load/open-load.ts';

// generateLoad, the only one that starts this program, writes a plan.
const plan = (await json(process.stdin)) as LoadPlan;
const answers =
  plan.shape.kind === 'closed'
    ? await generateClosedLoad(plan, plan.shape.connections)
    : await generateOpenLoad(plan, plan.shape.ratePerSecond);
console.log(JSON.stringify(answers));
