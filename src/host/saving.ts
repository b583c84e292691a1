import type * as vscode from 'vscode';
import type { MissingExecution, SaveTarget } from '../protocol/savedExecutions.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import { traceFileExtension, traceFileHead } from '../sources/files/traceFileHead.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import type { EngineClient } from './engineClient.ts';
import type { SavedFile } from './fileOnDisk.ts';
import { fileNameOf, knownElsewhere, otherRunOf } from './handedOn.ts';
import { flowText, type Kept, nothingKept, otherRunTexts, whatToKeep } from './keptFlows.ts';
import { t } from './l10n.ts';
import type { Log } from '../base/log.ts';
import { packedFile } from './packedFile.ts';
import { chooseSaveFile, createSavedFile, savedFileName } from './savedFile.ts';
import { enumerated, sentences } from '../texts/sentences.ts';
import { tell, withProgress } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** How far a save came. */
interface Step {
  readonly done: number;
  readonly total: number;
}

/** A record may have to be read again from a broker that first doesn't answer. */
const sliceAnswerMs = 300_000;
/** The engine lists no more. */
const mostRejected = 1_000;

/** As which kind of file executions are saved: what the reader chooses in the dialog has the last word. */
export type SavedForm = 'jsonl' | typeof traceFileExtension;

/** What can be saved. */
export type Saves = Pick<Saving, 'executions' | 'rejected' | 'table'>;

/** Saves what the engine holds to files, everything masked: the engine gives nothing else. */
export class Saving {
  private readonly vscode: Vscode;
  private readonly engine: EngineClient;
  private readonly log: Log;

  constructor(vscode: Vscode, engine: EngineClient, log: Log) {
    this.vscode = vscode;
    this.engine = engine;
    this.log = log;
  }

  /** Saves executions as trace files are read; tells how many, and which were not. */
  async executions(target: SaveTarget, form: SavedForm = 'jsonl'): Promise<void> {
    const keys = this.engine.isRunning ? await this.engine.call('saveKeys', target) : [];
    if (keys.length === 0) {
      void tell(this.vscode, 'information', t('There are no executions to save.'));
      return;
    }
    // What is saved comes before its name.
    const isAsked = form === traceFileExtension;
    const chosen = isAsked ? await this.askWhatToKeep(target, keys) : nothingKept;
    const uri =
      chosen &&
      (await this.askWhere(target, form).finally(() => {
        chosen.dispose();
      }));
    if (uri === undefined) return;
    const isTraceFile = uri.path.endsWith(`.${traceFileExtension}`);
    // Here the dialog alone said that it becomes a trace file.
    const asked = isTraceFile && !isAsked ? await this.askWhatToKeep(target, keys) : chosen;
    asked?.dispose();
    if (asked === undefined) return;
    const kept = isTraceFile ? asked : nothingKept;
    const all = await this.withOther(keys, kept);
    const missing: MissingExecution[] = [];
    let saved = 0;
    const isDone = await this.write(
      { uri, isPacked: isTraceFile },
      t('Saving executions'),
      async (file, report, isCancelled) => {
        if (isTraceFile) {
          const known = await knownElsewhere(this.engine, target, kept.other);
          await file.append(traceFileHead({ flows: kept.flows, known }));
        }
        let rest: readonly ExecutionKey[] = all;
        while (rest.length > 0 && !isCancelled()) {
          // The engine takes as many as fit into a slice; more keys than that need not cross.
          const asked = rest.slice(0, 500);
          const slice = await this.engine.call('saveSlice', { keys: asked }, sliceAnswerMs);
          await file.append(slice.text);
          saved += slice.executions;
          missing.push(...slice.missing);
          rest = rest.slice(slice.done);
          report({ done: all.length - rest.length, total: all.length });
        }
      },
    );
    if (!isDone) return;
    const isOne = target.kind === 'execution' && saved > 0;
    const message = isOne ? oneSaved(uri, keys.length - 1, kept) : manySaved(uri, saved);
    await this.tellExecutions(uri, message, { missing, leftOut: kept.leftOut });
  }

  private async askWhatToKeep(target: SaveTarget, keys: readonly ExecutionKey[]) {
    const other = await otherRunOf(this.vscode, this.engine, target);
    if (other === undefined) return undefined;
    const isOne = target.kind === 'execution';
    return whatToKeep(this.vscode, this.engine, { keys, isOne }, other);
  }

  /** Good runs and the one that it is compared with first, as in a list that is saved oldest first. */
  private async withOther(keys: readonly ExecutionKey[], { other }: Kept) {
    if (other === null) return keys;
    const all: ExecutionKey[] = [];
    for (const key of [...other.goodRuns.toReversed(), other.key]) {
      all.push(...(await this.engine.call('saveKeys', { kind: 'execution', key })));
    }
    return [...new Set([...all, ...keys])];
  }

  private async askWhere(target: SaveTarget, form: SavedForm): Promise<vscode.Uri | undefined> {
    const name = await fileNameOf(this.engine, target, form);
    const kinds = { [t('JSON Lines')]: ['jsonl'], [t('Trace file')]: [traceFileExtension] };
    const isTraceFile = form === traceFileExtension;
    const title = isTraceFile ? t('Save as Trace File') : t('Save Executions');
    // What stands first is chosen.
    const ordered = isTraceFile ? Object.entries(kinds).reverse() : Object.entries(kinds);
    return chooseSaveFile(this.vscode, title, name, Object.fromEntries(ordered));
  }

