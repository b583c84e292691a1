import { assertNever } from '../base/assertNever.ts';
import type { FoundPlace } from '../protocol/find.ts';
import type { LinkedExecution } from '../protocol/handOn.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { commandIds } from './ids.ts';
import { t } from './l10n.ts';
import { type LinkFault, readLink, readLinkText, type TraceLink } from './link.ts';
import { shownMemory } from './recentSources.ts';
import type { Session } from './session.ts';
import { connectionsTo, type OfferedConnection, topicOf } from './sourceTable.ts';
import { askForText, choose, confirm, tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

/** What a link is opened with. */
export interface LinkWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call'>;
  readonly session: Pick<
    Session,
    'shown' | 'hasSource' | 'recent' | 'connections' | 'form' | 'reopen'
  >;
  readonly panel: Pick<TracePanel, 'show' | 'emit' | 'say'>;
}

/** The broker that holds the record may first not answer. */
const recordAnswerMs = 60_000;

/** Opens what VS Code was handed over from outside. */
export async function openUri(
  world: LinkWorld,
  { path, query }: { readonly path: string; readonly query: string },
): Promise<void> {
  const link = readLink(path, query);
  if (link.ok) await open(world, link.value);
  else void tell(world.vscode, 'error', faultText(link.error));
}

/** Asks for a link, for editors that are handed none over, and opens it. */
export async function askForLink(world: LinkWorld): Promise<void> {
  const text = await askForText(world.vscode, {
    title: t('Open Link'),
    prompt: t('Paste a link to an execution. You see what it points to before anything is opened.'),
    placeHolder: 'vscode://rpa-trace.rpa-trace/open?topic=…',
    isSecret: false,
    fault: (typed) => {
      const link = readLinkText(typed);
      return link.ok || typed.trim() === '' ? null : faultText(link.error);
    },
  });
  const link = text === undefined ? undefined : readLinkText(text);
  if (link === undefined) return;
  if (link.ok) await open(world, link.value);
  else void tell(world.vscode, 'error', faultText(link.error));
}

async function open(world: LinkWorld, link: TraceLink): Promise<void> {
  const { vscode, engine, session, panel } = world;
  if (!(await isRead(world, link))) return;
  const { topic, partition, offset, sid, nodeId, path } = link;
  const position = { topic, partition, offset };
  const found = await engine.call('openRecord', { position, sid }, recordAnswerMs);
  if (found.kind !== 'found') {
    void tell(vscode, 'warning', whyNot(found, topic));
    return;
  }
  // Another source may have been opened meanwhile.
  if (!isShown(session, topic)) return;
  panel.show();
  const { key } = found;
  const place = await placeOf(engine, key, link);
  if (!isShown(session, topic)) return;
  panel.emit('select', {
    ...{ key, nodeId, rowKey: place?.row ?? null },
    ...(place?.match && { match: place.match }),
  });
  if (path !== null && place === null) {
    panel.say(t('The link points to the value {0}, which doesn’t exist.', path), key);
  }
}

/** Where its value stands, or which run it is; null where it names none, or nothing has it. */
async function placeOf(
  engine: LinkWorld['engine'],
  key: ExecutionKey,
  { nodeId, run, path, at }: TraceLink,
): Promise<FoundPlace | null> {
  if (nodeId === null || (path === null && run === null)) return null;
  return engine.call('linkedPlace', { key, nodeId, run, path, at }).catch(() => null);
}

/** Sees to it that the topic is read: over a connection that there is, and after a question where it has to be switched. */
async function isRead(world: LinkWorld, link: TraceLink): Promise<boolean> {
  const { vscode, session } = world;
  if (isShown(session, link.topic)) return true;
  const { connections, recent } = session;
  const known = connectionsTo(link.topic, [...connections, ...recent], await session.form());
  if (known.length === 0) {
    await offerConnection(vscode, link);
    return false;
  }
  const source = await chosen(vscode, known);
  if (source === undefined) return false;
  const { name, detail } = shownMemory(source);
  const isWanted = await confirm(
    vscode,
    t('Switch to “{0}” ({1}) and open this execution?', name, detail),
    shownParts(link),
    t('Open'),
  );
  if (isWanted) await session.reopen(source);
  return isWanted;
}

function isShown({ shown, hasSource }: LinkWorld['session'], topic: string): boolean {
  return hasSource && topicOf(shown) === topic;
}

async function chosen(
  vscode: Vscode,
  known: readonly OfferedConnection[],
): Promise<OfferedConnection | undefined> {
  if (known.length === 1) return known[0];
  const choices = known.map((source) => {
    const { name, detail } = shownMemory(source);
    return { icon: 'plug', label: name, description: detail, value: source };
  });
  return choose(vscode, t('Open Link'), t('Select the connection to read the topic with'), choices);
}

/** A link never brings a connection along: the reader enters it himself. */
async function offerConnection(vscode: Vscode, link: TraceLink): Promise<void> {
  const connect = t('Connect to Kafka…');
  const sentence = t(
    'None of your connections reads this topic. Connect to it, then open the link again. {0}',
    shownParts(link),
  );
  const picked = await tell(vscode, 'warning', sentence, connect);
  if (picked === connect) await vscode.commands.executeCommand(commandIds.connect);
}

/** Every part of a link: whoever made it, nothing is opened that isn't seen. */
function shownParts(link: TraceLink): string {
  const { topic, partition, offset, sid, nodeId, run, path, at } = link;
  const parts = [
    t('Topic: {0}', topic),
    t('Partition: {0}', partition),
    t('Offset: {0}', offset),
    ...(sid === '' ? [] : [t('Sid: {0}', sid)]),
    ...(nodeId === null ? [] : [t('Node: {0}', nodeId)]),
    ...(run === null ? [] : [t('Run: {0}', run)]),
    ...(path === null ? [] : [t('Value: {0}', path)]),
    ...(at === null ? [] : [t('Section: {0}, {1}', at.section, at.entry + 1)]),
  ];
  return parts.join(' · ');
}

function whyNot(
  found: Exclude<LinkedExecution, { readonly kind: 'found' }>,
  topic: string,
): string {
  switch (found.kind) {
    case 'otherSource':
      return t('The topic “{0}” isn’t being read any more. Open the link again.', topic);
    case 'gone':
      return t('The topic “{0}” no longer has the record of this link.', topic);
    case 'otherRecord':
      return t(
        'Another execution is at this position of “{0}”: the topic was recreated, or the link is from another cluster.',
        topic,
      );
    case 'unreadable':
      return t('The record of this link can’t be read as an execution.');
    case 'noRoom':
      return t(
        'The execution of this link is older than what is kept in memory, and there is no room for more. Increase “rpaTrace.store.maxMegabytes”, or read the topic from that time.',
      );
    default:
      return assertNever(found);
  }
}

function faultText(fault: LinkFault): string {
  switch (fault) {
    case 'noLink':
      return t('This isn’t a link to an execution. Copy one with “Copy Link”.');
    case 'tooLong':
      return refused(t('it is longer than any link of RPA Trace'));
    case 'broken':
      return refused(t('it is damaged'));
    case 'unknownPart':
      return t(
        'This link has parts that this version doesn’t support. Update RPA Trace, then open it again.',
      );
    case 'hiddenSigns':
      return refused(t('it contains invisible characters'));
    case 'noRecord':
      return refused(t('it names no record'));
    case 'badTopic':
      return refused(t('it names a topic that can’t exist'));
    default:
      return assertNever(fault);
  }
}

const refused = (why: string): string => t('This link wasn’t opened: {0}. Copy it again.', why);
