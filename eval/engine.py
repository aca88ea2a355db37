"""Runs the `dateline` program on documents and gives back what it prints."""
import json
import re
import subprocess


class EngineError(Exception):
    """The program is missing, failed, or printed something that cannot be used."""


class Engine:
    def __init__(self, program):
        self.program = str(program)

    def version(self):
        return self._run(["--version"], b"").decode("utf-8", "replace").strip()

    def records(self, documents, plain):
        """Story records of JSONL documents ({"id", "text", ...}), spans in bytes of each text as given.

        Returns {id: [record, ...]}; one document may be read as several stories."""
        found = {document["id"]: [] for document in documents}
        out = self._run(["read", "--format", "json", "--jsonl", "--offsets", "source", *_plain(plain), "-"], _lines(documents))
        for record in _records(out):
            found.setdefault(record["source"]["id"], []).append(record)
        return found

    def file_records(self, paths):
        """Story records of text files, in order; spans in bytes of each record's own text."""
        return _records(self._run(["read", "--format", "text", "--jsonl", *map(str, paths)], b""))

    def page_records(self, paths):
        """Story records of web pages, packed or not: the reading stage alone."""
        return _records(self._run(["read", "--no-analysis", "--jsonl", *map(str, paths)], b""))

    def conllu(self, documents):
        """CoNLL-U of JSONL documents whose whole text is prose: {id: text of the document's part}."""
        out = self._run(["read", "--format", "json", "--conllu", "--plain", "-"], _lines(documents)).decode("utf-8")
        parts = {}
        for part in re.split(r"^(?=# newdoc id = )", out, flags=re.M):
            if part.strip():
                name = part.split("\n", 1)[0].removeprefix("# newdoc id = ")
                parts[name] = parts.get(name, "") + part
        return parts

    def _run(self, arguments, data):
        try:
            done = subprocess.run([self.program, *arguments], input=data, capture_output=True, check=False)
        except OSError as error:
            raise EngineError(f"cannot run {self.program}: {error.strerror}; build it or name it with --dateline") from error
        if done.returncode not in (0, 1):  # 1: some inputs failed; they count as nothing found
            message = done.stderr.decode("utf-8", "replace").strip()
            raise EngineError(f"{self.program} {' '.join(arguments[:8])}: exit code {done.returncode}: {message[:400]}")
        return done.stdout


def _plain(plain):
    return ["--plain"] if plain else []


def _lines(documents):
    return "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents).encode("utf-8")


def _records(out):
    try:
        return [json.loads(line) for line in out.decode("utf-8").split("\n") if line]
    except ValueError as error:
        raise EngineError(f"the program printed what is no record: {error}") from error
