import type { Range } from '../../src/analysis/spans.ts';
import { msg, type Translate } from '../../src/texts/translate.ts';

const names: Readonly<Record<Range, string>> = {
  hour: msg('1 h'),
  today: msg('Today'),
  day: msg('24 h'),
  week: msg('7 d'),
  month: msg('30 d'),
  all: msg('All'),
  own: msg('Custom'),
};

/** What a range is called where it is chosen. */
export function rangeName(range: Range, t: Translate): string {
  return t(names[range]);
}
