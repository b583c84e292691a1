import type { Disposable } from '../base/disposable.ts';
import type { Result } from '../base/result.ts';
import type { FlowDocument } from './flowDocument.ts';
import type { FlowProblem } from './parseFlow.ts';

/** What a thread is told it is that reads flow files. */
export const flowThreadRole = 'flow parser';

export type Parsed = Result<FlowDocument, FlowProblem>;

/** Reads the text of a flow file, however long that takes; never rejects. */
export interface FlowParser extends Disposable {
  parse(text: string, fileName: string): Promise<Parsed>;
}
