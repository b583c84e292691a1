/** Looking for a cause in long texts that have none: each pattern goes over them, none may go back. */
import { causeOf } from '../../src/diagnosis/causes.ts';
import { wordsOfCauses } from '../support/hostileTexts.ts';
import { reportGrowth } from './growth.ts';
import { heading } from './report.ts';

heading('Looking for a cause in 200 KB without one');
for (const word of wordsOfCauses) {
  reportGrowth(word.trim(), 100_000, (length) => {
    const texts = [{ text: word.repeat(length / word.length) }];
    return () => causeOf(texts);
  });
}
