import { expect, test } from 'vitest';
import { ByteRooms, type Place, roomBytes } from '../../../src/record/byteRooms.ts';
import { HeldRecords } from '../../../src/record/heldRecords.ts';

/** A sixteenth of a room, all of one sign. */
const part = (sign: number) => new Uint8Array(roomBytes / 16).fill(sign);
const signOf = (bytes: Uint8Array | undefined) => [bytes?.length, bytes?.[0], bytes?.at(-1)];
const added = (rooms: ByteRooms, count: number): Place[] =>
  Array.from({ length: count }, (_, sign) => rooms.add(part(sign)));

test('what leaves makes space for what comes, and nobody sees that of another', () => {
  const rooms = new ByteRooms();
  const places = added(rooms, 40);
  expect(rooms.memoryBytes).toBe(3 * roomBytes);
  const seen = rooms.bytesAt(places[3]!);
  for (const place of places.slice(0, 16)) rooms.remove(place);
  const again = Array.from({ length: 24 }, (_, sign) => rooms.add(part(100 + sign)));
  expect(rooms.memoryBytes).toBe(3 * roomBytes);
  expect(signOf(seen)).toEqual([roomBytes / 16, 3, 3]);
  expect(signOf(rooms.bytesAt(places[16]!))).toEqual([roomBytes / 16, 16, 16]);
  expect(again.map((place) => rooms.bytesAt(place)[0])).toEqual(
    Array.from({ length: 24 }, (_, sign) => 100 + sign),
  );
});

test('the room that is filled begins anew where all in it left', () => {
  const rooms = new ByteRooms();
  for (let round = 0; round < 50; round++) {
    const [place] = added(rooms, 1);
    expect(signOf(rooms.bytesAt(place!))).toEqual([roomBytes / 16, 0, 0]);
    rooms.remove(place!);
  }
  expect(rooms.memoryBytes).toBe(roomBytes);
});

test('what is large has memory of its own, which is given on as it is', () => {
  const rooms = new ByteRooms();
  const large = new Uint8Array(roomBytes).fill(7);
  const place = rooms.add(large);
  expect(rooms.bytesAt(place)).toBe(large);
  const within = rooms.add(large.subarray(0, roomBytes / 2));
  expect(rooms.bytesAt(within).buffer.byteLength).toBe(roomBytes / 2);
  rooms.remove(place);
  rooms.remove(within);
  expect(rooms.memoryBytes).toBe(0);
  // It is somebody's still, and no room for others.
  added(rooms, 1);
  expect(large.every((sign) => sign === 7)).toBe(true);
});

test('of nothing there is a place as well', () => {
  const rooms = new ByteRooms();
  const nothing = rooms.add(new Uint8Array());
  const [other] = added(rooms, 1);
  expect(rooms.bytesAt(nothing).length).toBe(0);
  rooms.remove(nothing);
  expect(signOf(rooms.bytesAt(other!))).toEqual([roomBytes / 16, 0, 0]);
});

test('records that leave out of turn leave no rooms of which little is used', () => {
  const held = new HeldRecords<{ readonly sign: number }>();
  const owners = Array.from({ length: 400 }, (_, sign) => ({ sign: sign % 251 }));
  for (const owner of owners) {
    if (owner.sign % 2 === 0) held.hold(owner, part(owner.sign));
    else held.holdOlder(owner, part(owner.sign));
  }
  expect(held.memoryBytes).toBe(25 * roomBytes);
  const left = owners.filter((_, at) => at % 8 === 0);
  for (const owner of owners) if (!left.includes(owner)) held.drop(owner);
  expect(held.bytes).toBe((50 / 16) * roomBytes);
  expect(held.memoryBytes).toBeLessThanOrEqual(8 * roomBytes);
  for (const owner of left) {
    expect(signOf(held.of(owner))).toEqual([roomBytes / 16, owner.sign, owner.sign]);
  }
  // In the order of their use, as before.
  held.shrink(held.bytes - roomBytes / 16);
  expect(left.find((owner) => !held.has(owner))).toBe(left.find(({ sign }) => sign % 2 === 1));
  held.clear();
  expect([held.bytes, held.memoryBytes, held.count]).toEqual([0, 0, 0]);
});
