import { ownBytes } from './ownBytes.ts';

/** So much takes some hundred small records; what is larger than a part of it has memory of its own. */
export const roomBytes = 1024 * 1024;
const mostInRoom = roomBytes / 8;

/** Memory for the bytes of many, or of a large one. */
interface Room {
  readonly bytes: Uint8Array;
  readonly isForMany: boolean;
  /** Behind the last that was put here. */
  end: number;
  /** How many bytes of it are still somebody's. */
  living: number;
}

/** Where bytes stand. */
export interface Place {
  readonly room: Room;
  readonly begin: number;
  readonly byteLength: number;
}

/**
 * Bytes side by side in rooms, each of which is used again once all in it have left. V8 doesn't know of this memory: of a
 * buffer for each record it collected all of its heap again and again while a topic was read, a quarter of what a record cost.
 */
export class ByteRooms {
  private readonly rooms = new Set<Room>();
  private filling: Room | undefined;
  /** The next that is filled. One is enough: who has no more space lets go of a room for each that is taken. */
  private spare: Room | undefined;
  private living = 0;
  private taken = 0;

  /** The memory that all of it takes. */
  get memoryBytes(): number {
    return this.taken + (this.spare === undefined ? 0 : roomBytes);
  }

  add(bytes: Uint8Array): Place {
    const { byteLength } = bytes;
    const room = byteLength > mostInRoom ? this.ownRoom(ownBytes(bytes)) : this.roomWith(bytes);
    const place = { room, begin: room.end, byteLength };
    room.end += byteLength;
    room.living += byteLength;
    this.living += byteLength;
    return place;
  }

  /** For whoever asks, to keep: from among others a copy, for what leaves makes space for the next. */
  bytesAt({ room: { bytes, isForMany }, begin, byteLength }: Place): Uint8Array {
    return isForMany ? bytes.slice(begin, begin + byteLength) : bytes;
  }

  remove({ room, byteLength }: Place): void {
    room.living -= byteLength;
    this.living -= byteLength;
    if (room.living === 0) this.leave(room);
  }

  /** The same bytes in another room. */
  move(place: Place): Place {
    const { room, begin, byteLength } = place;
    const moved = this.add(room.bytes.subarray(begin, begin + byteLength));
    this.remove(place);
    return moved;
  }

  /**
   * The room of which least is still somebody's, where all of them take half as much again as what is in them. What came
   * first mostly leaves first, and with it whole rooms; snapshots leave one here and one there.
   */
  get sparse(): Room | undefined {
    if (this.taken <= 2 * roomBytes + 1.5 * this.living) return undefined;
    let sparse: Room | undefined;
    for (const room of this.rooms) {
      const isLess = room.living < (sparse?.living ?? roomBytes);
      if (isLess && room.isForMany && room !== this.filling) sparse = room;
    }
    return sparse;
  }

  clear(): void {
    this.rooms.clear();
    this.filling = this.spare = undefined;
    this.living = this.taken = 0;
  }

  private ownRoom(bytes: Uint8Array): Room {
    return this.take({ bytes, isForMany: false, end: 0, living: 0 });
  }

  /** The room that has space for these bytes, with them behind all others. */
  private roomWith(bytes: Uint8Array): Room {
    let room = this.filling;
    if (room === undefined || room.end + bytes.byteLength > roomBytes) {
      room = this.filling = this.take(this.spare ?? newRoom());
      this.spare = undefined;
    }
    room.bytes.set(bytes, room.end);
    return room;
  }

  private take(room: Room): Room {
    this.rooms.add(room);
    this.taken += room.bytes.byteLength;
    return room;
  }

  private leave(room: Room): void {
    room.end = 0;
    if (room === this.filling || !this.rooms.delete(room)) return;
    this.taken -= room.bytes.byteLength;
    if (room.isForMany) this.spare = room;
  }
}

function newRoom(): Room {
  const bytes = new Uint8Array(new SharedArrayBuffer(roomBytes));
  return { bytes, isForMany: true, end: 0, living: 0 };
}
