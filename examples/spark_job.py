"""News to tables with Spark: events, quotes and entities in Parquet, partitioned by day of publication.

    spark-submit examples/spark_job.py news.jsonl OUT        JSON lines with text, date, id
    spark-submit examples/spark_job.py news.parquet OUT      a table with these columns

Writes OUT/events, OUT/quotes, OUT/entities and OUT/errors. Running it again replaces what is there.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dateline.spark import read_stories

#: The tables: the field of the story they are made of, and what they are called.
FACTS = {"events": "events", "attributions": "quotes", "entities": "entities"}


def read_input(spark, path):
    return spark.read.parquet(path) if path.rstrip("/").endswith(".parquet") else spark.read.json(path)


def facts_of(stories, field):
    """A row for each fact, beside the story's id, headline and day."""
    day = F.coalesce(F.substring("story.article.datePublished", 1, 10), F.lit("unknown"))
    return stories.where("story IS NOT NULL").select(
        F.coalesce("story.source.id", "story.id").alias("story"),
        F.col("story.article.headline").alias("headline"),
        day.alias("day"),
        F.explode(f"story.{field}").alias("fact"),
    ).select("story", "headline", "day", "fact.*")


def run(spark, source, out):
    stories = read_stories(read_input(spark, source)).persist()
    for field, table in FACTS.items():
        facts_of(stories, field).write.mode("overwrite").partitionBy("day").parquet(f"{out}/{table}")
    stories.where("error IS NOT NULL").drop("story").write.mode("overwrite").parquet(f"{out}/errors")
    stories.unpersist()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("out")
    given = parser.parse_args()
    session = SparkSession.builder.appName("dateline").getOrCreate()
    run(session, given.source, given.out)
    session.stop()
