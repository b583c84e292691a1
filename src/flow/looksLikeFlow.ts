/** Enough to see `flowMeta`, or the first nodes of a file, whatever stands before. */
const lookAt = 64 * 1024;

/** The files that may be flows. By their names they only may: what is in them decides. */
export const flowPattern =
  '**/{*.yml,*.yaml,*.json,*.robot,*.resource,*.xaml,*.xml,*.bpmn,*.bpprocess,*.bpobject,*.bprelease,*.py,' +
  // Of a robot's run: other texts and tables of places are many, and none of them is a flow.
  'report/*/*.txt,astron/*.map}';

/** A node id of the console: `rpa::3f9d2b1a-…`. Of the type one letter will do: all of it would walk a picture in base64 over and over. */
const consoleNodeId = /\w::[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** The console refuses to import more than 20 MB; nothing larger can be a flow. */
export const maxFlowBytes = 20 * 1024 * 1024;

/**
 * Whether a file may be a flow: cheap enough to ask of every YAML, JSON and XML file of a workspace. A key of `identity`
 * makes it one as well. Parsing decides later. Loads no parser, so that the host can use it.
 */
export function looksLikeFlow(
  text: string,
  fileName: string,
  identity: readonly string[] = [],
): boolean {
  const head = text.slice(0, lookAt);
  const isXml = /^\uFEFF?\s*</.test(head);
  switch (/\.[a-z]+$/i.exec(fileName)?.[0].toLowerCase()) {
    case '.yml':
    case '.yaml':
      return (
        /^["']?flow(?:Meta|Data)["']?:/m.test(head) ||
        isCoreProtocol(head) ||
        identity.some((key) => head.includes(`${key}:`))
      );
    case '.json':
      return (
        isConsoleJson(head) ||
        isForeignJson(head) ||
        identity.some((key) => head.includes(JSON.stringify(key)))
      );
    case '.bpmn':
    case '.xaml':
    case '.xml':
    case '.bpprocess':
    case '.bpobject':
    case '.bprelease':
      return isXml && (isFlowXml(head) || identity.some((key) => head.includes(`${key}=`)));
    case '.robot':
    case '.resource':
      // Another tool keeps XML under this name.
      return !isXml && /^\uFEFF?(?:\|[ \t]+)?\*+[ \t]*[^*\s]/m.test(head);
    case '.py':
      return isRobotPython(head);
    // What a run of a robot leaves: its report, and a table of lines.
    case '.txt':
    case '.map':
      return /^\uFEFF?\d+:\d+\b|"log_type"/.test(head);
    default:
      return false;
  }
}

function isConsoleJson(head: string): boolean {
  return /"flowData"\s*:/.test(head) || isCoreProtocol(head);
}

/** The quotes are escaped where an answer of the platform holds the protocol as a text. */
function isCoreProtocol(head: string): boolean {
  return /\bnodes\\?["']?\s*:/.test(head) && consoleNodeId.test(head);
}

/**
 * A process of the robot's own designer, what a run of it leaves, and flows of n8n, Node-RED and Logic Apps: each by keys
 * that hardly meet elsewhere.
 */
function isForeignJson(head: string): boolean {
  return (
    (/\binputList\\?"\s*:/.test(head) && /\boutputList\\?"\s*:/.test(head)) ||
    /"process_meta"\s*:/.test(head) ||
    (/"typeVersion\\?"\s*:/.test(head) && /"nodes\\?"\s*:/.test(head)) ||
    (/"wires"\s*:/.test(head) && /"z"\s*:/.test(head)) ||
    (/"actions"\s*:/.test(head) &&
      (/\/workflowdefinition\.json/i.test(head) || /"runAfter"\s*:/.test(head)))
  );
}

/** BPMN, a workflow in XAML, which mostly describes windows, and what Blue Prism exports. */
function isFlowXml(head: string): boolean {
  switch (rootOf(head)) {
    case 'definitions':
      return /omg\.org\/spec\/BPMN/i.test(head);
    case 'Activity':
      return true;
    case 'process':
    case 'object':
    case 'release':
      return /<(?:stage|subsheet)\b|blueprism/i.test(head);
    default:
      return false;
  }
}

/** The name of the outermost element, without its prefix; empty without one. */
function rootOf(head: string): string {
  let at = 0;
  for (;;) {
    const open = head.indexOf('<', at);
    if (open === -1) return '';
    const isComment = head.startsWith('<!--', open);
    if (!isComment && !/[?!]/.test(head.charAt(open + 1))) {
      const name = /(?:[\w.-]{1,100}:)?([\w.-]{1,100})/y;
      name.lastIndex = open + 1;
      return name.exec(head)?.[1] ?? '';
    }
    const end = head.indexOf(isComment ? '-->' : '>', open);
    if (end === -1) return '';
    at = end + 1;
  }
}

/** Tasks of Robocorp and its successors, and what the engine of the robot's designer generates. */
function isRobotPython(head: string): boolean {
  return (
    /^[ \t]*(?:from|import)[ \t]+(?:robocorp|sema4ai|RPA)\b/m.test(head) ||
    /\b__info__=\[\d/.test(head)
  );
}
