/* The walls around a process that reads a foreign document. Once in, there is no way out.
 *
 * In both: no further process, socket, signal to others, ptrace or new privilege; no capability;
 * no descriptor but 0, 1 and 2; no file made, written or changed; no core dump; limits on time and
 * memory. What is not on the list of system calls fails with EPERM.
 *
 * SANDBOX_READER (our own HTML reader) opens no file at all and maps no code.
 * SANDBOX_CONVERTER (a program of others) may be executed once from SANDBOX_CONVERTER_FD, and then
 * opens files below listed library folders for reading, by Landlock. A kernel without Landlock is
 * refused for it: a seccomp filter cannot tell one path from another.
 *
 * Under AddressSanitizer the limit on memory is left out, because its shadow needs more, and three
 * harmless calls of its runtime are on the list. */
#ifndef GOVAH_INTAKE_SANDBOX_INT_H
#define GOVAH_INTAKE_SANDBOX_INT_H

#include "base/fault.h"

enum sandbox_kind { SANDBOX_READER, SANDBOX_CONVERTER };

/* Where an open converter lies for execveat(SANDBOX_CONVERTER_FD, "", ..., AT_EMPTY_PATH); it must
 * be close-on-exec. */
enum { SANDBOX_CONVERTER_FD = 3 };

/* Seconds of processor time. */
enum { SANDBOX_READER_SECONDS = 10, SANDBOX_CONVERTER_SECONDS = 60 };

/* Bytes of memory. */
#define SANDBOX_MEMORY ((size_t)1 << 30)

/* FAILED, with the step that failed, when any wall cannot be raised: the caller must then exit. */
MUST_USE enum outcome sandbox_enter(enum sandbox_kind, struct fault *why);

#endif
