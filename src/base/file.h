/* Files: read whole with a limit, written so that a crash leaves the old or the new one. */
#ifndef GOVAH_BASE_FILE_H
#define GOVAH_BASE_FILE_H

#include "base/buf.h"
#include "base/fault.h"

/* Appends a regular file's bytes. A directory, a FIFO, a device or a file of more than `limit`
 * bytes is REFUSED without being read; a missing one is NOT_FOUND. A symbolic link is followed. */
MUST_USE enum outcome file_read(const char *path, size_t limit, struct buf *out, struct fault *why);

/* Everything until the end of the descriptor; REFUSED when it passes the buffer's limit. */
MUST_USE enum outcome file_read_fd(int fd, struct buf *out, struct fault *why);

/* Writes all bytes or says why not. */
MUST_USE enum outcome file_write_fd(int fd, struct str bytes, struct fault *why);

/* Replaces DIR/NAME durably: a temporary file beside it, fsync, rename, fsync of the folder. `dir`
 * is an open folder's descriptor. Mode 0600. */
MUST_USE enum outcome file_replace(int dir, const char *name, struct str bytes, struct fault *why);

#endif
