/** The bytes of a binary field: the driver gives its own Binary where Mongoose did not make a Buffer of it. */
export function bytesOf(field: unknown): Buffer {
  if (field instanceof Uint8Array) return Buffer.from(field.buffer, field.byteOffset, field.byteLength);
  if (typeof field === 'object' && field !== null && 'buffer' in field && 'position' in field) {
    const { buffer, position } = field;
    if (buffer instanceof Uint8Array && typeof position === 'number') {
      return Buffer.from(buffer.buffer, buffer.byteOffset, position);
    }
  }
  throw new TypeError('Bytes were expected in this field of the store.');
}
