import type { Long } from 'bson';
import { documentsOf, elements, MAX_COMMAND_DEPTH, MAX_MESSAGE, validate } from './bytes.ts';
import { CODE, MongoFault } from './errors.ts';
import { decode, encode } from './values/decode.ts';
import type { Doc } from './values/decode.ts';

/** Operation codes of the MongoDB wire protocol (manual, "MongoDB Wire Protocol"). */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 are required: a server that does not know one must not go on. */
const KNOWN_REQUIRED = CHECKSUM_PRESENT | MORE_TO_COME;

const HEADER = 16;

/** A command as it arrived. `documents` are an insert's, raw: they are stored as they are. */
export interface Request {
  readonly requestId: number;
  readonly name: string;
  readonly body: Doc;
  readonly documents: readonly Buffer[] | undefined;
  /** The client does not wait for an answer (write concern 0). */
  readonly silent: boolean;
  /** Asked by OP_QUERY: answer by OP_REPLY. */
  readonly legacy: boolean;
}

/** What a command answers: a document, or one whose cursor batch is spliced in as stored bytes. */
export type Reply =
  | { readonly doc: Doc }
  | {
      readonly batch: readonly Uint8Array[];
      readonly batchName: 'firstBatch' | 'nextBatch';
      readonly id: Long;
      readonly ns: string;
    };

/** The stream does not speak the protocol: the connection is closed without an answer. */
export class ProtocolBreach extends Error {}

/** Cuts a byte stream into messages. Chunks are joined only once a message is whole. */
export class Framer {
  #chunks: Buffer[] = [];
  #size = 0;

