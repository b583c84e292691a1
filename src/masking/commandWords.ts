import { maskCommandLines } from './commandLines.ts';
import { maskLoginShapes } from './loginShapes.ts';

/** A command has no more words, and a longer one is a table or a text. */
const mostWords = 60;
const longestCommand = 4_000;
/** Without an option a list is no command, but for the few tools that take a secret by its place. */
const option = /^(?:-{1,2}|\/)[a-z]/i;
const byPlace = /^(?:net(?:\.exe)?|vault|mc|setx|htpasswd|rasdial)$/i;
/** What refers to a value is none. */
const reference = /^(?:\$\{?[\w.]+\}?|%\w+%|\{[\w.]*\}|<[\w -]+>)$/;
/** They end a word in a line; in a list they are signs of it as any. */
const endsWord = /[\s"'`|&<>;$(){}[\]\\]/g;
/** `[A-Z]{2}\d+` takes turns as what was made at random does. */
const expression = /[[\]{}\\]/;
const otherSign = '\ue000';

/** Which words of a command hold a secret, by their places: a process is started with a list of them. */
export function secretWords(words: readonly string[]): readonly number[] {
  if (words.length < 2 || words.length > mostWords) return [];
  if (words.length === 2 && /\s/.test(words[1] ?? '')) return secretArguments(words);
  if (!byPlace.test(words[0] ?? '') && !words.some((word) => option.test(word))) return [];
  const plain = words.map(asOneWord);
  const line = plain.join(' ');
  if (line.length > longestCommand) return [];
  const asCommand = maskCommandLines(line).split(' ');
  const asLogin = maskLoginShapes(line).split(' ');
  if (asCommand.length !== plain.length || asLogin.length !== plain.length) return [];
  return plain.flatMap((word, index) => {
    const isRandom = word !== asLogin[index] && !expression.test(words[index] ?? '');
    return isRandom || word !== asCommand[index] ? [index] : [];
  });
}

/** `"net.exe", "use Z: …"`: the tool by itself, and all it is given in one text. */
function secretArguments([tool = '', given = '']: readonly string[]): readonly number[] {
  if (/\s/.test(tool) || !/\s[-/]/.test(given) || given.length > longestCommand) return [];
  const line = `${tool} ${given}`;
  return maskCommandLines(line) === line ? [] : [1];
}

function asOneWord(word: string): string {
  if (word === '') return otherSign;
  if (reference.test(word)) return word;
  // The name of a machine or a folder; a tool is known by the end of its path.
  if (/^(?:\\\\|[a-z]:\\|\.{0,2}\/)/i.test(word)) return word.replace(/\s/g, otherSign);
  return word.replace(endsWord, otherSign);
}
