#!/usr/bin/env python3
"""Unpacks an xz file:  tools/unpack.py PACKED.xz OUTPUT   (folders are made). Standard library only."""
import lzma
import pathlib
import sys

if len(sys.argv) != 3:
    sys.exit(__doc__)
packed, output = map(pathlib.Path, sys.argv[1:])
output.parent.mkdir(parents=True, exist_ok=True)
output.write_bytes(lzma.decompress(packed.read_bytes()))
