import type { Disposable } from '../base/disposable.ts';
import { assertNever } from '../base/assertNever.ts';
import { percentOf } from '../base/percent.ts';
import { plainText } from '../base/plainText.ts';
import type { EngineLoss } from '../protocol/engineLoss.ts';
import type { SourceLabel } from '../protocol/sources.ts';
import type { SourceState } from '../record/recordSource.ts';
import { engineLossText } from '../texts/engineLossText.ts';
import { formatCount } from '../texts/format.ts';
import { sentences } from '../texts/sentences.ts';
import { retryText, sourceErrorText } from '../sources/errorTexts.ts';
import { sourceName } from '../sources/sourceName.ts';
import { commandIds, contextKeys } from './ids.ts';
import { t } from './l10n.ts';
import { StatusItem, type StatusContent } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Of the room of an item of the status bar: what is wrong with the source stands behind its name. */
const mostOfName = 40;

/** The state of the source in the status bar: what it is, and a way to mend it. */
export class StatusBar implements Disposable {
  private readonly vscode: Vscode;
  private readonly item: StatusItem;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.item = new StatusItem(vscode, 'rpaTrace.state', t('RPA Trace'));
  }

  /** Shows nothing while there is no source: an idle extension takes no room. */
  update(source: SourceLabel, state: SourceState): void {
    void this.vscode.commands.executeCommand('setContext', contextKeys.state, state.kind);
    if (state.kind === 'idle') {
      this.item.hide();
      return;
    }
    const { mark } = source;
    const own = sourceName(source, t) || t('RPA Trace');
    // What the reader calls it tells it from others; what it is stands in the tooltip.
    const name = mark?.name ?? own;
    const short = plainText(name, mostOfName);
    const count: Count = (value) => formatCount(value, this.vscode.env.language);
    const shown = present(short, state, count);
    const names = [...(short.endsWith('…') ? [name] : []), ...(mark === undefined ? [] : [own])];
    this.item.show({
      ...shown,
      tooltip: [shown.tooltip, ...names, source.detail],
      command: commandIds.openPanel,
      background: backgrounds[state.kind],
      color: mark?.color ?? undefined,
    });
  }

  /** The engine died. If it comes back by itself, the first state of the next one replaces this. */
  engineLost(loss: EngineLoss): void {
    const { comesBack } = loss;
    const key = comesBack ? 'engineRestarts' : 'engineLost';
    void this.vscode.commands.executeCommand('setContext', contextKeys.state, key);
    this.item.show({
      icon: comesBack ? 'sync~spin' : 'error',
      text: comesBack ? t('Restarting RPA Trace') : t('RPA Trace stopped'),
      tooltip: [engineLossText(loss, t)],
      actions: comesBack ? [] : [[t('Show Log'), commandIds.showLog]],
      command: comesBack ? commandIds.showLog : commandIds.startEngine,
      background: comesBack ? undefined : 'error',
    });
  }

  /** An engine runs. Without a source it has no state to tell. */
  engineStarted(hasSource: boolean): void {
    if (!hasSource) this.update({ kind: 'none', name: '', detail: '' }, { kind: 'idle' });
  }

  dispose(): void {
    this.item.dispose();
  }
}

const backgrounds: Partial<Record<SourceState['kind'], 'error' | 'warning'>> = {
  failed: 'error',
  retrying: 'warning',
  stuck: 'warning',
};

interface Shown {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: string;
  readonly actions: StatusContent['actions'];
}

/** A number in the reader's language. */
type Count = (value: number) => string;

function present(name: string, state: Exclude<SourceState, { kind: 'idle' }>, count: Count): Shown {
  const pause = [t('Pause'), commandIds.pause] as const;
  const disconnect = [t('Disconnect'), commandIds.disconnect] as const;
  const connect = [t('Change Connection…'), commandIds.connect] as const;
  const other = [t('Switch Source…'), commandIds.switchSource] as const;
  const log = [t('Show Log'), commandIds.showLog] as const;
  switch (state.kind) {
    case 'connecting':
      return {
        icon: 'sync~spin',
        text: t('Connecting to {0}', name),
        tooltip: t('Connecting to {0}', name),
        actions: [disconnect],
      };
    case 'live':
      return {
        icon: 'pulse',
        text: state.lag > 0 ? t('{0}, lag {1}', name, count(state.lag)) : name,
        tooltip: liveText(state.lag, count),
        actions: [pause, other, disconnect],
      };
    case 'stuck': {
      const { partition, offset } = state.batch;
      return {
        icon: 'warning',
        text: t('{0}: stuck', name),
        tooltip: sentences([
          t('Stuck before damaged records at partition {0}, offset {1}.', partition, offset),
          waitingText(state.lag, count),
          t('Skip the damaged records in the panel.'),
        ]),
        actions: [pause, disconnect, log],
      };
    }
    case 'paused':
      return {
        icon: 'debug-pause',
        text: t('{0} paused', name),
        tooltip: sentences([t('Reading is paused.'), waitingText(state.lag, count)]),
        actions: [[t('Resume'), commandIds.resume], disconnect],
      };
    case 'retrying':
      return {
        icon: 'sync~spin',
        ...retrying(name, state),
        actions: [connect, disconnect, log],
      };
    case 'reading': {
      const percent = percentOf(state.doneBytes, state.totalBytes);
      return {
        icon: 'sync~spin',
        text: t('{0}: {1}% read', name, percent),
        tooltip: t('Reading: {0}% so far', percent),
        actions: [pause, [t('Stop Reading'), commandIds.endReading]],
      };
    }
    case 'ended':
      return {
        icon: 'file',
        text: name,
        tooltip: t('Read to the end'),
        actions: [other, disconnect],
      };
    case 'endedEarly': {
      const percent = percentOf(state.doneBytes, state.totalBytes);
      return {
        icon: 'warning',
        text: t('{0}: {1}% read', name, percent),
        tooltip: t('Reading was stopped at {0}%', percent),
        actions: [[t('Read Again'), commandIds.readAgain], other, disconnect],
      };
    }
    case 'failed':
      return {
        icon: 'error',
        text: t('{0}: failed', name),
        tooltip: sourceErrorText(state.error, t),
        actions: [connect, log],
      };
    default:
      return assertNever(state);
  }
}

function retrying(
  name: string,
  { error, attempt }: Extract<SourceState, { kind: 'retrying' }>,
): Pick<Shown, 'text' | 'tooltip'> {
  const trouble = sourceErrorText(error, t);
  if (error.reason !== 'noSuchTopic') {
    const tooltip = t('Trying again (attempt {0}): {1}', attempt, trouble);
    return { text: t('{0}: connection lost', name), tooltip };
  }
  const text = t('{0}: no such topic', name);
  return { text, tooltip: sentences([trouble, retryText(error, attempt, t)]) };
}

function liveText(lag: number, count: Count): string {
  if (lag === 0) return t('Live: all records read');
  return lag === 1
    ? t('Live: 1 record still to read')
    : t('Live: {0} records still to read', count(lag));
}

function waitingText(lag: number, count: Count): string {
  return lag === 1 ? t('1 record is waiting.') : t('{0} records are waiting.', count(lag));
}
