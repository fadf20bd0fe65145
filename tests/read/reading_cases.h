/* Cases of the reader: tables with the columns case, text and what is expected. */
#ifndef GOVAH_TESTS_READ_READING_CASES_H
#define GOVAH_TESTS_READ_READING_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

struct reading_case {
    struct str name, text, expected;
};

/* Runs `check` once for each row, the row as its state; the exit status of the program. */
int run_reading_cases(const char *path, void (*check)(void **state));

#endif
