/* Memory that never comes back empty.
 *
 * An allocation that fails ends the process: one line on standard error, exit status EXIT_MEMORY.
 * That is safe because the archive survives a killed process (store/archive.h), and it keeps a
 * path that nobody walks out of every function. Sizes are in bytes. */
#ifndef GOVAH_BASE_MEM_H
#define GOVAH_BASE_MEM_H

#include <stddef.h>

enum { EXIT_MEMORY = 71 };

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(text_at, first_at) __attribute__((format(printf, text_at, first_at)))
/* what is asked at every word, and mostly answered at once */
#define INLINED __attribute__((always_inline)) static inline
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Zeroed memory; the caller owns it and returns it with mem_free. */
MUST_USE void *mem_alloc(size_t size);

/* The same, at a multiple of 64 bytes and, where it is large, in large pages if the kernel has
 * them: for a table in which places are looked at here and there. */
MUST_USE void *mem_alloc_table(size_t size);

/* Grows or shrinks what mem_alloc or mem_resize gave; new bytes are not zeroed. */
MUST_USE void *mem_resize(void *old, size_t size);

/* `count * size` with the overflow checked. */
MUST_USE void *mem_resize_array(void *old, size_t count, size_t size);

void mem_free(void *);

/* What is freed is kept for what comes next, up to 32 MiB, and not handed back each time to the
 * kernel, which would clear it again; once, at the start. */
void mem_keep_freed(void);

_Noreturn void mem_exhausted(size_t wanted);

/* A mistake of ours: prints where and what, and aborts. Never for bad input. */
_Noreturn void bug_at(const char *file, int line, const char *text);
#define bug(text) bug_at(__FILE__, __LINE__, (text))

#endif
