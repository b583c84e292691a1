import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { Log } from '../base/log.ts';
import type { OffsetRange } from '../flow/flowDocument.ts';
import type { LocateAnswer, NodeLocation, NodeTarget } from '../protocol/flows.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { FlowFiles } from './flowFiles.ts';
import type { NodeSince } from '../protocol/flowSince.ts';
import { nodeSinceText } from '../texts/flowSinceTexts.ts';
import { labelled } from '../texts/sentences.ts';
import { contextKeys } from './ids.ts';
import type { OpensFlowThen } from './opensFlowThen.ts';
import { t } from './l10n.ts';
import { columnBesidePanel } from './columnBesidePanel.ts';
import type * as notShown from './nodeNotShown.ts';
import { tell } from './surfaces.ts';
import type { TextEditors } from './textEditors.ts';
import type { Vscode } from './vscode.ts';

/** What to show: a node, the one at which the execution failed, or the flow wherever that says most. */
export type RevealTarget = NodeTarget | 'failing' | 'flow';

/** What the revealer needs of its world. */
export interface RevealWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call'>;
  readonly flowFiles: Pick<FlowFiles, 'active' | 'flush'>;
  readonly editors: TextEditors;
  readonly log: Log;
  readonly flowsOfThen: OpensFlowThen;
  /** What is said of a node that isn’t shown, read when it is said. */
  readonly notShown: () => Promise<
    Pick<typeof notShown, 'chooseLocation' | 'openSource' | 'offerFlowFile' | 'tellMissing'>
  >;
  /** Where the engine’s place of a node is by now, if an editor knows that better. */
  readonly placeNow?: (
    document: vscode.TextDocument,
    location: NodeLocation,
  ) => OffsetRange | undefined;
  /** Says something where the reader looks. */
  readonly say: (sentence: string) => void;
}

/** Brings a node of an execution into view in its flow file. */
export class NodeRevealer implements Disposable {
  private readonly world: RevealWorld;
  private readonly revealed: Emitter<ExecutionKey>;

  constructor(world: RevealWorld) {
    this.world = world;
    this.revealed = new Emitter((error) => {
      world.log('error', String(error));
    });
  }

  /** A node of an execution is on the screen. */
  get onDidReveal() {
    return this.revealed.event;
  }

  dispose(): void {
    this.revealed.dispose();
  }

  /** Puts the cursor on the node; says why where that can't be done. Answers what was found. */
  async reveal(
    key: ExecutionKey,
    target: RevealTarget,
    preserveFocus: boolean,
  ): Promise<LocateAnswer['kind']> {
    const { engine, flowFiles, editors, say } = this.world;
    const { active } = flowFiles;
    if (active !== null) await flowFiles.flush(active.uri);
    const seen = [active?.uri ?? '', ...editors.seen];
    const answer = await engine.call('locate', { key, target, seen });
    switch (answer.kind) {
      case 'found':
        return this.noted(
          target,
          await this.show(key, answer.location, preserveFocus, answer.since),
        );
      case 'ambiguous': {
        const { candidates, areFiles = false } = answer;
        // The reader may take his time; who asked waits for an answer.
        void this.showChosen(key, target, candidates, areFiles, preserveFocus);
        break;
      }
      case 'source':
        // The reader may have to choose: who asked waits for an answer.
        void (await this.world.notShown()).openSource(this.world, answer.source, preserveFocus);
        break;
      case 'noFlowFile':
        void (await this.world.notShown()).offerFlowFile(this.world.vscode);
        break;
      case 'notInFlow':
        void (await this.world.notShown()).tellMissing(this.world, answer);
        break;
      case 'notFailed':
        say(t('This execution didn’t fail.'));
        break;
      case 'noNode':
        say(t('The record doesn’t name the failing node. Open the flow file of this execution.'));
        break;
    }
    return answer.kind;
  }

  /** Whoever asked for it, command, button or notification: the step of the walkthrough is done. */
  private noted(target: RevealTarget, answer: LocateAnswer['kind']): LocateAnswer['kind'] {
    if (target === 'failing' && answer === 'found') {
      void this.world.vscode.commands.executeCommand('setContext', contextKeys.hasJumped, true);
    }
    return answer;
  }

  private async show(
    key: ExecutionKey,
    found: NodeLocation,
    preserveFocus: boolean,
    since?: NodeSince,
  ): Promise<LocateAnswer['kind']> {
    const { vscode, editors } = this.world;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(found.uri));
    const location = await this.inEditor(key, found);
    if (location === undefined) {
      const { uri, flowName } = found;
      void (await this.world.notShown()).tellMissing(this.world, { uri, flowName, ranMs: null });
      return 'notInFlow';
    }
    const { start, end } = this.world.placeNow?.(document, location) ?? location.idRange;
    const [first, last] = [document.positionAt(start), document.positionAt(end)];
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: await columnBesidePanel(vscode, editors, document.uri),
      preserveFocus,
    });
    // Backwards: the cursor at the begin of a long id keeps the begin of the lines in sight.
    editor.selection = new vscode.Selection(last, first);
    const lineBegin = new vscode.Range(first.with(undefined, 0), first);
    editor.revealRange(lineBegin, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.revealed.fire(key);
    if (since !== undefined) {
      const name = location.nodeName || location.nodeId;
      this.world.say(labelled(t('“{0}”', name), nodeSinceText(since, t), t));
    }
    return 'found';
  }

  /**
   * Where it stands in the text that the editor holds: the engine may have read another, of a file that changed
   * outside the workspace or before the reader chose.
   */
  private async inEditor(
    key: ExecutionKey,
    found: NodeLocation,
  ): Promise<NodeLocation | undefined> {
    const { engine, flowFiles } = this.world;
    const { uri, nodeId, nodeName: name, place } = found;
    await flowFiles.flush(uri);
    const target = { nodeId, name, ...(place && { place }) };
    const answer = await engine.call('locate', { key, target, seen: [uri] });
    const far = ({ idRange }: NodeLocation) => Math.abs(idRange.start - found.idRange.start);
    // Several nodes of a file may have one id.
    return placesOf(answer)
      .filter((place) => place.uri === uri && place.nodeId === nodeId)
      .sort((a, b) => far(a) - far(b))[0];
  }

  private async showChosen(
    key: ExecutionKey,
    target: RevealTarget,
    candidates: readonly NodeLocation[],
    areFiles: boolean,
    preserveFocus: boolean,
  ): Promise<void> {
    const { vscode, engine } = this.world;
    try {
      const { chooseLocation } = await this.world.notShown();
      const chosen = await chooseLocation(vscode, candidates, areFiles);
      if (chosen === undefined) return;
      if (areFiles) await engine.call('chooseFlow', { key, uri: chosen.uri });
      this.noted(target, await this.show(key, chosen, preserveFocus));
    } catch (error) {
      // Who asked has had an answer.
      void tell(vscode, 'error', error instanceof Error ? error.message : String(error));
    }
  }
}

function placesOf(answer: LocateAnswer): NodeLocation[] {
  if (answer.kind === 'found') return [answer.location];
  return answer.kind === 'ambiguous' ? [...answer.candidates] : [];
}
