/* Reading many documents in several threads, JSON Lines out, in the order of the input. Memory is
 * bounded by the largest document, times the threads. */
#ifndef GOVAH_COMMAND_FILTER_H
#define GOVAH_COMMAND_FILTER_H

#include "intake/intake.h"
#include "read/read.h"

/* A line of more bytes than this is refused. */
enum { FILTER_LINE_LIMIT = 64 * 1024 * 1024 };

struct filter;

/* `threads` from 1 to IN_ORDER_THREADS. Start it after intake_start. The caller frees it. */
struct filter *filter_new(const struct reader *, size_t threads);

/* Reads documents, a line each (read/lines.h), until the end of standard input. Whatever has come
 * in is answered before more of it is waited for. A line that is refused is named by its number on
 * standard error. Dies when standard input or output fails. */
void filter_lines(struct filter *);

/* Reads a file as the document `name`, or complains of it on standard error. Its lines come out in
 * time. */
void filter_file(struct filter *, struct intake *, const char *path, struct str name);

/* Waits for all that is being read, and writes it. */
void filter_finish(struct filter *);

/* How many lines or files were refused. */
size_t filter_refused(const struct filter *);

void filter_free(struct filter *);

#endif
