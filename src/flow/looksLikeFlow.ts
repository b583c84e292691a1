/** Enough to see `flowMeta`, or the first nodes of a file, whatever stands before. */
const lookAt = 64 * 1024;

/** A node id of the console: `rpa::3f9d2b1a-…`. Of the type one letter will do: all of it would walk a picture in base64 over and over. */
const consoleNodeId = /\w::[0-9a-f]{8}-[0-9a-f]{4}-/i;

/**
 * Whether a file may be a flow: cheap enough to ask of every YAML, JSON and XML file of a workspace.
 * Parsing decides later. Loads no parser, so that the host can use it.
 */
export function looksLikeFlow(text: string, fileName: string): boolean {
  const head = text.slice(0, lookAt);
  switch (/\.[a-z]+$/i.exec(fileName)?.[0].toLowerCase()) {
    case '.yml':
    case '.yaml':
      return /^["']?flow(?:Meta|Data)["']?:/m.test(head) || isCoreProtocol(head);
    case '.json':
      return isConsoleJson(head) || isForeignJson(head);
    case '.bpmn':
    case '.xaml':
    case '.bpprocess':
    case '.bpobject':
    case '.bprelease':
      return /^\uFEFF?\s*</.test(head);
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

/** A process of the robot's own designer, of n8n or of Node-RED: each by two keys that hardly meet elsewhere. */
function isForeignJson(head: string): boolean {
  return (
    (/\binputList\\?"\s*:/.test(head) && /\boutputList\\?"\s*:/.test(head)) ||
    (/"typeVersion\\?"\s*:/.test(head) && /"nodes\\?"\s*:/.test(head)) ||
    (/"wires"\s*:/.test(head) && /"z"\s*:/.test(head))
  );
}
