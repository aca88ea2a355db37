/* Prints the record of every story in the files named:  read FILE... */
#include <dateline.h>
#include <stdio.h>
#include <stdlib.h>

/* The whole file; the caller frees it. Null when it cannot be read. */
static char* load(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) return NULL;
  char* bytes = NULL;
  long end = -1;
  if (fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) >= 0) {
    rewind(file);
    bytes = malloc((size_t)end + 1);
  }
  if (bytes != NULL) *size = fread(bytes, 1, (size_t)end, file);
  fclose(file);
  return bytes;
}

static int print_stories(dateline_engine* engine, const char* path) {
  size_t size = 0;
  char* bytes = load(path, &size);
  if (bytes == NULL) {
    perror(path);
    return 1;
  }
  const dateline_read_options options = {.struct_size = sizeof options, .path = path};
  dateline_stories* stories = dateline_read(engine, bytes, size, &options);
  free(bytes);
  if (stories == NULL) {
    fprintf(stderr, "%s\n", dateline_last_error());
    return 1;
  }
  for (size_t i = 0; i < dateline_count(stories); ++i) puts(dateline_json(stories, i, NULL));
  dateline_free(stories);
  return 0;
}

int main(int argc, char** argv) {
  dateline_engine* engine = dateline_open(NULL);
  if (engine == NULL) {
    fprintf(stderr, "%s\n", dateline_last_error());
    return 2;
  }
  int failed = 0;
  for (int i = 1; i < argc; ++i) failed |= print_stories(engine, argv[i]);
  dateline_close(engine);
  return failed;
}
