"""The model file as a container: magic, sizes, checksum, JSON header, aligned tensors.

See ../docs/formats/model.md for the bytes. Little-endian throughout.
"""
import json
import struct

import numpy as np
import xxhash

MAGIC = b'DLMODEL1'
VERSION = 1
ALIGN = 64
DTYPES = {'i8': np.int8, 'u8': np.uint8, 'u16': np.uint16, 'u32': np.uint32, 'u64': np.uint64, 'f32': np.float32}


def write(path, header, tensors):
    """Writes `tensors` {name: array}; adds their places to the header."""
    names = {np.dtype(t): k for k, t in DTYPES.items()}
    entries, at, blobs = [], 0, []
    for name, array in tensors.items():
        array = np.ascontiguousarray(array)
        blob = array.tobytes()
        entries.append({'name': name, 'type': names[array.dtype], 'shape': list(array.shape), 'offset': at,
                        'bytes': len(blob)})
        blobs.append(blob + b'\0' * (-len(blob) % ALIGN))
        at += len(blobs[-1])
    text = json.dumps({**header, 'tensors': entries}, ensure_ascii=False, separators=(',', ':')).encode()
    text += b' ' * (-(32 + len(text)) % ALIGN)
    body = text + b''.join(blobs)
    head = MAGIC + struct.pack('<IIQ', VERSION, len(text), 32 + len(body))
    with open(path, 'wb') as f:
        f.write(head + struct.pack('<Q', xxhash.xxh3_64_intdigest(body)) + body)


def read(path):
    """(header, {name: array}) of a model file; raises ValueError that says what is wrong."""
    with open(path, 'rb') as f:
        data = f.read()
    if data[:8] != MAGIC:
        raise ValueError('%s: not a model file (magic %r)' % (path, data[:8]))
    version, header_bytes, size = struct.unpack('<IIQ', data[8:24])
    if version != VERSION:
        raise ValueError('%s: version %d, this program reads %d' % (path, version, VERSION))
    if size != len(data):
        raise ValueError('%s: %d bytes, the header says %d' % (path, len(data), size))
    if struct.unpack('<Q', data[24:32])[0] != xxhash.xxh3_64_intdigest(data[32:]):
        raise ValueError('%s: checksum differs, the file is damaged' % path)
    header = json.loads(data[32:32 + header_bytes])
    base = 32 + header_bytes
    tensors = {}
    for t in header['tensors']:
        raw = data[base + t['offset']:base + t['offset'] + t['bytes']]
        tensors[t['name']] = np.frombuffer(raw, DTYPES[t['type']]).reshape(t['shape'])
    return header, tensors
