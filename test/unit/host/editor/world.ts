import { noFlowKeys } from '../../../../src/flow/genericFlow.ts';
import { editorCommands } from '../../../../src/host/editor/editorCommands.ts';
import { EditorFeatures } from '../../../../src/host/editor/editorFeatures.ts';
import { readEditorSettings } from '../../../../src/host/editor/editorSettings.ts';
import { FlowFiles } from '../../../../src/host/flowFiles.ts';
import { readFlowText } from '../../../../src/host/flowText.ts';
import { later } from '../../../../src/host/later.ts';
import { NodeRevealer } from '../../../../src/host/revealNode.ts';
import { Selection } from '../../../../src/host/selection.ts';
import { TextEditors } from '../../../../src/host/textEditors.ts';
import { Emitter } from '../../../../src/base/event.ts';
import { type FakeEditor, FakeVscode } from '../../../support/fakeVscode.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { ScriptedEngine } from '../../../support/scriptedEngine.ts';
import { engineParts, flowFile } from '../../engine/world.ts';

export const invoice = flowFile('invoice-entry.yaml');

/** A release of Blue Prism with two processes, each on a line of its own. */
export const oneLineRelease = `<release name="R">\n${[1, 2].map(processLine).join('\n')}\n</release>\n`;

function processLine(process: number): string {
  const stages = ['Start', 'Action', 'End'].map(
    (type, at) =>
      `<stage stageid="p${String(process)}-${String(at)}" name="${type}" type="${type}"></stage>`,
  );
  return `<process name="P${String(process)}">${stages.join('')}</process>`;
}

/** The editor features over a VS Code that a test plays and the real engine, in one thread and without time. */
export function editorWorld() {
  const vscode = new FakeVscode();
  const clock = new ManualClock();
  const parts = engineParts();
  const engine = new ScriptedEngine(clock);
  const { setFlow, removeFlow, watch, unwatch, ask, locate } = parts.handlers;
  engine.answers = { setFlow, removeFlow, watch, unwatch, ask, locate };
  const log = (level: string, message: string) => void engine.logged.push(`${level}: ${message}`);
  const settings = () => ({ flowInclude: '**', flowExclude: '', flowKeys: noFlowKeys });
  const world = { vscode: vscode.api, engine: engine.client, clock, log };
  const flowFiles = new FlowFiles({
    ...{ ...world, settings },
    readText: (file) => readFlowText(vscode.api, file),
  });
  const selection = new Selection(() => undefined);
  const source = new Emitter<undefined>(() => undefined);
  const selected: unknown[] = [];
  const panel = {
    isVisible: true,
    emit: (name: string, payload: unknown) => {
      if (name === 'select') selected.push(payload);
    },
  };
  const features = new EditorFeatures({
    ...{ ...world, flowFiles, selection, panel },
    settings: () => readEditorSettings(vscode.api),
    onDidChangeSource: source.event,
  });
  const editors = new TextEditors(vscode.api);
  const said: string[] = [];
  const shownPanel = {
    ...panel,
    show: () => undefined,
    say: (sentence: string) => void said.push(sentence),
  } as never;
  const opened: [uri: string, atMs: number][] = [];
  const commands = editorCommands({
    ...{ vscode: vscode.api, marks: features.marks, panel: shownPanel, editors },
    flowsOfThen: {
      open: (uri, atMs) => {
        opened.push([uri, atMs]);
        return Promise.resolve();
      },
    },
  });
  const revealer = new NodeRevealer({
    ...{ ...world, flowFiles, editors, notShown: later },
    flowsOfThen: { open: () => Promise.resolve() },
    placeNow: (document, location) => features.marks.placeNow(document, location),
    say: (sentence) => void said.push(sentence),
  });
  engine.client.start();
  /** Lets pauses pass and everything that follows from them happen. */
  const settle = async () => {
    // What is read with the first that needs it is there.
    await later();
    for (let turn = 0; turn < 12; turn++) {
      clock.advance(300);
      parts.clock.advance(300);
      await new Promise((resolve) => setImmediate(resolve));
      for (const [name, payload] of parts.events.splice(0)) {
        if (name === 'pushed') engine.fire('pushed', payload);
      }
    }
  };
  const open = async (text = invoice.text, name = invoice.fileName): Promise<FakeEditor> => {
    vscode.write(`/w/${name}`, text);
    const editor = vscode.open(`/w/${name}`);
    await settle();
    return editor;
  };
  const dispose = () => {
    features.dispose();
    revealer.dispose();
    editors.dispose();
    flowFiles.dispose();
    engine.client.dispose();
  };
  return {
    ...parts,
    commands,
    opened,
    said,
    panel,
    selected,
    vscode,
    engine,
    selection,
    source,
    features,
    revealer,
    settle,
    open,
    dispose,
  };
}

/** The texts that stand where marks of the margin are, by what is drawn. */
export function marked(editor: FakeEditor): string[] {
  const text = editor.document.getText();
  return [...editor.decorations].flatMap(([type, ranges]) => {
    if (type.options.dark?.gutterIconPath === undefined) return [];
    return ranges.map((range) => {
      const { start, end } = range as { start: never; end: never };
      return text.slice(editor.document.offsetAt(start), editor.document.offsetAt(end));
    });
  });
}
