/* The benchmarks' reports: the same from the same seed on every machine.
 *
 * A report is header lines as the examples have them (title, source, date, language) and sentences
 * of sentences.tsv until it has the size asked for: 9 of 20 tell something that the reader
 * proposes, which gives 30 to 40 proposals in 5,000 bytes, the others ("prose") do not. A third is
 * Persian, a tenth has both languages. Given names and surnames are those that the reader knows
 * (data/lang), and for half of the surnames a stem and a suffix, so that there is a tail of rare
 * ones; persons of one report come back in it. */
#ifndef GOVAH_TESTS_BENCH_REPORTS_H
#define GOVAH_TESTS_BENCH_REPORTS_H

#include "base/buf.h"

struct report_maker;

/* Reads the table; ends the process with a line when it is wrong. */
struct report_maker *report_maker_new(const char *table, uint64_t seed);
void report_maker_free(struct report_maker *);

/* Replaces what is in `out` with report `number`, of at least `size` bytes and at most a sentence
 * more; each number has its own random numbers. `header` false leaves out the header lines. */
void report_make(struct report_maker *, size_t number, size_t size, bool header, struct buf *out);

#endif
