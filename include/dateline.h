/* dateline for C, and for every language that can call C.
 *
 *   dateline_engine* engine = dateline_open(NULL);
 *   if (engine == NULL) { fprintf(stderr, "%s\n", dateline_last_error()); return 1; }
 *   dateline_stories* stories = dateline_read(engine, text, strlen(text), NULL);
 *   for (size_t i = 0; i < dateline_count(stories); ++i)
 *     puts(dateline_json(stories, i, NULL));
 *   dateline_free(stories);
 *   dateline_close(engine);
 *
 * A function that fails returns null (or false) and leaves its reason with dateline_last_error.
 * Strings are UTF-8. An engine may be used by any number of threads at once; stories belong to one
 * thread at a time. Fields are only ever added at the end of the option structs, whose
 * `struct_size` tells the library which of them the caller knows. */
#pragma once

#include <stdbool.h>  // NOLINT(modernize-deprecated-headers): C
#include <stddef.h>   // NOLINT(modernize-deprecated-headers): C
#include <stdint.h>   // NOLINT(modernize-deprecated-headers): C

#include "dateline/arrow_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

// NOLINTBEGIN(readability-identifier-naming,modernize-use-using): names of C

typedef struct dateline_engine dateline_engine;
typedef struct dateline_stories dateline_stories;

/// What offsets count. Bytes of UTF-8, characters (Python), UTF-16 units (Java, JavaScript).
enum { DATELINE_BYTES = 0, DATELINE_CHARS = 1, DATELINE_UTF16 = 2 };

/// What dateline_last_error_code tells.
enum {
  DATELINE_OK = 0,
  DATELINE_INVALID_ARGUMENT = 1,
  DATELINE_NOT_FOUND = 2,
  DATELINE_UNREADABLE = 3,
  DATELINE_MALFORMED = 4,
  DATELINE_TOO_LARGE = 5,
  DATELINE_UNSUPPORTED = 6,
  DATELINE_NO_STORY = 7,
};

typedef struct dateline_open_options {
  size_t struct_size;  ///< sizeof(dateline_open_options)
  const char* tables;  ///< dateline.tables, the other files beside it; null: found by itself
  const char* const* overlays;  ///< folders of tables that add to it, later ones win; may be null
  size_t overlay_count;
} dateline_open_options;

typedef struct dateline_read_options {
  size_t struct_size;  ///< sizeof(dateline_read_options)
  const char*
      format;        ///< "text", "json", "html", "xml", "csv", "warc", "iptc7901"; null: by itself
  const char* path;  ///< for messages and the record's `source`; may be null
  const char* date;  ///< "2031-05-04", for stories that state none; may be null
  int offsets;       ///< DATELINE_BYTES …
  bool tokens;       ///< with words, tags and trees
  bool plain;        ///< the whole text is prose: nothing is a headline, byline, credit …
} dateline_read_options;

/// Of the library: "0.1.0".
const char* dateline_version(void);

/// Opens the tables and models once; dateline_close ends it. `options` may be null.
dateline_engine* dateline_open(const dateline_open_options* options);
void dateline_close(dateline_engine* engine);
/// What records are made with: version, tables, model. Lives as long as the engine.
const char* dateline_engine_version(const dateline_engine* engine);

/// All stories in `size` bytes, none or all; dateline_free ends them. `options` may be null.
dateline_stories* dateline_read(dateline_engine* engine, const char* bytes, size_t size,
                                const dateline_read_options* options);
void dateline_free(dateline_stories* stories);

size_t dateline_count(const dateline_stories* stories);
/// The story record (docs/formats/story-record.md), ended by a zero byte; `size`, where it is not
/// null, gets its length. Lives as long as the stories. Null for a story that is not there.
const char* dateline_json(dateline_stories* stories, size_t story, size_t* size);
/// All stories as columns (docs/formats/arrow.md). The caller releases both; they outlive the
/// stories.
bool dateline_arrow(const dateline_stories* stories, struct ArrowSchema* schema,
                    struct ArrowArray* array);

/// Why the last call on this thread failed, with place and remedy: "story.json:3: …". Empty when it
/// did not. Lives until the next call on this thread.
const char* dateline_last_error(void);
int dateline_last_error_code(void);

// NOLINTEND(readability-identifier-naming,modernize-use-using)

#ifdef __cplusplus
}
#endif
