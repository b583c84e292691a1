/**
 * What ended the engine. `memory`: its heap was full; `notLoaded`: it never came so far as to listen;
 * `exit`: it ended without an error; `fault`: an error that nobody caught.
 */
export type EngineLossCause = 'memory' | 'notLoaded' | 'exit' | 'fault';

/** The engine is away: why, and what becomes of it. */
export interface EngineLoss {
  readonly cause: EngineLossCause;
  /** What the runtime said of it. */
  readonly detail: string;
  /** How often it died in a row, each time soon after its start. */
  readonly deaths: number;
  /** It is started again by itself. False: it died too often, and the reader has to say so. */
  readonly comesBack: boolean;
}
