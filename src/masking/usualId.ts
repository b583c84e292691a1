const hex = 1;
const lower = 2;
const digit = 4;
const dash = 8;
const colonSign = 0x3a;
const atSign = 0x40;

/** Which of the kinds above each sign of ASCII is. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  const kind = (expression: RegExp, bit: number) => (expression.test(sign) ? bit : 0);
  return kind(/[\da-f]/, hex) | kind(/[a-z]/, lower) | kind(/\d/, digit) | kind(/-/, dash);
});

/** A UUID stands behind the two colons of a node's id. */
const uuidLength = 36;
const digestLength = 32;
const longestNumber = 24;

/**
 * Ids as the services make them: of a node (`node-start::` and a UUID), of a log, of a flow, of a call. Each record has
 * tens, and none is a key. Sign by sign, as an expression of these four takes three times as long.
 */
export function isUsualId(id: string): boolean {
  const { length } = id;
  if (length === digestLength && isAll(id, 0, length, hex)) return true;
  const uuid = length - uuidLength;
  if (uuid > 2 && id.charCodeAt(uuid - 1) === colonSign) return isNodeId(id, uuid);
  if (length > 11 && id.charCodeAt(11) === atSign) return isSid(id);
  return length > 0 && length <= longestNumber && isAll(id, 0, length, digit);
}

function isNodeId(id: string, uuid: number): boolean {
  const type = uuid - 2;
  return (
    type >= 2 &&
    type <= 40 &&
    id.charCodeAt(type) === colonSign &&
    isAll(id, 0, type, lower | dash) &&
    isAll(id, uuid, id.length, hex | dash)
  );
}

function isSid(id: string): boolean {
  const behind = id.length - 12;
  return (
    behind >= 8 &&
    behind <= 32 &&
    isAll(id, 0, 3, lower) &&
    isAll(id, 3, 11, hex) &&
    isAll(id, 12, id.length, lower | digit)
  );
}

function isAll(text: string, from: number, to: number, wanted: number): boolean {
  for (let at = from; at < to; at++) {
    if (((kinds[text.charCodeAt(at)] ?? 0) & wanted) === 0) return false;
  }
  return true;
}
