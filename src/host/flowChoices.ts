import type { Memento } from 'vscode';
import type { FlowChoice } from '../protocol/flows.ts';

const key = 'flowChoices';
/** A reader is asked of a flow once; nobody has so many of which there are copies. */
const most = 200;

/** Which of several files of a flow the reader chose in this workspace, the oldest choice first; kept over a restart. */
export function flowChoices(memento: Memento): readonly FlowChoice[] {
  return memento.get<readonly FlowChoice[]>(key, []);
}

/** One choice for each flow: the last one. */
export function rememberFlow(memento: Memento, choice: FlowChoice): Thenable<void> {
  const others = flowChoices(memento).filter(({ flow }) => flow !== choice.flow);
  return memento.update(key, [...others, choice].slice(-most));
}
