import { inflateSync } from 'node:zlib';

import { openBrace } from '../base/jsonSigns.ts';

/** What a schema registry put in front of a record, and what stands behind it. */
export interface Framed {
  /** As its users look it up: `schema 42`. */
  readonly schema: string;
  readonly content: Uint8Array;
}

/** Confluent's and those that follow it: a zero, and the schema's id in four bytes. */
const shortFrame = 5;
/** AWS Glue's: its version, how it is compressed, and the id of the schema's version as a UUID. */
const glueFrame = 18;
const glueVersion = 3;
const glueInZlib = 5;
/** A broker's limit is 1 MB, and text shrinks to a tenth. */
const mostInflated = 32 * 1024 * 1024;

/** Takes the frame of a registry off; undefined where none stands in front. */
export function framed(bytes: Uint8Array): Framed | undefined {
  if (bytes[0] === 0 && bytes.length > shortFrame) {
    const id = new DataView(bytes.buffer, bytes.byteOffset, shortFrame).getUint32(1);
    return { schema: `schema ${id}`, content: bytes.subarray(shortFrame) };
  }
  return bytes[0] === glueVersion && bytes.length > glueFrame ? glueFramed(bytes) : undefined;
}

function glueFramed(bytes: Uint8Array): Framed | undefined {
  const [, compression = 0] = bytes;
  if (compression !== 0 && compression !== glueInZlib) return undefined;
  const id = bytes.subarray(2, glueFrame);
  // Few bytes are a random UUID: three could begin anything.
  if ((id[6] ?? 0) >> 4 !== 4 || (id[8] ?? 0) >> 6 !== 0b10) return undefined;
  const packed = bytes.subarray(glueFrame);
  const content = compression === 0 ? packed : inflated(packed);
  return content === undefined ? undefined : { schema: `AWS Glue schema ${uuid(id)}`, content };
}

function inflated(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: mostInflated });
  } catch {
    return undefined;
  }
}

function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The length that Avro writes before a text; the message's index, a tag and the length of Protobuf; a longer id. */
const mostBefore = 12;

/** The record in content that is one text alone: JSON itself, or a text of Avro or Protobuf; undefined in any other. */
export function textIn(content: Uint8Array): string | undefined {
  const start = content.subarray(0, mostBefore).indexOf(openBrace);
  if (start < 0) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(start));
    // Other content may hold a brace by chance; what begins with it says itself what is wrong with it.
    if (start > 0) JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
