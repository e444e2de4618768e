/** What a photo has, and what was answered. */
export interface SubjectAnswer {
  readonly hasSubject: boolean;
  /** Whether the answer is that there is one. */
  readonly isFound: boolean;
}

export interface SubjectShares {
  /** 0..1: photos without a subject that were answered "no subject". */
  readonly noSubjectFound?: number;
  /** 0..1: photos with a subject that were answered "no subject". */
  readonly subjectRefused?: number;
}

/** How often "no subject" was answered where it is right, and where it is wrong. */
export function subjectShares(answers: readonly SubjectAnswer[]): SubjectShares {
  const without = answers.filter(({ hasSubject }) => !hasSubject);
  const withOne = answers.filter(({ hasSubject }) => hasSubject);
  return {
    ...(without.length > 0 ? { noSubjectFound: refusedShare(without) } : {}),
    ...(withOne.length > 0 ? { subjectRefused: refusedShare(withOne) } : {}),
  };
}

function refusedShare(answers: readonly SubjectAnswer[]): number {
  return answers.filter(({ isFound }) => !isFound).length / answers.length;
}
