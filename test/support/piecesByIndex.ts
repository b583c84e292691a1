import { indexOfRecord } from '../../src/decode/bytes/indexer.ts';
import { usualSizes } from '../../src/decode/bytes/largePlaces.ts';
import { indexedPieces } from '../../src/decode/recordPieces.ts';

/** The pieces in which a record is looked through for secrets, as its index has them. */
export function piecesByIndex(text: string, atLeast = usualSizes.large): string[] {
  const index = indexOfRecord(Buffer.from(text), true);
  if (index === undefined) throw new Error('It has no index');
  return [...indexedPieces(index.noting({ large: atLeast, page: 200 }), atLeast)];
}
