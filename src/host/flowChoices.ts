import type { Memento } from 'vscode';
import type { FlowChoice } from '../protocol/flows.ts';

const key = 'flowChoices';
/** A reader is asked of a flow once; nobody has so many of which there are copies. */
const most = 200;

/** Which of several files of a flow the reader chose in this workspace, the oldest choice first; kept over a restart. */
export class FlowChoices {
  private readonly memento: Memento;

  constructor(memento: Memento) {
    this.memento = memento;
  }

  get all(): readonly FlowChoice[] {
    return this.memento.get<readonly FlowChoice[]>(key, []);
  }

  async remember(choice: FlowChoice): Promise<void> {
    const others = this.all.filter(({ flow }) => flow !== choice.flow);
    await this.memento.update(key, [...others, choice].slice(-most));
  }
}
