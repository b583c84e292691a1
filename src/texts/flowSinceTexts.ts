import type { FlowSince, NodeSince } from '../protocol/flowSince.ts';
import { enumerated, sentences } from './sentences.ts';
import { msg, type Translate } from './translate.ts';

/** How the flow has changed since the run, in sentences. */
export function flowSinceText(since: FlowSince, t: Translate): string {
  const quoted = (names: readonly string[]) => names.map((name) => t('“{0}”', name));
  const renamed = since.renamed.names.map(({ was, name }) =>
    t('{0} → {1}', t('“{0}”', was), t('“{0}”', name)),
  );
  return sentences([
    t('The flow has changed since this run.'),
    changeText(since.gone.count, quoted(since.gone.names), texts.gone, t),
    changeText(since.added.count, quoted(since.added.names), texts.added, t),
    changeText(since.moved.count, quoted(since.moved.names), texts.moved, t),
    changeText(since.renamed.count, renamed, texts.renamed, t),
    knownByText(since, t),
  ]);
}

/** What is another at a node since the run. */
export function nodeSinceText(since: NodeSince, t: Translate): string {
  switch (since.kind) {
    case 'added':
      return t('Added since this run');
    case 'moved':
      return t('Moved since this run');
    case 'renamed':
      return t('Called “{0}” in this run', since.was);
  }
}

/** How a commit is called: its first figures, as git itself shows it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}

function knownByText({ then }: FlowSince, t: Translate): string {
  if (then === null)
    return t('No commit contains the version that ran, so other changes aren’t known.');
  const { commit } = then;
  return commit === null ? '' : t('The version that ran is commit {0}.', shortHash(commit.hash));
}

interface ChangeTexts {
  readonly one: string;
  readonly all: string;
  readonly some: string;
}

function changeText(
  count: number,
  names: readonly string[],
  { one, all, some }: ChangeTexts,
  t: Translate,
): string {
  if (count === 0) return '';
  const listed = enumerated(names, t);
  if (count === 1) return t(one, listed);
  return t(count > names.length ? some : all, count, listed);
}

const texts = {
  gone: {
    one: msg('1 step was removed: {0}.'),
    all: msg('{0} steps were removed: {1}.'),
    some: msg('{0} steps were removed, such as {1}.'),
  },
  added: {
    one: msg('1 step was added: {0}.'),
    all: msg('{0} steps were added: {1}.'),
    some: msg('{0} steps were added, such as {1}.'),
  },
  moved: {
    one: msg('1 step was moved: {0}.'),
    all: msg('{0} steps were moved: {1}.'),
    some: msg('{0} steps were moved, such as {1}.'),
  },
  renamed: {
    one: msg('1 step was renamed: {0}.'),
    all: msg('{0} steps were renamed: {1}.'),
    some: msg('{0} steps were renamed, such as {1}.'),
  },
} as const satisfies Record<string, ChangeTexts>;