  /** Saves one rejected record, or all that are listed, with the reason of each. */
  async rejected(position: RecordPosition | null): Promise<void> {
    const listed = await this.engine.call('rejected', { offset: 0, limit: mostRejected });
    const rows = listed.rows.filter((row) => position === null || isAt(row, position));
    if (rows.length === 0) {
      void tell(this.vscode, 'information', t('There are no rejected records to save.'));
      return;
    }
    const uri = await chooseSaveFile(
      this.vscode,
      t('Save Rejected Records'),
      savedFileName('rejected', new Date()),
    );
    if (uri === undefined) return;
    const isDone = await this.write(
      { uri, isPacked: false },
      t('Saving rejected records'),
      async (file, report, isCancelled) => {
        for (const [index, row] of rows.entries()) {
          if (isCancelled()) return;
          await file.append(`${JSON.stringify(await this.rejectedLine(row))}\n`);
          report({ done: index + 1, total: rows.length });
        }
      },
    );
    if (isDone)
      await this.tell(uri, t('Rejected records saved to {0}: {1}.', nameOf(uri), rows.length));
  }

  /** Saves a table or a picture as the page wrote it. */
  async table(name: string, text: string, format: 'csv' | 'svg' = 'csv'): Promise<void> {
    const { vscode } = this;
    const fileName = savedFileName(name, new Date(), format);
    const title = format === 'csv' ? t('Save Table') : t('Save Picture');
    const uri = await chooseSaveFile(vscode, title, fileName, { [format.toUpperCase()]: [format] });
    if (uri === undefined) return;
    const file = await createSavedFile(vscode, uri);
    try {
      await file.append(text);
    } catch (error) {
      await file.discard();
      throw error;
    }
    await file.finish();
    await this.tell(uri, t('Saved to {0}.', nameOf(uri)));
  }

  private async rejectedLine(row: RejectedRecord) {
    const { reason, detail, topic, partition, offset, timestampMs, bytes } = row;
    const kept = { form: row.form, whole: row.whole, text: row.preview };
    const position = { topic, partition, offset };
    // It may leave the list while others are saved: its beginning is here.
    const text = row.whole
      ? kept
      : await this.engine.call('rejectedText', { position }, sliceAnswerMs).catch(() => kept);
    const timestamp = timestampMs === null ? null : new Date(timestampMs).toISOString();
    return { reason, detail, ...position, timestamp, bytes, ...text };
  }

  /** False when cancelled; nothing is left of the file then, nor when `work` throws. */
  private write(
    { uri, isPacked }: { readonly uri: vscode.Uri; readonly isPacked: boolean },
    title: string,
    work: (
      file: SavedFile,
      report: (step: Step) => void,
      isCancelled: () => boolean,
    ) => Promise<void>,
  ): Thenable<boolean> {
    return withProgress(this.vscode, title, async (report, cancelled) => {
      const plain = await createSavedFile(this.vscode, uri);
      const file = isPacked ? packedFile(plain) : plain;
      let shown = 0;
      try {
        await work(
          file,
          ({ done, total }) => {
            const percent = (100 * done) / total;
            report({ increment: percent - shown, message: `${done} / ${total}` });
            shown = percent;
          },
          () => cancelled.isCancellationRequested,
        );
      } catch (error) {
        await file.discard();
        throw error;
      }
      if (cancelled.isCancellationRequested) await file.discard();
      else await file.finish();
      return !cancelled.isCancellationRequested;
    });
  }

  private async tellExecutions(
    uri: vscode.Uri,
    message: string,
    { missing, leftOut }: { missing: readonly MissingExecution[]; leftOut: readonly string[] },
  ): Promise<void> {
    const without = leftOut.map((name) =>
      t('“{0}” was left out: looking for secrets in it would have taken too long.', name),
    );
    if (missing.length === 0) {
      await this.tell(uri, sentences([message, ...without]), without.length > 0);
      return;
    }
    for (const { name, sid, why } of missing)
      this.log('warn', `Not saved whole (${why}): ${name} ${sid}`);
    const names = missing.slice(0, 3).map(({ name }) => name);
    const more = missing.length > names.length ? '…' : '';
    const lost = t(
      'Not saved, or only in part, because a record is no longer available: {0} ({1}). The log lists all of them.',
      missing.length,
      names.join(t(', ')) + more,
    );
    await this.tell(uri, sentences([message, lost, ...without]), true);
  }

  private async tell(uri: vscode.Uri, message: string, isWarning = false): Promise<void> {
    const open = t('Open');
    const picked = await tell(this.vscode, isWarning ? 'warning' : 'information', message, open);
    if (picked === open) await this.vscode.commands.executeCommand('vscode.open', uri);
  }
}

function manySaved(uri: vscode.Uri, saved: number): string {
  return saved === 1
    ? t('Execution saved to {0}.', nameOf(uri))
    : t('Executions saved to {0}: {1}.', nameOf(uri), saved);
}

/** Who saves one hears of one, and what else the file holds. */
function oneSaved(uri: vscode.Uri, called: number, { other, flows }: Kept): string {
  const whatItCalled =
    called === 1 ? t('1 execution that it called') : t('{0} executions that it called', called);
  const beside = [
    called > 0 ? whatItCalled : '',
    ...(other === null ? [] : otherRunTexts(other)),
    flowText(flows) ?? '',
  ];
  const rest = enumerated(beside, t);
  return sentences([
    t('Execution saved to {0}.', nameOf(uri)),
    rest === '' ? '' : t('Saved with it: {0}.', rest),
  ]);
}

function isAt(row: RejectedRecord, { topic, partition, offset }: RecordPosition): boolean {
  return row.topic === topic && row.partition === partition && row.offset === offset;
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
