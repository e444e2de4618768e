import { stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { needsAcceptance } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import {
  assertImportId,
  type ImportAnswers,
  type ImportOptions,
  type ImportQuestion,
  importedCard,
  type ModelInspection,
  openImportQuestions,
  readImportAnswer,
} from '@diorama/runtime';
import type { CommandContext, Output } from '../context.ts';
import { oneLine, write } from '../output/text.ts';

/** Whether a person reads what is asked, and can answer. */
export function isAtTerminal(stderr: Output): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/**
 * Asks what is still open, one thing after the other, and asks again for what cannot be.
 * @throws DioramaError `CANCELLED`
 */
export async function askForAnswers(
  inspection: ModelInspection,
  given: ImportAnswers,
  options: ImportOptions,
  context: CommandContext,
): Promise<ImportAnswers> {
  let answers = given;
  for (;;) {
    const [question] = openImportQuestions(inspection, answers);
    if (!question) return answers;
    const text = await askQuestion(question, context);
    try {
      assertChoice(question, text);
      const answer = readImportAnswer(question.key, text || (question.proposal ?? ''));
      if (answer.id !== undefined) await assertImportId(answer.id, inspection, options);
      answers = { ...answers, ...answer };
    } catch (error) {
      if (!isDioramaError(error) || error.code !== 'REQUEST_INVALID') throw error;
      await write(context.stderr, `  ${oneLine(error.message)}\n`);
    }
  }
}

/** The licences that are accepted, with the model's own when the person types its name. */
export async function askForAcceptance(
  inspection: ModelInspection,
  answers: ImportAnswers,
  { accept = [], isDryRun }: ImportOptions,
  context: CommandContext,
): Promise<readonly string[]> {
  const { licence } = importedCard(inspection, answers);
  if (isDryRun || !needsAcceptance(licence) || accept.includes(licence.spdx)) return accept;
  const why = licence.commercialUse
    ? 'whoever passes it on must do so under the same terms'
    : 'commercial use counts as not allowed';
  const prompt = `to accept that, type ${licence.spdx}`;
  const text = await ask(`Licence ${licence.spdx}: ${why}`, prompt, context);
  return text === licence.spdx ? [...accept, text] : accept;
}

function askQuestion(
  { text, choices, proposal, reason }: ImportQuestion,
  context: CommandContext,
): Promise<string> {
  const question = choices ? `${text}: ${choices.join(', ')}` : text;
  const prompt = proposal === undefined ? reason : `Enter for ${proposal}, ${reason}`;
  return ask(question, prompt, context);
}

/** What else may be answered in general may not be here; only six numbers are no choice and an answer all the same. */
function assertChoice({ key, choices }: ImportQuestion, text: string): void {
  if (text === '' || key === 'normalise' || !choices) return;
  if (choices.includes(key === 'commercialUse' ? text.toLowerCase() : text)) return;
  throw new DioramaError('REQUEST_INVALID', `One of ${choices.join(', ')}`);
}

/** What a person types below a question. Both are shown on stderr. */
async function ask(
  question: string,
  prompt: string,
  { stderr, signal }: CommandContext,
): Promise<string> {
  await write(stderr, `${oneLine(question)}\n`);
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = () => reject(new DioramaError('CANCELLED', 'Stopped'));
      lines.once('SIGINT', stop);
      // Nothing more will come, as after Ctrl-D.
      lines.once('close', stop);
      signal.addEventListener('abort', stop, { once: true });
      lines.question(`  (${oneLine(prompt)}) `).then((text) => resolve(text.trim()), reject);
    });
  } finally {
    lines.close();
  }
}
