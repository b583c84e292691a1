import type { Clock } from '../base/clock.ts';
import type { AttachmentLimits } from './attachment.ts';
import type { CallSites } from './callSite.ts';
import type { EventLoopDelays } from './eventLoopDelay.ts';
import type { KnownNodes } from './knownNodes.ts';
import type { LearningMask } from './learningMask.ts';
import type { TracerSids } from './tracerSids.ts';
import type { WrittenFields } from './writtenFields.ts';

/** How a tracer records its executions, with everything decided. */
export interface TracerSettings extends TracerSids {
  readonly flowId: string;
  readonly appId: string;
  readonly version: string;
  readonly logCaller: string;
  readonly form: 'g1' | 'g3';
  readonly mask: LearningMask | undefined;
  /** The nodes and the values that were met before, as they are written: `mask` found nothing in them. */
  readonly nodes: KnownNodes;
  readonly fields: WrittenFields;
  readonly spans: boolean;
  /** Tells where nodes are traced; undefined: nobody wants to know. */
  readonly callSites: CallSites | undefined;
  readonly resources: boolean;
  readonly eventLoopDelays: EventLoopDelays;
  /** Milliseconds between two snapshots; undefined for none. */
  readonly snapshotMs: number | undefined;
  /** Milliseconds after which one is sent though nothing happened; undefined for never. */
  readonly heartbeatMs: number | undefined;
  /** Share of the executions that are recorded. */
  readonly sampling: number;
  /** Entries of a record: nodes that went well, and as many that failed. */
  readonly maxNodes: number;
  readonly attachmentLimits: AttachmentLimits;
  /** The clock of an execution that begins. */
  readonly newClock: () => Clock;
  readonly newId: () => string;
  /** Told what something of the robot's own did instead of what it is for. */
  readonly onFault: (what: string, error: unknown) => void;
  /** Told what went wrong with recording. */
  readonly onError: (error: unknown) => void;
  readonly onStoreError: (error: unknown) => void;
}
