import { useEffect, useState } from 'preact/hooks';

/** As many as one sees of a value, below its tree. */
const seenRows = 24;
/** Some more cost less than to draw twice. */
const fewMore = 8;

/**
 * The rows that are seen, and once these are painted all of them: to lay out and paint the hundred rows of a large value takes
 * as long as all else between a click and what it shows. `isWanted`: one further down is looked for.
 */
export function useFirstRows<Row>(rows: readonly Row[], isWanted: boolean): readonly Row[] {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    setPainted(true);
  }, []);
  const isShort = rows.length <= seenRows + fewMore;
  return isPainted || isWanted || isShort ? rows : rows.slice(0, seenRows);
}
