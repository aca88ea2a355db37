"""Spark for real: a cluster of two worker processes on this machine, which are killed in mid-job.

DATELINE_KILLS sets how often (default 2), DATELINE_SEED when, DATELINE_STORIES how many stories a job has (default 240).
"""

import contextlib
import importlib.util
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("no java", allow_module_level=True)

import pyspark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import dateline  # noqa: E402
from dateline.spark import read_stories, story_type  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("DATELINE_STORIES", "240"))
KILLS = int(os.environ.get("DATELINE_KILLS", "2"))
SEED = int(os.environ.get("DATELINE_SEED", "1"))


def records(count=COUNT):
    """Stories of the examples, no two the same."""
    texts = [path.read_text() for path in sorted((ROOT / "examples/stories").glob("*.txt"))]
    for i in range(count):
        yield {"text": texts[i % len(texts)] + f"\nThis is report {i}.\n", "date": "2031-05-07", "id": f"s-{i}"}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["SPARK_HOME"] = str(pathlib.Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("dateline tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        # However often a task or a worker dies, it is tried again.
        .config("spark.task.maxFailures", "1000")
        .config("spark.deploy.maxExecutorRetries", "-1")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.worker.dir", str(tmp_path_factory.mktemp("work")))
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "news.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records()))
    return path


@pytest.fixture(scope="module")
def expected():
    """What one engine reads from the same records: id to events' codes and quotes' speakers."""
    engine = dateline.Engine()
    return sorted(
        (record["id"], story.id, tuple(event.cameo for event in story.events))
        for record in records()
        for story in engine.read_all(record)
    )


def found(stories):
    """The same of what Spark read."""
    rows = stories.select("id", "story.id", "story.events.cameo").collect()
    return sorted((row[0], row[1], tuple(row[2])) for row in rows)


def records_of(stories):
    """Each row's id and a digest of all that was read from it."""
    return sorted(map(tuple, stories.selectExpr("id", "sha2(to_json(struct(story, error)), 256)").collect()))


def workers():
    """The worker processes of Spark that this process started, each with what it is: Java or Python."""
    family, found = {os.getpid()}, []
    for folder in sorted(pathlib.Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # ended meanwhile
        if parent in family:
            family.add(int(folder.name))
            if b"CoarseGrainedExecutorBackend" in command:
                found.append(("Java", int(folder.name)))
            elif b"pyspark.daemon" in command:
                found.append(("Python", int(folder.name)))
    return found


@contextlib.contextmanager
def killing(dice, within, killed):
    """Kills one worker or another every `within` seconds at most, until `killed` names KILLS of them."""
    done = threading.Event()

    def kill():
        while not done.wait(dice.uniform(0.1, within)) and len(killed) < KILLS:
            if running := workers():
                kind, process = dice.choice(running)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                    killed.append(kind)

    assassin = threading.Thread(target=kill)
    assassin.start()
    try:
        yield
    finally:
        done.set()
        assassin.join()


def test_every_story_is_read_whatever_the_partitions(spark, source, expected):
    for partitions in (1, 5):
        stories = read_stories(spark.read.json(str(source)).repartition(partitions))
        assert found(stories) == expected


def test_killed_workers_lose_and_double_nothing(spark, source, expected, record_property):
    stories = read_stories(spark.read.json(str(source)).repartition(12))
    began = time.monotonic()
    whole = records_of(stories)
    within = (time.monotonic() - began) / 2
    assert [id for id, _ in whole] == [id for id, _, _ in expected]
    killed, jobs, dice = [], 0, random.Random(SEED)
    while len(killed) < KILLS:
        jobs += 1
        assert jobs <= 10 * KILLS, f"no worker was there to be killed (seed {SEED})"
        with killing(dice, within, killed):
            got = records_of(stories)
        assert got == whole, f"seed {SEED}, job {jobs}"
    for name, value in {"jobs": jobs, "Java": killed.count("Java"), "Python": killed.count("Python")}.items():
        record_property(name, value)


def test_rows_that_cannot_be_read_have_an_error_and_fail_nothing(spark):
    rows = [("a", "Kenya met Oman on Monday."), ("b", None), ("c", "")]
    df = spark.createDataFrame(rows, "id string, text string")
    got = {row["id"]: row for row in read_stories(df).collect()}
    assert got["a"]["error"] is None and got["a"]["story"]["text"] == rows[0][1]
    assert got["b"]["story"] is None and "no text" in got["b"]["error"]
    assert got["c"]["story"] is None and "no story" in got["c"]["error"]


def test_the_type_of_a_story_is_that_of_the_columns(spark):
    df = spark.createDataFrame([("Kenya met Oman on Monday.", 7)], "text string, number int")
    stories = read_stories(df)
    assert stories.columns == ["number", "story", "error"]
    assert stories.schema["story"].dataType == story_type()
    assert stories.selectExpr("story.article.wordCount").collect()[0][0] == 5


def test_indices_are_those_of_spark_s_substring(spark):
    df = spark.createDataFrame([("“We agreed,” Prime Minister Zoë Brandão told reporters in Luanda.",)], "text string")
    entities = read_stories(df).selectExpr("story.text AS text", "explode(story.entities) AS e")
    first = "e.mentions[0]"
    cut = entities.selectExpr(f"substring(text, {first}.start + 1, {first}.end - {first}.start)", "e.name")
    assert ("Prime Minister Zoë Brandão", "Zoë Brandão") in [tuple(row) for row in cut.collect()]


def test_the_example_job_makes_tables(spark, source, expected, tmp_path):
    spec = importlib.util.spec_from_file_location("spark_job", ROOT / "examples/spark_job.py")
    job = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(job)
    job.run(spark, str(source), str(tmp_path))
    events = spark.read.parquet(str(tmp_path / "events"))
    assert events.count() == sum(len(codes) for _, _, codes in expected)
    assert (tmp_path / "quotes").is_dir() and (tmp_path / "entities").is_dir()
    assert any(folder.name.startswith("day=20") for folder in (tmp_path / "events").iterdir())
    assert spark.read.parquet(str(tmp_path / "errors")).count() == 0


def test_the_program_serves_pipes(spark, source, cli):
    program = os.environ.get("DATELINE", str(ROOT / "build/release/bin/dateline"))
    lines = spark.sparkContext.textFile(str(source), 4).pipe(f"{program} read --jsonl --threads 1 -").collect()
    want = cli("read", "--jsonl", source).splitlines()

    def without_place(line):
        record = json.loads(line)
        return json.dumps({key: value for key, value in record.items() if key != "source"})

    assert sorted(map(without_place, lines)) == sorted(map(without_place, want))


def test_the_program_serves_parallel_runs(source, cli, tmp_path):
    """As GNU parallel --pipepart does: blocks of lines, each to a process of its own."""
    lines = source.read_text().splitlines(keepends=True)
    blocks = ["".join(lines[i : i + 90]) for i in range(0, len(lines), 90)]
    got = "".join(cli("read", "--jsonl", "--threads", "1", "-", text=block) for block in blocks)
    want = cli("read", "--jsonl", "-", text=source.read_text())
    assert len(got.splitlines()) == COUNT
    # Which story of its input it is differs; the rest does not.
    assert [json.loads(a) | {"source": 0} for a in got.splitlines()] == [
        json.loads(b) | {"source": 0} for b in want.splitlines()]
    if shutil.which("parallel"):
        program = os.environ.get("DATELINE", str(ROOT / "build/release/bin/dateline"))
        out = subprocess.run(
            ["parallel", "--will-cite", "-k", "--pipepart", "-a", source, "--block", "64k", program, "read", "--jsonl",
             "-"], capture_output=True, text=True, check=True).stdout
        assert len(out.splitlines()) == COUNT
