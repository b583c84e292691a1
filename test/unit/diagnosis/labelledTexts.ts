import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A text as a product writes it, and the cause that it tells; null where it tells none. */
export interface LabelledText {
  readonly text: string;
  readonly cause: string | null;
}

/** The texts of a file of `texts/`: one a line below the name of its cause. */
export function labelledTexts(name: string): readonly LabelledText[] {
  const path = fileURLToPath(new URL(`texts/${name}.txt`, import.meta.url));
  let cause: string | undefined;
  const found: LabelledText[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('== ')) cause = line.slice(3);
    else if (line !== '' && cause !== undefined) {
      found.push({ text: line.replaceAll('⏎', '\n'), cause: cause === 'nothing' ? null : cause });
    }
  }
  return found;
}
