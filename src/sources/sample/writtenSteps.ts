import { type SampleRobotOptions, type ToldStep, toldSteps } from './sampleRobot.ts';
import { written } from './wireRecord.ts';

/** One record of the robot, and when it is sent. */
export interface SampleRobotStep extends Pick<ToldStep, 'afterMs' | 'timestampMs'> {
  /** The JSON text of a record as a service writes it. */
  readonly value: string;
}

/** What the robot sends, for who has all of it at hand. */
export function* sampleRobotSteps(options: SampleRobotOptions): Generator<SampleRobotStep> {
  for (const { record, ...when } of toldSteps(options)) yield { ...when, value: written(record) };
}
