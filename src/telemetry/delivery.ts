/** Why a record did not arrive. */
export type DropReason =
  /** KAFKA_ENABLE is not set. */
  | 'disabled'
  /** A newer record of the same execution took its place before it was sent. */
  | 'superseded'
  /** The queue holds as much as it may. */
  | 'queueFull'
  /** Larger than a broker takes. */
  | 'tooLarge'
  /** No broker took it in time. */
  | 'timedOut'
  /** A broker does not want it. */
  | 'refused'
  /** The service was closed before it could be sent. */
  | 'closed';

/** What became of a record. */
export type DeliveryReport =
  | {
      readonly ok: true;
      readonly topic: string;
      /** Null where the records of a batch went to several. */
      readonly partition: number | null;
      readonly bytes: number;
    }
  | {
      readonly ok: false;
      readonly topic: string;
      readonly reason: DropReason;
      readonly detail: string;
      readonly bytes: number;
    };

/** Called once for each record. What it throws is logged and goes no further. */
export type OnDelivery = (report: DeliveryReport) => void;

/** What a record is sent with. */
export interface SendOptions {
  /** Records with the same key stay in order: the id of a flow. Upstream sends none. */
  readonly key?: string | undefined;
  /** While it waits, a later record with the same name takes its place. */
  readonly replaces?: string | undefined;
  /** The time of the record, milliseconds since the epoch. Default: when it is sent. */
  readonly timestampMs?: number | undefined;
  /** A later record of the same execution takes its place: senders that keep everything may leave it out. */
  readonly isSnapshot?: boolean | undefined;
  readonly onDelivery?: OnDelivery | undefined;
}

/** A record that waits to be sent. */
export interface QueuedRecord {
  readonly topic: string;
  /** Encoded when it is sent: one that is dropped costs no copy. */
  readonly value: string;
  /** In UTF-8. */
  readonly bytes: number;
  readonly key: string | undefined;
  /** The time of the record, milliseconds since the epoch; undefined: when it is sent. */
  readonly timestampMs: number | undefined;
  /** Records with the same name replace each other while they wait. */
  readonly replaces: string | undefined;
  /** When it was given, milliseconds of a clock that never goes back. */
  readonly atMs: number;
  readonly onDelivery: OnDelivery | undefined;
}
