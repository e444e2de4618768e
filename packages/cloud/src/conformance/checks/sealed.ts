import { SEALED_TYPE, type SealPublicKey } from '@diorama/contract';
import { type SealedContent, seal } from '@diorama/sealed';
import type { Check, CheckContext, CheckNote } from '../check.ts';
import { expectProblem, expectThat, readProblem } from '../expectations.ts';
import { proveArchive } from '../planes.ts';
import { answerOfContent, sealedBytes, sealedInstance } from '../sealing-probe.ts';

/** Pictures that only the predictor can read, where it offers that. */
export const SEALED_CHECKS: readonly Check[] = [
  {
    id: 'sealed-raw',
    says: 'a sealed picture is answered sealed, and the answer is a prediction',
    run: (context) =>
      withKey(context, async (key) => {
        const { probe, pictures } = context;
        const [jpeg = new Uint8Array()] = pictures.scenes;
        const sealed = await seal({ contentType: 'image/jpeg', bytes: jpeg }, key);
        const answer = await probe.postRaw(sealed.message, SEALED_TYPE);
        expectThat(answer.status === 200, `answered ${answer.status} instead of 200`);
        expectThat(answer.type === SEALED_TYPE, 'answered what is not sealed');
        await proveOpened(context, await sealed.openAnswer(answer.body));
      }),
  },
  {
    id: 'sealed-json',
    says: 'the same as an instance of a JSON request, and a refusal travels sealed, too',
    run: (context) =>
      withKey(context, async (key) => {
        const { probe, pictures } = context;
        const good = await seal({ contentType: 'image/png', bytes: pictures.png }, key);
        const bad = await seal({ contentType: 'image/png', bytes: new Uint8Array([1, 2]) }, key);
        const [first, second] = await probe.predict([good, bad].map(sealedInstance));
        await proveOpened(context, await good.openAnswer(sealedBytes(first)));
        const { contentType, bytes } = await bad.openAnswer(sealedBytes(second));
        expectThat(/^application\/problem\+json/.test(contentType), 'a bad picture was answered');
        readProblem(JSON.parse(new TextDecoder().decode(bytes)));
      }),
  },
  {
    id: 'sealed-tampered',
    says: 'a sealed message that was changed is refused',
    run: (context) =>
      withKey(context, async (key) => {
        const { probe, pictures } = context;
        const { message } = await seal({ contentType: 'image/png', bytes: pictures.png }, key);
        for (const at of [message.length - 1, Math.floor(message.length / 2)]) {
          const changed = message.slice();
          changed[at] = (changed[at] ?? 0) ^ 1;
          expectProblem(await probe.postRaw(changed, SEALED_TYPE), [400, 409]);
        }
      }),
  },
  {
    id: 'sealed-replayed',
    says: 'a sealed message is taken once',
    run: (context) =>
      withKey(context, async (key) => {
        const { probe, pictures } = context;
        const { message } = await seal({ contentType: 'image/png', bytes: pictures.png }, key);
        expectThat((await probe.postRaw(message, SEALED_TYPE)).status === 200, 'refused once');
        const { code } = expectProblem(await probe.postRaw(message, SEALED_TYPE), [409]);
        expectThat(code === 'SEAL_REPLAYED', `refused as ${code}`);
      }),
  },
];

async function withKey(
  { probe }: CheckContext,
  prove: (key: SealPublicKey) => Promise<void>,
): Promise<CheckNote | undefined> {
  const [key] = (await probe.describe()).seal.keys;
  if (key === undefined) return { skipped: 'it offers no key' };
  await prove(key);
  return undefined;
}

/** What was opened is a raw answer, whole. */
async function proveOpened({ probe }: CheckContext, content: SealedContent): Promise<void> {
  await proveArchive(probe, answerOfContent(content));
}
