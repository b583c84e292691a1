import type { Json, JsonObject } from '../../base/json.ts';
import { textOf } from '../fields.ts';
import { parsePythonLiteral } from '../pythonLiteral.ts';
import { usualShape, type RecordShape } from './recordShape.ts';

/** A robot's run, called by a workflow or directly. Its question is a line of its own making, not JSON. */
export const rpaRecord: RecordShape = {
  ...usualShape,
  kind: 'rpa',
  matches: (root) => /^rpa\b/.test(textOf(root['sub'])),
  subject: (root) => {
    // Its parameters are parsed when somebody looks at them.
    const project = projectIn(textOf(root['question']));
    return project === '' || project === 'None' ? textOf(root['service_id']) : project;
  },
  readQuestion: readRpaQuestion,
  sidIsUnique: false,
};

const fieldNames = [
  ...['sid', 'access_token', 'project_id', 'version', 'phone_number', 'exec_position', 'params'],
] as const;

/** The project alone, up to whichever field is next; empty when the question names none. */
function projectIn(question: string): string {
  if (!question.startsWith('sid:')) return '';
  const at = question.indexOf(projectName);
  if (at < 0) return '';
  plainProject.lastIndex = at + projectName.length;
  return textOf((plainProject.exec(question) ?? projectField.exec(question))?.[1]).trim();
}

const projectName = ', project_id:';
/** A number, as they are, before the fields that follow it mostly: to look for any of them behind each sign takes long. */
const plainProject = /(\d+)(?:, (?:version|params):|,? ?exec_position:)/y;

const projectField =
  /, project_id:(.*?)(?:, ?(?:version|phone_number|params):|,? ?exec_position:|,?\s*$)/s;

/** Reads `sid:…, access_token:…, project_id:…, params:{…}`. Undefined when it is no such line. */
export function readRpaQuestion(question: string): JsonObject | undefined {
  const fields = splitQuestion(question);
  if (fields === undefined) return undefined;
  return Object.fromEntries([...fields].map(([name, text]) => [name, readField(name, text)]));
}

/**
 * The service of 2025 forgot the comma before `exec_position`, so the fields are found by their names, in order.
 */
function splitQuestion(question: string): Map<string, string> | undefined {
  if (!question.startsWith('sid:')) return undefined;
  const found: { name: string; nameAt: number; valueAt: number }[] = [];
  let from = 0;
  for (const name of fieldNames) {
    const at = indexOfField(question, name, from);
    if (at < 0) continue;
    from = at + name.length + 1;
    found.push({ name, nameAt: at, valueAt: from });
  }
  return new Map(
    found.map(({ name, valueAt }, index) => {
      const end = found[index + 1]?.nameAt ?? question.length;
      return [name, question.slice(valueAt, end).trim().replace(/,$/, '')];
    }),
  );
}

function readField(name: string, text: string): Json {
  if (text === 'None') return null;
  if (name !== 'params') return text;
  return parsePythonLiteral(text) ?? text;
}

function indexOfField(question: string, name: string, from: number): number {
  if (from === 0) return question.startsWith(`${name}:`) ? 0 : -1;
  const withComma = question.indexOf(`, ${name}:`, from);
  if (name !== 'exec_position') return withComma < 0 ? -1 : withComma + 2;
  // Not in the parameters, which may hold any text.
  const params = question.indexOf('params:', from);
  const glued = question.indexOf(`${name}:`, from);
  return glued < 0 || (params >= 0 && glued > params) ? -1 : glued;
}