  /** Messages that became whole with `chunk`. Throws ProtocolBreach for a length outside 16 to 48,000,000. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    for (let length = this.#nextLength(); length !== undefined; length = this.#nextLength()) {
      const joined = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      messages.push(joined.subarray(0, length));
      const rest = joined.subarray(length);
      this.#chunks = rest.length > 0 ? [rest] : [];
      this.#size = rest.length;
    }
    return messages;
  }

  #nextLength(): number | undefined {
    if (this.#size < 4) return undefined;
    let first = this.#chunks[0] as Buffer;
    if (first.length < 4) {
      first = Buffer.concat(this.#chunks);
      this.#chunks = [first];
    }
    const length = first.readInt32LE(0);
    if (length < HEADER || length > MAX_MESSAGE) throw new ProtocolBreach(`message length ${length}`);
    return this.#size >= length ? length : undefined;
  }
}

/** The id to answer to, known even when the rest cannot be read. */
export function requestIdOf(message: Buffer): number {
  return message.readInt32LE(4);
}

/** Reads one whole message. Throws ProtocolBreach (close) or MongoFault (answer it). */
export function parseMessage(message: Buffer): Request {
  const operation = message.readInt32LE(12);
  if (operation === OP_MSG) return parseMsg(message);
  if (operation === OP_QUERY) return parseQuery(message);
  throw new ProtocolBreach(`operation ${operation}`);
}

/** The handshake of every driver's connection: `ismaster` on `admin.$cmd`. */
function parseQuery(message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  const start = nameEnd + 1 + 8;
  if (nameEnd < 0 || start + 5 > message.length) throw new ProtocolBreach('a query without a document');
  const collection = message.toString('utf8', HEADER + 4, nameEnd);
  const database = collection.slice(0, collection.indexOf('.'));
  const raw = sliceDocument(message, start, message.length);
  const body = decodeBody(raw);
  const name = Object.keys(body)[0] ?? '';
  return {
    requestId: requestIdOf(message),
    name,
    body: { ...body, $db: database },
    documents: undefined,
    silent: false,
    legacy: true,
  };
}

function parseMsg(message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER);
  if ((flags & 0xffff & ~KNOWN_REQUIRED) !== 0) throw new ProtocolBreach(`flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let raw: Buffer | undefined;
  const sequences: { name: string; documents: Buffer[] }[] = [];
  for (let at = HEADER + 4; at < end;) {
    const kind = message[at];
    if (at + 5 > end) throw new ProtocolBreach('a section without a length');
    const length = message.readInt32LE(at + 1);
    if (length < 5 || at + 1 + length > end) throw new ProtocolBreach(`section length ${length}`);
    if (kind === 0) raw = sliceDocument(message, at + 1, end);
    else if (kind === 1) sequences.push(parseSequence(message, at + 1, at + 1 + length));
    else throw new ProtocolBreach(`section kind ${kind ?? -1}`);
    at += 1 + length;
  }
  if (!raw) throw new ProtocolBreach('a message without a body');
  return assemble(requestIdOf(message), raw, sequences, (flags & MORE_TO_COME) !== 0);
}

function parseSequence(message: Buffer, start: number, end: number): { name: string; documents: Buffer[] } {
  const nameEnd = message.indexOf(0, start + 4);
  if (nameEnd < 0 || nameEnd >= end) throw new ProtocolBreach('a sequence without a name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < end;) {
    const document = sliceDocument(message, at, end);
    documents.push(document);
    at += document.length;
  }
  return { name: message.toString('utf8', start + 4, nameEnd), documents };
}

function sliceDocument(message: Buffer, at: number, end: number): Buffer {
  if (at + 5 > end) throw new ProtocolBreach('a document is cut off');
  const length = message.readInt32LE(at);
  if (length < 5 || at + length > end) throw new ProtocolBreach(`document length ${length}`);
  return message.subarray(at, at + length);
}

function decodeBody(raw: Buffer): Doc {
  validate(raw, MAX_COMMAND_DEPTH);
  return decode(raw);
}

function assemble(
  requestId: number,
  raw: Buffer,
  sequences: readonly { name: string; documents: Buffer[] }[],
  silent: boolean,
): Request {
  validate(raw, MAX_COMMAND_DEPTH);
  let documents: readonly Buffer[] | undefined;
  const insert = raw.toString('latin1', 5, 12) === 'insert\0';
  if (insert) {
    // Only `documents` of an insert is taken raw: elsewhere the word may be anybody's field.
    for (const element of elements(raw)) {
      if (element.name === 'documents' && element.type === 4) documents = documentsOf(raw, element.value);
    }
  }
  const body = decode(insert ? withoutDocuments(raw) : raw);
  for (const sequence of sequences) {
    if (insert && sequence.name === 'documents') documents = sequence.documents;
    else body[sequence.name] = sequence.documents.map((document) => decodeBody(document));
  }
  const name = Object.keys(body)[0];
  if (name === undefined) throw new MongoFault(CODE.FailedToParse, 'no command in the message');
  return { requestId, name, body, documents, silent, legacy: false };
}

/** The body of an insert without its documents, which are never decoded whole. */
function withoutDocuments(raw: Buffer): Buffer {
  for (const element of elements(raw)) {
    if (element.name !== 'documents') continue;
    const body = Buffer.concat([raw.subarray(0, element.start), raw.subarray(element.end)]);
    body.writeInt32LE(body.length, 0);
    return body;
  }
  return raw;
}

/** The whole answer to `request` as bytes for the socket. */
export function encodeReply(requestId: number, legacy: boolean, reply: Reply): Buffer[] {
  const body = 'doc' in reply ? [encode(reply.doc)] : encodeCursor(reply);
  const size = body.reduce((sum, part) => sum + part.length, 0);
  return [legacy ? replyHeader(requestId, size) : msgHeader(requestId, size), ...(body as Buffer[])];
}

let answered = 0;

function header(size: number, requestId: number, operation: number, extra: number): Buffer {
  const out = Buffer.alloc(HEADER + extra);
  answered = (answered + 1) & 0x7fffffff;
  out.writeInt32LE(HEADER + extra + size, 0);
  out.writeInt32LE(answered, 4);
  out.writeInt32LE(requestId, 8);
  out.writeInt32LE(operation, 12);
  return out;
}

function msgHeader(requestId: number, size: number): Buffer {
  return header(size, requestId, OP_MSG, 5);
}

function replyHeader(requestId: number, size: number): Buffer {
  const out = header(size, requestId, OP_REPLY, 20);
  out.writeInt32LE(8, HEADER); // AwaitCapable, as every server answers
  out.writeInt32LE(1, HEADER + 16); // one document
  return out;
}

/** `{cursor: {firstBatch: [...], id, ns}, ok: 1}` around stored bytes, which are not decoded. */
function encodeCursor(reply: Extract<Reply, { batch: unknown }>): Uint8Array[] {
  const items: Uint8Array[] = [];
  let itemsSize = 0;
  reply.batch.forEach((document, index) => {
    const head = Buffer.from(`\u0003${index}\0`, 'latin1');
    items.push(head, document);
    itemsSize += head.length + document.length;
  });
  const tail = encode({ id: reply.id, ns: reply.ns }).subarray(4); // elements and the closing zero
  const arrayHead = Buffer.from(`\u0004${reply.batchName}\0\0\0\0\0`, 'latin1');
  arrayHead.writeInt32LE(4 + itemsSize + 1, arrayHead.length - 4);
  const cursorSize = 4 + arrayHead.length + itemsSize + 1 + tail.length;
  const cursorHead = Buffer.from('\u0003cursor\0\0\0\0\0', 'latin1');
  cursorHead.writeInt32LE(cursorSize, cursorHead.length - 4);
  const ok = encode({ ok: 1 }).subarray(4);
  const start = Buffer.alloc(4);
  start.writeInt32LE(4 + cursorHead.length - 4 + cursorSize + ok.length, 0);
  return [start, cursorHead, arrayHead, ...items, Buffer.alloc(1), tail, ok];
}
