import type { Disk } from '../base/disk.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import type { GitIgnored } from '../flow/gitIgnored.ts';
import { looksLikeFlow, maxFlowBytes } from '../flow/looksLikeFlow.ts';
import type { FlowFileOnDisk, FlowOnDisk } from '../protocol/flows.ts';
import type { FlowReader } from './flowReader.ts';

/** So many at a time: while one is parsed others are read. The longest text of each is in memory. */
const atOnce = 4;
/** A list of what is ignored is written by hand. */
const maxIgnoreBytes = 1024 * 1024;

/** Brings the flow files of a workspace into the registry, from the disk. */
export class WorkspaceFlows {
  private readonly reader: FlowReader;
  private readonly disk: Disk;

  constructor(reader: FlowReader, disk: Disk) {
    this.reader = reader;
    this.disk = disk;
  }

  /** Answers for each file, in their order. */
  async read(
    files: readonly FlowFileOnDisk[],
    folders: readonly string[],
    keys: FlowKeys,
  ): Promise<readonly FlowOnDisk[]> {
    // Before anything is waited for: an editor that opens one of them tells its text right behind the question.
    const untold = files.map(({ uri }) => this.reader.untold(uri));
    // Without a workspace nobody needs it.
    const { GitIgnored: Ignored } = await import('../flow/gitIgnored.ts');
    const ignored = new Ignored(folders, async (path) => {
      const found = await this.disk.readText(path, maxIgnoreBytes);
      return found.kind === 'text' ? found.text : null;
    });
    const answers: FlowOnDisk[] = [];
    let next = 0;
    const readInTurn = async () => {
      for (let at = next++; at < files.length; at = next++) {
        const file = files[at];
        const isUntold = untold[at];
        if (file === undefined || isUntold === undefined) continue;
        answers[at] = await this.readOne(file, ignored, { isUntold, keys });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, readInTurn));
    return answers;
  }

  private async readOne(
    { uri, path, isWanted }: FlowFileOnDisk,
    ignored: GitIgnored,
    { isUntold, keys }: { readonly isUntold: () => boolean; readonly keys: FlowKeys },
  ): Promise<FlowOnDisk> {
    if (!isWanted && (await ignored.has(path))) return { kind: 'notAFlow', uri };
    const fileName = /[^/\\]*$/.exec(path)?.[0] ?? path;
    let failed: FlowOnDisk | undefined;
    const info = await this.reader.setRead(
      uri,
      fileName,
      async () => {
        const found = await this.disk.readText(path, maxFlowBytes);
        if (found.kind !== 'text') failed = { uri, ...found };
        else if (this.reader.isFlow(uri) || looksLikeFlow(found.text, path, keys.identity)) {
          return found.text;
        }
        return null;
      },
      { isUntold, keys },
    );
    return failed ?? info;
  }
}
