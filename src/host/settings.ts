import type * as vscode from 'vscode';
import type { FlowKeys } from '../flow/genericFlow.ts';
import type { HistoryLimits } from '../history/historyState.ts';
import type { RedactionSettings } from '../masking/redactionSettings.ts';
import type { EngineSettings } from '../protocol/settings.ts';
import type { LargeValueSettings } from '../protocol/storedText.ts';
import type { ConnectionSettings, StartPosition } from '../sources/kafka/spec.ts';
import { readConnections, startOf } from './connections.ts';
import { settingsSection } from './ids.ts';
import { allLeftOut } from './leftOut.ts';
import { joinedTexts } from './joinedTexts.ts';
import { readOtlp } from './otlp.ts';
import type { Vscode } from './vscode.ts';

/** The settings as one frozen value; what is out of range is brought into it. */
export interface Settings {
  /** The default connection, which has no name. */
  readonly connection: ConnectionSettings;
  /** Those that have a name. */
  readonly connections: readonly ConnectionSettings[];
  readonly verifyCertificate: boolean;
  readonly connectOnOpen: boolean;
  readonly followLatest: boolean;
  readonly storeBytes: number;
  readonly engineHeapMegabytes: number;
  readonly stalledAfterMs: number;
  readonly otlp: EngineSettings['otlp'];
  readonly largeValues: LargeValueSettings;
  readonly redaction: RedactionSettings;
  readonly skipDamagedBatches: boolean;
  /** Null: no history is kept. */
  readonly history: HistoryLimits | null;
  readonly minutesByHand: NonNullable<EngineSettings['minutesByHand']>;
  readonly flowInclude: string;
  readonly flowExclude: string;
  readonly flowKeys: FlowKeys;
}

/** Which failures are told in a notification. */
export type NotifyFailures = 'all' | 'flowFiles' | 'off';

const megabyte = 1024 * 1024;

/** Reads the settings; `environment` says where metrics go where they don't. */
export function readSettings(
  vscode: Vscode,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const config = ofKind(vscode.workspace.getConfiguration(settingsSection));
  const text = (key: string) => config.get<string>(key, '').trim();
  const patterns = joinedTexts(vscode, 'redaction.patterns');
  const connection = readConnection(config);
  return Object.freeze({
    connection,
    connections: readConnections(config.get('connections'), connection),
    verifyCertificate: config.get<boolean>('kafka.tls.rejectUnauthorized', true),
    skipDamagedBatches: config.get<boolean>('kafka.skipDamagedBatches', false),
    history: config.get<boolean>('history.enabled', true)
      ? {
          days: clamp(config.get<number>('history.days', 30), 1, 400),
          megabytes: clamp(config.get<number>('history.megabytes', 200), 10, 4096),
        }
      : null,
    minutesByHand: readMinutes(config),
    connectOnOpen: config.get<boolean>('connectOnOpen', true),
    followLatest: config.get<boolean>('panel.followLatest', false),
    storeBytes: clamp(config.get<number>('store.maxMegabytes', 128), 8, 4096) * megabyte,
    engineHeapMegabytes: clamp(config.get<number>('engine.maxHeapMegabytes', 512), 128, 8192),
    // The RPA plugin waits 300 s for a robot by default, in which a workflow may rightly say nothing.
    stalledAfterMs: clamp(config.get<number>('stalledAfterSeconds', 300), 5, 604_800) * 1_000,
    otlp: readOtlp(config, environment),
    largeValues: readLargeValues(config),
    redaction: {
      patterns: patterns.texts,
      origins: patterns.origins,
      names: joinedTexts(vscode, 'redaction.names').texts,
      allowReveal: config.get<boolean>('redaction.allowReveal', false),
    },
    flowInclude: text('flow.include'),
    flowExclude: allLeftOut(vscode, text('flow.exclude')),
    flowKeys: {
      identity: readKeys(config.get('flow.identityKeys')),
      reference: readKeys(config.get('flow.referenceKeys')),
      name: readKeys(config.get('flow.nameKeys')),
    },
  });
}

/** VS Code hands on what stands in the file: what is of another kind than it should be is as if it weren't there. */
function ofKind(config: vscode.WorkspaceConfiguration): vscode.WorkspaceConfiguration {
  const get = <T>(key: string, otherwise?: T): T | undefined => {
    const value = config.get<T>(key);
    return otherwise === undefined || kindOf(value) === kindOf(otherwise) ? value : otherwise;
  };
  return { ...config, get, inspect: (key: string) => config.inspect(key) } as typeof config;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

/** By itself: it is asked for each execution that fails, and the other settings take long to read. */
export function readNotifyFailures(vscode: Vscode): NotifyFailures {
  const config = vscode.workspace.getConfiguration(settingsSection);
  return config.get<NotifyFailures>('notifications.failures', 'flowFiles');
}

/** More are a mistake, and each is looked for in every object of a file. */
const mostKeys = 20;

function readKeys(keys: unknown): readonly string[] {
  const texts = (Array.isArray(keys) ? keys : []).filter((key) => typeof key === 'string');
  return texts.filter((key) => key !== '').slice(0, mostKeys);
}

function readLargeValues(config: vscode.WorkspaceConfiguration): LargeValueSettings {
  const hosts = Object.entries(config.get<Record<string, unknown>>('largeValues.hostRewrite', {}));
  const seconds = clamp(config.get<number>('largeValues.timeoutSeconds', 15), 1, 600);
  return {
    // A megabyte of JSON is a few in memory, and the page draws it.
    maxBytes: clamp(config.get<number>('largeValues.maxBytes', 10_485_760), 1_024, 104_857_600),
    timeoutMs: seconds * 1000,
    hostRewrite: Object.fromEntries(
      hosts.flatMap(([host, to]) => (typeof to === 'string' ? [[host.trim(), to.trim()]] : [])),
    ),
  };
}

/** More flows than anybody counts; what is no number of minutes says nothing. */
const mostFlowsByHand = 1_000;

function readMinutes(config: vscode.WorkspaceConfiguration): Settings['minutesByHand'] {
  const said = Object.entries(config.get<Record<string, unknown>>('numbers.minutesByHand', {}));
  return Object.fromEntries(
    said.slice(0, mostFlowsByHand).flatMap(([flow, minutes]) => {
      const isAmount = typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0;
      return isAmount ? [[flow.trim(), Math.min(minutes, 100_000)]] : [];
    }),
  );
}

function readConnection(config: vscode.WorkspaceConfiguration): ConnectionSettings {
  const text = (key: string) => config.get<string>(key, '').trim();
  return {
    brokers: config.get<string[]>('kafka.brokers', []).join(', '),
    topic: text('kafka.topic'),
    start: readStart(config),
    tls: config.get<boolean>('kafka.tls.enabled', false),
    caFile: text('kafka.tls.caFile'),
    saslMechanism: config.get<ConnectionSettings['saslMechanism']>('kafka.sasl.mechanism', 'none'),
    username: text('kafka.sasl.username'),
  };
}

function readStart(config: vscode.WorkspaceConfiguration): StartPosition {
  const lastRecords = config.get<number>('kafka.lastRecords', 200);
  const startFrom = config.get<string>('kafka.startFrom', 'last');
  const startTime = config.get<string>('kafka.startTime', '');
  return (
    startOf({ startFrom, lastRecords, startTime }) ??
    startOf({ lastRecords }) ?? { kind: 'last', count: 200 }
  );
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
