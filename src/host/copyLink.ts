import { ask } from '../protocol/ask.ts';
import { type LinkedEntry, linkedSections } from '../protocol/handOn.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import { maskMark } from '../trace/masked.ts';
import type { Desk } from './desk.ts';
import { t } from './l10n.ts';
import { linkText } from './link.ts';
import { traceFileExtension } from '../sources/files/traceFileHead.ts';
import { topicOf } from './sourceTable.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';
import { contextText, executionOf } from './whatWasClicked.ts';

/** Copies a link to an execution, a step or a value of the topic that is read; of anything else a file is offered. */
export async function copyLink(
  vscode: Vscode,
  { desk, shown }: { readonly desk: Desk; readonly shown: SourceSpec | undefined },
  context: unknown,
): Promise<void> {
  const key = executionOf(vscode, desk, context);
  if (key === null) return;
  const query = { key, collapsed: [], at: { offset: 0 }, limit: 0 };
  const { position, summary } = await ask(desk.engine, 'tree', query);
  if (topicOf(shown) !== position.topic) {
    const save = t('Save as Trace File…');
    const sentence = t(
      'A link points to a record of a Kafka topic, and this execution doesn’t come from one. Share it as a trace file.',
    );
    const picked = await tell(vscode, 'information', sentence, save);
    if (picked === save)
      await desk.saving.executions({ kind: 'execution', key }, traceFileExtension);
    return;
  }
  const part = (field: string) => contextText(context, field) || null;
  const link = {
    ...position,
    // What stands for a masked sid is another one in each window.
    sid: summary.sid.includes(maskMark) ? '' : summary.sid,
    ...{ nodeId: part('nodeId'), run: part('rowKey'), path: part('valuePath') },
    at: entryIn(context),
  };
  await vscode.env.clipboard.writeText(linkText(link, vscode.env.uriScheme));
  desk.say(t('Link copied. Opening it requires a connection to the topic “{0}”.', position.topic));
}

/** Which of several values of one name was clicked. */
function entryIn(context: unknown): LinkedEntry | null {
  const section = linkedSections.find((one) => one === contextText(context, 'valueSection'));
  const entry = contextText(context, 'valueEntry');
  return section === undefined || entry === '' ? null : { section, entry: Number(entry) };
}
